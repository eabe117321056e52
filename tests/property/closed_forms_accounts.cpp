// ctest: cost 10

/// Identities of the accounts, which hold in every quarter of every world (A1 to A8).

#include "tests/support/catch.hpp"
#include "tests/support/worlds.hpp"

#include <cmath>
#include <set>

namespace latecomer::tests::closed_forms_accounts_test {
namespace {

struct Size {
    int latecomers;
    int lead_economies;
    int lead_firms;
    int firms_per_country;
    int quarters;
};

std::ostream& operator<<(std::ostream& out, const Size& size)
{
    return out << size.latecomers << " latecomers, " << size.lead_economies << " lead economies, "
               << size.lead_firms << " lead firms, " << size.firms_per_country << " firms, "
               << size.quarters << " quarters";
}

Scenario scenario_of(const Size& size, int seed)
{
    Scenario scenario = round_scenario(size.latecomers, size.lead_economies, size.lead_firms,
                                       size.firms_per_country);
    scenario.parameters.run.seed = seed;
    turn_everything_on(scenario.parameters);
    return scenario;
}

Size any_size()
{
    return GENERATE(Size{3, 1, 3, 60, 60},   // something of everything
                    Size{8, 2, 8, 200, 12},  // the default
                    Size{3, 2, 4, 1, 60},    // firms here and there
                    Size{1, 1, 1, 1, 40},    // one latecomer, one leader
                    Size{1, 0, 0, 30, 40},   // one country
                    Size{4, 0, 0, 20, 40},   // no lead firms
                    Size{2, 1, 0, 30, 40},   // a lead economy without firms
                    Size{0, 2, 4, 50, 40},   // no latecomers
                    Size{0, 1, 1, 50, 40},   // one lead firm
                    Size{3, 1, 3, 60, 0});   // no quarter
}

int any_seed()
{
    return GENERATE(1, 2, 3);
}

double sum(std::span<const double> values)
{
    double total = 0.0;
    for (const double value : values) {
        total += value;
    }
    return total;
}

/// Runs a world and shows it to `look` at the start and after every quarter.
template <class Look>
void watch(const Size& size, int seed, Look look)
{
    World world = make_world(scenario_of(size, seed));
    look(world);
    for (int quarter = 0; quarter < size.quarters; ++quarter) {
        run(world, 1);
        look(world);
    }
}

TEST_CASE("the model finds every identity of its accounts true")
{
    const Size size = any_size();
    Largest shares, sales, trade, profit, index, debt, money, data, firms;
    watch(size, any_seed(), [&](const World& world) {
        shares(world.results.residuals.shares);
        sales(world.results.residuals.sales);
        trade(world.results.residuals.trade);
        profit(world.results.residuals.profit);
        index(world.results.residuals.index);
        debt(world.results.residuals.debt);
        money(world.results.residuals.money);
        data(world.results.residuals.data);
        firms(world.results.residuals.firms);
    });
    INFO(size);
    CHECK(shares.value() < 1e-12);
    CHECK(sales.value() < 1e-12);
    CHECK(trade.value() < 1e-12);
    CHECK(profit.value() < 1e-12);
    CHECK(index.value() < 1e-12);
    CHECK(debt.value() < 1e-12);
    CHECK(money.value() < 1e-12);
    CHECK(data.value() < 1e-12);
    CHECK(firms.value() == 0.0);
}

TEST_CASE("shares sum to one in every pool, and to one or nothing in every market")
{
    const Size size = any_size();
    Largest deviation;
    int partial = 0;
    watch(size, any_seed(), [&](const World& world) {
        for (const PoolId pool : world.pool_indices()) {
            double domestic = 0.0;
            double exports = 0.0;
            std::int64_t exporters = 0;
            for (const FirmIndex i : world.firms.firms_of(pool)) {
                domestic += domestic_share(world, pool, i);
                exports += export_share(world, pool, i);
                exporters += export_share(world, pool, i) > 0.0;
            }
            deviation(world.firms.firms_of(pool).size() == 0 ? domestic : std::abs(domestic - 1.0));
            deviation(exporters == 0 ? exports : std::abs(exports - 1.0));
            partial += exporters != world.statistics[pool].exporters;
        }
        for (const CountryId d : world.countries.indices()) {
            for (const PositionId p : world.positions.indices()) {
                if (p == Positions::processing) {
                    continue;
                }
                const double total = sum(world.markets.share(d, p));
                const bool supplied = total > 0.5;
                deviation(supplied ? std::abs(total - 1.0) : total);
                partial += !supplied && (world.leads.size() > 0 ||
                                         world.firms.firms_of(world.pool(d, p)).size() > 0);
            }
        }
        const double total = sum(world.markets.processing_share.span());
        deviation(total > 0.5 ? std::abs(total - 1.0) : total);
    });
    INFO(size);
    CHECK(deviation.value() < 1e-12);
    CHECK(partial == 0);
}

TEST_CASE("what suppliers of a market sell is what its buyers spend")
{
    const Size size = any_size();
    Largest by_market;
    Largest received;
    double world_sales = 0.0;
    watch(size, any_seed(), [&](const World& world) {
        double spending = sum(world.markets.processing_sales.span());
        double revenue = 0.0;
        for (const CountryId d : world.countries.indices()) {
            for (const PositionId p : world.positions.indices()) {
                if (p == Positions::processing || world.quarter == 0) {
                    continue;
                }
                const double spent = world.markets.spending(d, p);
                by_market(difference(sum(world.markets.sales(d, p)), spent));
                spending += spent;
            }
            revenue += world.results.flows[d].revenue + world.results.flows[d].tariffs;
        }
        if (world.quarter > 0) {
            received(difference(revenue, spending));
            world_sales += spending;
        }
    });
    INFO(size);
    CHECK((size.quarters == 0 || size.firms_per_country == 1 || world_sales > 1.0));
    CHECK(by_market.value() < 1e-12);
    CHECK(received.value() < 1e-12);
}

TEST_CASE("trade balances sum to nothing over the world")
{
    const Size size = any_size();
    Largest rest;
    watch(size, any_seed(), [&](const World& world) {
        rest(std::abs(sum(world.countries.trade_balance.span())) /
             std::max(world.trade.exports, 1e-300));
        double exports = 0.0;
        for (const CountryFlows& flows : world.results.flows) {
            exports += flows.exports;
        }
        if (world.quarter > 0) {
            rest(difference(exports, world.trade.exports));
        }
    });
    INFO(size);
    CHECK(rest.value() < 1e-12);
}

TEST_CASE("a firm's revenue is its price times its units")
{
    const Size size = any_size();
    Largest rest;
    std::size_t sellers = 0;
    watch(size, any_seed(), [&](const World& world) {
        if (world.quarter == 0) {
            return;
        }
        for (const auto& [id, member] : members(world)) {
            const bool entrant = identity::birth(id) == world.quarter;
            if (!entrant && member.record.price > 0.0) {
                rest(difference(member.record.revenue, member.record.price * member.record.units));
                ++sellers;
            }
        }
    });
    INFO(size);
    CHECK((size.latecomers == 0 || size.quarters == 0 || sellers > 0));
    CHECK(rest.value() < 1e-12);
}

TEST_CASE("money moves but does not arise or vanish")
{
    const Size size = any_size();
    double before = 0.0;
    Largest change;
    watch(size, any_seed(), [&](const World& world) {
        const Countries& countries = world.countries;
        double cash = sum(world.leads.cash.span());
        for (const auto& [id, member] : members(world)) {
            cash += member.record.cash;
        }
        const double clearing =
            sum(countries.orders.span()) + sum(countries.processing_orders.span());
        const double money = cash + clearing + sum(countries.other_wealth.span()) -
                             sum(countries.public_debt.span());
        double turnover = std::abs(cash) + clearing;
        for (const CountryId c : countries.indices()) {
            turnover += std::abs(countries.other_wealth[c]) + world.results.flows[c].revenue;
        }
        if (world.quarter > 0) {
            change(std::abs(money - before) / turnover);
        }
        before = money;
    });
    INFO(size);
    CHECK(change.value() < 1e-12);
}

TEST_CASE("data that are generated are kept, localised, exported or not captured")
{
    const Size size = any_size();
    Largest rest;
    double total = 0.0;
    watch(size, any_seed(), [&](const World& world) {
        if (world.quarter == 0) {
            return;
        }
        double exported = 0.0;
        double received = 0.0;
        for (const CountryFlows& flows : world.results.flows) {
            rest(difference(flows.data_generated, flows.data_kept + flows.data_localised +
                                                      flows.data_exported +
                                                      flows.data_not_captured));
            exported += flows.data_exported;
            received += flows.data_received;
            total += flows.data_generated;
        }
        rest(difference(exported, received));
    });
    INFO(size);
    CHECK((size.quarters == 0 || size.firms_per_country == 1 || total > 1.0));
    CHECK(rest.value() < 1e-12);
}

TEST_CASE("firms are counted and identified, and their state stays in its range")
{
    const Size size = any_size();
    std::int64_t before = 0;
    std::set<FirmId> known;
    int wrong = 0;
    watch(size, any_seed(), [&](const World& world) {
        std::int64_t change = 0;
        if (world.quarter > 0) {
            std::int64_t climbers = 0;
            for (const PoolResults& results : world.results.pools) {
                change += results.entrants - results.exits;
                climbers += results.upgrades_in - results.upgrades_out;
            }
            wrong += climbers != 0;
            wrong += firm_count(world) != before + change;
        }
        before = firm_count(world);

        const auto now = members(world);
        wrong += static_cast<std::int64_t>(now.size()) != before;  // an id stands for one firm
        for (const auto& [id, member] : now) {
            const FirmRecord& record = member.record;
            const bool newborn = identity::birth(id) == world.quarter;
            wrong += known.insert(id).second != newborn;  // never taken again
            wrong += !(record.data_stock >= 0.0) || !(record.mark_up >= 0.05) ||
                     !(record.mark_up <= 1.0) || !(member.domestic_share >= 0.0) ||
                     !(member.export_share >= 0.0) || !std::isfinite(record.cash);
            for (std::size_t s = 0; s < stages; ++s) {
                wrong += !(record.capability[s] > 0.0) || !std::isfinite(record.capability[s]) ||
                         !(record.experience[s] > 0.0) || !std::isfinite(record.experience[s]);
            }
        }
    });
    INFO(size);
    CHECK(wrong == 0);
}

TEST_CASE("a world of one firm, where nobody is at most stages yet, lives on")
{
    World world = make_world(scenario_of(Size{1, 0, 0, 1, 40}, GENERATE(range(1, 9))));
    CHECK(firm_count(world) == 1);
    REQUIRE_NOTHROW(run(world, 40));
    for (const auto& [id, member] : members(world)) {
        for (const double capability : member.record.capability) {
            CHECK(capability > 0.0);
        }
    }
    CHECK(world.results.residuals.money < 1e-12);
}

}  // namespace
}  // namespace latecomer::tests::closed_forms_accounts_test
