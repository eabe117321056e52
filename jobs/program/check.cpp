#include "io/scenario/resolved.hpp"
#include "io/scenario/scenario.hpp"
#include "jobs/command_line/commands.hpp"
#include "jobs/run/builtin.hpp"
#include "jobs/run/trial.hpp"
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
    if (const std::string words = underfunded_line(try_plans(scenario, comm)); !words.empty()) {
        note("note: " + words + " (by a coarse run)", comm);
    }
}

}  // namespace latecomer::jobs
