#include "mpi/scan.hpp"

#include "mpi/native.hpp"
#include "mpi/pieces.hpp"

namespace latecomer::mpi {

std::vector<std::int64_t> sum_of_lower_ranks(std::span<const std::int64_t> mine,
                                             const Communicator& comm)
{
    std::vector<std::int64_t> lower(mine.size());
    if (comm.is_serial()) {
        return lower;
    }
    await_others(comm);
    TrafficCount& count = comm.handle()->traffic.reductions;
    ++count.calls;
    count.bytes += static_cast<std::int64_t>(mine.size_bytes());
    const auto total = static_cast<std::int64_t>(mine.size());
    for_each_piece(total, comm.message_limit(), [&](std::int64_t begin, int length) {
        ++count.messages;
        check(MPI_Exscan(mine.data() + begin, lower.data() + begin, length, MPI_INT64_T, MPI_SUM,
                         native(comm)));
    });
    return lower;  // the first rank's are not written
}

}  // namespace latecomer::mpi
