#include "jobs/study/schedule/cost_model.hpp"

#include "agents/world/scenario.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <cmath>

namespace latecomer::jobs::study {
namespace {

constexpr std::size_t n = 4;
constexpr int most_rounds = 50;       ///< of slopes and effects in turn; they settle in few
constexpr double slope_weight = 4.0;  ///< of what is known beforehand, in runs
constexpr double effect_weight = 1.0;
constexpr double intercept_weight = 1e-9;
constexpr std::array<double, n> slopes_before{0.0, 1.0, 1.0, 0.0};

/// Solves a symmetric positive definite system.
std::array<double, n> solve(std::array<std::array<double, n>, n> a, std::array<double, n> b)
{
    for (std::size_t k = 0; k < n; ++k) {
        for (std::size_t i = k + 1; i < n; ++i) {
            const double factor = a[i][k] / a[k][k];
            for (std::size_t j = k; j < n; ++j) {
                a[i][j] -= factor * a[k][j];
            }
            b[i] -= factor * b[k];
        }
    }
    for (std::size_t k = n; k-- > 0;) {
        for (std::size_t j = k + 1; j < n; ++j) {
            b[k] -= a[k][j] * b[j];
        }
        b[k] /= a[k][k];
    }
    return b;
}

double product(const std::array<double, n>& a, const std::array<double, n>& b)
{
    double sum = 0.0;
    for (std::size_t i = 0; i < n; ++i) {
        sum += a[i] * b[i];
    }
    return sum;
}

double log_of_count(double count)
{
    return std::log(std::max(1.0, count));
}

}  // namespace

CostModel::CostModel(const Plan& plan, const Ledger& ledger) : plan_{plan}
{
    const std::vector<Marginal>& marginals = plan.spec().design.marginals;
    for (std::size_t i = 0; i < marginals.size(); ++i) {
        if (marginals[i].parameter == "world.firms_per_country") {
            firms_column_ = static_cast<int>(i);
        }
    }
    for (std::size_t arm = 0; arm < plan.spec().arms.size(); ++arm) {
        const Scenario scenario = plan.scenario_of_arm(arm);
        double firms = 0.0;
        double economies = 0.0;
        for (const Economy& economy : economies_of(scenario)) {
            firms += static_cast<double>(economy.firms);
            economies += 1.0;
        }
        const RunParameters& run = scenario.parameters.run;
        const auto quarters = static_cast<double>(run.spin_up + run.quarters);
        arm_terms_.push_back(
            {1.0, log_of_count(firms), log_of_count(quarters), log_of_count(economies)});
        arm_firms_.push_back(static_cast<double>(scenario.parameters.world.firms_per_country));
    }
    arm_effects_.assign(arm_terms_.size(), 0.0);
    fit(ledger);
}

CostModel::Terms CostModel::terms_of(const Task& task) const
{
    Terms terms = arm_terms_[task.arm];
    if (firms_column_ >= 0) {
        const double firms =
            plan_.design().point(task.point)[static_cast<std::size_t>(firms_column_)];
        terms[1] += log_of_count(firms) - log_of_count(arm_firms_[task.arm]);
    }
    return terms;
}

void CostModel::fit(const Ledger& ledger)
{
    std::vector<Sample> samples(arm_terms_.size());
    Squares squares{};
    Terms products{};
    for (const std::int64_t number : ledger.tasks(TaskState::done)) {
        const Task task = plan_.task(number);
        const Terms terms = terms_of(task);
        const double y = std::log(std::max(1e-6, ledger.core_seconds(number)));
        Sample& sample = samples[task.arm];
        sample.runs += 1.0;
        sample.log_seconds += y;
        for (std::size_t i = 0; i < n; ++i) {
            sample.terms[i] += terms[i];
            products[i] += terms[i] * y;
            for (std::size_t j = 0; j < n; ++j) {
                squares[i][j] += terms[i] * terms[j];
            }
        }
        ++runs_;
    }
    if (runs_ == 0) {
        return;
    }
    source_ =
        text(runs_, runs_ == 1 ? " run" : " runs", ledger.is_pilot_only() ? " of a pilot" : "");
    for (std::size_t i = 0; i < n; ++i) {
        const double weight = i == 0 ? intercept_weight : slope_weight;
        squares[i][i] += weight;
        products[i] += weight * slopes_before[i];
    }
    settle(squares, products, samples);
}

/// Solves for slopes and for effects of scenarios in turn until they agree.
void CostModel::settle(const Squares& squares, const Terms& products,
                       const std::vector<Sample>& samples)
{
    for (int round = 0; round < most_rounds; ++round) {
        Terms left = products;
        for (std::size_t arm = 0; arm < samples.size(); ++arm) {
            for (std::size_t i = 0; i < n; ++i) {
                left[i] -= arm_effects_[arm] * samples[arm].terms[i];
            }
        }
        slopes_ = solve(squares, left);
        for (std::size_t arm = 0; arm < samples.size(); ++arm) {
            arm_effects_[arm] = (samples[arm].log_seconds - product(slopes_, samples[arm].terms)) /
                                (samples[arm].runs + effect_weight);
        }
    }
}

double CostModel::log_core_seconds(const Task& task) const
{
    return product(slopes_, terms_of(task)) + arm_effects_[task.arm];
}

double CostModel::core_seconds(const Task& task) const
{
    return std::exp(log_core_seconds(task));
}

double CostModel::core_seconds(std::int64_t first, std::int64_t last) const
{
    double sum = 0.0;
    if (depends_on_points()) {
        for (std::int64_t number = first; number < last; ++number) {
            sum += core_seconds(plan_.task(number));
        }
        return sum;
    }
    const auto arms = static_cast<std::int64_t>(arm_terms_.size());
    for (std::int64_t arm = 0; arm < arms; ++arm) {  // task numbers count arms first
        const auto before = [&](std::int64_t number) { return (number - arm + arms - 1) / arms; };
        const Task task{0, static_cast<std::size_t>(arm), 0, 0};
        sum += static_cast<double>(before(last) - before(first)) * core_seconds(task);
    }
    return sum;
}

}  // namespace latecomer::jobs::study
