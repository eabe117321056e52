#include "agents/world/tally.hpp"

#include "core/errors.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <limits>

namespace latecomer {

void Tally::merge(const Tally& other)
{
    sums.merge(other.sums);
    old_technology.merge(other.old_technology);
    for (std::size_t i = 0; i < upgrades.span().size(); ++i) {
        upgrades.span()[i] += other.upgrades.span()[i];
    }
    for (std::size_t i = 0; i < counts.size(); ++i) {
        counts[i] += other.counts[i];
    }
    for (std::size_t i = 0; i < histogram.size(); ++i) {
        histogram[i] += other.histogram[i];
    }
    for (std::size_t i = 0; i < best_capability.size(); ++i) {
        best_capability[i] = std::max(best_capability[i], other.best_capability[i]);
        best_log_capability[i] = std::max(best_log_capability[i], other.best_log_capability[i]);
        largest_share[i] = std::max(largest_share[i], other.largest_share[i]);
    }
}

void Tally::clear()
{
    sums.clear();
    old_technology.clear();
    std::ranges::fill(upgrades.span(), 0);
    std::ranges::fill(counts, 0);
    std::ranges::fill(histogram, 0);
    std::ranges::fill(best_capability, 0.0);
    std::ranges::fill(best_log_capability, least_log_capability);
    std::ranges::fill(largest_share, 0.0);
}

void Tally::be_plain()
{
    sums.be_plain();
    old_technology.be_plain();
}

void reduce(Tally& tally, bool distributions, TallyMessage& message, const mpi::Communicator& comm)
{
    if (comm.size() == 1) {
        return;
    }
    // One message for all integers, one for the largest values.
    const auto words = tally.sums.words();
    std::vector<std::int64_t>& integers = message.integers;
    integers.assign(words.begin(), words.end());
    const auto old = tally.old_technology.words();
    integers.insert(integers.end(), old.begin(), old.end());
    const auto upgrades = tally.upgrades.span();
    integers.insert(integers.end(), upgrades.begin(), upgrades.end());
    integers.insert(integers.end(), tally.counts.begin(), tally.counts.end());
    const std::span<std::int64_t> histogram{tally.histogram.data(),
                                            distributions ? tally.histogram.size() : 0};
    integers.insert(integers.end(), histogram.begin(), histogram.end());
    comm.sum(integers);
    auto from = integers.begin();
    const auto take = [&](auto&& to) {
        const auto end = from + static_cast<std::ptrdiff_t>(to.size());
        std::copy(from, end, to.begin());
        from = end;
    };
    take(words);
    take(old);
    take(upgrades);
    take(tally.counts);
    take(histogram);

    std::vector<double>& largest = message.largest;
    largest = tally.best_capability;
    largest.insert(largest.end(), tally.best_log_capability.begin(),
                   tally.best_log_capability.end());
    largest.insert(largest.end(), tally.largest_share.begin(), tally.largest_share.end());
    comm.max(largest);
    auto next = largest.cbegin();
    for (std::vector<double>* of_pools :
         {&tally.best_capability, &tally.best_log_capability, &tally.largest_share}) {
        const auto end = next + static_cast<std::ptrdiff_t>(of_pools->size());
        std::copy(next, end, of_pools->begin());
        next = end;
    }
}

void expects_summable(const World& world, const SumTable& sums, const char* phase)
{
    if (const auto bad = sums.bad()) {
        const PoolId pool{bad->row};
        fail(text("quarter ", world.quarter, ", country ",
                  world.countries.key[world.country_of(pool)], ", position ",
                  world.positions[world.position_of(pool)].key, ": ", phase, " quantity ",
                  bad->quantity,
                  " is not a number or beyond 2^50; a parameter is extreme, or "
                  "demand and firms are out of proportion"));
    }
}

double quantile(const std::int64_t* bins, double share_below)
{
    std::int64_t firms = 0;
    for (std::size_t bin = 0; bin < histogram_bins; ++bin) {
        firms += bins[bin];
    }
    if (firms == 0) {
        return std::numeric_limits<double>::quiet_NaN();
    }
    constexpr double width = (histogram_high - histogram_low) / static_cast<double>(histogram_bins);
    const double wanted = share_below * static_cast<double>(firms);
    double below = 0.0;
    for (std::size_t bin = 0; bin < histogram_bins; ++bin) {
        const auto inside = static_cast<double>(bins[bin]);
        if (inside > 0.0 && below + inside >= wanted) {
            const double part = (wanted - below) / inside;
            return histogram_low + (static_cast<double>(bin) + part) * width;
        }
        below += inside;
    }
    return histogram_high;
}

}  // namespace latecomer
