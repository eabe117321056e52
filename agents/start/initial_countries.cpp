#include "agents/start/initial_countries.hpp"

#include "core/elementary.hpp"
#include "core/random.hpp"

namespace latecomer {

namespace {

/// What institutions, politics and terms of trade make of search, beside funds and skills (eq. 6).
double search_efficiency(const Economy& economy, const Parameters& p)
{
    constexpr unsigned field = 16;  // behind those of synthetic economies
    const double deviation = p.learning.social_deviation;
    if (deviation == 0.0) {
        return 1.0;
    }
    const RandomKey key{static_cast<std::uint64_t>(p.run.seed),
                        static_cast<std::uint32_t>(p.run.replicate)};
    const double n =
        normal(key, Stream::initial, identity::bits(identity::pair(economy.row, 0)), 0, field);
    return elementary::exp(deviation * n - 0.5 * deviation * deviation);
}

}  // namespace

Countries make_countries(const std::vector<Economy>& economies, const Parameters& p)
{
    const std::size_t n = economies.size();
    const std::size_t positions = Positions::before_applications + p.sectors.size();
    Countries countries;
    for (auto* column : {&countries.initial_firms,
                         &countries.initial_demand,
                         &countries.search_share,
                         &countries.budget_share,
                         &countries.initial_skill,
                         &countries.wage,
                         &countries.exchange_rate,
                         &countries.adoption,
                         &countries.search_efficiency,
                         &countries.initial_adoption,
                         &countries.initial_exports,
                         &countries.initial_productivity,
                         &countries.grain,
                         &countries.climate,
                         &countries.trade_balance,
                         &countries.income,
                         &countries.tax_revenue,
                         &countries.public_debt,
                         &countries.other_wealth,
                         &countries.processing_orders}) {
        column->resize(n);
    }
    countries.key.resize(n);
    countries.row.resize(n);
    countries.role.resize(n);
    countries.skill.resize(n);
    countries.initial_capability.resize(n);
    countries.orders = {n, positions};
    countries.commons = {n, p.sectors.size()};
    countries.open_data = {n, p.sectors.size()};
    double exports = 0.0;
    for (const Economy& economy : economies) {
        exports += economy.exports;
    }
    for (const CountryId c : countries.indices()) {
        const Economy& economy = economies[c.at()];
        countries.key[c] = economy.key;
        countries.row[c] = economy.row;
        countries.role[c] = economy.role;
        countries.initial_firms[c] = static_cast<double>(economy.firms);
        countries.grain[c] = economy.grain;
        countries.initial_demand[c] = p.macro.demand_start *
                                      static_cast<double>(p.world.firms_per_country) *
                                      economy.size * economy.capability;
        countries.search_share[c] = economy.search_share;
        countries.budget_share[c] = economy.budget_share;
        countries.initial_skill[c] = economy.skill;
        countries.wage[c] = economy.capability;
        countries.exchange_rate[c] = 1.0;
        countries.initial_adoption[c] = economy.adoption;
        for (std::size_t s = 0; s < stages; ++s) {
            countries.initial_capability[c][s] = economy.capability * economy.gradient[s];
        }
        countries.initial_exports[c] = exports > 0.0 ? economy.exports / exports : 0.0;
        countries.initial_productivity[c] =
            p.macro.capability_exponent > 0.0
                ? elementary::pow(economy.capability, 1.0 / p.macro.capability_exponent)
                : 1.0;
        countries.adoption[c] = economy.adoption;
        countries.skill[c].fill(economy.skill);
        countries.search_efficiency[c] = search_efficiency(economy, p);
    }
    return countries;
}

}  // namespace latecomer
