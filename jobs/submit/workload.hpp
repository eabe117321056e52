#pragma once

#include "jobs/submit/placement.hpp"

#include <optional>
#include <string>

namespace latecomer::jobs::submit {

/// What the journals of a study tell about the cost of a run.
struct RunTimes {
    std::int64_t runs = 0;      ///< that are done
    double mean_seconds = 0.0;  ///< of one
    double longest_seconds = 0.0;
    double bytes_of_journal = 0.0;  ///< for each run
};

/// What is left of a study, and what that takes.
struct Workload {
    std::int64_t left = 0;
    std::int64_t tasks = 0;
    std::optional<RunTimes> times;  ///< nothing: no run is done yet
    std::string source;             ///< of the times: "64 runs of a pilot"
    double outcomes = 0.0;          ///< numbers that come out of a run
};

/// Reads the journals of a study.
/// @throws FileError
Workload workload_of(const study::Plan& plan, const std::filesystem::path& folder,
                     const Placement& placement);

/// What is left, in time and money.
struct Forecast {
    double seconds = 0.0;  ///< until all is done, with all jobs at work
    double node_hours = 0.0;
    double jobs = 0.0;  ///< one after the other
};

/// @pre `workload.times`
Forecast forecast(const Workload& workload, const Placement& placement, const Request& request);

}  // namespace latecomer::jobs::submit
