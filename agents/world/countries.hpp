#pragma once

#include "agents/economy/country_table.hpp"
#include "agents/economy/positions.hpp"
#include "core/column.hpp"
#include "core/declarations.hpp"

#include <string>
#include <tuple>

namespace latecomer {

/// Countries with their governments, the same on every rank.  Money is in numeraire.
struct Countries {
    // Fixed over a run.
    Column<CountryId, std::string> key;
    Column<CountryId, std::uint32_t> row;  ///< in the country table
    Column<CountryId, CountryRole> role;
    Column<CountryId, double> initial_firms;      ///< N0_c
    Column<CountryId, double> initial_demand;     ///< H0_c, numeraire per quarter
    Column<CountryId, double> search_share;       ///< rho_c
    Column<CountryId, double> budget_share;       ///< b_share_c
    Column<CountryId, double> initial_skill;      ///< h0_c, also administrative capacity
    Column<CountryId, double> search_efficiency;  ///< of its firms; lognormal (eq. 6)
    Column<CountryId, double> initial_adoption;
    Column<CountryId, ByStage<double>> initial_capability;
    Column<CountryId, double> initial_exports;       ///< share in those of all firms; 0: not known
    Column<CountryId, double> initial_productivity;  ///< relative to the reference
    Column<CountryId, double>
        grain;  ///< firms that stand for one: costs and cash of each are divided by it

    // State.
    Column<CountryId, double> wage;
    Column<CountryId, double> exchange_rate;
    Column<CountryId, double> adoption;
    Column<CountryId, ByStage<double>> skill;
    Column<CountryId, double> climate;        ///< growth of ln capability of its firms (eq. 8b)
    Column<CountryId, double> trade_balance;  ///< of the last quarter
    Column<CountryId, double> income;         ///< of the last quarter
    Column<CountryId, double> tax_revenue;    ///< of the last quarter
    Column<CountryId, double> public_debt;
    Column<CountryId, double> other_wealth;       ///< of the rest of the economy
    Column<CountryId, double> processing_orders;  ///< PRL orders of lead firms at home here
    Column<CountryId, double> final_demand;       ///< H_c of this quarter, home currency
    Column<CountryId, double> data_generated;     ///< in the last quarter
    Column<CountryId, double> data_held;          ///< of it, kept or localised
    Table<CountryId, PositionId, double> orders;  ///< clearing account of input orders
    Table<CountryId, SectorId, double> commons;
    Table<CountryId, SectorId, double> open_data;

    static constexpr auto table = std::tuple{
        NotShared{&Countries::key, Role::fixed},
        NotShared{&Countries::row, Role::fixed},
        NotShared{&Countries::role, Role::fixed},
        NotShared{&Countries::initial_firms, Role::fixed},
        NotShared{&Countries::initial_demand, Role::fixed},
        NotShared{&Countries::search_share, Role::fixed},
        NotShared{&Countries::budget_share, Role::fixed},
        NotShared{&Countries::initial_skill, Role::fixed},
        NotShared{&Countries::search_efficiency, Role::fixed},
        NotShared{&Countries::initial_adoption, Role::fixed},
        NotShared{&Countries::initial_capability, Role::fixed},
        NotShared{&Countries::initial_exports, Role::fixed},
        NotShared{&Countries::initial_productivity, Role::fixed},
        NotShared{&Countries::grain, Role::fixed},
        Shared{"country.wage", &Countries::wage},
        Shared{"country.exchange_rate", &Countries::exchange_rate},
        Shared{"country.adoption", &Countries::adoption},
        Shared{"country.skill", &Countries::skill},
        Shared{"country.climate", &Countries::climate},
        Shared{"country.trade_balance", &Countries::trade_balance},
        Shared{"country.income", &Countries::income},
        Shared{"country.tax_revenue", &Countries::tax_revenue},
        Shared{"country.public_debt", &Countries::public_debt},
        Shared{"country.other_wealth", &Countries::other_wealth},
        Shared{"country.processing_orders", &Countries::processing_orders},
        Shared{"country.final_demand", &Countries::final_demand},
        Shared{"country.data_generated", &Countries::data_generated},
        Shared{"country.data_held", &Countries::data_held},
        Shared{"country.orders", &Countries::orders},
        Shared{"country.commons", &Countries::commons},
        Shared{"country.open_data", &Countries::open_data},
    };

