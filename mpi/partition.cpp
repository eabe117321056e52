#include "mpi/partition.hpp"

#include "core/errors.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace latecomer::mpi {
namespace {

using Numbers = std::vector<std::int64_t>;

/// Firm numbers and newcomer numbers are multiplied within 64 bits.
constexpr std::int64_t firms_per_pool_limit = std::int64_t{1} << 31;

/// Running sum that starts with zero and ends with the total.
Numbers begins_of(std::span<const std::int64_t> counts)
{
    Numbers begins{0};
    begins.reserve(counts.size() + 1);
    for (const std::int64_t count : counts) {
        expects(count >= 0, "a number of firms is not negative");
        begins.push_back(begins.back() + count);
    }
    return begins;
}

/// Where each pool begins in the line.
Numbers pool_begins_of(std::span<const std::int64_t> firms_per_pool)
{
    for (const std::int64_t firms : firms_per_pool) {
        expects(firms < firms_per_pool_limit, "a pool holds fewer than 2^31 firms");
    }
    return begins_of(firms_per_pool);
}

/// Where each pool begins on the axis of cost; at the end, the cost of all.
std::vector<double> cost_begins_of(std::span<const std::int64_t> firms_per_pool,
                                   std::span<const double> cost_per_firm)
{
    std::vector<double> begins{0.0};
    begins.reserve(cost_per_firm.size() + 1);
    for (std::size_t p = 0; p < cost_per_firm.size(); ++p) {
        const double cost = cost_per_firm[p];
        expects(cost >= 0.0, "the cost of a firm is a number and not negative");
        begins.push_back(begins.back() + static_cast<double>(firms_per_pool[p]) * cost);
    }
    return begins;
}

/// The place in the line where the firms before it cost closest to `target`; never falls when the
/// target rises, in rounded arithmetic too.
std::int64_t place_of_cost(double target, const Numbers& pool_begins,
                           std::span<const double> cost_begins,
                           std::span<const double> cost_per_firm)
{
    const auto after = std::ranges::upper_bound(cost_begins, target) - cost_begins.begin();
    const auto pool = static_cast<std::size_t>(
        std::clamp<std::ptrdiff_t>(after - 1, 0, std::ssize(cost_per_firm) - 1));
    if (cost_per_firm[pool] <= 0.0) {  // the last one, if rounding put the target at the total
        return pool_begins[pool];
    }
    const auto firms = static_cast<double>(pool_begins[pool + 1] - pool_begins[pool]);
    const double offset = std::round((target - cost_begins[pool]) / cost_per_firm[pool]);
    return pool_begins[pool] + static_cast<std::int64_t>(std::clamp(offset, 0.0, firms));
}

/// floor(number * part / whole) without overflow, for 0 <= part <= whole < 2^31.
std::int64_t scaled(std::int64_t number, std::int64_t part, std::int64_t whole)
{
    return number / whole * part + number % whole * part / whole;
}

std::size_t index(std::int64_t number)
{
    return static_cast<std::size_t>(number);
}

}  // namespace

Range overlap(const Range& a, const Range& b)
{
    const std::int64_t begin = std::max(a.begin, b.begin);
    return {begin, std::max(begin, std::min(a.end, b.end))};
}

Range even_part(std::int64_t things, int rank, int ranks)
{
    expects(things >= 0, "a number of things is not negative");
    expects(0 <= rank && rank < ranks, "there is a rank of this number");
    return {scaled(things, rank, ranks), scaled(things, rank + 1, ranks)};
}

Partition::Partition(Numbers pool_begins, Numbers cuts)
    : pool_begins_{std::move(pool_begins)}, cuts_{std::move(cuts)}
{}

Partition Partition::balanced(std::span<const std::int64_t> firms_per_pool,
                              std::span<const double> cost_per_firm_of_pool, int ranks)
{
    expects(ranks > 0, "a partition has at least one rank");
    expects(firms_per_pool.size() == cost_per_firm_of_pool.size(), "a cost for each pool");
    Numbers pool_begins = pool_begins_of(firms_per_pool);
    std::vector<double> costs{cost_per_firm_of_pool.begin(), cost_per_firm_of_pool.end()};
    std::vector<double> cost_begins = cost_begins_of(firms_per_pool, costs);
    expects(std::isfinite(cost_begins.back() * ranks), "the cost of all firms is finite");
    if (cost_begins.back() <= 0.0) {
        costs.assign(costs.size(), 1.0);
        cost_begins = cost_begins_of(firms_per_pool, costs);
    }

    Numbers cuts(index(ranks) + 1, 0);
    for (std::size_t r = 1; r < index(ranks) && pool_begins.back() > 0; ++r) {
        const double target = cost_begins.back() * static_cast<double>(r) / ranks;
        cuts[r] = place_of_cost(target, pool_begins, cost_begins, costs);
    }
    cuts.back() = pool_begins.back();
    return {std::move(pool_begins), std::move(cuts)};
}

