#include "jobs/study/schedule/task_order.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <set>
#include <utility>

namespace latecomer::jobs::study {
namespace {

/// Costs within this factor count as the same: what a model of costs can tell apart.
constexpr double class_width = 1.5;

int class_of_cost(double core_seconds)
{
    return static_cast<int>(std::lround(std::log(core_seconds) / std::log(class_width)));
}

}  // namespace

TaskOrder::TaskOrder(const Plan& plan, const CostModel& model, std::int64_t first,
                     std::int64_t last, std::int64_t stride)
    : plan_{plan}, model_{model}, first_{first}, last_{last}, stride_{stride}, next_{first}
{
    if (!model.depends_on_points()) {
        order_arms();
        return;
    }
    std::set<int, std::greater<>> classes;
    for (std::size_t arm = 0; arm < plan.spec().arms.size(); ++arm) {
        for (std::int64_t point = 0; point < plan.design().size(); ++point) {
            classes.insert(class_of_cost(model.core_seconds(Task{0, arm, point, 0})));
        }
    }
    classes_.assign(classes.begin(), classes.end());
}

/// A class of arms reaches from its dearest down to `class_width` below.
void TaskOrder::order_arms()
{
    std::vector<std::pair<double, std::size_t>> costs;
    for (std::size_t arm = 0; arm < plan_.spec().arms.size(); ++arm) {
        costs.emplace_back(-model_.core_seconds(Task{0, arm, 0, 0}), arm);
    }
    std::sort(costs.begin(), costs.end());
    arm_classes_.resize(costs.size());
    double dearest = 0.0;
    for (const auto& [minus_cost, arm] : costs) {
        if (classes_.empty() || -minus_cost * class_width < dearest) {
            dearest = -minus_cost;
            classes_.push_back(-static_cast<int>(classes_.size()));
        }
        arm_classes_[arm] = classes_.back();
    }
}

int TaskOrder::class_of(const Task& task) const
{
    return model_.depends_on_points() ? class_of_cost(model_.core_seconds(task))
                                      : arm_classes_[task.arm];
}

std::int64_t TaskOrder::next()
{
    for (; at_ < classes_.size(); ++at_, next_ = first_) {
        while (next_ < last_) {
            const std::int64_t number = next_;
            next_ += stride_;
            if (classes_.size() == 1 || class_of(plan_.task(number)) == classes_[at_]) {
                return number;
            }
        }
    }
    return -1;
}

}  // namespace latecomer::jobs::study
