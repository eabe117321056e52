#include "jobs/submit/workload.hpp"

#include "agents/observation/outcomes.hpp"
#include "core/errors.hpp"
#include "jobs/study/journal/journal.hpp"
#include "jobs/study/schedule/cost_model.hpp"
#include "jobs/study/schedule/left.hpp"
#include "jobs/study/schedule/progress_of.hpp"

#include <algorithm>
#include <cmath>

namespace latecomer::jobs::submit {
namespace {

/// What runs took, on groups of so many cores.
std::optional<RunTimes> times_in(const study::Ledger& ledger, double cores)
{
    RunTimes times;
    double seconds = 0.0;
    double bytes = 0.0;
    for (const std::filesystem::path& journal : ledger.journals()) {
        study::scan_journal(journal, study::Outcomes::skip,
                            [&](const study::Record& record, const study::LinePlace& line) {
                                bytes += static_cast<double>(line.length) + 1.0;
                                if (record.kind == study::RecordKind::done) {
                                    ++times.runs;
                                    seconds += record.core_seconds / cores;
                                    times.longest_seconds = std::max(times.longest_seconds,
                                                                     record.core_seconds / cores);
                                }
                            });
    }
    if (times.runs == 0) {
        return std::nullopt;
    }
    times.mean_seconds = seconds / static_cast<double>(times.runs);
    times.bytes_of_journal = bytes / static_cast<double>(times.runs);
    return times;
}

}  // namespace

Workload workload_of(const study::Plan& plan, const std::filesystem::path& folder,
                     const Placement& placement)
{
    const study::Progress progress = study::progress_of(plan, folder);
    Workload workload;
    workload.left = study::left_of(plan, folder, {}).runs;
    workload.tasks = progress.tasks;
    workload.times = times_in(progress.ledger,
                              static_cast<double>(placement.ranks_per_task * placement.threads));
    workload.source = study::CostModel{plan, progress.ledger}.source();
    workload.outcomes =
        static_cast<double>(country_outcomes().size()) * static_cast<double>(placement.economies) +
        static_cast<double>(world_outcomes().size());
    return workload;
}

Forecast forecast(const Workload& workload, const Placement& placement, const Request& request)
{
    expects(workload.times.has_value(), "a forecast needs times of runs");
    const double jobs_at_once = static_cast<double>(std::max<std::int64_t>(1, request.array));
    const double groups = static_cast<double>(placement.groups) * jobs_at_once;
    const double work = static_cast<double>(workload.left) * workload.times->mean_seconds;
    Forecast forecast;
    forecast.seconds =
        workload.left == 0 ? 0.0 : std::max(work / groups, workload.times->longest_seconds);
    forecast.node_hours =
        forecast.seconds * static_cast<double>(placement.nodes) * jobs_at_once / 3600.0;
    forecast.jobs = std::ceil(forecast.seconds / (placement.seconds - placement.warning_seconds));
    return forecast;
}

}  // namespace latecomer::jobs::submit
