#include "agents/governments/retaliation.hpp"

#include "agents/world/events.hpp"
#include "core/constants.hpp"
#include "core/elementary.hpp"

#include <algorithm>

namespace latecomer {

namespace {

/// What a country's lead firms lost to the policy of another over the last year.
double loss_of(const World& world, CountryId home, CountryId d)
{
    double loss = 0.0;
    for (const auto& of_quarter : world.trade.losses) {
        loss += of_quarter(home, d);
    }
    return loss;
}

/// What a country imported from another's latecomer firms in the last quarter.
double imports_from(const World& world, CountryId home, CountryId origin)
{
    double imports = 0.0;
    for (const PositionId p : world.positions.indices()) {
        if (world.positions[p].world_market) {
            double bought = 0.0;
            for (const CountryId h : world.countries.indices()) {
                bought += world.markets.spending(h, p);
            }
            const double part = bought > 0.0 ? world.markets.spending(home, p) / bought : 0.0;
            imports += part * world.markets.processing_sales[origin];
        } else {
            imports += world.markets.sales(home, p)[world.markets.supplier(origin)];
        }
    }
    return imports;
}

bool answers(const World& world, CountryId home, CountryId d, double loss)
{
    const RetaliationParameters& p = world.parameters().retaliation;
    const double demand = world.countries.exchange_rate[home] * world.countries.final_demand[home];
    const double hazard = demand > 0.0 ? p.rate * loss / (p.loss_scale * demand) : 0.0;
    const FirmId entity = identity::pair(world.countries.row[home], 0);
    const double u = uniform(world.random, Stream::retaliation, identity::bits(entity),
                             world.clock(), world.countries.row[d]);
    return u < 1.0 - elementary::exp(-hazard);
}

/// Levies the tariff that seeks the loss back (eq. 31).
void levy(World& world, CountryId home, CountryId d, double loss)
{
    const RetaliationParameters& p = world.parameters().retaliation;
    const double sought = p.pass_through * loss;
    if (sought <= 0.0 || p.tariff_ceiling <= 0.0) {
        return;
    }
    const double imports = quarters_a_year * imports_from(world, home, d);
    const double tariff =
        imports > 0.0 ? std::min(p.tariff_ceiling, sought / imports) : p.tariff_ceiling;
    world.trade.tariffs(home, d) = tariff;
    world.trade.tariff_end(home, d) = world.quarter + p.duration_quarters;
    report(world, EventKind::retaliation, world.countries.key[home], world.countries.key[d], tariff,
           "tariff begins");
}

/// A tariff whose time is over.
void end_tariff(World& world, CountryId home, CountryId d)
{
    if (world.trade.tariffs(home, d) > 0.0 && world.quarter >= world.trade.tariff_end(home, d)) {
        world.trade.tariffs(home, d) = 0.0;
        report(world, EventKind::retaliation, world.countries.key[home], world.countries.key[d],
               0.0, "tariff ends");
    }
}

}  // namespace

void retaliate(World& world)
{
    for (const CountryId home : world.countries.indices()) {
        if (std::ranges::find(world.leads.home, home) == world.leads.home.end()) {
            continue;
        }
        for (const CountryId d : world.countries.indices()) {
            if (d == home) {
                continue;
            }
            end_tariff(world, home, d);
            const double loss = loss_of(world, home, d);
            if (world.trade.tariffs(home, d) == 0.0 && answers(world, home, d, loss)) {
                levy(world, home, d, loss);
            }
        }
    }
    auto& now = world.trade.losses[world.quarter % world.trade.losses.size()];
    std::ranges::fill(now.span(), 0.0);
}

}  // namespace latecomer
