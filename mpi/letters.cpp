#include "mpi/letters.hpp"

#include "mpi/native.hpp"

#include <chrono>
#include <thread>

namespace latecomer::mpi {
namespace {

constexpr int tag = static_cast<int>(Tag::letter);

}  // namespace

void send_letter(const Communicator& comm, int to, std::span<const std::int64_t> words)
{
    check(
        MPI_Send(words.data(), static_cast<int>(words.size()), MPI_INT64_T, to, tag, native(comm)));
}

std::optional<Letter> arrived_letter(const Communicator& comm)
{
    int arrived = 0;
    MPI_Status status;
    check(MPI_Iprobe(MPI_ANY_SOURCE, tag, native(comm), &arrived, &status));
    if (arrived == 0) {
        return std::nullopt;
    }
    int count = 0;
    check(MPI_Get_count(&status, MPI_INT64_T, &count));
    Letter letter{status.MPI_SOURCE, std::vector<std::int64_t>(static_cast<std::size_t>(count))};
    check(MPI_Recv(letter.words.data(), count, MPI_INT64_T, status.MPI_SOURCE, tag, native(comm),
                   MPI_STATUS_IGNORE));
    return letter;
}

Letter wait_for_letter(const Communicator& comm)
{
    constexpr std::chrono::microseconds pause{200};
    constexpr int patience =
        1000;  // an answer is usually on its way: others may have the core, but nobody sleeps
    for (int looks = 0;; ++looks) {
        if (auto letter = arrived_letter(comm)) {
            return std::move(*letter);
        }
        if (looks < patience) {
            std::this_thread::yield();
        } else {
            std::this_thread::sleep_for(pause);
        }
    }
}

}  // namespace latecomer::mpi
