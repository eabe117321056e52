#include "mpi/communicator.hpp"

#include "core/errors.hpp"
#include "mpi/native.hpp"
#include "mpi/ordered_bits.hpp"
#include "mpi/pieces.hpp"
#include "mpi/session.hpp"
#include "mpi/shared_memory.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace latecomer::mpi {
namespace {

/// Combines values of all ranks, place by place.  Collective.
template <class T>
void reduce(std::span<T> values, MPI_Datatype type, MPI_Op operation, const Communicator& comm)
{
    if (comm.is_serial()) {
        return;
    }
    await_others(comm);
    TrafficCount& count = comm.handle()->traffic.reductions;
    ++count.calls;
    count.bytes += static_cast<std::int64_t>(values.size_bytes());
    const auto total = static_cast<std::int64_t>(values.size());
    for_each_piece(total, comm.message_limit(), [&](std::int64_t begin, int length) {
        ++count.messages;
        check(MPI_Allreduce(MPI_IN_PLACE, values.data() + begin, length, type, operation,
                            native(comm)));
    });
}

/// Compares doubles of all ranks by their ordered bits.  Collective.
void reduce_ordered(std::span<double> values, NanOrder nan, MPI_Op operation,
                    const Communicator& comm)
{
    if (comm.is_serial()) {  // only what every NaN comes back as
        for (double& value : values) {
            value = from_ordered_bits(ordered_bits(value, nan));
        }
        return;
    }
    std::vector<std::int64_t>& ordered = comm.handle()->ordered;
    ordered.resize(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        ordered[i] = ordered_bits(values[i], nan);
    }
    reduce(std::span{ordered}, MPI_INT64_T, operation, comm);
    for (std::size_t i = 0; i < values.size(); ++i) {
        values[i] = from_ordered_bits(ordered[i]);
    }
}

}  // namespace

Communicator Communicator::world()
{
    expects(is_live(), "a world of processes needs a live MPI session");
    if (!runs_mpi()) {
        return {};
    }
    MPI_Comm copy = MPI_COMM_NULL;
    check(MPI_Comm_dup(MPI_COMM_WORLD, &copy));
    return Communicator{std::make_shared<Handle>(copy)};
}

int Communicator::rank() const
{
    return handle_ ? handle_->rank : 0;
}

int Communicator::size() const
{
    return handle_ ? handle_->size : 1;
}

void Communicator::barrier() const
{
    if (handle_) {
        ++handle_->traffic.barriers.calls;
        check(MPI_Barrier(native(*this)));
    }
}

bool Communicator::all(bool mine) const
{
    std::array<std::int64_t, 1> answer{mine ? 1 : 0};
    min(answer);
    return answer[0] == 1;
}

bool Communicator::any(bool mine) const
{
    return !all(!mine);
}

std::string Communicator::broadcast(std::string from_root) const
{
    return broadcast_text(std::move(from_root), 0);
}

std::string Communicator::broadcast_text(std::string text, int root) const
{
    if (!handle_) {
        return text;
    }
    auto length = static_cast<std::int64_t>(text.size());
    check(MPI_Bcast(&length, 1, MPI_INT64_T, root, native(*this)));
    text.resize(static_cast<std::size_t>(length));
    broadcast_bytes(std::as_writable_bytes(std::span{text}), root);
    return text;
}

void Communicator::broadcast_bytes(std::span<std::byte> bytes, int root) const
{
    if (!handle_) {
        return;
    }
    const auto total = static_cast<std::int64_t>(bytes.size());
    TrafficCount& count = handle_->traffic.broadcasts;
    ++count.calls;
    count.bytes += rank() == root ? total : 0;
    for_each_piece(total, message_limit_, [&](std::int64_t begin, int length) {
        ++count.messages;
        check(MPI_Bcast(bytes.data() + begin, length, MPI_BYTE, root, native(*this)));
    });
}

