#pragma once

#include "jobs/submit/queue.hpp"
#include "jobs/submit/script.hpp"
#include "jobs/submit/workload.hpp"

#include <string>

namespace latecomer::jobs::submit {

/// For people: where a job goes, what is left, what it takes, and what the site allows.
std::string report(const study::Plan& plan, const Job& job, const Workload& workload,
                   const QueueAnswer& queue);

}  // namespace latecomer::jobs::submit
