#pragma once

#include "agents/world/scenario.hpp"
#include "jobs/run/machine.hpp"

#include <cstdint>
#include <string>

namespace latecomer::jobs {

/// What a run will take, before it runs.
struct Estimate {
    std::int64_t economies = 0;
    std::int64_t firms = 0;       ///< latecomer firms at the start
    double bytes_per_rank = 0.0;  ///< of memory
    double series_bytes = 0.0;    ///< while the run is under way; less when it is compressed
    double snapshot_bytes = 0.0;  ///< of all snapshots
    std::int64_t snapshots = 0;
    double seconds = 0.0;
};

/// Estimates from the number of firms at the start; computes no quarter.
Estimate estimate(const Scenario& scenario, const Machine& machine);

/// What `--dry-run` prints.
std::string report(const Estimate& estimate, const Scenario& scenario, const Machine& machine);

}  // namespace latecomer::jobs
