#include "mpi/communicator.hpp"
#include "mpi/native.hpp"
#include "mpi/pieces.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace latecomer::mpi {
namespace {

/// Who receives.
enum class To { all, root };

/// Every rank's values one after another, and where each rank's begin; at the end, how many.
template <class T>
struct Gathered {
    std::vector<T> values;
    std::vector<std::int64_t> begins;
};

/// Where each rank's values begin, and at the end how many there are.  Collective.
std::vector<std::int64_t> begins_of(std::int64_t mine, const Communicator& comm)
{
    std::vector<std::int64_t> begins(static_cast<std::size_t>(comm.size()) + 1, 0);
    check(MPI_Allgather(&mine, 1, MPI_INT64_T, begins.data() + 1, 1, MPI_INT64_T, native(comm)));
    for (std::size_t i = 1; i < begins.size(); ++i) {
        begins[i] += begins[i - 1];
    }
    return begins;
}

/// Gathers with one call of MPI what can be counted in an int.  Collective.
template <class T>
void gather_at_once(std::span<const T> mine, Gathered<T>& all, MPI_Datatype type, To to,
                    const Communicator& comm)
{
    ++comm.handle()->traffic.gathers.messages;
    std::vector<int> places;
    std::vector<int> lengths;
    for (std::size_t i = 0; i + 1 < all.begins.size(); ++i) {
        places.push_back(static_cast<int>(all.begins[i]));
        lengths.push_back(static_cast<int>(all.begins[i + 1] - all.begins[i]));
    }
    const int length = static_cast<int>(mine.size());
    if (to == To::all) {
        check(MPI_Allgatherv(mine.data(), length, type, all.values.data(), lengths.data(),
                             places.data(), type, native(comm)));
    } else {
        check(MPI_Gatherv(mine.data(), length, type, all.values.data(), lengths.data(),
                          places.data(), type, 0, native(comm)));
    }
}

/// Gathers piece by piece: each rank in turn speaks, to all or to the root.  Collective.
template <class T>
void gather_in_turn(std::span<const T> mine, Gathered<T>& all, MPI_Datatype type, To to,
                    const Communicator& comm)
{
    const int tag = static_cast<int>(Tag::gather);
    const bool receives = to == To::all || comm.is_root();
    for (int speaker = 0; speaker < comm.size(); ++speaker) {
        const auto place = static_cast<std::size_t>(speaker);
        const std::int64_t length = all.begins[place + 1] - all.begins[place];
        T* const target = receives ? all.values.data() + all.begins[place] : nullptr;
        if (comm.rank() == speaker && receives) {
            std::copy(mine.begin(), mine.end(), target);
        }
        for_each_piece(length, comm.message_limit(), [&](std::int64_t begin, int count) {
            comm.handle()->traffic.gathers.messages += comm.rank() == speaker ? 1 : 0;
            if (to == To::all) {
                check(MPI_Bcast(target + begin, count, type, speaker, native(comm)));
            } else if (comm.is_root() && speaker != 0) {
                check(MPI_Recv(target + begin, count, type, speaker, tag, native(comm),
                               MPI_STATUS_IGNORE));
            } else if (comm.rank() == speaker && speaker != 0) {
                check(MPI_Send(mine.data() + begin, count, type, 0, tag, native(comm)));
            }
        });
    }
}

/// Gathers values of any length.  Collective.
template <class T>
Gathered<T> gathered(std::span<const T> mine, MPI_Datatype type, To to, const Communicator& comm)
{
    const auto length = static_cast<std::int64_t>(mine.size());
    TrafficCount& count = comm.handle()->traffic.gathers;
    ++count.calls;
    count.bytes += static_cast<std::int64_t>(mine.size_bytes());

    Gathered<T> all;
    all.begins = begins_of(length, comm);
    if (to == To::all || comm.is_root()) {
        all.values.resize(static_cast<std::size_t>(all.begins.back()));
    }
    if (all.begins.back() <= comm.message_limit()) {
        gather_at_once(mine, all, type, to, comm);
    } else {
        gather_in_turn(mine, all, type, to, comm);
    }
    return all;
}

/// Gathers values; a serial communicator gets its own back.  Collective.
template <class T>
std::vector<T> values_of(std::span<const T> mine, MPI_Datatype type, To to,
                         const Communicator& comm)
{
    if (comm.is_serial()) {
        return {mine.begin(), mine.end()};
    }
    return gathered(mine, type, to, comm).values;
}

/// Gathers one text of each rank.  Collective.
std::vector<std::string> texts_of(std::string_view mine, To to, const Communicator& comm)
{
    if (comm.is_serial()) {
        return {std::string{mine}};
    }
    const std::span<const char> letters{mine.data(), mine.size()};
    const Gathered<char> all = gathered(letters, MPI_CHAR, to, comm);
    std::vector<std::string> texts;
    for (std::size_t i = 0; i + 1 < all.begins.size() && (to == To::all || comm.is_root()); ++i) {
        texts.emplace_back(all.values.begin() + all.begins[i],
                           all.values.begin() + all.begins[i + 1]);
    }
    return texts;
}

}  // namespace

std::vector<double> Communicator::gather_all(std::span<const double> mine) const
{
    return values_of(mine, MPI_DOUBLE, To::all, *this);
}

std::vector<std::int64_t> Communicator::gather_all(std::span<const std::int64_t> mine) const
{
    return values_of(mine, MPI_INT64_T, To::all, *this);
}

std::vector<std::byte> Communicator::gather_all(std::span<const std::byte> mine) const
{
    return values_of(mine, MPI_BYTE, To::all, *this);
}

std::vector<std::string> Communicator::gather_all(std::string_view mine) const
{
    return texts_of(mine, To::all, *this);
}

std::vector<double> Communicator::gather_to_root(std::span<const double> mine) const
{
    return values_of(mine, MPI_DOUBLE, To::root, *this);
}

std::vector<std::int64_t> Communicator::gather_to_root(std::span<const std::int64_t> mine) const
{
    return values_of(mine, MPI_INT64_T, To::root, *this);
}

std::vector<std::byte> Communicator::gather_to_root(std::span<const std::byte> mine) const
{
    return values_of(mine, MPI_BYTE, To::root, *this);
}

std::vector<std::string> Communicator::gather_to_root(std::string_view mine) const
{
    return texts_of(mine, To::root, *this);
}

}  // namespace latecomer::mpi
