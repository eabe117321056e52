#pragma once

#include "mpi/communicator.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace latecomer::jobs {

/// The ranks and cores that a run has; nothing of this shows in a result.
struct Machine {
    int ranks = 1;
    int hosts = 1;
    int ranks_of_host = 1;  ///< ranks on the host of rank 0
    int cores_of_host = 1;  ///< of the host of rank 0
    int cores = 1;          ///< that rank 0 may use
    int threads = 1;        ///< of each rank

    /// Threads that can work at the same time.
    double workers() const;
};

/// Looks at where the ranks run and settles the number of threads of each.  Collective.
///
/// Without a wish: OMP_NUM_THREADS if it is set; else one with several ranks, and as many as there
/// are cores to use with one.
/// @throws InputError if the wish, or what the environment says without one, is not a number of threads
Machine prepare_machine(std::optional<std::int64_t> wish, const std::string& processor_name,
                        const mpi::Communicator& comm);

/// What is wrong if rank 0 has more threads than cores; empty if it has not.
std::string warning(const Machine& machine);

/// "2 ranks x 4 threads", and whether they have to share cores.
std::string describe(const Machine& machine);

}  // namespace latecomer::jobs
