#pragma once

#include "mpi/communicator.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace latecomer::io {

/// Brings values of firms, which lie on any rank in any order, into the order of identities: rank 0
/// gets those of the smallest identities, the next rank the following ones.
///
/// What each rank holds after that differs with the number of ranks; all together do not.
class Redistribution {
public:
    /// Agrees who gets what.  Identities are unique among all ranks.  Collective.
    Redistribution(std::span<const std::uint64_t> ids, const mpi::Communicator& comm);

    /// The order in which `apply` takes the values of this rank's firms: places in `ids`.
    std::span<const std::size_t> order() const { return order_; }

    /// The identities that this rank has after redistribution, ascending.
    std::span<const std::uint64_t> ids() const { return ids_; }
    std::uint64_t first() const { return first_; }  ///< firms on lower ranks
    std::uint64_t total() const { return total_; }  ///< firms on all ranks

    /// The values, each of so many bytes, that belong to `ids()`: in `room`, which is overwritten, or
    /// `values` itself if no firm changes rank.  Only values of firms that do are sent.  Collective.
    std::span<const std::byte> apply(std::span<const std::byte> values, std::size_t bytes_each,
                                     std::vector<std::byte>& room,
                                     const mpi::Communicator& comm) const;

private:
    /// A run of values that lie side by side in `ids()`, and in what is kept or what comes in.
    struct Piece {
        bool is_kept = true;
        std::size_t from = 0;
        std::size_t count = 0;
    };

    void merge(std::span<const std::uint64_t> kept, std::span<const std::uint64_t> incoming);
    std::vector<std::byte> send_leaving(std::span<const std::byte> values, std::size_t bytes_each,
                                        const mpi::Communicator& comm) const;

    std::vector<std::size_t> order_;
    std::vector<std::int64_t> sent_to_rank_;  // firms; none to this rank
    std::size_t kept_from_ = 0;               // first in `order_` that stays on this rank
    std::size_t kept_ = 0;
    bool all_stay_ = false;  // on every rank
    std::vector<Piece> pieces_;
    std::vector<std::uint64_t> ids_;
    std::uint64_t first_ = 0;
    std::uint64_t total_ = 0;
};

}  // namespace latecomer::io
