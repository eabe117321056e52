#include "io/scenario/resolved.hpp"
#include "io/scenario/scenario.hpp"
#include "jobs/builtin.hpp"
#include "jobs/commands.hpp"
#include "jobs/terminal.hpp"

namespace latecomer::jobs {

void check(const CheckOptions& options, const mpi::Communicator& comm)
{
    ScenarioRequest request;
    request.path = options.scenario;
    request.builtin_countries = builtin_countries;
    const Scenario scenario = read_scenario(request, comm);
    print(resolved_toml(scenario), comm);
}

}  // namespace latecomer::jobs