    std::size_t size() const { return key.size(); }
    Range<CountryId> indices() const { return key.indices(); }
};
static_assert(fully_declared<Countries>);

/// Flows of a country in the quarter just ended, numeraire (MODEL.md, accounts).
struct CountryFlows {
    double final_demand = 0.0;  ///< e H, paid
    double value_added_tax = 0.0;
    double wages = 0.0;
    double research = 0.0;
    double dividends = 0.0;
    double fixed_cost = 0.0;      ///< of firms; exporting and compliance included
    double presence_cost = 0.0;   ///< of foreign lead firms here, compliance included
    double venture_profit = 0.0;  ///< share of joint ventures' profit that stays here
    double mobility_cost = 0.0;   ///< of climbing
    double exit_cash = 0.0;
    double entrant_cash = 0.0;
    double profit_tax = 0.0;
    double fees = 0.0;
    double tariffs = 0.0;
    double spending = 0.0;  ///< of the policy programme
    double services = 0.0;  ///< of it, what the rest of the economy does and is paid for
    double interest = 0.0;
    double programme = 0.0;  ///< revenue that the programme may keep
    double debt_before = 0.0;
    double surplus = 0.0;  ///< what the programme does not need and passes on
    double exports = 0.0;  ///< net of tariffs
    double imports = 0.0;
    double revenue = 0.0;       ///< of firms at home here, lead firms included
    double input_orders = 0.0;  ///< by firms at home here
    double firm_cash = 0.0;     ///< stock at the end
    double lead_cash = 0.0;     ///< stock at the end
    double data_generated = 0.0;
    double data_kept = 0.0;
    double data_localised = 0.0;
    double data_exported = 0.0;
    double data_not_captured = 0.0;
    double lead_data = 0.0;      ///< taken in by lead firms at home here
    double data_received = 0.0;  ///< from abroad, by firms at home here

    static constexpr auto table = std::tuple{
        Shared{"final_demand", &CountryFlows::final_demand},
        Shared{"value_added_tax", &CountryFlows::value_added_tax},
        Shared{"wages", &CountryFlows::wages},
        Shared{"research", &CountryFlows::research},
        Shared{"dividends", &CountryFlows::dividends},
        Shared{"fixed_cost", &CountryFlows::fixed_cost},
        Shared{"presence_cost", &CountryFlows::presence_cost},
        Shared{"venture_profit", &CountryFlows::venture_profit},
        Shared{"mobility_cost", &CountryFlows::mobility_cost},
        Shared{"exit_cash", &CountryFlows::exit_cash},
        Shared{"entrant_cash", &CountryFlows::entrant_cash},
        Shared{"profit_tax", &CountryFlows::profit_tax},
        Shared{"fees", &CountryFlows::fees},
        Shared{"tariffs", &CountryFlows::tariffs},
        Shared{"spending", &CountryFlows::spending},
        Shared{"services", &CountryFlows::services},
        Shared{"interest", &CountryFlows::interest},
        Shared{"programme", &CountryFlows::programme},
        Shared{"debt_before", &CountryFlows::debt_before},
        Shared{"surplus", &CountryFlows::surplus},
        Shared{"exports", &CountryFlows::exports},
        Shared{"imports", &CountryFlows::imports},
        Shared{"revenue", &CountryFlows::revenue},
        Shared{"input_orders", &CountryFlows::input_orders},
        Shared{"firm_cash", &CountryFlows::firm_cash},
        Shared{"lead_cash", &CountryFlows::lead_cash},
        Shared{"data_generated", &CountryFlows::data_generated},
        Shared{"data_kept", &CountryFlows::data_kept},
        Shared{"data_localised", &CountryFlows::data_localised},
        Shared{"data_exported", &CountryFlows::data_exported},
        Shared{"data_not_captured", &CountryFlows::data_not_captured},
        Shared{"lead_data", &CountryFlows::lead_data},
        Shared{"data_received", &CountryFlows::data_received},
    };
};
static_assert(fully_declared<CountryFlows>);

}  // namespace latecomer
