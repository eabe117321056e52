#include "jobs/study/result/contrast.hpp"

#include "agents/economy/country_table.hpp"
#include "agents/world/scenario.hpp"
#include "core/constants.hpp"
#include "core/elementary.hpp"
#include "core/errors.hpp"
#include "core/text.hpp"
#include "jobs/study/journal/record_content.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace latecomer::jobs::study {
namespace {

std::vector<Group> groups_of(const std::vector<Economy>& economies)
{
    std::vector<Group> groups{{"latecomers", {}}};
    for (const std::string_view income : income_groups) {
        groups.push_back({std::string{income}, {}});
    }
    for (std::size_t i = 0; i < economies.size(); ++i) {
        if (catches_up(economies[i].role)) {
            groups[0].economies.push_back(i);
            const auto own = std::ranges::find(groups, economies[i].income_group, &Group::name);
            if (own != groups.end()) {
                own->economies.push_back(i);
            }
        }
    }
    const auto others = groups.begin() + 1;
    groups.erase(std::remove_if(others, groups.end(),
                                [](const Group& group) { return group.economies.empty(); }),
                 groups.end());
    for (std::size_t i = 0; i < economies.size(); ++i) {
        groups.push_back({economies[i].key, {i}});
    }
    return groups;
}

}  // namespace

bool is_of_world(std::string_view outcome)
{
    return outcome.starts_with("world.") || outcome.starts_with("moment.");
}

bool is_compared_by_ratio(std::string_view outcome)
{
    return outcome == "welfare";
}

Contrasts::Contrasts(const Plan& plan, const OutcomeTable& table)
    : plan_{&plan}, table_{&table}, samples_{plan.design().method().has_weights ||
                                             (plan.design().method().samples() &&
                                              plan.design().size() > 1) ||
                                             plan.design().size() > most_points_apart},
      keys_{outcome_keys(table.economies, table.moments)}
{
    const DesignMethod& method = plan.design().method();
    has_intervals_ = !samples_ || method.is_told_over_points();
    weights_ = plan.spec().design.weights;
    points_of_unit_ = samples_ && method.has_blocks() ? plan.design().block_size() : 1;
    const std::vector<Economy> economies = economies_of(plan.scenario_of_arm(0));
    economies_ = economies.size();
    groups_ = groups_of(economies);
}

std::size_t Contrasts::points_done() const
{
    std::set<std::int64_t> points;
    for (const auto& [task, hash] : table_->hashes) {
        points.insert(plan_->task(task).point);
    }
    return points.size();
}

std::size_t Contrasts::cells() const
{
    return samples_ ? 1 : static_cast<std::size_t>(plan_->design().size());
}

std::size_t Contrasts::column(std::string_view outcome) const
{
    const bool is_world = is_of_world(outcome);
    const std::string key =
        is_world ? std::string{outcome} : text(outcome, '.', table_->economies.front());
    const auto found = std::ranges::find(keys_, key);
    expects(found != keys_.end(), "what is compared is an outcome");
    return static_cast<std::size_t>(found - keys_.begin());
}

double Contrasts::of_run(std::span<const Term> terms, std::string_view outcome, std::size_t column,
                         std::int64_t point, std::int64_t replicate) const
{
    double sum = 0.0;
    for (const Term& term : terms) {
        const double value = table_->at(plan_->number_of(term.arm, point, replicate), column);
        const bool by_ratio = is_compared_by_ratio(outcome);
        if (by_ratio && !(value > 0.0)) {
            return not_a_number;
        }
        sum += term.weight * (by_ratio ? elementary::log(value) : value);
    }
    return sum;
}

/// The columns over which an outcome of a group is a mean.
std::vector<std::size_t> Contrasts::columns_of(std::string_view outcome, const Group& group) const
{
    const std::size_t first = column(outcome);
    const bool is_world = is_of_world(outcome);
    std::vector<std::size_t> columns;
    for (const std::size_t economy : group.economies) {
        columns.push_back(is_world ? first : first + economy);
    }
    if (is_world && !columns.empty()) {
        columns.resize(1);
    }
    return columns;
}

