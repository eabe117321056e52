#include "mpi/communicator.hpp"

#include "mpi/session.hpp"
#include "tests/support/catch.hpp"

#include <array>
#include <bit>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <thread>
#include <vector>

namespace latecomer::mpi::communicator_test {
namespace {

std::uint64_t bits_of(double value)
{
    return std::bit_cast<std::uint64_t>(value);
}

TEST_CASE("ranks of the world are numbered and only the first is the root", "[mpi]")
{
    const Communicator comm = Communicator::world();
    const auto ranks = comm.gather_all(std::array{std::int64_t{comm.rank()}});
    const auto roots = comm.gather_all(std::array{std::int64_t{comm.is_root() ? 1 : 0}});

    CHECK(is_live());
    CHECK_FALSE(comm.is_serial());
    CHECK(static_cast<int>(ranks.size()) == comm.size());
    for (std::size_t r = 0; r < ranks.size(); ++r) {
        CHECK(ranks[r] == static_cast<std::int64_t>(r));
        CHECK(roots[r] == (r == 0 ? 1 : 0));
    }
}

TEST_CASE("all is yes if every rank says yes, any if one does", "[mpi]")
{
    const Communicator comm = Communicator::world();
    const int last = comm.size() - 1;
    const bool all_of_yes = comm.all(true);
    const bool all_but_last = comm.all(comm.rank() != last);
    const bool any_of_no = comm.any(false);
    const bool only_last = comm.any(comm.rank() == last);

    CHECK(all_of_yes);
    CHECK_FALSE(all_but_last);
    CHECK_FALSE(any_of_no);
    CHECK(only_last);
}

TEST_CASE("every rank gets the text of the root, also an empty one", "[mpi]")
{
    const Communicator comm = Communicator::world();
    const std::string text = comm.broadcast(comm.is_root() ? "[run]\nseed = 1\n" : "of no account");
    const std::string empty = comm.broadcast(comm.is_root() ? "" : "of no account");
    const std::string pieces =
        comm.with_message_limit(3).broadcast(comm.is_root() ? "ten letters" : "");

    CHECK(text == "[run]\nseed = 1\n");
    CHECK(empty.empty());
    CHECK(pieces == "ten letters");
}

TEST_CASE("every rank gets the values of the root", "[mpi]")
{
    struct Pair {
        std::int64_t id;
        double weight;
    };
    const Communicator comm = Communicator::world();
    std::vector<Pair> pairs(3);
    if (comm.is_root()) {
        pairs = {{1, 0.5}, {2, -0.0}, {3, 1e300}};
    }
    comm.broadcast(std::span{pairs});

    CHECK(pairs[0].id == 1);
    CHECK(bits_of(pairs[1].weight) == bits_of(-0.0));
    CHECK(pairs[2].weight == 1e300);
}

TEST_CASE("sums of whole numbers are exact on every rank", "[mpi]")
{
    const Communicator comm = Communicator::world();
    const std::int64_t rank = comm.rank();
    const std::int64_t size = comm.size();
    const std::int64_t large = std::int64_t{1} << 55;
    std::vector<std::int64_t> values{rank, large + rank, -1, 0};
    comm.sum(values);
    std::vector<std::int64_t> in_pieces{rank, large + rank, -1, 0};
    comm.with_message_limit(3).sum(in_pieces);

    const std::int64_t ranks = size * (size - 1) / 2;
    CHECK(values == std::vector<std::int64_t>{ranks, size * large + ranks, -size, 0});
    CHECK(in_pieces == values);
}

TEST_CASE("sums of hashes wrap around", "[mpi]")
{
    const Communicator comm = Communicator::world();
    std::array<std::uint64_t, 1> hash{0x8000'0000'0000'0001U};
    comm.sum(hash);

    const auto size = static_cast<std::uint64_t>(comm.size());
    CHECK(hash[0] == (size % 2 == 0 ? size : 0x8000'0000'0000'0000U + size));
}

TEST_CASE("extremes are found wherever they are", "[mpi]")
{
    const Communicator comm = Communicator::world();
    const double rank = comm.rank();
    const std::int64_t whole = comm.rank();
    const double last = comm.size() - 1;
    std::array<double, 3> largest{rank, -rank, -5.0};
    std::array<double, 3> smallest = largest;
    std::array<std::int64_t, 2> largest_whole{whole, -whole};
    std::array<std::int64_t, 2> smallest_whole = largest_whole;
    comm.max(largest);
    comm.min(smallest);
    comm.max(largest_whole);
    comm.min(smallest_whole);

    CHECK(largest == std::array{last, 0.0, -5.0});
    CHECK(smallest == std::array{0.0, -last, -5.0});
    CHECK(largest_whole == std::array<std::int64_t, 2>{comm.size() - 1, 0});
    CHECK(smallest_whole == std::array<std::int64_t, 2>{0, 1 - comm.size()});
}

TEST_CASE("the extreme of zeros of both signs does not depend on which rank has which", "[mpi]")
{
    const Communicator comm = Communicator::world();
    for (int odd_one = 0; odd_one < comm.size(); ++odd_one) {
        const bool odd = comm.rank() == odd_one;
        std::array<double, 1> largest{odd ? 0.0 : -0.0};
        std::array<double, 1> smallest{odd ? -0.0 : 0.0};
        comm.max(largest);
        comm.min(smallest);
        CHECK(bits_of(largest[0]) == bits_of(0.0));
        CHECK(bits_of(smallest[0]) == bits_of(-0.0));
    }
}

TEST_CASE("one rank's NaN reaches every rank", "[mpi]")
{
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const Communicator comm = Communicator::world();
    for (int sick = 0; sick < comm.size(); ++sick) {
        const bool mine = comm.rank() == sick;
        std::array<double, 2> largest{mine ? nan : 1.0, mine ? -nan : 1.0};
        std::array<double, 2> smallest = largest;
        comm.max(largest);
        comm.min(smallest);
        for (const double value : {largest[0], largest[1], smallest[0], smallest[1]}) {
            CHECK(bits_of(value) == bits_of(nan));
        }
    }
}

TEST_CASE("the error of the lowest rank that has one is everyone's error", "[mpi]")
{
    const Communicator comm = Communicator::world();
    const int last = comm.size() - 1;
    const std::string none = comm.first_error("");
    const std::string of_last = comm.first_error(comm.rank() == last ? "last" : "");
    const std::string of_middle = comm.first_error(
        comm.rank() >= comm.size() / 2 ? "rank " + std::to_string(comm.rank()) : "");

    CHECK(none.empty());
    CHECK(of_last == "last");
    CHECK(of_middle == "rank " + std::to_string(comm.size() / 2));
}

TEST_CASE("a group is split by colour and ordered by key", "[mpi]")
{
    const Communicator comm = Communicator::world();
    const int color = comm.rank() % 2;
    const Communicator part = comm.with_message_limit(2).split(color, -comm.rank());
    const auto members = part.gather_all(std::array{std::int64_t{comm.rank()}});

    std::vector<std::int64_t> expected;
    for (int r = comm.size() - 1; r >= 0; --r) {
        if (r % 2 == color) {
            expected.push_back(r);
        }
    }
    CHECK(members == expected);
    CHECK(part.size() == static_cast<int>(expected.size()));
    CHECK(part.message_limit() == 2);
}

TEST_CASE("nobody passes a barrier before all have come", "[mpi]")
{
    using Clock = std::chrono::steady_clock;
    const Communicator comm = Communicator::world();
    if (comm.rank() == comm.size() - 1) {
        std::this_thread::sleep_for(std::chrono::milliseconds{50});
    }
    const std::int64_t came = Clock::now().time_since_epoch().count();
    comm.barrier();
    const std::int64_t left = Clock::now().time_since_epoch().count();
    std::array<std::int64_t, 1> last_came{came};
    std::array<std::int64_t, 1> first_left{left};
    comm.max(last_came);
    comm.min(first_left);

    CHECK(first_left[0] >= last_came[0]);  // ranks of a test share one computer and its clock
}

TEST_CASE("traffic counts calls, messages and bytes of each kind", "[mpi]")
{
    const Communicator comm = Communicator::world();
    std::vector<std::int64_t> seven(7, 1);
    comm.barrier();
    comm.sum(seven);
    comm.with_message_limit(3).sum(seven);
    const std::string text = comm.broadcast(comm.is_root() ? "12345" : "");
    const auto gathered = comm.gather_all(seven);

    const Traffic& traffic = comm.traffic();
    CHECK(traffic.reductions == TrafficCount{2, 4, 112});
    CHECK(traffic.broadcasts == TrafficCount{1, 1, comm.is_root() ? 5 : 0});
    CHECK(traffic.gathers == TrafficCount{1, 1, 56});
    CHECK(traffic.barriers == TrafficCount{1, 0, 0});
    CHECK(traffic.exchanges == TrafficCount{});
}

}  // namespace
}  // namespace latecomer::mpi::communicator_test
