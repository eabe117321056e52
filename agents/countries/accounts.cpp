#include "agents/countries/accounts.hpp"

#include "agents/countries/identities.hpp"
#include "agents/countries/references.hpp"
#include "agents/world/events.hpp"

#include <algorithm>
#include <array>

namespace latecomer {

namespace {

void book_mobility(World& world)
{
    const MobilityParameters& mobility = world.parameters().mobility;
    const FinanceParameters& finance = world.parameters().finance;
    for (const CountryId c : world.countries.indices()) {
        CountryFlows& flows = world.results.flows[c];
        for (const PositionId p : world.positions.indices()) {
            const PoolResults& pool = world.results.pools[world.pool(c, p)];
            const double mean_revenue = overhead(world, c, p);
            flows.mobility_cost +=
                mean_revenue * mobility.upgrade_cost * static_cast<double>(pool.upgrades_out);
            flows.exit_cash += pool.exit_cash;
            flows.entrant_cash +=
                mean_revenue * finance.entrant_cash * static_cast<double>(pool.entrants);
            flows.firm_cash += pool.cash;
            flows.data_received += pool.exported_data * pool.export_shares;
        }
    }
}

/// The programme's budget of the quarter (eq. 22): its part of revenue pays for spending and
/// debt; the rest, and any surplus, goes to the rest of the economy.
void close_budget(World& world, CountryId c)
{
    Countries& countries = world.countries;
    CountryFlows& flows = world.results.flows[c];
    const double revenue = flows.profit_tax + flows.value_added_tax + flows.fees + flows.tariffs;
    flows.debt_before = countries.public_debt[c];
    flows.interest = world.parameters().government.interest * flows.debt_before;
    flows.programme = countries.budget_share[c] * revenue;
    const double balance = flows.debt_before + flows.interest + flows.spending - flows.programme;
    countries.public_debt[c] = std::max(0.0, balance);
    countries.tax_revenue[c] = revenue;
    flows.surplus = std::max(0.0, -balance);
    countries.other_wealth[c] += flows.interest + (revenue - flows.programme) + flows.surplus;
}

void close_country(World& world, CountryId c)
{
    Countries& countries = world.countries;
    const CountryFlows& flows = world.results.flows[c];
    countries.other_wealth[c] += flows.wages + flows.research + flows.dividends + flows.fixed_cost +
                                 flows.presence_cost + flows.venture_profit + flows.mobility_cost +
                                 flows.services + flows.exit_cash - flows.final_demand -
                                 flows.value_added_tax - flows.entrant_cash;
    countries.income[c] = flows.wages + flows.research + flows.dividends;
    countries.trade_balance[c] = flows.exports - flows.imports;
    world.countries.data_generated[c] = flows.data_generated;
    world.countries.data_held[c] = flows.data_kept + flows.data_localised;
    close_budget(world, c);
}

/// Who climbed from where to where; the first to take a step makes the chronicle.
void take_upgrades(World& world, const Tally& tally)
{
    for (const PoolId pool : world.pool_indices()) {
        for (const PositionId to : world.positions.indices()) {
            const std::int64_t firms = tally.upgrades(pool, to);
            world.results.upgrades(pool, to) = firms;
            if (firms > 0 && world.climbed(pool, to) == 0) {
                world.climbed(pool, to) = 1;
                const std::string& country = world.countries.key[world.country_of(pool)];
                report(world, EventKind::upgrade, country, country, static_cast<double>(firms),
                       text("first step from ", world.positions[world.position_of(pool)].key,
                            " to ", world.positions[to].key));
            }
        }
    }
}

void take_distributions(World& world, const Tally& tally)
{
    world.results.histogram.assign(world.positions.size() * histogram_bins, 0.0);
    for (const PoolId pool : world.pool_indices()) {
        const std::int64_t* bins = tally.histogram.data() + pool.at() * histogram_bins;
        for (std::size_t bin = 0; bin < histogram_bins; ++bin) {
            world.results.histogram[world.position_of(pool).at() * histogram_bins + bin] +=
                static_cast<double>(bins[bin]);
        }
        world.results.pools[pool].quantiles = {quantile(bins, 0.1), quantile(bins, 0.5),
                                               quantile(bins, 0.9)};
    }
}

/// A firm with a tenth of its market that goes leaves a gap that all of it notices.
void report_large_leavers(World& world, PoolId pool)
{
    const PoolResults& results = world.results.pools[pool];
    if (results.large_leavers > 0) {
        const std::string& country = world.countries.key[world.country_of(pool)];
        report(world, EventKind::leaver, country, country, results.large_leavers_share,
               text(results.large_leavers, " with a tenth of the market or more left ",
                    world.positions[world.position_of(pool)].key));
    }
}

}  // namespace

void take_results(World& world, const Tally& tally)
{
    take_upgrades(world, tally);
    if (world.observation.distributions) {
        take_distributions(world, tally);
    }
    for (const PoolId pool : world.pool_indices()) {
        PoolResults& results = world.results.pools[pool];
        std::array<double, pool_sums> sums{};
        tally.sums.values(pool.at(), sums);
        const auto sum = [&](PoolSum what) { return sums[static_cast<std::size_t>(what)]; };
        const auto number = [&](PoolCount what) {
            return tally.counts[pool.at() * pool_counts + static_cast<std::size_t>(what)];
        };
        const std::int64_t sellers = world.statistics[pool].firms;
        const double firms = static_cast<double>(std::max<std::int64_t>(1, sellers));
        results.sellers = sellers;
        results.revenue = sum(PoolSum::revenue);
        results.units = sum(PoolSum::units);
        results.cost = sum(PoolSum::cost);
        results.profit = sum(PoolSum::profit);
        results.profit_tax = sum(PoolSum::profit_tax);
        results.dividends = sum(PoolSum::dividends);
        results.weighted_capability = sum(PoolSum::weighted_capability);
        results.data_received = sum(PoolSum::data_received);
        results.herfindahl = sum(PoolSum::herfindahl);
        results.mark_up = sum(PoolSum::mark_up) / firms;
        results.log_capability = sum(PoolSum::log_capability) / firms;
        results.best_log_capability = tally.best_log_capability[pool.at()];
        results.largest_share = tally.largest_share[pool.at()];
        results.domestic_shares = sum(PoolSum::domestic_share);
        results.export_shares = sum(PoolSum::export_share);
        results.staying_share = std::max(0.0, sum(PoolSum::staying_share));
        results.staying_export_share = std::max(0.0, sum(PoolSum::staying_exports));
        results.new_export_powers = sum(PoolSum::new_export_powers);
        results.large_leavers_share = sum(PoolSum::large_leavers_share);
        results.seeds = sum(PoolSum::seeds);
        results.exit_cash = sum(PoolSum::exit_cash);
        results.cash = sum(PoolSum::cash);
        results.exits = number(PoolCount::exits);
        results.upgrades_out = number(PoolCount::upgrades_out);
        results.upgrades_in = number(PoolCount::upgrades_in);
        results.new_exporters = number(PoolCount::new_exporters);
        results.exporters_stopped = number(PoolCount::exporters_stopped);
        results.large_leavers = number(PoolCount::large_leavers);
        results.selling_exporters = world.statistics[pool].exporters;
        world.statistics[pool].exporters =
            number(PoolCount::staying_exporters) + results.new_exporters;
        report_large_leavers(world, pool);
    }
}

void close_accounts(World& world)
{
    book_mobility(world);
    double exports = 0.0;
    for (const CountryId c : world.countries.indices()) {
        close_country(world, c);
        exports += world.results.flows[c].exports;
    }
    world.trade.exports = exports;
    check_identities(world);
}

double money_in_the_world(const World& world)
{
    double money = 0.0;
    for (const CountryId c : world.countries.indices()) {
        money += world.results.flows[c].firm_cash - world.countries.public_debt[c] +
                 world.countries.other_wealth[c] + world.countries.processing_orders[c];
        for (const PositionId p : world.positions.indices()) {
            money += world.countries.orders(c, p);
        }
    }
    for (const double cash : world.leads.cash) {
        money += cash;
    }
    return money;
}

}  // namespace latecomer
