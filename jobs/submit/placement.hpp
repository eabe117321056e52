#pragma once

#include "jobs/command_line/request.hpp"
#include "jobs/study/plan/plan.hpp"
#include "jobs/submit/site.hpp"

namespace latecomer::jobs::submit {

/// Where the ranks of a job go.
struct Placement {
    std::int64_t nodes = 1;
    std::int64_t ranks_per_node = 1;
    std::int64_t threads = 1;  ///< of each rank
    std::int64_t ranks_per_task = 1;
    std::int64_t groups = 1;       ///< runs that are computed at the same time in a job
    bool has_manager = false;      ///< one rank hands out runs
    bool is_memory_short = false;  ///< cores stay idle since a rank needs much memory
    double bytes_per_rank = 0.0;   ///< of memory, estimated
    std::int64_t economies = 0;
    double seconds = 0.0;          ///< of a job
    double warning_seconds = 0.0;  ///< before its end

    std::int64_t ranks() const { return nodes * ranks_per_node; }
};

/// Places the ranks of a study's job on nodes of a site.
/// @throws InputError if the site does not offer what is asked for
Placement place(const study::Plan& plan, const Site& site, const Request& request);

}  // namespace latecomer::jobs::submit
