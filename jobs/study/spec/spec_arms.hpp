#pragma once

#include "io/toml/toml.hpp"
#include "jobs/study/spec/spec.hpp"
#include "mpi/communicator.hpp"

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

    /// The place of the setting of a parameter "section.key"; null: the arm leaves it as it is.
    const Place* place_of(std::string_view parameter) const;
};

/// The scenarios of a study in their order; without [scenarios] the model as it is, "baseline".
/// @throws InputError with the place of what is wrong
std::vector<SaidArm> read_arms(const TomlValue& root);

/// The economies of the runs of each arm.
using EconomiesByArm = std::vector<std::vector<std::string>>;

/// Resolves the model, and on it every arm, as its runs will.  Collective.
/// @throws InputError as the scenario reader does, with the place in the study of what an arm sets
EconomiesByArm resolve_arms(const std::vector<SaidArm>& arms, const Spec& spec,
                            const mpi::Communicator& comm);

}  // namespace latecomer::jobs::study
