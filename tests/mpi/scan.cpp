#include "mpi/scan.hpp"

#include "tests/support/catch.hpp"

#include <array>

namespace latecomer::mpi::scan_test {
namespace {

TEST_CASE("a rank learns what lower ranks have of each value, in whatever pieces it comes", "[mpi]")
{
    const auto comm = Communicator::world();
    const std::int64_t rank = comm.rank();
    const std::array<std::int64_t, 3> mine{1, rank + 1, std::int64_t{1} << 40};
    const std::vector<std::int64_t> expected{rank, rank * (rank + 1) / 2, rank << 40};
    const auto at_once = sum_of_lower_ranks(mine, comm);
    const auto in_pieces = sum_of_lower_ranks(mine, comm.with_message_limit(2));
    const auto alone = sum_of_lower_ranks(mine, Communicator{});
    CHECK(at_once == expected);
    CHECK(in_pieces == expected);
    CHECK(alone == std::vector<std::int64_t>(3));
}

}  // namespace
}  // namespace latecomer::mpi::scan_test
