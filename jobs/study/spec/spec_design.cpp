#include "jobs/study/spec/spec_design.hpp"

#include "core/hash.hpp"
#include "core/text.hpp"
#include "io/files/text_file.hpp"

#include <algorithm>
#include <bit>

namespace latecomer::jobs::study {
namespace {

using Kinds = std::vector<DesignKind>;

const std::vector<std::string>& words()
{
    static const std::vector<std::string> all{"none",    "full",  "list",     "file",  "lhs",
                                              "maximin", "sobol", "saltelli", "morris"};
    return all;
}

std::string_view word_for(DesignKind kind)
{
    return words()[static_cast<std::size_t>(kind)];
}

bool is_one_of(const Kinds& kinds, DesignKind kind)
{
    return std::ranges::find(kinds, kind) != kinds.end();
}

/// Which keys say something to which kinds.
struct KeyUse {
    std::string_view key;
    Kinds kinds;
};

const std::vector<KeyUse>& uses()
{
    using enum DesignKind;
    static const std::vector<KeyUse> all{
        {"n", {lhs, maximin, sobol, saltelli, morris}},
        {"levels", {morris}},
        {"scramble", {sobol, saltelli}},
        {"points", {list}},
        {"file", {file}},
        {"seed", {lhs, maximin, sobol, saltelli, morris}},
        {"dummy", {lhs, sobol, saltelli, morris}},
    };
    return all;
}

/// Refuses keys that say nothing to a design of this kind, and wants those that it needs.
void check_uses(const SpecTable& table, DesignKind kind)
{
    for (const KeyUse& use : uses()) {
        const TomlValue* value = table.find(use.key);
        if (value == nullptr || is_one_of(use.kinds, kind)) {
            continue;
        }
        std::string others;
        for (const DesignKind other : use.kinds) {
            others += text(others.empty() ? "" : ", ", word_for(other));
        }
        reject(value->place, text("'design.", use.key, "' says nothing to a design of kind '",
                                  word_for(kind), "', only to: ", others, "; take it out"));
    }
}

void read_size(const SpecTable& table, DesignSpec& design)
{
    using enum DesignKind;
    if (!is_one_of(uses().front().kinds, design.kind)) {
        return;
    }
    const TomlValue& n = table.need("n", design.kind == saltelli ? "number of blocks"
                                         : design.kind == morris ? "number of trajectories"
                                                                 : "number of points");
    table.read(design.n, "n", {1, static_cast<double>(most_points)}, "Size of the design.");
    const bool is_sequence = design.kind == sobol || design.kind == saltelli;
    if (is_sequence && !std::has_single_bit(static_cast<std::uint64_t>(design.n))) {
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

/// Whether a parameter that no run reads is to tell the noise of the estimates.
bool read_dummy(const SpecTable& table, DesignKind kind)
{
    const TomlValue* value = table.find("dummy");
    if (value == nullptr) {
        return kind == DesignKind::saltelli || kind == DesignKind::morris;
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
                     DesignKind kind)
{
    if (marginals.empty()) {
        reject(table.place(),
               text("a design of kind '", word_for(kind),
                    "' varies parameters, but "
                    "the study has none; add [[parameters]], or take kind \"none\""));
    }
    for (const SaidMarginal& said : marginals) {
        if (kind == DesignKind::morris && said.marginal.kind == MarginalKind::normal) {
            reject(said.place,
                   text("a design of kind 'morris' visits the ends of each range, but "
                        "the normal distribution of '",
                        said.marginal.parameter, "' has none; take a uniform or triangular one"));
        }
    }
}

/// The points of a design that has them written down.
std::vector<std::vector<double>> given_points(const SpecTable& table,
                                              const std::vector<SaidArm>& arms, const Spec& spec,
                                              std::vector<SaidMarginal>& marginals,
                                              const mpi::Communicator& comm)
{
    if (spec.design.kind == DesignKind::list) {
        check_marginals(marginals, table, spec.design.kind);
        return read_points(table.need("points", "[[...], ...], a list for each point"), marginals);
    }
    const TomlValue& value = table.need("file", "the name of a file of points");
    const std::string name = read_text(value, {"design.file", {}, {}, "Name of a file of points."});
    const std::filesystem::path path = (spec.path.parent_path() / name).lexically_normal();
    const std::string content = io::read_text_file(path, value.place, io::study_limit, comm);
    return read_point_file(content, path.string(), arms, spec, marginals);
}

}  // namespace

void read_design(const TomlValue& root, const std::vector<SaidArm>& arms, Spec& spec,
                 const mpi::Communicator& comm)
{
    constexpr std::uint64_t design_only = 0x64657369676e;  // points share no draws with events
    DesignSpec& design = spec.design;
    const SpecTable table{root, "design"};
    if (root.find("design") != nullptr) {
        static_cast<void>(table.need("kind", "how points are chosen, kind = \"lhs\""));
    }
    table.read(design.kind, "kind", words(), "How the points of the design are chosen.");
    check_uses(table, design.kind);
    design.seed = mix64(spec.seed ^ design_only);
    if (const TomlValue* seed = table.find("seed")) {
        design.seed = static_cast<std::uint64_t>(read_whole(
            *seed, {0, 0x1p53}, {"design.seed", {}, {}, "Seed of the points; not of the events."}));
    }
    table.read(design.scramble, "scramble", {"none", "owen"}, "How the sequence is scrambled.");
    read_size(table, design);
    if (design.kind == DesignKind::none) {
        const std::vector<SpecTable> parameters = SpecTable::list(root, "parameters");
        if (!parameters.empty()) {
            reject(parameters.front().place(), "the study has parameters, but no design that "
                                               "varies them; add [design] with kind = \"lhs\"");
        }
        std::vector<SaidMarginal> none;
        read_waves(root, arms, spec, none, comm);
        return;
    }
    std::vector<SaidMarginal> marginals = read_marginals(root, design.kind, arms, spec);
    if (is_given(design.kind)) {
        design.rows = given_points(table, arms, spec, marginals, comm);
    }
    check_marginals(marginals, table, design.kind);
    const bool has_dummy = read_dummy(table, design.kind);
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
}

}  // namespace latecomer::jobs::study
