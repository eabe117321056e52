#pragma once

#include "mpi/traffic.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace latecomer::mpi {

/// A group of processes that work on one run.
///
/// A default-constructed Communicator is serial: rank 0 of 1, no MPI call is made, so unit tests
/// and serial runs need no launcher.  Copies share the group and its traffic counters.
///
/// Every member function is collective unless it says otherwise: call it on all ranks or on none,
/// in the same order, and check inputs *before* the call, never between two of them.  Reductions
/// give every rank the same bits, however the values are spread over the ranks.  Only the main
/// thread calls (MPI_THREAD_FUNNELED).
class Communicator {
public:
    /// The MPI side of a communicator; complete only for those who include mpi/native.hpp.
    struct Handle;

    Communicator() = default;

    /// All processes of the program; owns a duplicate of the world.  Serial if no launcher has
    /// started it.  Collective.
    ///
    /// Needs a live Session, which must outlive it.
    static Communicator world();

    int rank() const;                             ///< not collective
    int size() const;                             ///< not collective
    bool is_root() const { return rank() == 0; }  ///< not collective
    bool is_serial() const { return !handle_; }   ///< no MPI behind it; not collective

    /// Waits until every rank has arrived.  Collective.
    void barrier() const;

    /// Whether the answer is yes on every rank.  Collective.
    bool all(bool mine) const;

    /// Whether the answer is yes on at least one rank.  Collective.
    bool any(bool mine) const;

    /// The text that the root has.  Collective.
    std::string broadcast(std::string from_root) const;

    /// Replaces the values by those of the root.  Same length on every rank.  Collective.
    template <class T, std::size_t Extent>
        requires(std::is_trivially_copyable_v<T> && !std::is_const_v<T>)
    void broadcast(std::span<T, Extent> values) const
    {
        broadcast_bytes(std::as_writable_bytes(values), 0);
    }

    /// Replaces each value by its sum over the ranks; integers, so exact in any order.
    /// Same length on every rank.  Collective.
    void sum(std::span<std::int64_t> values) const;

    /// The same modulo 2^64, as sums of hashes need it.  Collective.
    void sum(std::span<std::uint64_t> values) const;

    /// Replaces each value by the largest that a rank has.  Same length on every rank.  Collective.
    ///
    /// -0.0 counts as smaller than +0.0, and one NaN makes the result NaN, so that the bits of
    /// the result do not depend on the order in which ranks are compared.
    void max(std::span<double> values) const;
    void max(std::span<std::int64_t> values) const;

    /// Replaces each value by the smallest that a rank has; zeros and NaN as in max().  Collective.
    void min(std::span<double> values) const;
    void min(std::span<std::int64_t> values) const;

    /// Concatenation, in rank order, of every rank's values; the same on every rank.  Collective.
    ///
    /// Ranks may give different lengths, zero included.  One number a rank: `std::array{number}`.
    std::vector<double> gather_all(std::span<const double> mine) const;
    std::vector<std::int64_t> gather_all(std::span<const std::int64_t> mine) const;
    std::vector<std::byte> gather_all(std::span<const std::byte> mine) const;

    /// Each rank has one part of the values, in rank order, and gets those of the others.  `ends`: where the part of each
    /// rank ends, the same on every rank.  Ranks of one host copy from memory that all see, others send.  Collective.
    void share_parts(std::span<double> values, std::span<const std::int64_t> ends) const;

    /// Whether share_parts() of so many values, the same on every rank, is a copy: all ranks run on one host, which has
    /// room for them.  Collective.
    bool have_shared_memory(std::size_t values) const;

    /// Whether ranks of one host use shared memory; they do unless told otherwise, as tests do.  Every rank must choose
    /// the same.  Not collective.
    void use_shared_memory(bool use) const;

    /// One text per rank, in rank order; the same on every rank.  Collective.
    std::vector<std::string> gather_all(std::string_view mine) const;

    /// As gather_all, but the root alone receives; the others get nothing.  Collective.
    std::vector<double> gather_to_root(std::span<const double> mine) const;
    std::vector<std::int64_t> gather_to_root(std::span<const std::int64_t> mine) const;
    std::vector<std::byte> gather_to_root(std::span<const std::byte> mine) const;
    std::vector<std::string> gather_to_root(std::string_view mine) const;

    /// Agrees on an error: the message of the lowest rank that has one, else empty.  Collective.
    ///
    /// Every rank gets the same text, so that all can throw alike.
    std::string first_error(std::string mine) const;

    /// The group of the ranks that give the same colour, ordered by key, then rank.  Collective.
    ///
    /// The colour is not negative.  A serial communicator stays serial.
    Communicator split(int color, int key) const;

    /// The same group, its data cut into messages of at most so many elements (bytes in broadcasts
    /// and exchanges).  Not collective, but every rank must choose the same.
    ///
    /// MPI counts in 32 bits, so larger data always travel in pieces; tests use small limits.
    Communicator with_message_limit(std::int64_t elements) const;

    std::int64_t message_limit() const { return message_limit_; }  ///< not collective

    /// What this rank has sent so far; all zero if serial.  Not collective.
    const Traffic& traffic() const;

    /// Whether reductions, scans and shared parts measure how long this rank waits in them for others, which costs a
    /// barrier each.  Every rank must choose the same.  Not collective.
    void watch_waiting(bool watch) const;

    /// Seconds that this rank waited while that was watched; zero if serial.  Not collective.
    double waited() const;

    /// Null if serial.  For mpi/native.hpp.  Not collective.
    Handle* handle() const { return handle_.get(); }

private:
    explicit Communicator(std::shared_ptr<Handle> handle) : handle_{std::move(handle)} {}

    void broadcast_bytes(std::span<std::byte> bytes, int root) const;
    bool share_in_memory(std::span<double> values, std::int64_t begin, std::int64_t end) const;
    std::string broadcast_text(std::string text, int root) const;

    std::shared_ptr<Handle> handle_;  // null: serial
    std::int64_t message_limit_ = std::int64_t{1} << 30;
};

}  // namespace latecomer::mpi
