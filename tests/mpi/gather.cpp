#include "mpi/communicator.hpp"
#include "mpi/scan.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/scratch.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace latecomer::mpi::gather_test {
namespace {

/// What a rank puts in: of uneven length, nothing on ranks 1, 4, 7, ...
std::vector<std::int64_t> numbers_of(int rank)
{
    const int length = rank % 3 == 1 ? 0 : 3 + 2 * rank;
    std::vector<std::int64_t> numbers;
    for (int k = 0; k < length; ++k) {
        numbers.push_back(1000 * rank + k);
    }
    return numbers;
}

std::vector<std::int64_t> numbers_up_to(int size)
{
    std::vector<std::int64_t> all;
    for (int r = 0; r < size; ++r) {
        const auto part = numbers_of(r);
        all.insert(all.end(), part.begin(), part.end());
    }
    return all;
}

template <class T>
std::vector<T> as(const std::vector<std::int64_t>& numbers)
{
    std::vector<T> values;
    for (const std::int64_t number : numbers) {
        values.push_back(static_cast<T>(number));
    }
    return values;
}

std::string word_of(int rank)
{
    return rank % 3 == 1 ? "" : std::string(static_cast<std::size_t>(rank) + 2, 'a') + "\n";
}

const std::array<std::int64_t, 3> message_limits{1, 5, 1 << 30};

TEST_CASE("parts that ranks have of the same values reach all ranks, however long messages are",
          "[mpi]")
{
    const Communicator world = Communicator::world();
    const std::vector<double> expected = as<double>(numbers_up_to(world.size()));
    std::vector<std::int64_t> ends;
    for (int r = 0; r < world.size(); ++r) {
        ends.push_back((r > 0 ? ends.back() : 0) + static_cast<std::int64_t>(numbers_of(r).size()));
    }
    for (const bool from_memory : {true, false}) {
        world.use_shared_memory(from_memory);
        CHECK(world.have_shared_memory(expected.size()) == (from_memory && !world.is_serial()));
        for (const std::int64_t limit : message_limits) {
            const Communicator comm = world.with_message_limit(limit);
            std::vector<double> values(expected.size(), -1.0);
            const auto mine = as<double>(numbers_of(world.rank()));
            const auto end = static_cast<std::size_t>(ends[static_cast<std::size_t>(world.rank())]);
            for (std::size_t i = 0; i < mine.size(); ++i) {
                values[end - mine.size() + i] = mine[i];
            }
            comm.share_parts(values, ends);
            CHECK(values == expected);
        }
    }
}

TEST_CASE("parts are those of this time, however often and however many are shared", "[mpi]")
{
    const Communicator world = Communicator::world();
    const auto ranks = static_cast<std::size_t>(world.size());
    int wrong = 0;
    for (int time = 0; time < 300; ++time) {
        const std::size_t of_rank = std::size_t{1} << (time * 17 % 13);  // more and fewer in turns
        const auto value_of = [&](std::size_t rank, std::size_t i) {
            return static_cast<double>((static_cast<std::size_t>(time) * ranks + rank) * 8192 + i);
        };
        std::vector<double> values(ranks * of_rank, -1.0);
        std::vector<double> expected(values);
        std::vector<std::int64_t> ends;
        for (std::size_t rank = 0; rank < ranks; ++rank) {
            ends.push_back(static_cast<std::int64_t>((rank + 1) * of_rank));
            for (std::size_t i = 0; i < of_rank; ++i) {
                expected[rank * of_rank + i] = value_of(rank, i);
            }
        }
        for (std::size_t i = 0; i < of_rank; ++i) {
            const auto me = static_cast<std::size_t>(world.rank());
            values[me * of_rank + i] = value_of(me, i);
        }
        world.share_parts(values, ends);
        wrong += values == expected ? 0 : 1;
    }
    CHECK(wrong == 0);
    std::vector<double> nothing;
    world.share_parts(nothing, std::vector<std::int64_t>(ranks, 0));
    CHECK(nothing.empty());
}

TEST_CASE("parts are sent where there is no room for them in memory that ranks have in common",
          "[mpi]")
{
    const Communicator world = Communicator::world().split(0, 0);  // that has not asked yet
    const auto ranks = static_cast<std::size_t>(world.size());
    constexpr std::size_t of_rank = 10'000;
    std::vector<std::int64_t> ends;
    std::vector<double> expected;
    for (std::size_t rank = 0; rank < ranks; ++rank) {
        ends.push_back(static_cast<std::int64_t>((rank + 1) * of_rank));
        expected.insert(expected.end(), of_rank, static_cast<double>(rank));
    }
    std::vector<double> grown(expected.size(), static_cast<double>(world.rank()));
    std::vector<double> again(grown);
    const bool had = world.have_shared_memory(100);  // for which there is room
    bool has = true;
    {
        // Only where it is made.
        const tests::FullDisk full{world.is_root() ? std::uint64_t{8192} : std::uint64_t{1} << 40};
        world.share_parts(grown, ends);
        has = world.have_shared_memory(100);
    }
    world.share_parts(again, ends);
    CHECK(had != world.is_serial());
    CHECK(has == false);
    CHECK(grown == expected);
    CHECK(again == expected);
}

TEST_CASE("gathered values stand in rank order on every rank, however long messages are", "[mpi]")
{
    const Communicator world = Communicator::world();
    const auto mine = numbers_of(world.rank());
    const auto expected = numbers_up_to(world.size());
    for (const std::int64_t limit : message_limits) {
        const Communicator comm = world.with_message_limit(limit);
        const auto wholes = comm.gather_all(mine);
        const auto reals = comm.gather_all(as<double>(mine));
        const auto bytes = comm.gather_all(as<std::byte>(mine));
        CHECK(wholes == expected);
        CHECK(reals == as<double>(expected));
        CHECK(bytes == as<std::byte>(expected));
    }
}

TEST_CASE("values gathered to the root stand there in rank order and nowhere else", "[mpi]")
{
    const Communicator world = Communicator::world();
    const auto mine = numbers_of(world.rank());
    const auto expected =
        world.is_root() ? numbers_up_to(world.size()) : std::vector<std::int64_t>{};
    for (const std::int64_t limit : message_limits) {
        const Communicator comm = world.with_message_limit(limit);
        const auto wholes = comm.gather_to_root(mine);
        const auto reals = comm.gather_to_root(as<double>(mine));
        const auto bytes = comm.gather_to_root(as<std::byte>(mine));
        CHECK(wholes == expected);
        CHECK(reals == as<double>(expected));
        CHECK(bytes == as<std::byte>(expected));
    }
}

TEST_CASE("gathered texts are one per rank, empty ones too", "[mpi]")
{
    const Communicator world = Communicator::world();
    std::vector<std::string> expected;
    for (int r = 0; r < world.size(); ++r) {
        expected.push_back(word_of(r));
    }
    for (const std::int64_t limit : message_limits) {
        const Communicator comm = world.with_message_limit(limit);
        const auto everywhere = comm.gather_all(word_of(comm.rank()));
        const auto at_root = comm.gather_to_root(word_of(comm.rank()));
        CHECK(everywhere == expected);
        CHECK(at_root == (comm.is_root() ? expected : std::vector<std::string>{}));
    }
}

TEST_CASE("ranks that all have nothing gather nothing", "[mpi]")
{
    const Communicator comm = Communicator::world();
    const auto everywhere = comm.gather_all(std::vector<double>{});
    const auto at_root = comm.gather_to_root(std::vector<double>{});
    CHECK(everywhere.empty());
    CHECK(at_root.empty());
}

TEST_CASE("the last rank alone may have values", "[mpi]")
{
    const Communicator comm = Communicator::world();
    const bool last = comm.rank() == comm.size() - 1;
    const auto all = comm.gather_all(last ? std::vector<double>{2.5, -1.0} : std::vector<double>{});
    CHECK(all == std::vector<double>{2.5, -1.0});
}

}  // namespace
TEST_CASE("waiting for others is measured only where that is wanted", "[mpi]")
{
    const Communicator world = Communicator::world();
    std::array<std::int64_t, 1> number{1};
    world.sum(number);
    CHECK(world.waited() == 0.0);
    world.watch_waiting(true);
    world.sum(number);
    const double of_sum = world.waited();
    CHECK(of_sum > 0.0);
    sum_of_lower_ranks(number, world);
    CHECK(world.waited() > of_sum);
    world.watch_waiting(false);
    const double before = world.waited();
    world.sum(number);
    CHECK(world.waited() == before);
    CHECK(Communicator{}.waited() == 0.0);
}

}  // namespace latecomer::mpi::gather_test
