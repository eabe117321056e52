#include "jobs/study/schedule/looks.hpp"

#include "agents/world/scenario.hpp"
#include "core/constants.hpp"
#include "core/errors.hpp"
#include "jobs/study/journal/record_content.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace latecomer::jobs::study {
namespace {

/// Whether an estimate is worse known than another one.
bool is_worse(bool is_met, const Estimate& estimate, const RuleState& than)
{
    if (is_met != than.is_met) {
        return than.is_met;
    }
    return !(estimate.half_width() <= than.estimate.half_width());
}

bool is_yes_or_no(const std::string& observable)
{
    return observable.starts_with("caught_up.");
}

}  // namespace

Observed::Observed(const Plan& plan)
{
    const std::vector<StopRule>& rules = plan.spec().stops;
    for (std::size_t arm = 0; arm < plan.spec().arms.size() && !rules.empty(); ++arm) {
        std::vector<std::string> economies;
        for (const Economy& economy : economies_of(plan.scenario(plan.task(
                 static_cast<std::int64_t>(arm))))) {  // the first runs are the arms in turn
            economies.push_back(economy.key);
        }
        const std::vector<std::string> keys = outcome_keys(economies, plan.spec().moments);
        std::vector<std::size_t> columns;
        for (const StopRule& rule : rules) {
            const auto found = std::ranges::find(keys, rule.observable);
            expects(found != keys.end(), "every scenario has what a rule observes");
            columns.push_back(static_cast<std::size_t>(found - keys.begin()));
        }
        columns_.push_back(std::move(columns));
    }
}

std::vector<double> Observed::of(std::size_t arm, std::span<const double> outcomes) const
{
    std::vector<double> values;
    if (columns_.empty() || outcomes.empty()) {
        return values;
    }
    for (const std::size_t column : columns_[arm]) {
        values.push_back(column < outcomes.size() ? outcomes[column] : not_a_number);
    }
    return values;
}

Looks::Looks(const Plan& plan) : plan_{&plan}, observed_{plan}
{
    const Spec& spec = plan.spec();
    if (spec.stops.empty()) {
        schedule_ = {spec.replicates.max};
        is_over_ = true;
        return;
    }
    schedule_ = look_schedule(spec.replicates);
    const auto cells = static_cast<std::size_t>(plan.tasks_per_replicate());
    replicates_.assign(cells, schedule_.front());
    is_active_.assign(cells, 1);
    states_.assign(spec.stops.size(), std::vector<RuleState>(spec.arms.size()));
}

Looks::Looks(const Plan& plan, const Progress& progress) : Looks{plan}
{
    note(progress);
    while (advance()) {
    }
}

void Looks::note(const Progress& progress)
{
    if (is_over_) {
        return;
    }
    for (const TaskState state :
         {TaskState::done, TaskState::failed, TaskState::timed_out, TaskState::quarantined}) {
        for (const std::int64_t number : progress.ledger.tasks(state)) {
            if (values_.contains(number)) {
                continue;
            }
            std::vector<double> observed;
            if (state == TaskState::done) {
                const Record record = progress.ledger.read_record(*progress.ledger.place(number));
                observed = observed_.of(plan_->task(number).arm, record.outcomes);
            }
            note(number, std::move(observed));
        }
    }
}

void Looks::note(std::int64_t task, std::vector<double> observed)
{
    if (!replicates_.empty()) {
        values_.insert_or_assign(task, std::move(observed));
    }
}

bool Looks::advance()
{
    if (is_over_) {
        return false;
    }
    for (std::size_t i = 0; i < is_active_.size(); ++i) {
        if (is_active_[i] != 0 && !is_final(static_cast<std::int64_t>(i))) {
            return false;
        }
    }
    ++taken_;
    is_active_ = judge();
    const bool goes_on = std::ranges::count(is_active_, 1) > 0;
    if (!goes_on || current_ + 1 == schedule_.size()) {
        is_over_ = true;
        return true;
    }
    ++current_;
    for (std::size_t i = 0; i < is_active_.size(); ++i) {
        if (is_active_[i] != 0) {
            replicates_[i] = schedule_[current_];
        }
    }
    return true;
}

