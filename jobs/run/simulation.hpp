#pragma once

#include "io/checkpoint/checkpoint.hpp"
#include "io/hdf5/hdf5.hpp"
#include "io/results/provenance.hpp"
#include "io/run_folder/run_folder.hpp"
#include "jobs/command_line/options.hpp"
#include "jobs/run/machine.hpp"
#include "mpi/communicator.hpp"

#include <optional>

namespace latecomer::jobs {

/// Exit status of a run that stopped with work left.
inline constexpr int stopped_with_work_left = 85;

/// A run that is about to begin, or to go on.
struct Simulation {
    Scenario scenario;
    io::Restart start;              ///< the world as far as it has come
    std::filesystem::path earlier;  ///< folder with series and chronicle of quarters before
    io::Origin origin;
    io::Attributes ancestry;  ///< what files say of the run that this one branched from
    ProgressStyle progress = ProgressStyle::automatic;
    std::optional<double> time_left;                          ///< seconds
    bool checkpoint_first = false;                            ///< before the first quarter
    std::string to_go_on = "the same command with --resume";  ///< if it is stopped
    bool quiet = false;                                       ///< print no outcomes
};

/// Runs to the last quarter, or until told to stop; prints the outcomes in the first case, unless quiet.
/// Collective.
/// @return the exit status: 0 or stopped_with_work_left
int simulate(Simulation simulation, io::RunFolder& folder, const mpi::Communicator& comm);

}  // namespace latecomer::jobs
