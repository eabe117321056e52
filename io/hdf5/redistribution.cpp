#include "io/hdf5/redistribution.hpp"

#include "core/errors.hpp"
#include "mpi/exchange.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <functional>
#include <numeric>
#include <utility>

namespace latecomer::io {
namespace {

/// Samples per rank on average: parts then differ by some percent.
constexpr std::int64_t samples_per_rank = 64;

struct Placed {
    std::uint64_t id;
    std::size_t place;
};

/// Identities with their places, in ascending order of identity.
std::vector<Placed> sorted_by_id(std::span<const std::uint64_t> ids)
{
    std::vector<Placed> sorted(ids.size());
    for (std::size_t place = 0; place < ids.size(); ++place) {
        sorted[place] = {ids[place], place};
    }
    std::ranges::sort(sorted, std::less{}, &Placed::id);
    return sorted;
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
{
    std::vector<std::int64_t> sorted;
    sorted.reserve(ids.size());
    order_.reserve(ids.size());
    for (const Placed& firm : sorted_by_id(ids)) {
        sorted.push_back(static_cast<std::int64_t>(firm.id));
        order_.push_back(firm.place);
    }
    expects(sorted.empty() || sorted.front() >= 0, "identities have less than 64 bits");
    std::array<std::int64_t, 1> total{static_cast<std::int64_t>(ids.size())};
    comm.sum(std::span{total});
    total_ = static_cast<std::uint64_t>(total[0]);

    const auto rank = static_cast<std::size_t>(comm.rank());
    sent_to_rank_ = count_by_rank(sorted, bounds_of_ranks(sorted, total[0], comm), comm.size());
    kept_from_ = static_cast<std::size_t>(std::accumulate(
        sent_to_rank_.begin(), sent_to_rank_.begin() + comm.rank(), std::int64_t{0}));
    kept_ = static_cast<std::size_t>(std::exchange(sent_to_rank_[rank], 0));
    all_stay_ = comm.all(kept_ == ids.size());

    const auto values = std::as_bytes(std::span{sorted});
    const auto kept =
        values.subspan(kept_from_ * sizeof(std::uint64_t), kept_ * sizeof(std::uint64_t));
    merge(numbers_in<std::uint64_t>(kept),
          numbers_in<std::uint64_t>(send_leaving(values, sizeof(std::uint64_t), comm)));

    const std::array<std::int64_t, 1> mine{static_cast<std::int64_t>(ids_.size())};
    const auto counts = comm.gather_all(std::span<const std::int64_t>{mine});
    for (std::size_t lower = 0; lower < rank; ++lower) {
        first_ += static_cast<std::uint64_t>(counts[lower]);
    }
    expects(comm.all(std::ranges::adjacent_find(ids_) == ids_.end()),
            "no two firms have the same identity");
}

/// Finds the order of what this rank keeps, which is ascending, and of what comes in, which is not.
void Redistribution::merge(std::span<const std::uint64_t> kept,
                           std::span<const std::uint64_t> incoming)
{
    ids_.reserve(kept.size() + incoming.size());
    std::size_t done = 0;
    const auto keep_until = [&](std::size_t end) {
        if (end > done) {
            pieces_.push_back({true, done, end - done});
            ids_.insert(ids_.end(), kept.begin() + static_cast<std::ptrdiff_t>(done),
                        kept.begin() + static_cast<std::ptrdiff_t>(end));
            done = end;
        }
    };
    for (const Placed& arrival : sorted_by_id(incoming)) {
        const auto next = std::lower_bound(kept.begin() + static_cast<std::ptrdiff_t>(done),
                                           kept.end(), arrival.id);
        keep_until(static_cast<std::size_t>(next - kept.begin()));
        pieces_.push_back({false, arrival.place, 1});
        ids_.push_back(arrival.id);
    }
    keep_until(kept.size());
}

std::vector<std::byte> Redistribution::send_leaving(std::span<const std::byte> values,
                                                    std::size_t bytes_each,
                                                    const mpi::Communicator& comm) const
{
    std::vector<std::int64_t> bytes_to_rank;
    for (const std::int64_t firms : sent_to_rank_) {
        bytes_to_rank.push_back(firms * static_cast<std::int64_t>(bytes_each));
    }
    const auto before = values.first(kept_from_ * bytes_each);
    const auto behind = values.subspan((kept_from_ + kept_) * bytes_each);
    std::vector<std::byte> leaving{before.begin(), before.end()};
    leaving.insert(leaving.end(), behind.begin(), behind.end());
    return mpi::exchange(leaving, bytes_to_rank, comm);
}

std::span<const std::byte> Redistribution::apply(std::span<const std::byte> values,
                                                 std::size_t bytes_each,
                                                 std::vector<std::byte>& room,
                                                 const mpi::Communicator& comm) const
{
    expects(values.size() == order_.size() * bytes_each, "one value per firm");
    if (all_stay_) {
        return values;
    }
    const std::vector<std::byte> incoming = send_leaving(values, bytes_each, comm);
    const std::byte* kept = values.data() + kept_from_ * bytes_each;
    room.resize(ids_.size() * bytes_each);
    std::byte* to = room.data();
    for (const Piece& piece : pieces_) {
        const std::byte* from = piece.is_kept ? kept : incoming.data();
        to = std::copy_n(from + piece.from * bytes_each, piece.count * bytes_each, to);
    }
    return room;
}

}  // namespace latecomer::io
