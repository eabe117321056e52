#include "mpi/exchange.hpp"

#include "core/errors.hpp"
#include "mpi/native.hpp"
#include "mpi/pieces.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>
#include <vector>

namespace latecomer::mpi {
namespace {

using Lengths = std::vector<std::int64_t>;

/// Whether the lengths describe what goes out: one per rank, none negative, all in all the total.
bool describes(std::span<const std::int64_t> bytes_to_rank, std::size_t total, int ranks)
{
    std::uint64_t sum = 0;
    for (const std::int64_t bytes : bytes_to_rank) {
        if (bytes < 0) {
            return false;
        }
        sum += static_cast<std::uint64_t>(bytes);
    }
    return bytes_to_rank.size() == static_cast<std::size_t>(ranks) && sum == total;
}

/// Every rank tells every other how much it sends.  Collective.
Lengths dense_handshake(std::span<const std::int64_t> bytes_to_rank, const Communicator& comm)
{
    Lengths from(bytes_to_rank.size());
    check(MPI_Alltoall(bytes_to_rank.data(), 1, MPI_INT64_T, from.data(), 1, MPI_INT64_T,
                       native(comm)));
    return from;
}

/// Hears one announcement, if one has come.
void hear_announcement(int tag, Lengths& from, const Communicator& comm)
{
    int waits = 0;
    MPI_Status status{};
    check(MPI_Iprobe(MPI_ANY_SOURCE, tag, native(comm), &waits, &status));
    if (waits != 0) {
        std::int64_t& bytes = from[static_cast<std::size_t>(status.MPI_SOURCE)];
        check(MPI_Recv(&bytes, 1, MPI_INT64_T, status.MPI_SOURCE, tag, native(comm),
                       MPI_STATUS_IGNORE));
    }
}

/// Announces what goes to whom, by synchronous sends that complete only when they are heard.
std::vector<MPI_Request> announce(std::span<const std::int64_t> bytes_to_rank, int tag,
                                  const Communicator& comm)
{
    std::vector<MPI_Request> requests;
    for (int rank = 0; rank < comm.size(); ++rank) {
        const std::int64_t& bytes = bytes_to_rank[static_cast<std::size_t>(rank)];
        if (bytes > 0 && rank != comm.rank()) {
            MPI_Request& request = requests.emplace_back(MPI_REQUEST_NULL);
            check(MPI_Issend(&bytes, 1, MPI_INT64_T, rank, tag, native(comm), &request));
        }
    }
    return requests;
}

/// Only ranks that send something speak; all end together when everything said has been heard.
/// Collective.
///
/// The nonblocking consensus of Hoefler, Siebert and Lumsdaine (2010), "Scalable communication
/// protocols for dynamic sparse data exchange": a rank whose announcements have all been heard
/// enters a barrier and goes on listening until everyone has entered.  A rank that has left may
/// announce its next exchange while others still listen, but cannot be two ahead of them: two tags
/// in turn keep the announcements apart.
Lengths sparse_handshake(std::span<const std::int64_t> bytes_to_rank, const Communicator& comm)
{
    const bool even = comm.handle()->handshakes++ % 2 == 0;
    const int tag = static_cast<int>(even ? Tag::handshake_even : Tag::handshake_odd);
    const auto self = static_cast<std::size_t>(comm.rank());
    Lengths from(bytes_to_rank.size(), 0);
    from[self] = bytes_to_rank[self];

    std::vector<MPI_Request> requests = announce(bytes_to_rank, tag, comm);
    MPI_Request barrier = MPI_REQUEST_NULL;
    int everyone_heard = 0;
    for (int mine_heard = 0; everyone_heard == 0;) {
        hear_announcement(tag, from, comm);
        if (mine_heard != 0) {
            check(MPI_Test(&barrier, &everyone_heard, MPI_STATUS_IGNORE));
            continue;
        }
        check(MPI_Testall(static_cast<int>(requests.size()), requests.data(), &mine_heard,
                          MPI_STATUSES_IGNORE));
        if (mine_heard != 0) {
            check(MPI_Ibarrier(native(comm), &barrier));
        }
    }
    return from;
}

/// Posts the receipt of all that comes from other ranks, in the order of ranks.
void post_receives(std::span<std::byte> incoming, const Lengths& from,
                   std::vector<MPI_Request>& requests, const Communicator& comm)
{
    std::byte* place = incoming.data();
    for (int rank = 0; rank < comm.size(); ++rank) {
        const std::int64_t bytes = from[static_cast<std::size_t>(rank)];
        for_each_piece(rank == comm.rank() ? 0 : bytes, comm.message_limit(),
                       [&](std::int64_t begin, int length) {
                           MPI_Request& request = requests.emplace_back(MPI_REQUEST_NULL);
                           check(MPI_Irecv(place + begin, length, MPI_BYTE, rank,
                                           static_cast<int>(Tag::exchange), native(comm),
                                           &request));
                       });
        place += bytes;
    }
}

/// Posts the dispatch of all that goes to other ranks.
void post_sends(std::span<const std::byte> outgoing, std::span<const std::int64_t> bytes_to_rank,
                std::vector<MPI_Request>& requests, const Communicator& comm)
{
    TrafficCount& count = comm.handle()->traffic.exchanges;
    const std::byte* place = outgoing.data();
    for (int rank = 0; rank < comm.size(); ++rank) {
        const std::int64_t bytes = bytes_to_rank[static_cast<std::size_t>(rank)];
        for_each_piece(rank == comm.rank() ? 0 : bytes, comm.message_limit(),
                       [&](std::int64_t begin, int length) {
                           ++count.messages;
                           count.bytes += length;
                           MPI_Request& request = requests.emplace_back(MPI_REQUEST_NULL);
                           check(MPI_Isend(place + begin, length, MPI_BYTE, rank,
                                           static_cast<int>(Tag::exchange), native(comm),
                                           &request));
                       });
        place += bytes;
    }
}

/// Copies what a rank sends to itself.
void keep_own(std::span<const std::byte> outgoing, std::span<const std::int64_t> bytes_to_rank,
              std::span<std::byte> incoming, const Lengths& from, int rank)
{
    const auto source =
        std::accumulate(bytes_to_rank.begin(), bytes_to_rank.begin() + rank, std::int64_t{0});
    const auto target = std::accumulate(from.begin(), from.begin() + rank, std::int64_t{0});
    std::copy_n(outgoing.begin() + source, from[static_cast<std::size_t>(rank)],
                incoming.begin() + target);
}

}  // namespace

std::vector<std::byte> exchange(std::span<const std::byte> outgoing,
                                std::span<const std::int64_t> bytes_to_rank,
                                const Communicator& comm)
{
    return exchange(outgoing, bytes_to_rank, Handshake::automatic, comm);
}

std::vector<std::byte> exchange(std::span<const std::byte> outgoing,
                                std::span<const std::int64_t> bytes_to_rank, Handshake handshake,
                                const Communicator& comm)
{
    expects(describes(bytes_to_rank, outgoing.size(), comm.size()),
            "the lengths of an exchange are one per rank and add up to what goes out");
    if (comm.is_serial()) {
        return {outgoing.begin(), outgoing.end()};
    }
    ++comm.handle()->traffic.exchanges.calls;
    const bool dense = handshake == Handshake::dense ||
                       (handshake == Handshake::automatic && comm.size() <= dense_handshake_ranks);
    const Lengths from =
        dense ? dense_handshake(bytes_to_rank, comm) : sparse_handshake(bytes_to_rank, comm);

    const auto total = std::accumulate(from.begin(), from.end(), std::int64_t{0});
    std::vector<std::byte> incoming(static_cast<std::size_t>(total));
    std::vector<MPI_Request> requests;
    post_receives(incoming, from, requests, comm);
    post_sends(outgoing, bytes_to_rank, requests, comm);
    keep_own(outgoing, bytes_to_rank, incoming, from, comm.rank());
    check(MPI_Waitall(static_cast<int>(requests.size()), requests.data(), MPI_STATUSES_IGNORE));
    return incoming;
}

}  // namespace latecomer::mpi
