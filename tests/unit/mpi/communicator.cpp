#include "mpi/communicator.hpp"

#include "core/errors.hpp"
#include "mpi/session.hpp"
#include "tests/support/catch.hpp"

#include <array>
#include <bit>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

namespace latecomer::mpi::communicator_test {
namespace {

TEST_CASE("a default communicator is rank 0 of 1 and needs no session")
{
    const Communicator comm;
    comm.barrier();
    CHECK_FALSE(is_live());
    CHECK(comm.is_serial());
    CHECK(comm.is_root());
    CHECK(comm.rank() == 0);
    CHECK(comm.size() == 1);
}

TEST_CASE("a world without a session is an error of ours")
{
    CHECK_THROWS_AS(Communicator::world(), InternalError);
}

TEST_CASE("a serial communicator agrees with itself")
{
    const Communicator comm;
    CHECK(comm.all(true));
    CHECK_FALSE(comm.all(false));
    CHECK(comm.any(true));
    CHECK_FALSE(comm.any(false));
    CHECK(comm.broadcast("text") == "text");
    CHECK(comm.first_error("") == "");
    CHECK(comm.first_error("bad") == "bad");
}

TEST_CASE("a serial reduction leaves numbers as they are")
{
    const Communicator comm;
    std::array<std::int64_t, 2> whole{-3, 4};
    std::array<std::uint64_t, 1> hash{0xffff'ffff'ffff'ffffU};
    std::array<double, 2> real{-0.0, 2.5};
    comm.sum(whole);
    comm.max(whole);
    comm.min(whole);
    comm.sum(hash);
    comm.max(real);
    comm.min(real);
    comm.broadcast(std::span{real});
    CHECK(whole == std::array<std::int64_t, 2>{-3, 4});
    CHECK(hash[0] == 0xffff'ffff'ffff'ffffU);
    CHECK(std::bit_cast<std::uint64_t>(real[0]) == 0x8000'0000'0000'0000U);
    CHECK(real[1] == 2.5);
}

TEST_CASE("a serial extreme turns every NaN into the usual one, as many ranks do")
{
    const Communicator comm;
    std::array<double, 1> largest{-std::numeric_limits<double>::quiet_NaN()};
    std::array<double, 1> smallest = largest;
    comm.max(largest);
    comm.min(smallest);
    const auto usual = std::bit_cast<std::uint64_t>(std::numeric_limits<double>::quiet_NaN());
    CHECK(std::bit_cast<std::uint64_t>(largest[0]) == usual);
    CHECK(std::bit_cast<std::uint64_t>(smallest[0]) == usual);
}

TEST_CASE("a serial gather gives back its own values")
{
    const Communicator comm;
    const std::vector<double> reals{1.5, -2.0};
    const std::vector<std::int64_t> wholes{7};
    CHECK(comm.gather_all(reals) == reals);
    CHECK(comm.gather_to_root(wholes) == wholes);
    CHECK(comm.gather_all("abc") == std::vector<std::string>{"abc"});
    CHECK(comm.gather_to_root("") == std::vector<std::string>{""});
}

TEST_CASE("a part of a serial communicator is serial")
{
    CHECK(Communicator{}.split(3, 1).is_serial());
    CHECK_THROWS_AS(Communicator{}.split(-1, 0), InternalError);
}

TEST_CASE("a serial communicator sends nothing")
{
    const Communicator comm;
    std::array<std::int64_t, 1> number{1};
    comm.barrier();
    comm.sum(number);
    CHECK(comm.gather_all(number).size() == 1);
    CHECK(comm.traffic() == Traffic{});
}

TEST_CASE("a message limit lies between one element and what an int can count")
{
    const Communicator comm;
    CHECK(comm.with_message_limit(5).message_limit() == 5);
    CHECK_THROWS_AS(comm.with_message_limit(0), InternalError);
    CHECK_THROWS_AS(comm.with_message_limit(std::int64_t{1} << 31), InternalError);
}

}  // namespace
}  // namespace latecomer::mpi::communicator_test
