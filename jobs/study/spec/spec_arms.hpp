#pragma once

#include "io/scenario/scenario.hpp"
#include "io/toml/toml.hpp"
#include "jobs/study/spec/spec.hpp"
#include "mpi/communicator.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace latecomer::jobs::study {

/// A scenario of a study, with where the file says it.
struct SaidArm {
    Arm arm;
    Place place;
    std::vector<Place> setting_places;
    std::vector<Place> pathway_places;
    /// Its file or that of the study and its own settings, understood once.
    std::optional<ScenarioTemplate> scenario{};

    /// The place of the setting of a parameter "section.key"; null: the arm leaves it as it is.
    const Place* place_of(std::string_view parameter) const;
};

/// The scenarios of a study in their order; without [scenarios] the model as it is, "baseline".
/// @param folder from which names of files count
/// @throws InputError with the place of what is wrong
std::vector<SaidArm> read_arms(const TomlValue& root, const std::filesystem::path& folder);

/// What is asked of the scenario reader for an arm.
ScenarioRequest request_of(const Spec& spec, const Arm& arm);

/// Reads the files of the model and of every arm.  Collective.
/// @throws InputError as the scenario reader does, with the place in the study of what an arm sets
void read_files(std::vector<SaidArm>& arms, const Spec& spec, const mpi::Communicator& comm);

/// The economies of the runs of each arm.
using EconomiesByArm = std::vector<std::vector<std::string>>;

/// Resolves every arm as its runs will, with neutral numbers for what the design says of its plans.
/// @param places of the names of parameters of the design
/// @throws InputError as the scenario reader does, with the place in the study of what an arm sets
EconomiesByArm resolve_arms(const std::vector<SaidArm>& arms, const Spec& spec,
                            const std::vector<Place>& places);

/// Refuses arms whose kept series would have other columns than those of the first, other sectors for
/// instance.
/// @throws InputError with the place of the arm
void check_series(const std::vector<SaidArm>& arms, const Spec& spec);

/// Settings with which an arm is sound before the points of the design are known: for every number
/// of a plan that it reads, one that asks for nothing.
std::vector<std::string> neutral_settings(const Spec& spec, std::size_t arm);

}  // namespace latecomer::jobs::study
