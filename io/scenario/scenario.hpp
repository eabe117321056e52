#pragma once

#include "agents/world/scenario.hpp"
#include "mpi/communicator.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace latecomer {

struct ScenarioDraft;

/// What the user asked to run: a scenario file and what the command line changes in it.
struct ScenarioRequest {
    std::filesystem::path path;  ///< empty: no file, only what follows
    std::string_view
        builtin_countries;              ///< text of the country table below all files; may be empty
    std::vector<std::string> settings;  ///< "section.key=value", applied after the files, in order
    std::vector<std::string> pathways;  ///< "COUNTRY=NAME", after settings; an economy once
    /// The quarter from which settings of [policy] and pathways hold, instead of what the files have
    /// planned for these economies from then on; none: they are said from the start.
    std::optional<std::int64_t> policy_from;
    std::optional<std::int64_t> seed;  ///< of the command line; wins over files and settings
    std::optional<std::int64_t> replicate;
    std::optional<std::int64_t> quarters;
};

/// The first parameter that two scenarios give different values and that a run reads only at its
/// start, "world.firms_per_country"; empty: none, so the second can continue a run of the first.
std::string difference_at_start(const Scenario& first, const Scenario& second);

/// Reads a scenario with the files that it includes, checks it and resolves what it leaves open.
///
/// Layers, each overriding those before: the built-in country table, included files in their order,
/// the file itself, settings, the options for seed, replicate and quarters.  Economies of the run
/// have every indicator that sets the initial state: what is not known is the mean over the
/// economies of its role in the whole table, selected or not.
///
/// The root alone reads files.  Collective.
/// @throws InputError on every rank, with the same one-line message, if the scenario is not valid.
Scenario read_scenario(const ScenarioRequest& request, const mpi::Communicator& comm);

/// A scenario that many runs vary: files are read and understood once.
class ScenarioTemplate {
public:
    /// As read_scenario; what does not fit together is found by with().  Collective.
    /// @throws InputError on every rank
    ScenarioTemplate(const ScenarioRequest& request, const mpi::Communicator& comm);

    /// The scenario with more settings "section.key=value" on top, in order.  Not collective; from one thread at a time, as
    /// it remembers the country table of the last.
    /// @throws InputError if a setting is bad or does not fit the others
    Scenario with(const std::vector<std::string>& settings) const;

    /// Whether it says anything of a plan of this economy or group: [policy.WHO].
    bool has_plan(const std::string& who) const;

private:
    struct Parts;
    Scenario finished(const ScenarioDraft& draft) const;

    std::shared_ptr<const Parts> parts_;
};

/// The scenario of an empty file: defaults of all parameters and the built-in country table.
Scenario default_scenario(std::string_view builtin_countries);

}  // namespace latecomer
