#include "tests/support/catch.hpp"
#include "tests/support/policies.hpp"

/// What each instrument amounts to, by the numbers of agents/MODEL.md, 7.15.
namespace latecomer::tests::levers_test {
namespace {

constexpr std::size_t collection = Positions::collection.at();
constexpr std::size_t storage = Positions::storage.at();
constexpr std::size_t processing = Positions::processing.at();
constexpr std::size_t analytics = Positions::analytics.at();
constexpr std::size_t first_application = Positions::before_applications;

Levers levers_with(const PolicyMix& mix)
{
    const Parameters parameters;
    return levers_of(mix, Positions(parameters), parameters);
}

/// The levers of one instrument at half intensity.
Levers half(std::string_view cell)
{
    return levers_with(request_of({{cell, 0.5}}));
}

/// Checks a lever by position: `value` at those named, `neutral` at all others.
void check(const ByPosition& lever, double neutral, const std::vector<std::size_t>& at,
           double value)
{
    for (std::size_t p = 0; p < first_application + 4; ++p) {
        INFO("position " << p);
        CHECK(lever[p] == Approx(std::ranges::count(at, p) > 0 ? value : neutral));
    }
}

const std::vector<std::size_t> applications{4, 5, 6, 7};

TEST_CASE("skills train at their own stage")
{
    for (const auto& [cell, stage] : {std::pair{"1K", 0u}, {"2K", 1u}, {"3K", 2u}, {"4K", 3u}}) {
        std::array<double, stages> expected{};
        expected[stage] = 0.5;
        CHECK(half(cell).training == expected);
    }
}

TEST_CASE("data are shared and opened for applications")
{
    check(half("1L").commons_gain, 0.0, applications, 0.5);
    check(half("1D").open_data, 0.0, applications, 0.5);
}

TEST_CASE(
    "data protection takes data from sellers, customers from lead firms and courage from entrants")
{
    const Levers levers = half("1X");
    CHECK(levers.domestic_capture == Approx(0.9));
    CHECK(levers.foreign_capture == Approx(0.75));
    CHECK(levers.compliance_cost == Approx(0.005));
    CHECK(levers.adoption == Approx(1.5));
    CHECK(levers_with(request_of({{"1X", 0.25}})).adoption == Approx(1.375));
    CHECK(levers_with(request_of({{"1X", 1.0}})).adoption == 1.0);
    check(levers.lead_wedge, 1.0, {collection}, 1.0 / 1.1);
    check(levers.entry, 1.0, {collection, 4, 5, 6, 7}, 0.75);
}

TEST_CASE("integration of infrastructure makes storage cheaper and supports those who sell it")
{
    const Levers levers = half("2L");
    CHECK(levers.storage_price == Approx(1.0 / 1.15));
    CHECK(levers.adoption == Approx(1.25));
    check(levers.search, 1.0, {storage}, 1.25);
    check(levers.entry, 1.0, {storage}, 2.0);
}

TEST_CASE("localisation keeps data and hinders offshore storage, imported cloud and processing")
{
    const Levers levers = half("2X");
    CHECK(levers.localised_share == 0.5);
    CHECK(levers.imported_cloud == Approx(0.8));
    check(levers.offshore_wedge, 1.0, {storage}, 1.0 / 1.2);
    check(levers.export_barrier, 1.0, {processing}, 1.15);
}

TEST_CASE("promotion makes domestic storage appealing")
{
    check(half("2D").domestic_appeal, 1.0, {storage}, 1.1);
}

TEST_CASE("laboratories support search and absorption at analytics")
{
    const Levers levers = half("3L");
    CHECK(levers.analytics_absorption == Approx(1.25));
    check(levers.search, 1.0, {processing, analytics}, 1.5);
}

TEST_CASE("standards widen absorption, ease exports and hinder lead firms")
{
    const Levers levers = half("3X");
    CHECK(levers.absorption_range == Approx(1.25));
    CHECK(levers.compliance_cost == Approx(0.005));
    check(levers.export_barrier, 1.0, {processing, analytics}, 0.85);
    check(levers.lead_wedge, 1.0, {analytics}, 1.0 / 1.05);
}

TEST_CASE("procurement reserves demand, for applications it spreads use as well")
{
    check(half("3D").procurement, 0.0, {analytics}, 0.01);
    check(half("4D").procurement, 0.0, applications, 0.01);
    CHECK(half("3D").adoption == 1.0);
    CHECK(half("4D").adoption == Approx(1.5));
}

TEST_CASE("support of applications raises search and entry there")
{
    check(half("4L").search, 1.0, applications, 1.5);
    check(half("4L").entry, 1.0, applications, 2.0);
}

TEST_CASE("licensing hinders lead firms without a partner in three ways")
{
    const Levers levers = half("4X");
    check(levers.no_venture_wedge, 1.0, applications, 1.0 / 1.075);
    check(levers.licence_fee, 0.0, applications, 0.01);
    check(levers.content_floor, 0.0, applications, 0.125);
}

TEST_CASE("what instruments add is added, and their factors multiply")
{
    const Levers levers = levers_with(
        request_of({{"1X", 0.5}, {"2L", 0.5}, {"2X", 0.5}, {"3X", 1.0}, {"4L", 0.5}, {"4D", 0.5}}));
    CHECK(levers.compliance_cost == Approx(0.015));
    CHECK(levers.adoption == Approx(2.25));
    CHECK(levers.export_barrier[processing] == Approx(1.15 * 0.7));
    CHECK(levers.entry[first_application] == Approx(1.5));  // .75 x 2
}

TEST_CASE("a sectoral instrument acts in its sector, and on the country by the sector's demand")
{
    PolicyMix mix = request_of({});
    mix(instrument_named("4D"), SectorId{3}) = 1.0;  // .1 of demand
    const Levers levers = levers_with(mix);
    check(levers.procurement, 0.0, {7}, 0.02);
    CHECK(levers.adoption == Approx(1.1));
}

TEST_CASE("the mean over sectors is weighted by demand, whatever demand sums to")
{
    std::vector<Sector> sectors(2);
    sectors[0].demand_share = 0.2;
    sectors[1].demand_share = 0.3;
    PolicyMix mix = no_policy(2);
    mix(InstrumentId{3}, SectorId{0}) = 1.0;
    CHECK(mean_intensity(mix, InstrumentId{3}, sectors) == Approx(0.4));
}

}  // namespace
}  // namespace latecomer::tests::levers_test
