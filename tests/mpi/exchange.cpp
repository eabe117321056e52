#include "mpi/exchange.hpp"

#include "core/errors.hpp"
#include "mpi/partition.hpp"
#include "tests/support/catch.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace latecomer::mpi::exchange_test {
namespace {

/// How many bytes one rank sends to another.
using Pattern = std::function<int(int from, int to, int size)>;

struct NamedPattern {
    const char* name;
    Pattern bytes;
};

const std::array<NamedPattern, 7> patterns{{
    {"nobody sends", [](int, int, int) { return 0; }},
    {"everybody to everybody", [](int from, int to, int) { return 1 + 7 * from + 3 * to; }},
    {"each to itself", [](int from, int to, int) { return from == to ? 11 : 0; }},
    {"each to the next", [](int from, int to, int n) { return to == (from + 1) % n ? 9 : 0; }},
    {"one to all", [](int from, int to, int n) { return from == n - 1 ? to : 0; }},
    {"all to one", [](int from, int to, int) { return to == 0 ? from : 0; }},
    {"every third pair", [](int from, int to, int) { return (from + 2 * to) % 3 == 0 ? 40 : 0; }},
}};

/// Byte number k of what one rank sends to another in one round; tells all these apart.
std::byte byte_of(int from, int to, int k, int round)
{
    return static_cast<std::byte>((101 * from + 37 * to + 5 * k + 17 * round + 1) % 251);
}

/// What goes out of a rank, if `outward`, or what comes in, in the order of the other ranks.
std::vector<std::byte> bytes_at(int rank, bool outward, int size, int round, const Pattern& bytes)
{
    std::vector<std::byte> all;
    for (int other = 0; other < size; ++other) {
        const int from = outward ? rank : other;
        const int to = outward ? other : rank;
        for (int k = 0; k < bytes(from, to, size); ++k) {
            all.push_back(byte_of(from, to, k, round));
        }
    }
    return all;
}

std::vector<std::int64_t> lengths_at(int rank, int size, const Pattern& bytes)
{
    std::vector<std::int64_t> lengths;
    for (int to = 0; to < size; ++to) {
        lengths.push_back(bytes(rank, to, size));
    }
    return lengths;
}

/// Whether this rank receives what the pattern says, in several rounds on end.  Collective.
bool arrives(const Pattern& bytes, Handshake handshake, const Communicator& comm)
{
    bool good = true;
    const auto lengths = lengths_at(comm.rank(), comm.size(), bytes);
    for (int round = 0; round < 8; ++round) {
        const auto outgoing = bytes_at(comm.rank(), true, comm.size(), round, bytes);
        const auto incoming = exchange(outgoing, lengths, handshake, comm);
        good = good && incoming == bytes_at(comm.rank(), false, comm.size(), round, bytes);
    }
    return good;
}

TEST_CASE("what is sent arrives once, in the order of the senders", "[mpi]")
{
    const Communicator comm = Communicator::world();
    for (const NamedPattern& pattern : patterns) {
        const bool automatic = arrives(pattern.bytes, Handshake::automatic, comm);
        const bool dense = arrives(pattern.bytes, Handshake::dense, comm);
        const bool sparse = arrives(pattern.bytes, Handshake::sparse, comm);
        INFO(pattern.name);
        CHECK(automatic);
        CHECK(dense);
        CHECK(sparse);
    }
}

TEST_CASE("what is longer than a message arrives in pieces", "[mpi]")
{
    const Communicator comm = Communicator::world();
    for (const NamedPattern& pattern : patterns) {
        const bool by_four = arrives(pattern.bytes, Handshake::dense, comm.with_message_limit(4));
        const bool by_one = arrives(pattern.bytes, Handshake::sparse, comm.with_message_limit(1));
        INFO(pattern.name);
        CHECK(by_four);
        CHECK(by_one);
    }
}

TEST_CASE("a rank may run one exchange ahead of another without mixing them", "[mpi]")
{
    // Nothing but the handshake holds ranks back: lengths change from round to round, about half of
    // the pairs are silent.
    const Communicator comm = Communicator::world();
    const int size = comm.size();
    bool good = true;
    for (int round = 0; round < 1000; ++round) {
        const Pattern changing = [round](int from, int to, int) {
            const int mixed = (5 * from + 11 * to + 7 * round) % 13;
            return mixed < 6 ? 0 : mixed;
        };
        const auto outgoing = bytes_at(comm.rank(), true, size, round, changing);
        const auto lengths = lengths_at(comm.rank(), size, changing);
        const auto incoming = exchange(outgoing, lengths, Handshake::sparse, comm);
        good = good && incoming == bytes_at(comm.rank(), false, size, round, changing);
    }
    CHECK(good);
}

TEST_CASE("a negative length is refused on all ranks before anything is sent", "[mpi]")
{
    const Communicator comm = Communicator::world();
    std::vector<std::int64_t> lengths(static_cast<std::size_t>(comm.size()), 0);
    lengths.front() += 1;
    lengths.back() -= 1;  // adds up to what goes out: nothing
    const bool sensible = comm.size() == 1;
    bool refused = false;
    try {
        exchange({}, lengths, comm);
    } catch (const InternalError&) {
        refused = true;
    }
    CHECK(refused != sensible);
}

TEST_CASE("ranks send messages only where there is something to send", "[mpi]")
{
    const Communicator comm = Communicator::world();
    const Pattern to_next = patterns[3].bytes;
    const auto outgoing = bytes_at(comm.rank(), true, comm.size(), 0, to_next);
    const auto lengths = lengths_at(comm.rank(), comm.size(), to_next);
    const auto incoming = exchange(outgoing, lengths, comm);
    const auto nothing = exchange({}, std::vector<std::int64_t>(lengths.size(), 0), comm);

    const bool alone = comm.size() == 1;
    CHECK(incoming.size() == 9);
    CHECK(nothing.empty());
    CHECK(comm.traffic().exchanges == TrafficCount{2, alone ? 0 : 1, alone ? 0 : 9});
}

TEST_CASE("firms reach the ranks of a new partition in the order of the line", "[mpi]")
{
    const Communicator comm = Communicator::world();
    const std::vector<std::int64_t> pools{5, 0, 40, 3, 17};
    std::vector<std::int64_t> counts(static_cast<std::size_t>(comm.size()), 0);
    counts.back() = 65;  // all on the last rank
    const auto before = Partition::from_counts(pools, counts);
    const auto after =
        Partition::balanced(pools, std::vector<double>{1.0, 1.0, 3.0, 0.5, 2.0}, comm.size());

    const Range mine = before.run(comm.rank());
    std::vector<std::byte> outgoing;
    for (std::int64_t place = mine.begin; place < mine.end; ++place) {
        outgoing.push_back(static_cast<std::byte>(place));
    }
    std::vector<std::int64_t> lengths;
    for (int to = 0; to < comm.size(); ++to) {
        lengths.push_back(overlap(mine, after.run(to)).size());
    }
    const auto incoming = exchange(outgoing, lengths, comm);

    std::vector<std::byte> expected;
    for (std::int64_t place = after.run(comm.rank()).begin; place < after.run(comm.rank()).end;
         ++place) {
        expected.push_back(static_cast<std::byte>(place));
    }
    CHECK(incoming == expected);
}

}  // namespace
}  // namespace latecomer::mpi::exchange_test
