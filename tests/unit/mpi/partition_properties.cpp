#include "mpi/partition.hpp"
#include "tests/support/catch.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <vector>

namespace latecomer::mpi::partition_properties_test {
namespace {

/// Random numbers for test cases: xorshift64* (Vigna 2016), the same on every platform.
class Dice {
public:
    explicit Dice(std::uint64_t seed) : state_{seed * 0x9e3779b97f4a7c15U + 1} {}

    /// A whole number in [0, sides).
    std::int64_t roll(std::int64_t sides)
    {
        state_ ^= state_ >> 12;
        state_ ^= state_ << 25;
        state_ ^= state_ >> 27;
        const std::uint64_t bits = (state_ * 0x2545f4914f6cdd1dU) >> 2;
        return static_cast<std::int64_t>(bits) % sides;
    }

private:
    std::uint64_t state_;
};

/// A world of random size: often with empty pools, with free ones, with more ranks than firms.
struct Case {
    std::vector<std::int64_t> firms;
    std::vector<double> costs;
    Partition partition;
};

/// Cut by cost if the seed is even, anywhere at random if it is odd.
Case random_case(std::uint64_t seed)
{
    Dice dice{seed};
    Case random;
    const std::int64_t pools = dice.roll(12);
    const std::int64_t size_limit = 1 + dice.roll(dice.roll(2) == 0 ? 4 : 200);
    for (std::int64_t p = 0; p < pools; ++p) {
        random.firms.push_back(dice.roll(3) == 0 ? 0 : dice.roll(size_limit));
        random.costs.push_back(dice.roll(5) == 0 ? 0.0 : 0.1 * static_cast<double>(dice.roll(90)));
    }
    const std::int64_t ranks = 1 + dice.roll(40);
    if (seed % 2 == 0) {
        random.partition = Partition::balanced(random.firms, random.costs, static_cast<int>(ranks));
        return random;
    }
    const auto all = std::accumulate(random.firms.begin(), random.firms.end(), std::int64_t{0});
    std::vector<std::int64_t> cuts{0, all};
    for (std::int64_t r = 1; r < ranks; ++r) {
        cuts.push_back(dice.roll(all + 1));
    }
    std::ranges::sort(cuts);
    std::vector<std::int64_t> counts;
    for (std::size_t r = 0; r + 1 < cuts.size(); ++r) {
        counts.push_back(cuts[r + 1] - cuts[r]);
    }
    random.partition = Partition::from_counts(random.firms, counts);
    return random;
}

constexpr std::uint64_t cases = 400;

/// Whether intervals of all ranks, in order, cover [0, total) without gap or overlap.
template <class RangeOfRank>
bool tiles(int ranks, std::int64_t total, RangeOfRank range_of)
{
    std::int64_t reached = 0;
    bool tight = true;
    for (int r = 0; r < ranks; ++r) {
        const Range part = range_of(r);
        tight = tight && part.begin <= part.end && (part.empty() || part.begin == reached);
        reached += part.size();
    }
    return tight && reached == total;
}

TEST_CASE("every firm of every pool is owned by exactly one rank", "[property]")
{
    for (std::uint64_t seed = 0; seed < cases; ++seed) {
        const Case random = random_case(seed);
        const Partition& partition = random.partition;
        const int ranks = partition.ranks();
        bool good = tiles(ranks, partition.firms(), [&](int r) { return partition.run(r); });
        for (std::int64_t p = 0; p < partition.pools(); ++p) {
            good = good && partition.firms(p) == random.firms[static_cast<std::size_t>(p)] &&
                   tiles(ranks, partition.firms(p), [&](int r) { return partition.range(r, p); });
            for (std::int64_t k = 0; k < partition.firms(p); ++k) {
                good = good && partition.range(partition.owner(p, k), p).contains(k);
            }
        }
        INFO("seed " << seed);
        CHECK(good);
    }
}

TEST_CASE("every newcomer is taken in by exactly one rank, and an owner of the pool", "[property]")
{
    for (std::uint64_t seed = 0; seed < cases; ++seed) {
        const Partition partition = random_case(seed).partition;
        bool good = true;
        for (std::int64_t p = 0; p < partition.pools(); ++p) {
            const std::int64_t newcomers = Dice{seed + 1}.roll(60);
            const auto slice_of = [&](int r) { return partition.slice(r, p, newcomers); };
            good = good && tiles(partition.ranks(), newcomers, slice_of);
            for (std::int64_t k = 0; k < newcomers; ++k) {
                const int owner = partition.owner_of_newcomer(p, k, newcomers);
                good = good && slice_of(owner).contains(k) &&
                       partition.ranks_of(p).contains(owner) &&
                       (partition.firms(p) == 0 || !partition.range(owner, p).empty());
            }
        }
        INFO("seed " << seed);
        CHECK(good);
    }
}

TEST_CASE("ranks of a pool and pools of a rank tell the same story", "[property]")
{
    for (std::uint64_t seed = 0; seed < cases; ++seed) {
        const Partition partition = random_case(seed).partition;
        bool good = true;
        for (std::int64_t p = 0; p < partition.pools(); ++p) {
            const Range ranks = partition.ranks_of(p);
            good = good && !ranks.empty() && (partition.firms(p) > 0 || ranks.size() == 1);
            for (int r = 0; r < partition.ranks(); ++r) {
                const bool owns = !partition.range(r, p).empty() ||
                                  (partition.firms(p) == 0 && ranks.contains(r));
                good = good && owns == partition.pools_of(r).contains(p) &&
                       (!owns || ranks.contains(r)) &&
                       (owns || (r != ranks.begin && r != ranks.end - 1));
            }
        }
        INFO("seed " << seed);
        CHECK(good);
    }
}

TEST_CASE("no run costs more than an even part plus one firm", "[property]")
{
    for (std::uint64_t seed = 0; seed < cases; seed += 2) {
        const auto [firms, costs, partition] = random_case(seed);
        double total = 0.0;
        double dearest = 0.0;
        for (std::size_t p = 0; p < firms.size(); ++p) {
            total += static_cast<double>(firms[p]) * costs[p];
            dearest = firms[p] > 0 ? std::max(dearest, costs[p]) : dearest;
        }
        double largest = 0.0;
        for (int r = 0; r < partition.ranks(); ++r) {
            double cost = 0.0;
            for (std::size_t p = 0; p < firms.size(); ++p) {
                const Range part = partition.range(r, static_cast<std::int64_t>(p));
                cost += static_cast<double>(part.size()) * costs[p];
            }
            largest = std::max(largest, cost);
        }
        INFO("seed " << seed);
        CHECK(largest <= total / partition.ranks() + dearest + 1e-9 * total);
    }
}

TEST_CASE("runs of firms of equal cost differ by at most one firm", "[property]")
{
    for (std::uint64_t seed = 0; seed < cases; ++seed) {
        const std::vector<std::int64_t> firms = random_case(seed).firms;
        const std::vector<double> costs(firms.size(), 1.0);
        const int ranks = 1 + static_cast<int>(Dice{seed}.roll(50));
        const auto partition = Partition::balanced(firms, costs, ranks);
        std::int64_t shortest = partition.firms();
        std::int64_t longest = 0;
        for (int r = 0; r < ranks; ++r) {
            shortest = std::min(shortest, partition.run(r).size());
            longest = std::max(longest, partition.run(r).size());
        }
        INFO("seed " << seed);
        CHECK(longest - shortest <= 1);
    }
}

}  // namespace
}  // namespace latecomer::mpi::partition_properties_test
