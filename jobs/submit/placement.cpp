#include "jobs/submit/placement.hpp"

#include "core/constants.hpp"
#include "core/errors.hpp"
#include "core/text.hpp"
#include "jobs/run/estimate.hpp"
#include "jobs/terminal/figures.hpp"

#include <algorithm>

namespace latecomer::jobs::submit {
namespace {

constexpr double hours_without_limit = 4.0;  ///< of a job, where the site names no longest
constexpr double bytes_a_gib = 1024.0 * 1024.0 * 1024.0;

void check_limit(std::string_view option, std::int64_t asked, std::int64_t most)
{
    if (most > 0 && asked > most) {
        throw InputError(text("bad value '", asked, "' for ", option, " (the site allows ", most,
                              "); ask for less"));
    }
}

double seconds_of_job(const Site& site, const Request& request)
{
    const double most = site.hours_per_job * seconds_an_hour;
    if (!request.seconds) {
        return most > 0.0 ? most : hours_without_limit * seconds_an_hour;
    }
    if (most > 0.0 && *request.seconds > most) {
        throw InputError(text("bad value '", duration(*request.seconds),
                              "' for --time (the site allows ", duration(most),
                              "); ask for less, and for a --chain of jobs"));
    }
    if (*request.seconds < 60.0) {
        throw InputError("bad value for --time (a job takes at least a minute); ask for more");
    }
    return *request.seconds;
}

void place_ranks(Placement& placement, const Site& site)
{
    if (placement.threads > site.cores_per_node) {
        throw InputError(text("a rank of ", placement.threads,
                              " threads does not fit on a node of ", site.cores_per_node,
                              " cores; lower --threads or 'run.threads'"));
    }
    placement.ranks_per_node = site.cores_per_node / placement.threads;
    const double memory = site.memory_gib_per_node * bytes_a_gib;
    if (memory > 0.0) {
        const auto fit = static_cast<std::int64_t>(memory / placement.bytes_per_rank);
        if (fit < 1) {
            throw InputError(text("a rank needs about ", bytes(placement.bytes_per_rank),
                                  ", more than a node has (", bytes(memory),
                                  "); spread a run over more ranks: 'run.ranks_per_task'"));
        }
        placement.is_memory_short = fit < placement.ranks_per_node;
        placement.ranks_per_node = std::min(placement.ranks_per_node, fit);
    }
}

}  // namespace

Placement place(const study::Plan& plan, const Site& site, const Request& request)
{
    check_limit("--nodes", request.nodes, site.nodes_per_job);
    check_limit("--array", request.array, site.array_elements);
    if (site.scheduler == Scheduler::none && (request.chain > 0 || request.array > 0)) {
        throw InputError("a site without scheduler has no chains and arrays of jobs; leave out "
                         "--chain and --array");
    }
    const study::RunSpec& run = plan.spec().run;
    Placement placement;
    placement.nodes = request.nodes;
    placement.threads = request.threads.value_or(run.threads);
    placement.ranks_per_task = run.ranks_per_task;
    Machine machine;
    machine.ranks = static_cast<int>(run.ranks_per_task);
    machine.threads = static_cast<int>(placement.threads);
    const Estimate need = estimate(plan.scenario(plan.task(0)), machine);
    placement.bytes_per_rank = need.bytes_per_rank;
    placement.economies = need.economies;
    place_ranks(placement, site);
    if (placement.ranks() < run.ranks_per_task) {
        throw InputError(text("a run takes ", run.ranks_per_task, " ranks and the job has ",
                              placement.ranks(), "; ask for more --nodes"));
    }
    placement.has_manager = placement.ranks() > run.ranks_per_task;
    placement.groups = std::max<std::int64_t>(1, (placement.ranks() - 1) / run.ranks_per_task);
    placement.seconds = seconds_of_job(site, request);
    placement.warning_seconds =
        std::min(static_cast<double>(site.warning_seconds), placement.seconds / 2.0);
    return placement;
}

}  // namespace latecomer::jobs::submit
