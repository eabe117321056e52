#include "core/suggest.hpp"
#include "core/text.hpp"
#include "jobs/study/spec/spec_design.hpp"

namespace latecomer::jobs::study {
namespace {

/// The names of parameters with this key: "learning.search_share" for "search_share".
std::string with_section(const std::string& key, const std::vector<std::string>& names)
{
    for (const std::string& name : names) {
        if (name.ends_with(text('.', key))) {
            return text(" Did you mean '", name, "'?");
        }
    }
    return {};
}

}  // namespace

Declared declared_for(const std::string& name, const Place& place, const std::vector<SaidArm>& arms,
                      const Spec& spec)
{
    const std::optional<Declared> declared = find_declared(name);
    if (!declared) {
        const std::vector<std::string> names = declared_numbers();
        std::string hint = with_section(name, names);
        if (const std::string_view now = renamed(name); !now.empty()) {
            hint = text(' ', now);
        }
        hint = hint.empty() ? did_you_mean(name, names) : hint;
        reject(place,
               text("unknown parameter '", name, "'.",
                    hint.empty()
                        ? " Write its section and key; 'latecomer describe parameters' lists all."
                        : hint));
    }
    if (declared->kind == Declared::Kind::other) {
        reject(place, text("'", name,
                           "' is no number, so no design can vary it; make a scenario for each of "
                           "its values"));
    }
    if (name == "run.seed" || name == "run.replicate" ||
        (name == "run.quarters" && spec.quarters)) {
        reject(place, text("'", name,
                           "' is set by the study itself (study.seed, study.quarters, "
                           "[replicates]); take it out of the parameters"));
    }
    for (const SaidArm& said : arms) {
        if (const Place* set = said.place_of(name)) {
            reject(place, text("'", name, "' is set by scenario '", said.arm.name,
                               "' too, in line ", set->line, "; vary it or set it, not both"));
        }
    }
    return *declared;
}

std::vector<SaidMarginal> read_marginals(const TomlValue& root, const DesignMethod& method,
                                         const std::vector<SaidArm>& arms, const Spec& spec)
{
    std::vector<SaidMarginal> marginals;
    for (const SpecTable& table : SpecTable::list(root, "parameters")) {
        const TomlValue& name =
            table.need("name", "section and key of a parameter, name = \"learning.search_share\"");
        SaidMarginal said{};
        said.place = name.place;
        said.marginal.parameter = read_text(name, {table.full("name"), {}, {}, {}});
        said.declared = declared_for(said.marginal.parameter, name.place, arms, spec);
        for (const SaidMarginal& other : marginals) {
            if (other.marginal.parameter == said.marginal.parameter) {
                reject(name.place,
                       text("'", said.marginal.parameter, "' is varied twice, first in line ",
                            other.place.line, "; take one out"));
            }
        }
        if (method.need == MarginalNeed::values && table.find("values") == nullptr) {
            reject(name.place, text("a design of kind '", method.kind, "' combines values, but '",
                                    said.marginal.parameter, "' has none; give values = [...]"));
        }
        said.has_distribution = !method.is_given() || says_distribution(table);
        if (said.has_distribution) {
            read_distribution(table, said);
        }
        marginals.push_back(std::move(said));
    }
    return marginals;
}

}  // namespace latecomer::jobs::study
