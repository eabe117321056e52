#include "agents/countries/macro.hpp"

#include "agents/countries/references.hpp"
#include "core/constants.hpp"
#include "core/elementary.hpp"

#include <algorithm>
#include <cmath>

namespace latecomer {

namespace {

namespace el = elementary;

/// The country whose currency is the numeraire: the first home of lead firms, else the first country.
CountryId anchor(const Countries& countries)
{
    for (const CountryId c : countries.indices()) {
        if (has_lead_firms(countries.role[c])) {
            return c;
        }
    }
    return CountryId{0};
}

/// Exchange rates follow trade balances (eq. 1).
void update_exchange_rates(World& world)
{
    const MacroParameters& p = world.parameters().macro;
    Countries& countries = world.countries;
    for (const CountryId c : countries.indices()) {
        const double n =
            normal(world.random, Stream::fx, identity::bits(identity::pair(countries.row[c], 0)),
                   world.quarter, 0);
        const double balance =
            world.trade.exports > 0.0 ? countries.trade_balance[c] / world.trade.exports : 0.0;
        const double change = 1.0 + p.exchange_response * balance + p.exchange_noise * n;
        countries.exchange_rate[c] =
            std::max(p.exchange_floor, countries.exchange_rate[c] * change);
    }
    if (countries.size() > 0) {
        countries.exchange_rate[anchor(countries)] = 1.0;
    }
}

/// Wages follow the capability of what a country sells (eq. 2).
void update_wages(World& world)
{
    const double response = world.parameters().macro.wage_response;
    for (const CountryId c : world.countries.indices()) {
        double growth = 0.0;
        for (std::size_t s = 0; s < stages; ++s) {
            const double now = world.references.home[c][s];
            const double before = world.references.home_before[c][s];
            if (now > 0.0 && before > 0.0 && now != before) {
                growth += index_weights[s] * el::log(now / before);
            }
        }
        world.countries.wage[c] *= el::exp(response * growth);
    }
}

/// The luck of countries is an autoregressive process (eq. 8b).
void update_climate(World& world)
{
    const MacroParameters& p = world.parameters().macro;
    const double memory = world.quarter > 0 ? p.climate_memory : 0.0;
    const double news = p.climate_deviation * std::sqrt(1.0 - memory * memory);
    Countries& countries = world.countries;
    for (const CountryId c : countries.indices()) {
        double& climate = countries.climate[c];
        climate *= memory;
        if (news > 0.0) {
            climate += news * normal(world.random, Stream::climate,
                                     identity::bits(identity::pair(countries.row[c], 0)),
                                     world.quarter, 0);
        }
    }
}

/// Share of the foreign lead firms that have a local region in a country (reg_c of eq. 3).
double local_regions(const World& world, CountryId c)
{
    double foreign = 0.0;
    double regions = 0.0;
    for (const LeadId l : world.leads.indices()) {
        foreign += world.leads.home[l] != c ? 1.0 : 0.0;
        regions += world.leads.presence(l, c) == Presence::region ? 1.0 : 0.0;
    }
    return foreign > 0.0 ? regions / foreign : 0.0;
}

/// Final demand at the adoption reached; then adoption spreads (eq. 3), but in a spin-up.
void update_demand(World& world)
{
    const MacroParameters& p = world.parameters().macro;
    Countries& countries = world.countries;
    const auto growing = std::min<std::int64_t>(world.quarter, p.growth_quarters);
    const double growth = el::pow(1.0 + p.demand_growth, static_cast<double>(growing));
    for (const CountryId c : countries.indices()) {
        double& adoption = countries.adoption[c];
        countries.final_demand[c] =
            countries.initial_demand[c] * growth * adoption +
            p.income_share * countries.income[c] / countries.exchange_rate[c];
        if (world.spins_up()) {
            continue;
        }
        const double gain = world.levers[c].adoption + p.adoption_region * local_regions(world, c);
        adoption += p.adoption_rate * gain * adoption * (1.0 - adoption);
    }
}

}  // namespace

void update_macro(World& world)
{
    if (!world.spins_up()) {
        update_exchange_rates(world);
        update_wages(world);
        update_climate(world);
    }
    update_demand(world);
}

void update_skills(World& world)
{
    const MacroParameters& p = world.parameters().macro;
    Countries& countries = world.countries;
    double most = -infinity;
    for (const double index : world.references.capability_index) {
        most = index > most ? index : most;  // a missing one is not
    }
    for (const CountryId c : countries.indices()) {
        const double behind = world.references.capability_index[c] - most;
        const double lag = behind < 0.0 ? 1.0 - el::exp(behind) : 0.0;
        for (std::size_t s = 0; s < stages; ++s) {
            double& skill = countries.skill[c][s];
            const double trained = skill - countries.initial_skill[c];
            skill += p.skill_training * world.levers[c].training[s] * (1.0 - skill) -
                     (p.skill_erosion + p.skill_drain * lag) * trained;
        }
    }
}

}  // namespace latecomer
