/// Which way each instrument moves each of its levers, written down from agents/policy/README.md
/// and not from the table of instruments: a flipped sign anywhere shows here.

#include "agents/firms/learning.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/policies.hpp"

#include <functional>

namespace latecomer::tests::policy_directions_test {
namespace {

enum class Direction { up, down };
using enum Direction;

struct Expected {
    std::string_view cell;
    std::string_view what;
    Direction direction;
    std::function<double(const Levers&)> lever;
};

constexpr std::size_t collection = Positions::collection.at();
constexpr std::size_t storage = Positions::storage.at();
constexpr std::size_t processing = Positions::processing.at();
constexpr std::size_t analytics = Positions::analytics.at();
const std::size_t application = Positions::application(SectorId{1}).at();

const std::vector<Expected>& directions()
{
    static const std::vector<Expected> all{
        {"1K", "training", up, [](const Levers& l) { return l.training[0]; }},
        {"2K", "training", up, [](const Levers& l) { return l.training[1]; }},
        {"3K", "training", up, [](const Levers& l) { return l.training[2]; }},
        {"4K", "training", up, [](const Levers& l) { return l.training[3]; }},
        {"1L", "sharing", up, [](const Levers& l) { return l.commons_gain[application]; }},
        {"1X", "kept data", down, [](const Levers& l) { return l.domestic_capture; }},
        {"1X", "captured data", down, [](const Levers& l) { return l.foreign_capture; }},
        {"1X", "foreign collection", down,
         [](const Levers& l) { return l.lead_wedge[collection]; }},
        {"1X", "trust", up, [](const Levers& l) { return l.adoption; }},
        {"1X", "entry, COL", down, [](const Levers& l) { return l.entry[collection]; }},
        {"1X", "entry, APP", down, [](const Levers& l) { return l.entry[application]; }},
        {"1X", "compliance", up, [](const Levers& l) { return l.compliance_cost; }},
        {"1D", "open data", up, [](const Levers& l) { return l.open_data[application]; }},
        {"2L", "storage price", down, [](const Levers& l) { return l.storage_price; }},
        {"2L", "search", up, [](const Levers& l) { return l.search[storage]; }},
        {"2L", "entry", up, [](const Levers& l) { return l.entry[storage]; }},
        {"2L", "adoption", up, [](const Levers& l) { return l.adoption; }},
        {"2X", "localised data", up, [](const Levers& l) { return l.localised_share; }},
        {"2X", "offshore storage", down, [](const Levers& l) { return l.offshore_wedge[storage]; }},
        {"2X", "imported cloud", down, [](const Levers& l) { return l.imported_cloud; }},
        {"2X", "barrier", up, [](const Levers& l) { return l.export_barrier[processing]; }},
        {"2X", "cost of keeping data", up,
         [](const Levers& l) { return l.localisation_cost[application]; }},
        {"2D", "home storage", up, [](const Levers& l) { return l.domestic_appeal[storage]; }},
        {"3L", "search, PRL", up, [](const Levers& l) { return l.search[processing]; }},
        {"3L", "search, ANA", up, [](const Levers& l) { return l.search[analytics]; }},
        {"3L", "absorption", up, [](const Levers& l) { return l.analytics_absorption; }},
        {"3X", "range", up, [](const Levers& l) { return l.absorption_range; }},
        {"3X", "foreign analytics", down, [](const Levers& l) { return l.lead_wedge[analytics]; }},
        {"3X", "barrier, PRL", down, [](const Levers& l) { return l.export_barrier[processing]; }},
        {"3X", "barrier, ANA", down, [](const Levers& l) { return l.export_barrier[analytics]; }},
        {"3X", "compliance", up, [](const Levers& l) { return l.compliance_cost; }},
        {"3D", "procurement", up, [](const Levers& l) { return l.procurement[analytics]; }},
        {"4L", "search", up, [](const Levers& l) { return l.search[application]; }},
        {"4L", "entry", up, [](const Levers& l) { return l.entry[application]; }},
        {"4X", "no venture", down, [](const Levers& l) { return l.no_venture_wedge[application]; }},
        {"4X", "fee", up, [](const Levers& l) { return l.licence_fee[application]; }},
        {"4X", "floor", up, [](const Levers& l) { return l.content_floor[application]; }},
        {"4D", "procurement", up, [](const Levers& l) { return l.procurement[application]; }},
        {"4D", "adoption", up, [](const Levers& l) { return l.adoption; }},
    };
    return all;
}

Levers levers_at(std::string_view cell, double intensity)
{
    const Parameters parameters;
    PolicyMix mix = no_policy(parameters.sectors.size());
    std::ranges::fill(mix.row(instrument_named(cell)), intensity);
    return levers_of(mix, Positions(parameters), parameters);
}

TEST_CASE("every instrument moves each of its levers the way it is meant to")
{
    for (const Expected& expected : directions()) {
        INFO(expected.cell << ' ' << expected.what);
        const double low = expected.lever(levers_at(expected.cell, 0.1));
        const double high = expected.lever(levers_at(expected.cell, 0.4));
        if (expected.direction == up) {
            CHECK(high > low);
        } else {
            CHECK(high < low);
        }
    }
}

TEST_CASE("no effect of an instrument is missing from the list of directions")
{
    for (const InstrumentId id : instrument_indices()) {
        const auto listed = std::ranges::count(directions(), instrument(id).cell, &Expected::cell);
        CHECK(static_cast<std::size_t>(listed) == instrument(id).effects.size());
    }
}

TEST_CASE("trust is highest at half intensity of data protection and gone at full intensity")
{
    CHECK(levers_at("1X", 0.5).adoption > levers_at("1X", 0.8).adoption);
    CHECK(levers_at("1X", 1.0).adoption == 1.0);
    CHECK(levers_at("1X", 0.0).adoption == 1.0);
}

constexpr CountryId first{0};

std::size_t newborn(const World& world, PositionId p)
{
    std::size_t firms = 0;
    for (const auto& [id, member] : members(world)) {
        firms += world.position_of(member.pool) == p && identity::birth(id) == 11 ? 1u : 0u;
    }
    return firms;
}

TEST_CASE("one quarter of more support brings adoption, entrants and domestic storage")
{
    const World world = lived_in_world(GENERATE(1, 2));
    for (const std::string_view cell : {"2L", "4D"}) {
        CHECK(with_intensity(world, cell, 0.9).countries.adoption[first] >
              with_intensity(world, cell, 0.1).countries.adoption[first]);
    }
    const auto domestic = [&](double intensity) {
        const World after = with_intensity(world, "2D", intensity);
        return after.markets.sales(first, Positions::storage)[after.markets.supplier(first)] /
               after.markets.spending(first, Positions::storage);
    };
    CHECK(domestic(0.9) > domestic(0.1));
    std::size_t more = 0;
    for (const SectorId j : Range<SectorId>(world.positions.sectors())) {
        const PositionId p = Positions::application(j);
        const std::size_t low = newborn(with_intensity(world, "4L", 0.0), p);
        const std::size_t high = newborn(with_intensity(world, "4L", 1.0), p);
        CHECK(high >= low);
        more += high - low;
    }
    CHECK(more > 0);
}

TEST_CASE("data protection leaves sellers fewer data")
{
    const World world = lived_in_world(GENERATE(1, 2));
    const World loose = with_intensity(world, "1X", 0.1);
    const World strict = with_intensity(world, "1X", 0.9);
    CHECK(strict.results.flows[first].data_exported < loose.results.flows[first].data_exported);
}

TEST_CASE("standards of one country alone ease its exports of processing")
{
    const World world = lived_in_world(GENERATE(1, 2));
    const auto processing_sales = [&](double intensity) {
        World after = world;
        std::ranges::fill(after.governments[first].target.row(instrument_named("3X")), intensity);
        run(after, 1);
        return after.markets.processing_sales[first];
    };
    CHECK(processing_sales(0.9) > processing_sales(0.1));
}

}  // namespace
}  // namespace latecomer::tests::policy_directions_test
