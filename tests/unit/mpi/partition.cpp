#include "mpi/partition.hpp"

#include "core/errors.hpp"
#include "tests/support/catch.hpp"

#include <cstdint>
#include <limits>
#include <vector>

namespace latecomer::mpi::partition_test {
namespace {

using Counts = std::vector<std::int64_t>;
using Costs = std::vector<double>;

TEST_CASE("intervals overlap in what they have in common")
{
    CHECK(overlap({0, 5}, {3, 9}) == Range{3, 5});
    CHECK(overlap({3, 9}, {0, 5}) == Range{3, 5});
    CHECK(overlap({2, 3}, {0, 5}) == Range{2, 3});
    CHECK(overlap({0, 2}, {4, 6}).empty());
    CHECK(overlap({4, 6}, {0, 2}).empty());
}

TEST_CASE("even parts follow each other, differ by at most one and leave nothing out")
{
    for (const std::int64_t things : {std::int64_t{0}, std::int64_t{1}, std::int64_t{7},
                                      std::int64_t{12}, (std::int64_t{1} << 62) + 5}) {
        for (const int ranks : {1, 2, 3, 7, 1000}) {
            std::int64_t end = 0;
            for (int rank = 0; rank < ranks; ++rank) {
                const Range part = even_part(things, rank, ranks);
                REQUIRE(part.begin == end);
                REQUIRE((part.size() == things / ranks || part.size() == things / ranks + 1));
                end = part.end;
            }
            CHECK(end == things);
        }
    }
}

TEST_CASE("firms of equal cost are cut into runs of equal length, inside pools too")
{
    const auto partition = Partition::balanced(Counts{5, 7}, Costs{1.0, 1.0}, 3);
    CHECK(partition.ranks() == 3);
    CHECK(partition.pools() == 2);
    CHECK(partition.firms() == 12);
    CHECK(partition.run(1) == Range{4, 8});
    CHECK(partition.range(0, 0) == Range{0, 4});
    CHECK(partition.range(1, 0) == Range{4, 5});
    CHECK(partition.range(1, 1) == Range{0, 3});
    CHECK(partition.range(2, 1) == Range{3, 7});
    CHECK(partition.range(2, 0).empty());
    CHECK(partition.range(0, 1).empty());
}

TEST_CASE("firms that cost more make their run shorter")
{
    // 40 firms of cost 3 and 60 of cost 1: 180 in all, so the cut is at cost 90, after 30 firms.
    const auto partition = Partition::balanced(Counts{40, 60}, Costs{3.0, 1.0}, 2);
    CHECK(partition.run(0) == Range{0, 30});
    CHECK(partition.run(1) == Range{30, 100});
}

TEST_CASE("a cut is where the cost before it is closest to even")
{
    const auto partition = Partition::balanced(Counts{10}, Costs{2.0}, 3);
    CHECK(partition.run(0) == Range{0, 3});
    CHECK(partition.run(1) == Range{3, 7});
}

TEST_CASE("costs too small to be divided still give a partition")
{
    const double smallest = std::numeric_limits<double>::denorm_min();
    const auto partition = Partition::balanced(Counts{1, 5}, Costs{smallest, 0.0}, 3);
    CHECK(partition.run(1) == Range{0, 1});
    CHECK(partition.run(2) == Range{1, 6});
}

TEST_CASE("firms count alike if none costs anything")
{
    const auto partition = Partition::balanced(Counts{10, 2}, Costs{0.0, 0.0}, 2);
    CHECK(partition.run(0) == Range{0, 6});
}

TEST_CASE("a pool without cost goes with a neighbour")
{
    const auto partition = Partition::balanced(Counts{4, 100, 4}, Costs{1.0, 0.0, 1.0}, 2);
    CHECK(partition.run(0) == Range{0, 104});
    CHECK(partition.run(1) == Range{104, 108});
}

TEST_CASE("with more ranks than firms some ranks have none")
{
    const auto partition = Partition::from_counts(Counts{2}, Counts{0, 1, 0, 1, 0});
    CHECK(partition.run(0).empty());
    CHECK(partition.run(1) == Range{0, 1});
    CHECK(partition.run(2).empty());
    CHECK(partition.range(3, 0) == Range{1, 2});
    CHECK(partition.ranks_of(0) == Range{1, 4});
    CHECK(partition.owner(0, 0) == 1);
    CHECK(partition.owner(0, 1) == 3);
}

TEST_CASE("a pool knows the ranks that own it and a rank its pools")
{
    const auto partition = Partition::from_counts(Counts{4, 0, 2, 6}, Counts{3, 3, 6});
    CHECK(partition.ranks_of(0) == Range{0, 2});
    CHECK(partition.ranks_of(2) == Range{1, 2});
    CHECK(partition.ranks_of(3) == Range{2, 3});
    CHECK(partition.pools_of(0) == Range{0, 1});
    CHECK(partition.pools_of(1) == Range{0, 3});
    CHECK(partition.pools_of(2) == Range{3, 4});
}

TEST_CASE("an empty pool belongs to the rank of the firm that follows it")
{
    const auto partition = Partition::from_counts(Counts{0, 3, 0, 2, 0}, Counts{3, 2, 0});
    CHECK(partition.ranks_of(0) == Range{0, 1});
    CHECK(partition.ranks_of(2) == Range{1, 2});
    CHECK(partition.ranks_of(4) == Range{1, 2});  // behind the last firm: with it
    CHECK(partition.pools_of(0) == Range{0, 2});
    CHECK(partition.pools_of(1) == Range{2, 5});
    CHECK(partition.pools_of(2).empty());
}

TEST_CASE("pools are dealt evenly if there is no firm")
{
    const auto partition = Partition::balanced(Counts{0, 0, 0, 0}, Costs{1.0, 1.0, 1.0, 1.0}, 2);
    CHECK(partition.firms() == 0);
    CHECK(partition.ranks_of(1) == Range{0, 1});
    CHECK(partition.ranks_of(2) == Range{1, 2});
    CHECK(partition.pools_of(0) == Range{0, 2});
    CHECK(partition.pools_of(1) == Range{2, 4});
}

TEST_CASE("a partition without pools has ranks that own nothing")
{
    const auto partition = Partition::balanced({}, {}, 3);
    CHECK(partition.ranks() == 3);
    CHECK(partition.pools() == 0);
    CHECK(partition.run(2).empty());
    CHECK(partition.pools_of(1).empty());
    CHECK(Partition{}.ranks() == 1);
}

TEST_CASE("newcomers are dealt in proportion to what a rank owns of the pool")
{
    const auto partition = Partition::from_counts(Counts{8}, Counts{4, 0, 1, 3});
    CHECK(partition.slice(0, 0, 16) == Range{0, 8});
    CHECK(partition.slice(1, 0, 16).empty());
    CHECK(partition.slice(2, 0, 16) == Range{8, 10});
    CHECK(partition.slice(3, 0, 16) == Range{10, 16});
    CHECK(partition.slice(2, 0, 1).empty());
    CHECK(partition.slice(3, 0, 1) == Range{0, 1});  // one newcomer: to the last
    CHECK(partition.owner_of_newcomer(0, 0, 1) == 3);
    CHECK(partition.owner_of_newcomer(0, 9, 16) == 2);
}

TEST_CASE("all newcomers to an empty pool go to its one owner")
{
    const auto partition = Partition::from_counts(Counts{3, 0, 2}, Counts{3, 2});
    CHECK(partition.slice(0, 1, 5).empty());
    CHECK(partition.slice(1, 1, 5) == Range{0, 5});
    CHECK(partition.owner_of_newcomer(1, 4, 5) == 1);
}

TEST_CASE("newcomers are numbered without overflow in the largest pools")
{
    const std::int64_t half = 1'073'741'823;
    const auto partition = Partition::from_counts(Counts{2 * half}, Counts{half, half});
    const std::int64_t many = 8'000'000'000'000'000'000;
    CHECK(partition.slice(0, 0, many) == Range{0, many / 2});
    CHECK(partition.slice(1, 0, many) == Range{many / 2, many});
}

TEST_CASE("imbalance is what the fullest rank has above the mean")
{
    CHECK(imbalance(Counts{10, 10, 10}) == 0.0);
    CHECK(imbalance(Counts{15, 5}) == 0.5);
    CHECK(imbalance(Counts{0, 0, 0, 4}) == 3.0);
    CHECK(imbalance(Counts{0, 0}) == 0.0);
    CHECK(imbalance({}) == 0.0);
}

TEST_CASE("a partition refuses what makes no sense")
{
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const double infinity = std::numeric_limits<double>::infinity();
    CHECK_THROWS_AS(Partition::balanced(Counts{1}, Costs{1.0}, 0), InternalError);
    CHECK_THROWS_AS(Partition::balanced(Counts{1}, Costs{}, 1), InternalError);
    CHECK_THROWS_AS(Partition::balanced(Counts{-1}, Costs{1.0}, 1), InternalError);
    CHECK_THROWS_AS(Partition::balanced(Counts{1}, Costs{-1.0}, 1), InternalError);
    CHECK_THROWS_AS(Partition::balanced(Counts{1}, Costs{nan}, 1), InternalError);
    CHECK_THROWS_AS(Partition::balanced(Counts{0}, Costs{infinity}, 1), InternalError);
    CHECK_THROWS_AS(Partition::balanced(Counts{1}, Costs{1e308}, 2), InternalError);
    CHECK_THROWS_AS(Partition::from_counts(Counts{3}, Counts{1, 1}), InternalError);
    CHECK_THROWS_AS(Partition::from_counts(Counts{}, Counts{}), InternalError);
    CHECK_THROWS_AS(
        Partition::from_counts(Counts{std::int64_t{1} << 31}, Counts{std::int64_t{1} << 31}),
        InternalError);
}

TEST_CASE("a partition answers only for ranks, pools and firms that it has")
{
    const auto partition = Partition::from_counts(Counts{2, 0}, Counts{1, 1});
    CHECK_THROWS_AS(partition.run(2), InternalError);
    CHECK_THROWS_AS(partition.range(-1, 0), InternalError);
    CHECK_THROWS_AS(partition.range(0, 2), InternalError);
    CHECK_THROWS_AS(partition.owner(1, 0), InternalError);
    CHECK_THROWS_AS(partition.owner(0, 2), InternalError);
    CHECK_THROWS_AS(partition.slice(0, 0, -1), InternalError);
    CHECK_THROWS_AS(partition.owner_of_newcomer(0, 3, 3), InternalError);
}

}  // namespace
}  // namespace latecomer::mpi::partition_test