void Communicator::share_parts(std::span<double> values, std::span<const std::int64_t> ends) const
{
    if (!handle_) {
        return;
    }
    expects(ends.size() == static_cast<std::size_t>(size()) &&
                ends.back() == static_cast<std::int64_t>(values.size()),
            "every rank has a part of the values, and every value belongs to one");
    if (values.empty()) {
        return;
    }
    await_others(*this);
    const auto begin_of = [&](int rank) {
        return rank == 0 ? 0 : ends[static_cast<std::size_t>(rank - 1)];
    };
    if (have_shared_memory(values.size()) &&
        share_in_memory(values, begin_of(rank()), ends[static_cast<std::size_t>(rank())])) {
        return;
    }
    if (ends.back() > message_limit_) {
        for (int root = 0; root < size(); ++root) {
            const std::int64_t begin = begin_of(root);
            const auto part = values.subspan(
                static_cast<std::size_t>(begin),
                static_cast<std::size_t>(ends[static_cast<std::size_t>(root)] - begin));
            broadcast_bytes(std::as_writable_bytes(part), root);
        }
        return;
    }
    std::vector<int>& lengths = handle_->lengths;
    std::vector<int>& begins = handle_->begins;
    lengths.clear();
    begins.clear();
    for (int of_rank = 0; of_rank < size(); ++of_rank) {
        begins.push_back(static_cast<int>(begin_of(of_rank)));
        lengths.push_back(
            static_cast<int>(ends[static_cast<std::size_t>(of_rank)] - begin_of(of_rank)));
    }
    TrafficCount& count = handle_->traffic.gathers;
    ++count.calls;
    ++count.messages;
    count.bytes +=
        static_cast<std::int64_t>(sizeof(double)) * lengths[static_cast<std::size_t>(rank())];
    check(MPI_Allgatherv(MPI_IN_PLACE, 0, MPI_DATATYPE_NULL, values.data(), lengths.data(),
                         begins.data(), MPI_DOUBLE, native(*this)));
}

bool Communicator::have_shared_memory(std::size_t values) const
{
    if (!handle_ || !handle_->uses_shared_memory) {
        return false;
    }
    if (!handle_->asked_for_memory) {
        handle_->shared_memory = SharedMemory::of(*this, values);
        handle_->asked_for_memory = true;
    }
    return handle_->shared_memory != nullptr;
}

void Communicator::use_shared_memory(bool use) const
{
    if (handle_) {
        handle_->uses_shared_memory = use;
    }
}

/// Puts values from `begin` to `end` where all ranks see them and takes the others from there; false if the system has no
/// memory for it.  Collective.
bool Communicator::share_in_memory(std::span<double> values, std::int64_t begin,
                                   std::int64_t end) const
{
    SharedMemory& memory = *handle_->shared_memory;
    const std::span<double> common = memory.next(values.size(), *this);
    if (common.size() != values.size()) {
        handle_->shared_memory.reset();  // it is not asked for again
        return false;
    }
    const auto first = static_cast<std::ptrdiff_t>(begin);
    const auto last = static_cast<std::ptrdiff_t>(end);
    std::copy(values.begin() + first, values.begin() + last, common.begin() + first);
    TrafficCount& count = handle_->traffic.gathers;
    ++count.calls;
    count.bytes += static_cast<std::int64_t>(sizeof(double)) * (end - begin);
    SharedMemory::meet(*this);
    std::copy(common.begin(), common.begin() + first, values.begin());
    std::copy(common.begin() + last, common.end(), values.begin() + last);
    return true;
}

void Communicator::sum(std::span<std::int64_t> values) const
{
    reduce(values, MPI_INT64_T, MPI_SUM, *this);
}

void Communicator::sum(std::span<std::uint64_t> values) const
{
    reduce(values, MPI_UINT64_T, MPI_SUM, *this);
}

void Communicator::max(std::span<double> values) const
{
    reduce_ordered(values, NanOrder::last, MPI_MAX, *this);
}

void Communicator::max(std::span<std::int64_t> values) const
{
    reduce(values, MPI_INT64_T, MPI_MAX, *this);
}

void Communicator::min(std::span<double> values) const
{
    reduce_ordered(values, NanOrder::first, MPI_MIN, *this);
}

void Communicator::min(std::span<std::int64_t> values) const
{
    reduce(values, MPI_INT64_T, MPI_MIN, *this);
}

std::string Communicator::first_error(std::string mine) const
{
    std::array<std::int64_t, 1> speaker{mine.empty() ? size() : rank()};
    min(speaker);
    if (speaker[0] == size()) {
        return {};
    }
    return broadcast_text(std::move(mine), static_cast<int>(speaker[0]));
}

Communicator Communicator::split(int color, int key) const
{
    expects(color >= 0, "the colour of a group is not negative");
    if (!handle_) {
        return *this;
    }
    MPI_Comm part = MPI_COMM_NULL;
    check(MPI_Comm_split(native(*this), color, key, &part));
    return Communicator{std::make_shared<Handle>(part)}.with_message_limit(message_limit_);
}

Communicator Communicator::with_message_limit(std::int64_t elements) const
{
    expects(0 < elements && elements <= (std::int64_t{1} << 30),
            "a message holds at least one element and at most 2^30");
    Communicator limited = *this;
    limited.message_limit_ = elements;
    return limited;
}

void Communicator::watch_waiting(bool watch) const
{
    if (handle_) {
        handle_->watches_waiting = watch;
    }
}

double Communicator::waited() const
{
    return handle_ ? handle_->waited : 0.0;
}

const Traffic& Communicator::traffic() const
{
    static constexpr Traffic none;
    return handle_ ? handle_->traffic : none;
}

}  // namespace latecomer::mpi
