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

    /// The values, each of so many bytes, that belong to `ids()`.  Collective.
    std::vector<std::byte> apply(std::span<const std::byte> values, std::size_t bytes_each,
                                 const mpi::Communicator& comm) const;

private:
    std::vector<std::byte> send(std::span<const std::byte> values, std::size_t bytes_each,
                                const mpi::Communicator& comm) const;

    std::vector<std::size_t> order_;
    std::vector<std::int64_t> sent_to_rank_;  // firms
    std::vector<std::size_t> places_;         // of each firm of ids_ among what comes in
    std::vector<std::uint64_t> ids_;
    std::uint64_t first_ = 0;
    std::uint64_t total_ = 0;
};

}  // namespace latecomer::io
