#include "io/scenario/resolved.hpp"
#include "io/scenario/scenario.hpp"
#include "jobs/command_line/commands.hpp"
#include "jobs/run/builtin.hpp"
#include "jobs/terminal/terminal.hpp"

#include <string>

namespace latecomer::jobs {

void check(const CheckOptions& options, const mpi::Communicator& comm)
{
    ScenarioRequest request;
    request.path = options.scenario;
    request.builtin_countries = builtin_countries;
    const Scenario scenario = read_scenario(request, comm);
    for (const std::string& remark : scenario.remarks) {
        note("note: " + remark, comm);
    }
    print(resolved_toml(scenario), comm);
}

}  // namespace latecomer::jobs
