#include "io/redistribution.hpp"

#include "core/errors.hpp"
#include "mpi/exchange.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <numeric>

namespace latecomer::io {
namespace {

/// Samples per rank on average: parts then differ by some percent.
constexpr std::int64_t samples_per_rank = 64;

/// Puts values, or the places of values, into ascending order of identity.
std::vector<std::size_t> sorted_places(std::span<const std::uint64_t> ids)
{
    std::vector<std::size_t> places(ids.size());
    std::iota(places.begin(), places.end(), std::size_t{0});
    std::ranges::sort(places, [&](std::size_t a, std::size_t b) { return ids[a] < ids[b]; });
    return places;
}

/// The smallest identity of every rank but the first, so that parts are about equal.  Collective.
std::vector<std::int64_t> bounds_of_ranks(std::span<const std::int64_t> sorted_ids,
                                          std::int64_t total, const mpi::Communicator& comm)
{
    const std::int64_t ranks = comm.size();
    const auto step =
        static_cast<std::size_t>(std::max<std::int64_t>(1, total / (ranks * samples_per_rank)));
    std::vector<std::int64_t> mine;
    for (std::size_t i = 0; i < sorted_ids.size(); i += step) {
        mine.push_back(sorted_ids[i]);
    }
    std::vector<std::int64_t> samples = comm.gather_all(std::span<const std::int64_t>{mine});
    std::ranges::sort(samples);

    std::vector<std::int64_t> bounds;
    const auto count = static_cast<std::int64_t>(samples.size());
    for (std::int64_t rank = 1; rank < ranks && count > 0; ++rank) {
        bounds.push_back(samples[static_cast<std::size_t>(rank * count / ranks)]);
    }
    return bounds;
}

/// How many of the sorted identities fall to each rank.
std::vector<std::int64_t> count_by_rank(std::span<const std::int64_t> sorted_ids,
                                        std::span<const std::int64_t> bounds, int ranks)
{
    std::vector<std::int64_t> counts(static_cast<std::size_t>(ranks), 0);
    auto begin = sorted_ids.begin();
    for (std::size_t rank = 0; rank < counts.size(); ++rank) {
        const auto end = rank < bounds.size()
                             ? std::lower_bound(begin, sorted_ids.end(), bounds[rank])
                             : sorted_ids.end();
        counts[rank] = end - begin;
        begin = end;
    }
    return counts;
}

template <class Number>
std::vector<Number> numbers_in(std::span<const std::byte> bytes)
{
    std::vector<Number> numbers(bytes.size() / sizeof(Number));
    if (!bytes.empty()) {
        std::memcpy(numbers.data(), bytes.data(), bytes.size());
    }
    return numbers;
}

}  // namespace

Redistribution::Redistribution(std::span<const std::uint64_t> ids, const mpi::Communicator& comm)
    : order_{sorted_places(ids)}
{
    std::vector<std::int64_t> sorted;
    for (const std::size_t place : order_) {
        sorted.push_back(static_cast<std::int64_t>(ids[place]));
    }
    expects(sorted.empty() || sorted.front() >= 0, "identities have less than 64 bits");
    std::array<std::int64_t, 1> total{static_cast<std::int64_t>(ids.size())};
    comm.sum(std::span{total});
    total_ = static_cast<std::uint64_t>(total[0]);

    const auto bounds = bounds_of_ranks(sorted, total[0], comm);
    sent_to_rank_ = count_by_rank(sorted, bounds, comm.size());
    const auto incoming = numbers_in<std::uint64_t>(
        send(std::as_bytes(std::span{sorted}), sizeof(std::uint64_t), comm));
    places_ = sorted_places(incoming);
    for (const std::size_t place : places_) {
        ids_.push_back(incoming[place]);
    }

    const std::array<std::int64_t, 1> mine{static_cast<std::int64_t>(ids_.size())};
    const auto counts = comm.gather_all(std::span<const std::int64_t>{mine});
    for (int rank = 0; rank < comm.rank(); ++rank) {
        first_ += static_cast<std::uint64_t>(counts[static_cast<std::size_t>(rank)]);
    }
    expects(comm.all(std::ranges::adjacent_find(ids_) == ids_.end()),
            "no two firms have the same identity");
}

std::vector<std::byte> Redistribution::send(std::span<const std::byte> values,
                                            std::size_t bytes_each,
                                            const mpi::Communicator& comm) const
{
    std::vector<std::int64_t> bytes_to_rank;
    for (const std::int64_t firms : sent_to_rank_) {
        bytes_to_rank.push_back(firms * static_cast<std::int64_t>(bytes_each));
    }
    return mpi::exchange(values, bytes_to_rank, comm);
}

std::vector<std::byte> Redistribution::apply(std::span<const std::byte> values,
                                             std::size_t bytes_each,
                                             const mpi::Communicator& comm) const
{
    expects(values.size() == order_.size() * bytes_each, "one value per firm");
    const std::vector<std::byte> incoming = send(values, bytes_each, comm);
    std::vector<std::byte> result(incoming.size());
    for (std::size_t i = 0; i < places_.size(); ++i) {
        std::memcpy(result.data() + i * bytes_each, incoming.data() + places_[i] * bytes_each,
                    bytes_each);
    }
    return result;
}

}  // namespace latecomer::io
