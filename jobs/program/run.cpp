#include "io/scenario/scenario.hpp"
#include "jobs/command_line/commands.hpp"
#include "jobs/run/begin.hpp"
#include "jobs/run/builtin.hpp"
#include "jobs/run/estimate.hpp"
#include "jobs/run/machine.hpp"
#include "jobs/terminal/terminal.hpp"

namespace latecomer::jobs {
namespace {

ScenarioRequest request_of(const RunOptions& options)
{
    ScenarioRequest request;
    request.path = options.scenario;
    request.builtin_countries = builtin_countries;
    request.settings = options.settings;
    request.pathways = options.pathways;
    request.seed = options.seed;
    request.replicate = options.replicate;
    request.quarters = options.quarters;
    return request;
}

}  // namespace

int run(const RunOptions& options, const mpi::Session& session, const mpi::Communicator& comm)
{
    const Scenario scenario = read_scenario(request_of(options), comm);
    const Machine machine = prepare_machine(options.threads, session.processor_name(), comm);
    if (options.dry_run) {
        if (!options.out.empty()) {
            check_can_begin(scenario, options, comm);
        }
        print(report(estimate(scenario, machine), scenario, machine), comm);
        return 0;
    }
    return begin_run(scenario, options, machine, comm);
}

}  // namespace latecomer::jobs
