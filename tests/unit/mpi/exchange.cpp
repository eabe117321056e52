#include "mpi/exchange.hpp"

#include "core/errors.hpp"
#include "tests/support/catch.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace latecomer::mpi::exchange_test {
namespace {

const std::vector<std::byte> three_bytes{std::byte{1}, std::byte{2}, std::byte{3}};

TEST_CASE("a serial exchange returns what goes out")
{
    const std::vector<std::int64_t> lengths{3};
    CHECK(exchange(three_bytes, lengths, Communicator{}) == three_bytes);
    CHECK(exchange(three_bytes, lengths, Handshake::sparse, Communicator{}) == three_bytes);
}

TEST_CASE("an exchange wants one length per rank that add up to what goes out")
{
    using Lengths = std::vector<std::int64_t>;
    const Communicator comm;
    CHECK_THROWS_AS(exchange(three_bytes, Lengths{2}, comm), InternalError);
    CHECK_THROWS_AS(exchange(three_bytes, Lengths{3, 0}, comm), InternalError);
    CHECK_THROWS_AS(exchange(three_bytes, Lengths{}, comm), InternalError);
    CHECK_THROWS_AS(exchange({}, Lengths{-1}, comm), InternalError);
}

}  // namespace
}  // namespace latecomer::mpi::exchange_test
