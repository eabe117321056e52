#pragma once

#include "jobs/study/plan/plan.hpp"
#include "jobs/study/schedule/cost_model.hpp"

#include <cstdint>
#include <vector>

namespace latecomer::jobs::study {

/// The order in which tasks are handed out: those that cost most first, so that none of them is
/// left for the end; those that cost about the same by their number.
///
/// Tasks fall into classes of cost, and each class takes a walk through the numbers: no table.
class TaskOrder {
public:
    /// Every `stride`-th task from `first` to before `last`.
    TaskOrder(const Plan& plan, const CostModel& model, std::int64_t first, std::int64_t last,
              std::int64_t stride = 1);

    /// The next number; -1: there are no more.
    std::int64_t next();

private:
    void order_arms();
    int class_of(const Task& task) const;

    const Plan& plan_;
    const CostModel& model_;
    std::int64_t first_;
    std::int64_t last_;
    std::int64_t stride_;
    std::vector<int> arm_classes_;  ///< empty: points of an arm differ
    std::vector<int> classes_;      ///< dearest first
    std::size_t at_ = 0;            ///< of classes_
    std::int64_t next_;
};

}  // namespace latecomer::jobs::study
