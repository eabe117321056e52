#include "agents/start/initial_countries.hpp"

namespace latecomer {

Countries make_countries(const std::vector<Economy>& economies, const Parameters& p)
{
    const std::size_t n = economies.size();
    const std::size_t positions = Positions::before_applications + p.sectors.size();
    Countries countries;
    for (auto* column :
         {&countries.initial_firms, &countries.initial_demand, &countries.search_share,
          &countries.budget_share, &countries.initial_skill, &countries.wage,
          &countries.exchange_rate, &countries.adoption, &countries.mean_capability,
          &countries.mean_capability_before, &countries.trade_balance, &countries.income,
          &countries.tax_revenue, &countries.public_debt, &countries.other_wealth,
          &countries.processing_orders}) {
        column->resize(n);
    }
    countries.key.resize(n);
    countries.row.resize(n);
    countries.role.resize(n);
    countries.skill.resize(n);
    countries.orders = {n, positions};
    countries.commons = {n, p.sectors.size()};
    countries.open_data = {n, p.sectors.size()};
    for (const CountryId c : countries.indices()) {
        const Economy& economy = economies[c.at()];
        countries.key[c] = economy.key;
        countries.row[c] = economy.row;
        countries.role[c] = economy.role;
        countries.initial_firms[c] = static_cast<double>(initial_firms_of(economy, p));
        countries.initial_demand[c] = p.macro.demand_start *
                                      static_cast<double>(p.world.firms_per_country) *
                                      economy.size * economy.capability;
        countries.search_share[c] = economy.search_share;
        countries.budget_share[c] = economy.budget_share;
        countries.initial_skill[c] = economy.skill;
        countries.wage[c] = economy.capability;
        countries.exchange_rate[c] = 1.0;
        countries.adoption[c] = economy.adoption;
        countries.skill[c].fill(economy.skill);
        countries.mean_capability[c] = economy.capability;
        countries.mean_capability_before[c] = economy.capability;
    }
    return countries;
}

}  // namespace latecomer
