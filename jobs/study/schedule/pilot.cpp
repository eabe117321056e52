#include "jobs/study/schedule/pilot.hpp"

#include <algorithm>
#include <numeric>

namespace latecomer::jobs::study {

std::vector<std::int64_t> pilot_tasks(const Plan& plan, std::int64_t runs)
{
    const auto arms = static_cast<std::int64_t>(plan.spec().arms.size());
    const std::int64_t all = plan.first_look_tasks();
    if (runs >= all) {
        std::vector<std::int64_t> numbers(static_cast<std::size_t>(all));
        std::iota(numbers.begin(), numbers.end(), 0);
        return numbers;
    }
    // Every scenario in turn at the same cell of points and replicates; cells at equal distances.
    const std::int64_t cells = all / arms;
    const std::int64_t rounds = (runs + arms - 1) / arms;
    std::vector<std::int64_t> numbers;
    for (std::int64_t i = 0; i < runs; ++i) {
        const auto place = static_cast<double>(i / arms) / static_cast<double>(rounds);
        const auto cell = static_cast<std::int64_t>(place * static_cast<double>(cells));
        numbers.push_back(std::min(cell, cells - 1) * arms + i % arms);
    }
    return numbers;
}

}  // namespace latecomer::jobs::study
