#include "jobs/study/execute/runner.hpp"

#include "agents/observation/books.hpp"
#include "agents/observation/moments.hpp"
#include "agents/observation/outcomes.hpp"
#include "agents/start/initial.hpp"
#include "agents/step.hpp"
#include "agents/world/state_hash.hpp"
#include "core/errors.hpp"
#include "core/text.hpp"
#include "jobs/study/journal/chosen_series.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <csignal>
#include <cstdlib>
#include <optional>
#include <string_view>
#include <thread>

namespace latecomer::jobs::study {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point begin)
{
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

/// What tests do to a task of their choice: LATECOMER_POISON="crash:3 throw:5 hang:7 identity:9".
bool is_poisoned(std::string_view how, std::int64_t task)
{
    const char* poison = std::getenv("LATECOMER_POISON");
    return poison != nullptr &&
           text(' ', poison, ' ').find(text(' ', how, ':', task, ' ')) != std::string::npos;
}

void poison(std::int64_t task)
{
    if (is_poisoned("crash", task)) {
        std::raise(SIGSEGV);
    }
    if (is_poisoned("throw", task)) {
        fail("poisoned by a test");
    }
    while (is_poisoned("hang", task)) {
        std::this_thread::sleep_for(std::chrono::seconds{1});
    }
}

std::vector<double> values_of(const latecomer::Outcomes& outcomes, const World& world)
{
    std::vector<double> values;
    const std::vector<CountryOutcome> countries = outcomes.countries(world);
    for (const OutcomeRow<CountryOutcome>& row : country_outcomes()) {
        for (const CountryOutcome& outcome : countries) {
            values.push_back(outcome.*row.member);
        }
    }
    const WorldOutcome of_world = outcomes.of_world(world);
    for (const OutcomeRow<WorldOutcome>& row : world_outcomes()) {
        values.push_back(of_world.*row.member);
    }
    return values;
}

/// What the root of a group decides after a quarter.
enum class Order : std::int64_t { go_on, abandon, give_up };

/// Accounts are checked in every so many quarters of a study's run: what breaks them stays.
constexpr std::int64_t quarters_between_checks = 8;

/// What the next quarter works out: what the chosen series and moments need, checks of accounts now and then, and everything in
/// the last quarter, whose state is compared.
Observation needed_next(const World& world, const ChosenSeries& series,
                        const std::optional<Moments>& moments)
{
    const std::int64_t next = world.quarter + 1;
    if (next == world.parameters().run.quarters) {
        return {};
    }
    Observation needed = series.needed();
    needed.identities = needed.identities || next % quarters_between_checks == 0;
    needed.distributions =
        needed.distributions || (moments && moments->needed(world).distributions);
    return needed;
}

/// Refuses moments of more firms than the root can gather.
/// @throws InputError
void expects_few_firms(const World& world)
{
    if (firm_count(world) > Moments::most_firms) {
        throw InputError(text("moments of ", firm_count(world), " firms are asked for (",
                              Moments::most_firms,
                              " at most); set world.firms_per_country lower, or take 'moments' out "
                              "of the study"));
    }
}

/// A task at work.
struct Work {
    const Plan& plan;
    const Task& task;
    const std::function<bool()>& is_over;
    const mpi::Communicator& group;
    Clock::time_point begin = Clock::now();

    Order after_quarter() const
    {
        Order order = Order::go_on;
        if (group.is_root()) {
            const double limit = plan.spec().budget.task_seconds.value_or(HUGE_VAL);
            order = seconds_since(begin) > limit ? Order::give_up
                    : is_over()                  ? Order::abandon
                                                 : Order::go_on;
        }
        group.broadcast(std::span{&order, 1});
        return order;
    }

    /// Lets firms settle before the first quarter, of which nothing is observed.
    Order spin_up(World& world) const
    {
        Order order = Order::go_on;
        while (world.spins_up() && order == Order::go_on) {
            const std::int64_t next = world.spun + 1;
            const bool checks =
                next == world.parameters().run.spin_up || next % quarters_between_checks == 0;
            world.observation = {false, checks};
            step(world, group);
            if (checks) {
                expects_identities(world);
            }
            order = after_quarter();
        }
        return order;
    }

    /// Steps through all quarters, or until an order ends it.
    Order compute(World& world, latecomer::Outcomes& outcomes, ChosenSeries& series,
                  std::optional<Moments>& moments) const
    {
        const std::int64_t quarters = world.parameters().run.quarters;
        Order order = spin_up(world);
        while (world.quarter < quarters && order == Order::go_on) {
            if (world.quarter == quarters / 2 && group.is_root()) {
                poison(task.number);
            }
            world.observation = needed_next(world, series, moments);
            step(world, group);
            outcomes.observe(world);
            series.observe(world);
            if (moments) {
                moments->observe(world, group);
            }
            if (world.observation.identities) {
                if (is_poisoned("identity", task.number)) {
                    world.results.residuals.shares = 1.0;
                }
                expects_identities(world);
            }
            order = world.quarter < quarters ? after_quarter() : Order::go_on;
        }
        return order;
    }

    void run(TaskResult& result) const
    {
        Record& end = result.end;
        const Scenario scenario = plan.scenario(task);
        World world = make_world(scenario, group);
        latecomer::Outcomes outcomes;
        ChosenSeries series{plan.spec().series, task.replicate};
        std::optional<Moments> moments;
        if (plan.spec().moments) {
            expects_few_firms(world);
            moments.emplace(world);
        }
        switch (compute(world, outcomes, series, moments)) {
        case Order::go_on:
            end.state_hash = state_hash(world, group);
            end.outcomes = values_of(outcomes, world);
            if (moments) {
                const std::vector<double> values = moments->values(world, group);
                end.outcomes.insert(end.outcomes.end(), values.begin(), values.end());
            }
            result.series = series.record(end);
            break;
        case Order::abandon:
            end.kind = RecordKind::abandoned;
            break;
        case Order::give_up:
            end.kind = RecordKind::timed_out;
            end.reason =
                text("took longer than ", plan.spec().budget.task_seconds.value_or(0.0), " s");
            break;
        }
    }
};

}  // namespace

TaskResult run_task(const Plan& plan, const Task& task, const std::function<bool()>& is_over,
                    const mpi::Communicator& group)
{
    const Work work{plan, task, is_over, group};
    TaskResult result;
    Record& end = result.end;
    end.kind = RecordKind::done;
    end.task = task.number;
    end.key = plan.key(task);
    try {
        work.run(result);
    } catch (const InputError& error) {  // of all ranks alike
        end.kind = RecordKind::failed;
        end.reason = error.what();
    } catch (const InternalError& error) {
        end.kind = RecordKind::failed;
        end.reason = error.what();
    }
    end.core_seconds = seconds_since(work.begin);
    return result;
}

}  // namespace latecomer::jobs::study
