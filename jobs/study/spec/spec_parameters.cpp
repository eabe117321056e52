#include "core/suggest.hpp"
#include "core/text.hpp"
#include "jobs/study/spec/spec_design.hpp"
#include "jobs/study/spec/spec_rules.hpp"

#include <algorithm>

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

Declared declared_for(const std::string& name, const Place& place, const Spec& spec)
{
    const std::optional<Declared> declared = find_declared(name);
    if (!declared) {
        std::vector<std::string> names = declared_numbers();
        const std::vector<std::string> others = scenario_numbers_like(name);
        names.insert(names.end(), others.begin(), others.end());
        std::string hint = with_section(name, names);
        if (const std::string_view now = renamed(name); !now.empty()) {
            hint = text(' ', now);
        }
        hint = hint.empty() ? did_you_mean(name, names) : hint;
        reject(place,
               text("unknown parameter '", name, "'.",
                    hint.empty()
                        ? " Write its section and key; 'latecomer describe parameters' lists all, "
                          "'latecomer describe study' says how plans and economies are varied."
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
    return *declared;
}

void check_not_set(const SaidMarginal& said, const std::vector<SaidArm>& arms)
{
    for (std::size_t i = 0; i < arms.size(); ++i) {
        const Place* set = arms[i].place_of(said.declared.name);
        if (set != nullptr && said.reads[i]) {
            reject(said.place,
                   text("'", said.declared.name, "' is set by scenario '", arms[i].arm.name,
                        "' too, in line ", set->line, "; vary it or set it, not both"));
        }
    }
}

std::vector<bool> default_readers(const Declared& declared, const std::vector<SaidArm>& arms,
                                  const Spec& spec)
{
    std::vector<bool> reads(arms.size(), true);
    if (!declared.is_of_plan()) {
        return reads;
    }
    for (std::size_t i = 0; i < arms.size(); ++i) {
        reads[i] = arms[i].scenario->has_plan(declared.number->who);
    }
    if (std::ranges::find(reads, true) == reads.end()) {
        reads.assign(arms.size(), true);
        reads[spec.reference] = arms.size() == 1;
    }
    return reads;
}

std::vector<bool> read_readers(const SpecTable& table, const Declared& declared,
                               const std::vector<SaidArm>& arms, const Spec& spec)
{
    std::vector<bool> reads = default_readers(declared, arms, spec);
    if (const TomlValue* list = table.find("scenarios")) {
        const std::string key = table.full("scenarios");
        const Demand demand{key, "a list of scenarios, not empty", {}, "Whose runs read it."};
        if (!list->is(TomlKind::array) || list->items.empty()) {
            reject_value(*list, demand);
        }
        reads.assign(arms.size(), false);
        for (const TomlValue& item : list->items) {
            reads[arm_named(item, spec, demand)] = true;
        }
    }
    return reads;
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
        said.declared = declared_for(said.marginal.parameter, name.place, spec);
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
        said.reads = read_readers(table, said.declared, arms, spec);
        check_not_set(said, arms);
        said.has_distribution = !method.is_given() || says_distribution(table);
        if (said.has_distribution) {
            read_distribution(table, said);
        }
        marginals.push_back(std::move(said));
    }
    return marginals;
}

}  // namespace latecomer::jobs::study
