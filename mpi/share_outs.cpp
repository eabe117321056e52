#include "mpi/share_outs.hpp"

#include "core/errors.hpp"

#include <algorithm>

namespace latecomer::mpi {

bool ShareOutRule::is_due(const Loads& loads)
{
    expects(loads.ranks > 0, "there is a rank");
    const double mean = static_cast<double>(loads.all) / loads.ranks;
    const std::int64_t even =
        (loads.all + loads.ranks - 1) / loads.ranks;  // of the fullest, at best
    const auto excess = static_cast<double>(loads.fullest - even);
    const double cost = cost_of_agreeing + cost_of_looking * mean +
                        cost_of_moving * static_cast<double>(loads.moved);
    ++quarters_;
    waited_ += excess;
    const double before = cost_a_quarter_;
    cost_a_quarter_ = (waited_ + cost) / quarters_;
    const bool rises = quarters_ > 1 && cost_a_quarter_ > before;
    // So few firms need no memory; where there are fewer of them than ranks, loads are never even.
    constexpr double few = 64.0;
    return rises || waited_ >= cost || excess > most_imbalance * mean + few;
}

void ShareOutRule::begin_anew()
{
    *this = {};
}

std::int64_t moved_between(const Range& now, const Range& next)
{
    return std::max(now.size(), next.size()) - overlap(now, next).size();
}

}  // namespace latecomer::mpi
