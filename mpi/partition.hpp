#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace latecomer::mpi {

/// A half-open interval of whole numbers: of firms, pools, ranks or newcomers.
struct Range {
    std::int64_t begin = 0;
    std::int64_t end = 0;

    std::int64_t size() const { return end - begin; }
    bool empty() const { return end == begin; }
    bool contains(std::int64_t number) const { return begin <= number && number < end; }

    friend bool operator==(const Range&, const Range&) = default;
};

/// What two intervals have in common; empty if nothing.
Range overlap(const Range& a, const Range& b);

/// What a rank gets of so many things when all ranks get as many, or one more; in order of ranks.
Range even_part(std::int64_t things, int rank, int ranks);

/// Says which rank owns which firms.
///
/// Firms stand in one line, pool after pool; each rank owns one run of the line, which may be
/// empty and may begin or end inside a pool.  An empty pool belongs to one rank as well, so that
/// newcomers find a home: the rank of the firm that follows it in the line (at the end, of the
/// last firm; without any firm, pools are dealt evenly).
///
/// Every rank holds the same partition and can answer for all others.  Memory grows with ranks
/// plus pools; no query takes longer than a binary search.
class Partition {
public:
    /// Nobody and nothing: one rank, no pool.
    Partition() = default;

    /// Cuts the line so that runs cost about the same.
    ///
    /// No run costs more than an even part plus one firm.  Costs are relative, one per pool, finite
    /// and not negative; if they are zero for all firms, firms count alike.  Every rank must give
    /// the same numbers, so agree on measured costs first.
    static Partition balanced(std::span<const std::int64_t> firms_per_pool,
                              std::span<const double> cost_per_firm_of_pool, int ranks);

    /// The partition of firms that are already where they are, in order of the line.
    static Partition from_counts(std::span<const std::int64_t> firms_per_pool,
                                 std::span<const std::int64_t> firms_per_rank);

    int ranks() const;
    std::int64_t pools() const;
    std::int64_t firms() const;
    std::int64_t firms(std::int64_t pool) const;

    /// The rank's run, counted from the start of the line.
    Range run(int rank) const;

    /// What a rank owns of a pool, counted from the start of the pool.
    Range range(int rank, std::int64_t pool) const;

    /// The pools of which the rank owns a firm, or which are empty and its own; all are adjacent.
    Range pools_of(int rank) const;

    /// The first to the last rank that own the pool; one that has no firms may stand between them.
    Range ranks_of(std::int64_t pool) const;

    /// The rank of the pool's firm number `offset`.
    int owner(std::int64_t pool, std::int64_t offset) const;

    /// Which of `newcomers` to a pool, numbered from zero, the rank takes in.
    ///
    /// In proportion to what it owns of the pool; every newcomer goes to exactly one rank.
    Range slice(int rank, std::int64_t pool, std::int64_t newcomers) const;

    /// The rank that takes in newcomer number `sequence` of `newcomers`: slice() read backwards.
    int owner_of_newcomer(std::int64_t pool, std::int64_t sequence, std::int64_t newcomers) const;

    friend bool operator==(const Partition&, const Partition&) = default;

private:
    Partition(std::vector<std::int64_t> pool_begins, std::vector<std::int64_t> cuts);

    int rank_at(std::int64_t place) const;
    int owner_of_empty(std::int64_t pool) const;
    void expects_rank(int rank) const;
    void expects_pool(std::int64_t pool) const;

    std::vector<std::int64_t> pool_begins_{0};  // where each pool begins; last: all firms
    std::vector<std::int64_t> cuts_{0, 0};      // where each rank's run begins; last: all firms
};

/// How much more the fullest rank has than the mean: max/mean - 1; zero if there are no firms.
double imbalance(std::span<const std::int64_t> firms_per_rank);

}  // namespace latecomer::mpi
