#include "agents/policy/levers.hpp"

#include "agents/policy/instruments.hpp"
#include "tests/support/catch.hpp"

#include <algorithm>
#include <set>

namespace latecomer::lever_rows_test {
namespace {

Levers levers_with_all_at(double intensity)
{
    const Parameters parameters;
    PolicyMix mix = no_policy(parameters.sectors.size());
    std::ranges::fill(mix.span(), intensity);
    return levers_of(mix, Positions(parameters), parameters);
}

TEST_CASE("without policy, and with requests of zero, every lever is neutral")
{
    const Levers neutral;
    const Levers idle = levers_with_all_at(0.0);
    for_each(Levers::table, [&](const auto& row) {
        INFO(row.key);
        CHECK(idle.*row.member == neutral.*row.member);
    });
}

TEST_CASE("every lever is moved when all instruments are used, but tariffs, which are none")
{
    const Levers neutral;
    const Levers moved = levers_with_all_at(0.5);
    for_each(Levers::table, [&](const auto& row) {
        INFO(row.key);
        CHECK((moved.*row.member != neutral.*row.member) == (row.key != "import_tariff"));
    });
}

TEST_CASE("every lever has a name of its own and says what it is")
{
    std::set<std::string_view> names;
    for_each(Levers::table, [&](const auto& row) {
        names.insert(row.key);
        CHECK(lever_name(row.member) == row.key);
        CHECK_FALSE(row.doc.empty());
    });
    CHECK(names.size() == std::tuple_size_v<decltype(Levers::table)>);
}

}  // namespace
}  // namespace latecomer::lever_rows_test
