#include "agents/observation/output_rows.hpp"

#include <algorithm>

namespace latecomer::output_rows {

namespace {

template <auto member>
void of_pool(const World& world, std::span<double> values)
{
    for (const PoolId pool : world.pool_indices()) {
        values[pool.at()] = static_cast<double>(world.results.pools[pool].*member);
    }
}

/// A mean or extreme over firms: missing where nobody sold.
template <auto member>
void of_sellers(const World& world, std::span<double> values)
{
    for (const PoolId pool : world.pool_indices()) {
        values[pool.at()] =
            world.results.pools[pool].sellers > 0 ? world.results.pools[pool].*member : missing;
    }
}

template <std::size_t which>
void quantile_of(const World& world, std::span<double> values)
{
    for (const PoolId pool : world.pool_indices()) {
        values[pool.at()] = world.results.pools[pool].quantiles[which];
    }
}

template <std::int64_t PoolStatistics::*member>
void counted(const World& world, std::span<double> values)
{
    for (const PoolId pool : world.pool_indices()) {
        values[pool.at()] = static_cast<double>(world.statistics[pool].*member);
    }
}

void domestic_share(const World& world, std::span<double> values)
{
    for (const PoolId pool : world.pool_indices()) {
        const CountryId c = world.country_of(pool);
        const PositionId p = world.position_of(pool);
        if (world.results.pools[pool].sellers == 0) {
            values[pool.at()] = missing;
            continue;
        }
        if (world.positions[p].world_market) {
            values[pool.at()] = world.markets.processing_share[c];
            continue;
        }
        const double spending = world.markets.spending(c, p);
        values[pool.at()] = spending > 0.0
                                ? world.markets.sales(c, p)[world.markets.supplier(c)] / spending
                                : missing;
    }
}

void price_index(const World& world, std::span<double> values)
{
    const auto indices = world.markets.price_index.span();
    std::copy(indices.begin(), indices.end(), values.begin());
    for (const CountryId c : world.countries.indices()) {
        values[world.pool(c, Positions::processing).at()] = world.markets.processing_price_index;
    }
}

void demand(const World& world, std::span<double> values)
{
    const auto all = world.markets.demand.span();
    std::copy(all.begin(), all.end(), values.begin());
}

const std::vector<Axis> by_pool{Axis::country, Axis::position};

}  // namespace

std::vector<Output> pools()
{
    return {
        {"firms", "firm", by_pool, "section 10", "Firms at the end of the quarter, by position",
         counted<&PoolStatistics::firms>},
        {"entrants", "firm/quarter", by_pool, "26",
         "Firms that entered in the quarter, by position", of_pool<&PoolResults::entrants>},
        {"exits", "firm/quarter", by_pool, "25", "Firms that left in the quarter, by position",
         of_pool<&PoolResults::exits>},
        {"upgrades_out", "firm/quarter", by_pool, "23",
         "Firms that moved to another position in the quarter, by position left",
         of_pool<&PoolResults::upgrades_out>},
        {"upgrades_in", "firm/quarter", by_pool, "23",
         "Firms that came from another position in the quarter, by position taken",
         of_pool<&PoolResults::upgrades_in>},
        {"exporters", "firm", by_pool, "24",
         "Firms that export at the end of the quarter, by position",
         counted<&PoolStatistics::exporters>},
        {"new_exporters", "firm/quarter", by_pool, "24",
         "Firms that began to export in the quarter, by position",
         of_pool<&PoolResults::new_exporters>},
        {"exporters_stopped", "firm/quarter", by_pool, "24a",
         "Firms that stopped exporting in the quarter, by position",
         of_pool<&PoolResults::exporters_stopped>},
        {"entrants_at_floor", "firm/quarter", by_pool, "26",
         "Entrants who know what is public, as domestic firms know less, by position",
         of_pool<&PoolResults::entrants_at_floor>},
        {"revenue", money, by_pool, "17", "Revenue of domestic firms, net of tariffs, by position",
         of_pool<&PoolResults::revenue>},
        {"export_revenue", money, by_pool, "17",
         "Revenue of domestic firms from abroad, by position (processing sells to the world "
         "market)",
         of_pool<&PoolResults::export_sales>},
        {"profit", money, by_pool, "17", "Profit of domestic firms before tax, by position",
         of_pool<&PoolResults::profit>},
        {"domestic_share", "1", by_pool, "15",
         "Share of domestic firms in home spending, by position (processing: in the world market)",
         domestic_share},
        {"demand", money, by_pool, "16", "Demand in the economy, by position", demand},
        {"price_index", "numeraire/unit", by_pool, "16",
         "Price index of the home market, by position", price_index},
        {"herfindahl", "1", by_pool, "section 10",
         "Concentration of domestic firms at home, by position (Herfindahl index)",
         of_sellers<&PoolResults::herfindahl>, Need::distributions},
        {"largest_share", "1", by_pool, "section 10",
         "Share of the largest domestic firm in sales of domestic firms, by position",
         of_sellers<&PoolResults::largest_share>, Need::distributions},
        {"mark_up", "1", by_pool, "14", "Mark-up on unit cost, mean of domestic firms, by position",
         of_sellers<&PoolResults::mark_up>, Need::distributions},
        {"log_capability_mean", "1", by_pool, "section 10",
         "Capability of firms that sold, by position: mean (ln)",
         of_sellers<&PoolResults::log_capability>, Need::distributions},
        {"log_capability_best", "1", by_pool, "section 10",
         "Capability of firms that sold, by position: best (ln)",
         of_sellers<&PoolResults::best_log_capability>, Need::distributions},
        {"log_capability_p10", "1", by_pool, "section 10",
         "Capability of firms that sold, by position: first decile (ln)", quantile_of<0>,
         Need::distributions},
        {"log_capability_p50", "1", by_pool, "section 10",
         "Capability of firms that sold, by position: median (ln)", quantile_of<1>,
         Need::distributions},
        {"log_capability_p90", "1", by_pool, "section 10",
         "Capability of firms that sold, by position: ninth decile (ln)", quantile_of<2>,
         Need::distributions},
    };
}

}  // namespace latecomer::output_rows
