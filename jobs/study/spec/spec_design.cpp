#include "jobs/study/spec/spec_design.hpp"

#include "core/hash.hpp"
#include "core/text.hpp"
#include "io/files/text_file.hpp"

#include <algorithm>
#include <bit>

namespace latecomer::jobs::study {
namespace {

/// Refuses keys that say nothing to a design of this kind.
void check_uses(const SpecTable& table, const DesignMethod& method)
{
    for (std::size_t i = 0; i < design_key_words.size(); ++i) {
        const auto key = static_cast<DesignKey>(i);
        const TomlValue* value = table.find(design_key_words[i]);
        if (value == nullptr || method.takes(key)) {
            continue;
        }
        std::string others;
        for (const std::string& other :
             kinds_where([&](const DesignMethod& one) { return one.takes(key); })) {
            others += text(others.empty() ? "" : ", ", other);
        }
        reject(value->place,
               text("'design.", design_key_words[i], "' says nothing to a design of kind '",
                    method.kind, "', only to: ", others, "; take it out"));
    }
}

void read_size(const SpecTable& table, DesignSpec& design)
{
    const DesignMethod& method = *design.method;
    if (!method.takes(DesignKey::n)) {
        return;
    }
    const TomlValue& n = table.need("n", method.n_counts);
    table.read(design.n, "n", {1, static_cast<double>(most_points)}, "Size of the design.");
    if (method.needs_power_of_two && !std::has_single_bit(static_cast<std::uint64_t>(design.n))) {
        const auto below = std::bit_floor(static_cast<std::uint64_t>(design.n));
        reject(n.place, text("'design.n' is ", design.n,
                             ", but a Sobol' sequence is balanced only "
                             "after a power of two of points; take ",
                             below, " or ", 2 * below));
    }
    table.read(design.levels, "levels", {2, 1024}, "Levels of the grid of trajectories; even.");
    if (design.levels % 2 != 0) {
        reject(table.find("levels")->place, text("'design.levels' is ", design.levels,
                                                 ", but a step of Morris joins two levels "
                                                 "of an even number; take ",
                                                 design.levels + 1));
    }
}

void read_sets(const SpecTable& table, DesignSpec& design)
{
    if (table.find("sets") != nullptr) {
        table.read(design.sets, "sets", {1, static_cast<double>(most_points)},
                   "Sets drawn from the ensemble by weight.");
    }
}

/// Whether a parameter that no run reads is to tell the noise of the estimates.
bool read_dummy(const SpecTable& table, const DesignMethod& method)
{
    const TomlValue* value = table.find("dummy");
    if (value == nullptr) {
        return method.has_dummy;
    }
    if (!value->is(TomlKind::boolean)) {
        reject_value(*value, {"design.dummy",
                              "true or false",
                              {},
                              "Whether to add a parameter that no run reads: its index is noise."});
    }
    return value->integer != 0;
}

void check_marginals(const std::vector<SaidMarginal>& marginals, const SpecTable& table,
                     const DesignMethod& method)
{
    if (marginals.empty()) {
        reject(table.place(),
               text("a design of kind '", method.kind,
                    "' varies parameters, but "
                    "the study has none; add [[parameters]], or take kind \"none\""));
    }
    for (const SaidMarginal& said : marginals) {
        const bool has_ends = said.marginal.kind != MarginalKind::normal;
        if (method.need == MarginalNeed::ends && !has_ends) {
            reject(said.place,
                   text("a design of kind '", method.kind,
                        "' visits the ends of each range, but the normal distribution of '",
                        said.marginal.parameter, "' has none; take a uniform or triangular one"));
        }
    }
}

/// The points of a design that has them written down.
PointFile given_points(const SpecTable& table, const std::vector<SaidArm>& arms, const Spec& spec,
                       std::vector<SaidMarginal>& marginals, const mpi::Communicator& comm)
{
    if (spec.design.method->takes(DesignKey::points)) {
        check_marginals(marginals, table, *spec.design.method);
        return {read_points(table.need("points", "[[...], ...], a list for each point"), marginals),
                {}};
    }
    const TomlValue& value = table.need("file", "the name of a file of points");
    const std::string name = read_text(value, {"design.file", {}, {}, "Name of a file of points."});
    const std::filesystem::path path = (spec.path.parent_path() / name).lexically_normal();
    const std::string content = io::read_text_file(path, value.place, io::study_limit, comm);
    return read_point_file(content, path.string(), arms, spec, marginals);
}

/// Reads what varies over the points: [[parameters]], with points that are written down.
std::vector<Place> read_varied(const TomlValue& root, const SpecTable& table,
                               const std::vector<SaidArm>& arms, Spec& spec,
                               const mpi::Communicator& comm)
{
    DesignSpec& design = spec.design;
    const DesignMethod& method = *design.method;
    std::vector<SaidMarginal> marginals = read_marginals(root, method, arms, spec);
    if (method.is_given()) {
        PointFile given = given_points(table, arms, spec, marginals, comm);
        design.rows = std::move(given.rows);
        design.weights = std::move(given.weights);
    }
    check_marginals(marginals, table, method);
    const bool has_dummy = read_dummy(table, method);
    for (std::size_t i = 0; i < marginals.size(); ++i) {
        design.marginals.push_back(marginals[i].marginal);
    }
    if (has_dummy) {
        design.marginals.emplace_back();
    }
    read_waves(root, arms, spec, marginals, comm);
    for (std::size_t i = 0; i < marginals.size(); ++i) {
        if (!marginals[i].has_distribution) {
            take_ends(design.rows, i, design.marginals[i]);
        }
    }
    check_sizes(table, spec);
    std::vector<Place> places;
    for (const SaidMarginal& said : marginals) {
        places.push_back(said.place);
        for (std::size_t arm = 0; arm < arms.size(); ++arm) {
            spec.reads[arm].push_back(said.reads.empty() || said.reads[arm]);
        }
    }
    return places;
}

void read_method(const SpecTable& table, DesignSpec& design)
{
    std::size_t row = 0;
    table.read(row, "kind", kinds_where([](const DesignMethod&) { return true; }),
               "How the points of the design are chosen.");
    design.method = &design_methods()[row];
    check_uses(table, *design.method);
}

}  // namespace

std::vector<std::string> kinds_where(const std::function<bool(const DesignMethod&)>& holds)
{
    std::vector<std::string> kinds;
    for (const DesignMethod& method : design_methods()) {
        if (holds(method)) {
            kinds.emplace_back(method.kind);
        }
    }
    return kinds;
}

std::vector<Place> read_design(const TomlValue& root, const std::vector<SaidArm>& arms, Spec& spec,
                               const mpi::Communicator& comm)
{
    constexpr std::uint64_t design_only = 0x64657369676e;  // points share no draws with events
    DesignSpec& design = spec.design;
    const SpecTable table{root, "design"};
    if (root.find("design") != nullptr) {
        static_cast<void>(table.need("kind", "how points are chosen, kind = \"lhs\""));
    }
    read_method(table, design);
    design.seed = mix64(spec.seed ^ design_only);
    if (const TomlValue* seed = table.find("seed")) {
        design.seed = static_cast<std::uint64_t>(read_whole(
            *seed, {0, 0x1p53}, {"design.seed", {}, {}, "Seed of the points; not of the events."}));
    }
    table.read(design.scramble, "scramble", {"none", "owen"}, "How the sequence is scrambled.");
    read_size(table, design);
    read_sets(table, design);
    spec.reads.assign(arms.size(), {});
    if (design.method->need == MarginalNeed::nothing) {
        const std::vector<SpecTable> parameters = SpecTable::list(root, "parameters");
        if (!parameters.empty()) {
            reject(parameters.front().place(), "the study has parameters, but no design that "
                                               "varies them; add [design] with kind = \"lhs\"");
        }
        std::vector<SaidMarginal> none;
        read_waves(root, arms, spec, none, comm);
        return {};
    }
    return read_varied(root, table, arms, spec, comm);
}

}  // namespace latecomer::jobs::study