/// Adds what a run has of these columns to a sum, and how many of them it has to a count.
void Contrasts::add_run(std::span<const Term> terms, std::string_view outcome,
                        std::span<const std::size_t> columns, std::int64_t point,
                        std::int64_t replicate, double& sum, double& count) const
{
    for (const std::size_t column : columns) {
        const double value = of_run(terms, outcome, column, point, replicate);
        sum += std::isnan(value) ? 0.0 : value;
        count += std::isnan(value) ? 0.0 : 1.0;
    }
}

std::vector<double> Contrasts::of(std::span<const Term> terms, std::string_view outcome,
                                  const Group& group, std::size_t cell) const
{
    const std::vector<std::size_t> columns = columns_of(outcome, group);
    const std::int64_t replicates = plan_->spec().replicates.max;
    const std::int64_t units = samples_ ? plan_->design().size() / points_of_unit_ : replicates;
    std::vector<double> values;
    for (std::int64_t unit = 0; unit < units; ++unit) {
        double sum = 0.0;
        double count = 0.0;
        const std::int64_t first_point =
            samples_ ? unit * points_of_unit_ : static_cast<std::int64_t>(cell);
        for (std::int64_t point = first_point; point < first_point + points_of_unit_; ++point) {
            for (std::int64_t r = samples_ ? 0 : unit; r < (samples_ ? replicates : unit + 1);
                 ++r) {
                add_run(terms, outcome, columns, point, r, sum, count);
            }
        }
        values.push_back(count > 0.0 ? sum / count : not_a_number);
    }
    return values;
}

/// Means over the sets of an ensemble by their weights, one for each replicate.
std::vector<double> Contrasts::of_replicates(std::span<const Term> terms, std::string_view outcome,
                                             const Group& group) const
{
    const std::vector<std::size_t> columns = columns_of(outcome, group);
    std::vector<double> values;
    for (std::int64_t r = 0; r < plan_->spec().replicates.max; ++r) {
        double sum = 0.0;
        double weight = 0.0;
        for (std::size_t set = 0; set < weights_.size(); ++set) {
            double of_set = 0.0;
            double count = 0.0;
            add_run(terms, outcome, columns, static_cast<std::int64_t>(set), r, of_set, count);
            sum += count > 0.0 ? weights_[set] * of_set / count : 0.0;
            weight += count > 0.0 ? weights_[set] : 0.0;
        }
        values.push_back(weight > 0.0 ? sum / weight : not_a_number);
    }
    return values;
}

ContrastEstimate Contrasts::mean(std::span<const Term> terms, std::string_view outcome,
                                 const Group& group, std::size_t cell) const
{
    const std::vector<double> units = of(terms, outcome, group, cell);
    if (!weights_.empty()) {
        const OverSets sets = estimate_over_sets(units, weights_, contrast_level);
        const Estimate chance = estimate_mean(of_replicates(terms, outcome, group), contrast_level);
        return {sets.estimate, chance.half_width(), sets.agreement};
    }
    ContrastEstimate estimate{estimate_mean(units, contrast_level)};
    if (!has_intervals_) {
        estimate.low = estimate.high = not_a_number;
    }
    return estimate;
}

std::string words_of_estimate(std::string_view part, const Contrasts& contrasts)
{
    const char* const interval = contrasts.weights().empty()
                                     ? "of the 95 % interval"
                                     : "of the band with 95 % of the weight";
    if (part == "_low") {
        return text(", low end ", interval);
    }
    if (part == "_high") {
        return text(", high end ", interval);
    }
    if (part == "_chance") {
        return ", half of its 95 % interval over replicates";
    }
    return part == "_agreement" ? ", share of weight with the sign of the mean" : "";
}

}  // namespace latecomer::jobs::study
