#include "mpi/session.hpp"

#include "tests/support/catch.hpp"

#include <string>

namespace latecomer::mpi::session_test {
namespace {

TEST_CASE("without a session MPI is not live")
{
    CHECK_FALSE(is_live());
}

TEST_CASE("the version of the MPI library is one line and needs no session")
{
    const std::string version = library_version();
    CHECK(version.find("(MPI ") != std::string::npos);
    CHECK(version.find('\n') == std::string::npos);
    CHECK(version.find('\0') == std::string::npos);
}

}  // namespace
}  // namespace latecomer::mpi::session_test