/// Applies all rules to what there is; for each cell, whether more replicates are wanted.
std::vector<char> Looks::judge()
{
    std::vector<char> wanted(is_active_.size(), 0);
    for (std::size_t rule = 0; rule < states_.size(); ++rule) {
        const StopRule& said = plan_->spec().stops[rule];
        const bool is_difference = said.estimand == Estimand::difference;
        for (std::size_t arm = 0; arm < states_[rule].size(); ++arm) {
            RuleState& worst = states_[rule][arm] = {};
            if (is_difference && arm == versus(rule)) {
                continue;
            }
            for (std::int64_t point = 0; point < plan_->design().size(); ++point) {
                const Estimate here = estimate(rule, arm, point);
                const bool met = is_met(said, here);
                if (!worst.applies || is_worse(met, here, worst)) {
                    worst = {true, met, point, here};
                }
                if (!met) {
                    wanted[cell(arm, point)] = 1;
                    wanted[is_difference ? cell(versus(rule), point) : cell(arm, point)] = 1;
                }
            }
        }
    }
    return wanted;
}

Estimate Looks::estimate(std::size_t rule, std::size_t arm, std::int64_t point) const
{
    const StopRule& said = plan_->spec().stops[rule];
    std::int64_t replicates = replicates_[cell(arm, point)];
    if (said.estimand != Estimand::difference) {
        const std::vector<double> own = values(rule, arm, point, replicates);
        return said.estimand == Estimand::share ? estimate_share(own, said.level)
                                                : estimate_mean(own, said.level);
    }
    replicates = std::min(replicates, replicates_[cell(versus(rule), point)]);
    const std::vector<double> own = values(rule, arm, point, replicates);
    const std::vector<double> other = values(rule, versus(rule), point, replicates);
    return is_yes_or_no(said.observable) ? estimate_share_difference(own, other, said.level)
                                         : estimate_difference(own, other, said.level);
}

std::vector<double> Looks::values(std::size_t rule, std::size_t arm, std::int64_t point,
                                  std::int64_t replicates) const
{
    std::vector<double> result;
    for (std::int64_t r = 0; r < replicates; ++r) {
        const std::vector<double>& known = values_.at(plan_->number_of(arm, point, r));
        result.push_back(known.empty() ? not_a_number : known[rule]);
    }
    return result;
}

/// Whether the runs that the look adds to a cell are final.
bool Looks::is_final(std::int64_t cell) const
{
    const std::int64_t first = current_ == 0 ? 0 : schedule_[current_ - 1];
    for (std::int64_t r = first; r < schedule_[current_]; ++r) {
        const auto arms = static_cast<std::int64_t>(plan_->spec().arms.size());
        const auto arm = static_cast<std::size_t>(cell % arms);
        if (!values_.contains(plan_->number_of(arm, cell / arms, r))) {
            return false;
        }
    }
    return true;
}

std::size_t Looks::versus(std::size_t rule) const
{
    const std::vector<Arm>& arms = plan_->spec().arms;
    const auto found = std::ranges::find(arms, plan_->spec().stops[rule].versus, &Arm::name);
    return static_cast<std::size_t>(found - arms.begin());
}

std::size_t Looks::cell(std::size_t arm, std::int64_t point) const
{
    return static_cast<std::size_t>(point) * plan_->spec().arms.size() + arm;
}

bool Looks::is_needed(const Task& task) const
{
    return replicates_.empty() || task.replicate < replicates_[cell(task.arm, task.point)];
}

bool Looks::is_ruled_out(const Task& task) const
{
    return !is_needed(task) && (is_over_ || is_active_[cell(task.arm, task.point)] == 0);
}

std::int64_t Looks::needed_tasks() const
{
    if (replicates_.empty()) {
        return plan_->tasks();
    }
    std::int64_t sum = 0;
    for (const std::int64_t replicates : replicates_) {
        sum += replicates;
    }
    return sum;
}

std::int64_t Looks::end() const
{
    return plan_->end_of(schedule_[current_]);
}

std::int64_t Looks::count(const Progress& progress, TaskState state) const
{
    if (replicates_.empty()) {
        return progress.in_state(state);
    }
    return std::ranges::count_if(progress.ledger.tasks(state), [&](std::int64_t number) {
        return number < plan_->tasks() && is_needed(plan_->task(number));
    });
}

}  // namespace latecomer::jobs::study
