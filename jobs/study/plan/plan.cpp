#include "jobs/study/plan/plan.hpp"

#include "core/errors.hpp"
#include "core/hash.hpp"
#include "core/suggest.hpp"
#include "core/text.hpp"
#include "io/files/sha256.hpp"
#include "io/scenario/resolved.hpp"
#include "jobs/study/spec/spec_arms.hpp"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <system_error>
#include <utility>

namespace latecomer::jobs::study {
namespace {

constexpr std::string_view schema = "latecomer-task-1";

}  // namespace

Plan::Plan(Spec spec, const mpi::Communicator& comm) : spec_{std::move(spec)}, design_{spec_.design}
{
    lay_out_waves();
    for (const Arm& arm : spec_.arms) {
        templates_.emplace_back(request_of(spec_, arm), comm);
        Scenario scenario = scenario_of_arm(templates_.size() - 1);
        scenario.name.clear();
        scenario.parameters.run.seed = 0;
        scenario.parameters.run.replicate = 0;
        digests_.push_back(io::sha256(resolved_toml(scenario)));
    }
}

void Plan::lay_out_waves()
{
    const auto arms = static_cast<std::int64_t>(spec_.arms.size());
    Wave all;  // what there is before a wave, as one
    for (const WaveSpec& now : spec_.waves) {
        Wave wave{all.first_number, 0, now.points, 0, now.replicates};
        if (now.replicates > all.replicates && all.replicates > 0) {
            wave.first_replicate = all.replicates;
            wave.replicates = now.replicates - all.replicates;
        } else if (all.replicates > 0) {
            wave.first_point = all.points;
            wave.points = now.points - all.points;
        }
        waves_.push_back(wave);
        all.points = now.points;
        all.replicates = now.replicates;
        all.first_number += wave.points * wave.replicates * arms;
    }
}

std::int64_t Plan::tasks_per_replicate() const
{
    return design_.size() * static_cast<std::int64_t>(spec_.arms.size());
}

std::int64_t Plan::first_look_tasks() const
{
    return spec_.stops.empty() ? tasks() : tasks_per_replicate() * spec_.replicates.min;
}

std::int64_t Plan::end_of(std::int64_t replicates) const
{
    const auto arms = static_cast<std::int64_t>(spec_.arms.size());
    std::int64_t end = 0;
    for (const Wave& wave : waves_) {
        const std::int64_t rounds = std::min(replicates - wave.first_replicate, wave.replicates);
        if (rounds > 0) {
            end = wave.first_number + rounds * wave.points * arms;
        }
    }
    return end;
}

std::int64_t Plan::tasks() const
{
    return tasks_per_replicate() * spec_.replicates.max;
}

Task Plan::task(std::int64_t number) const
{
    expects(0 <= number && number < tasks(), "a task has a number within its plan");
    const auto arms = static_cast<std::int64_t>(spec_.arms.size());
    const auto behind = std::ranges::upper_bound(waves_, number, {}, &Wave::first_number);
    const Wave& wave = *std::prev(behind);
    const std::int64_t local = number - wave.first_number;
    const std::int64_t cell = local / arms;
    return {number, static_cast<std::size_t>(local % arms), wave.first_point + cell % wave.points,
            wave.first_replicate + cell / wave.points};
}

std::int64_t Plan::number_of(std::size_t arm, std::int64_t point, std::int64_t replicate) const
{
    const auto arms = static_cast<std::int64_t>(spec_.arms.size());
    for (const Wave& wave : waves_) {
        const std::int64_t p = point - wave.first_point;
        const std::int64_t r = replicate - wave.first_replicate;
        if (0 <= p && p < wave.points && 0 <= r && r < wave.replicates) {
            return wave.first_number + (r * wave.points + p) * arms +
                   static_cast<std::int64_t>(arm);
        }
    }
    fail("a plan has no such point or replicate");
}

Task Plan::task_of(std::size_t arm, std::int64_t point, std::int64_t replicate) const
{
    if (point < 0 || point >= design_.size() || replicate < 0 ||
        replicate >= spec_.replicates.max) {
        throw InputError(text("no run has point ", point, " and replicate ", replicate,
                              " (the study has ", design_.size(), " points and ",
                              spec_.replicates.max, " replicates, from 0); choose others"));
    }
    return task(number_of(arm, point, replicate));
}

Task Plan::find(const std::string& number_or_key) const
{
    constexpr std::size_t digits_of_key = 32;
    if (number_or_key.size() == digits_of_key) {
        for (std::int64_t number = 0; number < tasks(); ++number) {
            const Task candidate = task(number);
            if (key(candidate) == number_or_key) {
                return candidate;
            }
        }
    }
    std::int64_t number = 0;
    const char* const end = number_or_key.data() + number_or_key.size();
    const auto [stop, error] = std::from_chars(number_or_key.data(), end, number);
    if (error == std::errc{} && stop == end && 0 <= number && number < tasks()) {
        return task(number);
    }
    throw InputError(text("no run has the key '", number_or_key, "' (there are runs 0 to ",
                          tasks() - 1, "); 'latecomer study status' lists those that failed"));
}

std::size_t Plan::arm_named(const std::string& name) const
{
    std::vector<std::string> names;
    for (const Arm& arm : spec_.arms) {
        if (arm.name == name) {
            return names.size();
        }
        names.push_back(arm.name);
    }
    const std::string meant = did_you_mean(name, names);
    throw InputError(text("unknown scenario '", name, "'.",
                          meant.empty() ? " Name one of [scenarios] of the study." : meant));
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
        if (!parameter.empty() && spec_.reads[task.arm][i]) {  // the dummy is nobody's
            settings.push_back(text(parameter, '=', values[i]));
        }
    }
    settings.push_back(text("run.seed=", seed(task)));
    settings.push_back(text("run.replicate=", task.replicate));
    return settings;
}

Scenario Plan::scenario_of_arm(std::size_t arm) const
{
    return templates_[arm].with(neutral_settings(spec_, arm));
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
