#include "mpi/pieces.hpp"

#include "tests/support/catch.hpp"

#include <cstdint>
#include <utility>
#include <vector>

namespace latecomer::mpi::pieces_test {
namespace {

using Pieces = std::vector<std::pair<std::int64_t, int>>;

Pieces pieces_of(std::int64_t total, std::int64_t limit)
{
    Pieces pieces;
    for_each_piece(total, limit,
                   [&](std::int64_t begin, int count) { pieces.emplace_back(begin, count); });
    return pieces;
}

TEST_CASE("nothing is cut into no piece")
{
    CHECK(pieces_of(0, 4).empty());
}

TEST_CASE("what is not longer than the limit stays in one piece")
{
    CHECK(pieces_of(3, 4) == Pieces{{0, 3}});
    CHECK(pieces_of(4, 4) == Pieces{{0, 4}});
}

TEST_CASE("the last piece is what is left")
{
    CHECK(pieces_of(9, 4) == Pieces{{0, 4}, {4, 4}, {8, 1}});
}

TEST_CASE("more than 2^31 elements are cut into pieces that an int can count")
{
    const std::int64_t limit = std::int64_t{1} << 30;
    CHECK(pieces_of(5'000'000'000, limit) == Pieces{{0, 1073741824},
                                                    {1073741824, 1073741824},
                                                    {2147483648, 1073741824},
                                                    {3221225472, 1073741824},
                                                    {4294967296, 705032704}});
}

}  // namespace
}  // namespace latecomer::mpi::pieces_test
