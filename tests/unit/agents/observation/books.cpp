#include "agents/observation/books.hpp"

#include "core/errors.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/worlds.hpp"

#include <limits>
#include <string>

namespace latecomer::tests::books_test {
namespace {

/// What is said of a world whose books are off by so much in one identity; empty: nothing.
std::string complaint(double Residuals::*identity, double residual)
{
    World world = make_world(round_scenario(1, 1, 1, 10));
    world.quarter = 7;
    world.results.residuals.*identity = residual;
    try {
        expects_identities(world);
    } catch (const InternalError& error) {
        return error.what();
    }
    return {};
}

}  // namespace

TEST_CASE("books that do not add up are named by quarter and identity")
{
    CHECK(complaint(&Residuals::money, 2e-9).starts_with("quarter 7: the identity of money (A6)"));
    CHECK(
        complaint(&Residuals::shares, -1.0).starts_with("quarter 7: the identity of shares (A1)"));
    CHECK(complaint(&Residuals::firms, 1.0).starts_with("quarter 7: the identity of firms (A8)"));
    CHECK(complaint(&Residuals::data, std::numeric_limits<double>::quiet_NaN())
              .starts_with("quarter 7: the identity of data (A7)"));
}

TEST_CASE("rounding errors in the books are none")
{
    CHECK(complaint(&Residuals::money, 0.9e-9).empty());
    CHECK(complaint(&Residuals::trade, -0.9e-9).empty());
}

}  // namespace latecomer::tests::books_test
