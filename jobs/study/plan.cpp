#include "jobs/study/plan.hpp"

#include "core/errors.hpp"
#include "core/hash.hpp"
#include "core/text.hpp"
#include "io/resolved.hpp"
#include "io/sha256.hpp"
#include "jobs/builtin.hpp"

#include <utility>

namespace latecomer::jobs::study {
namespace {

constexpr std::string_view schema = "latecomer-task-1";

ScenarioRequest request_of(const Spec& spec, const Arm& arm)
{
    ScenarioRequest request;
    request.path = spec.model;
    request.builtin_countries = builtin_countries;
    request.settings = arm.settings;
    request.pathways = arm.pathways;
    request.quarters = spec.quarters;
    return request;
}

}  // namespace

Plan::Plan(Spec spec, const mpi::Communicator& comm) : spec_{std::move(spec)}, design_{spec_.design}
{
    for (const Arm& arm : spec_.arms) {
        templates_.emplace_back(request_of(spec_, arm), comm);
        Scenario scenario = templates_.back().with({});
        scenario.name.clear();
        scenario.parameters.run.seed = 0;
        scenario.parameters.run.replicate = 0;
        digests_.push_back(io::sha256(resolved_toml(scenario)));
    }
}

std::int64_t Plan::tasks_per_replicate() const
{
    return design_.size() * static_cast<std::int64_t>(spec_.arms.size());
}

std::int64_t Plan::tasks() const
{
    return tasks_per_replicate() * spec_.replicates.max;
}

Task Plan::task(std::int64_t number) const
{
    expects(0 <= number && number < tasks(), "a task has a number within its plan");
    const auto arms = static_cast<std::int64_t>(spec_.arms.size());
    const std::int64_t cell = number / arms;
    return {number, static_cast<std::size_t>(number % arms), cell % design_.size(),
            cell / design_.size()};
}

std::int64_t Plan::number_of(std::size_t arm, std::int64_t point, std::int64_t replicate) const
{
    const auto arms = static_cast<std::int64_t>(spec_.arms.size());
    return (replicate * design_.size() + point) * arms + static_cast<std::int64_t>(arm);
}

std::int64_t Plan::seed(const Task& task) const
{
    if (spec_.replicates.common == CommonRandomNumbers::scenarios_and_points) {
        return static_cast<std::int64_t>(spec_.seed);
    }
    // Other points, or other scenarios too, are other worlds of the same replicates.
    std::uint64_t mixed = mix64(spec_.seed ^ mix64(static_cast<std::uint64_t>(task.point) + 1));
    if (spec_.replicates.common == CommonRandomNumbers::off) {
        mixed = mix64(mixed ^ (task.arm + 1));
    }
    return static_cast<std::int64_t>(mixed >> 11);  // seeds have 53 bits
}

std::vector<std::string> Plan::settings(const Task& task) const
{
    const std::vector<double> values = design_.point(task.point);
    std::vector<std::string> settings;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const std::string& parameter = spec_.design.marginals[i].parameter;
        if (!parameter.empty()) {  // the dummy is nobody's
            settings.push_back(text(parameter, '=', values[i]));
        }
    }
    settings.push_back(text("run.seed=", seed(task)));
    settings.push_back(text("run.replicate=", task.replicate));
    return settings;
}

Scenario Plan::scenario(const Task& task) const
{
    return templates_[task.arm].with(settings(task));
}

std::string Plan::key(const Task& task) const
{
    std::string all = text(schema, '\n', digests_[task.arm], '\n');
    for (const std::string& setting : settings(task)) {
        all += setting + '\n';
    }
    return io::sha256(all).substr(0, 32);
}

}  // namespace latecomer::jobs::study