Partition Partition::from_counts(std::span<const std::int64_t> firms_per_pool,
                                 std::span<const std::int64_t> firms_per_rank)
{
    expects(!firms_per_rank.empty(), "a partition has at least one rank");
    Numbers pool_begins = pool_begins_of(firms_per_pool);
    Numbers cuts = begins_of(firms_per_rank);
    expects(pool_begins.back() == cuts.back(), "pools and ranks hold the same number of firms");
    return {std::move(pool_begins), std::move(cuts)};
}

int Partition::ranks() const
{
    return static_cast<int>(cuts_.size()) - 1;
}

std::int64_t Partition::pools() const
{
    return std::ssize(pool_begins_) - 1;
}

std::int64_t Partition::firms() const
{
    return cuts_.back();
}

std::int64_t Partition::firms(std::int64_t pool) const
{
    expects_pool(pool);
    return pool_begins_[index(pool) + 1] - pool_begins_[index(pool)];
}

Range Partition::run(int rank) const
{
    expects_rank(rank);
    return {cuts_[index(rank)], cuts_[index(rank) + 1]};
}

Range Partition::range(int rank, std::int64_t pool) const
{
    const Range mine = run(rank);
    const std::int64_t size = firms(pool);
    const std::int64_t begin = pool_begins_[index(pool)];
    return {std::clamp<std::int64_t>(mine.begin - begin, 0, size),
            std::clamp<std::int64_t>(mine.end - begin, 0, size)};
}

Range Partition::pools_of(int rank) const
{
    const Range mine = run(rank);
    if (firms() == 0) {  // the pools for which owner_of_empty gives this rank
        const auto first_of = [&](std::int64_t r) { return (r * pools() + ranks() - 1) / ranks(); };
        return {first_of(rank), first_of(rank + 1)};
    }
    if (mine.empty()) {
        return {};
    }
    const auto first_at = [&](std::int64_t place) {
        return std::ranges::lower_bound(pool_begins_, place) - pool_begins_.begin();
    };
    const std::int64_t first = first_at(mine.begin);
    const bool inside = pool_begins_[index(first)] > mine.begin;
    return {inside ? first - 1 : first, mine.end == firms() ? pools() : first_at(mine.end)};
}

Range Partition::ranks_of(std::int64_t pool) const
{
    if (firms(pool) == 0) {
        const int owner = owner_of_empty(pool);
        return {owner, owner + 1};
    }
    return {rank_at(pool_begins_[index(pool)]), rank_at(pool_begins_[index(pool) + 1] - 1) + 1};
}

int Partition::owner(std::int64_t pool, std::int64_t offset) const
{
    expects(0 <= offset && offset < firms(pool), "the pool has a firm of this number");
    return rank_at(pool_begins_[index(pool)] + offset);
}

Range Partition::slice(int rank, std::int64_t pool, std::int64_t newcomers) const
{
    expects(newcomers >= 0, "a number of newcomers is not negative");
    const Range mine = range(rank, pool);
    const std::int64_t size = firms(pool);
    if (size == 0) {
        return {0, owner_of_empty(pool) == rank ? newcomers : 0};
    }
    return {scaled(newcomers, mine.begin, size), scaled(newcomers, mine.end, size)};
}

int Partition::owner_of_newcomer(std::int64_t pool, std::int64_t sequence,
                                 std::int64_t newcomers) const
{
    expects(0 <= sequence && sequence < newcomers, "there is a newcomer of this number");
    Range left = ranks_of(pool);  // ranks that may be the first whose slice ends after the sequence
    while (left.size() > 1) {
        const std::int64_t middle = left.begin + left.size() / 2 - 1;
        if (slice(static_cast<int>(middle), pool, newcomers).end > sequence) {
            left.end = middle + 1;
        } else {
            left.begin = middle + 1;
        }
    }
    return static_cast<int>(left.begin);
}

/// The rank of the firm at a place in the line; 0 <= place < firms().
int Partition::rank_at(std::int64_t place) const
{
    return static_cast<int>(std::ranges::upper_bound(cuts_, place) - cuts_.begin()) - 1;
}

/// The rank that owns an empty pool.
int Partition::owner_of_empty(std::int64_t pool) const
{
    if (firms() == 0) {
        return static_cast<int>(pool * ranks() / pools());
    }
    return rank_at(std::min(pool_begins_[index(pool)], firms() - 1));
}

void Partition::expects_rank(int rank) const
{
    expects(0 <= rank && rank < ranks(), "the partition has this rank");
}

void Partition::expects_pool(std::int64_t pool) const
{
    expects(0 <= pool && pool < pools(), "the partition has this pool");
}

double imbalance(std::span<const std::int64_t> firms_per_rank)
{
    std::int64_t total = 0;
    std::int64_t largest = 0;
    for (const std::int64_t firms : firms_per_rank) {
        expects(firms >= 0, "a number of firms is not negative");
        total += firms;
        largest = std::max(largest, firms);
    }
    if (total == 0) {
        return 0.0;
    }
    const auto ranks = static_cast<double>(firms_per_rank.size());
    return static_cast<double>(largest) * ranks / static_cast<double>(total) - 1.0;
}

}  // namespace latecomer::mpi
