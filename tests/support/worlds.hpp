#pragma once

#include "agents/start/initial.hpp"
#include "agents/step.hpp"
#include "tests/support/round_parameters.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <utility>

/// Small worlds made in memory, on one rank.
namespace latecomer::tests {

/// A synthetic world of so many latecomer economies, lead economies and lead firms, with
/// `firms_per_country` latecomer firms in an economy of mean size; every other parameter at its
/// default.
inline Scenario synthetic_scenario(int latecomers, int lead_economies, int lead_firms,
                                   int firms_per_country)
{
    Scenario scenario;
    scenario.name = "test";
    WorldParameters& world = scenario.parameters.world;
    world.initial = InitialWorld::synthetic;
    world.synthetic_latecomers = latecomers;
    world.synthetic_lead_economies = lead_economies;
    world.synthetic_lead_firms = lead_firms;
    world.firms_per_country = firms_per_country;
    return scenario;
}

/// The same with the parameters that tests state.
inline Scenario round_scenario(int latecomers, int lead_economies, int lead_firms,
                               int firms_per_country)
{
    Scenario scenario =
        synthetic_scenario(latecomers, lead_economies, lead_firms, firms_per_country);
    const WorldParameters world = scenario.parameters.world;
    scenario.parameters = round_parameters();
    scenario.parameters.world = world;
    return scenario;
}

/// A latecomer economy with a quarter of the reference's productivity, so that capability is a half, skills of .7
/// (the level at which they scale nothing), and broadband, research and revenue of the state that scale nothing.
inline CountryData economy(std::string key, std::int64_t row, double gdp = 100.0)
{
    CountryData country;
    country.key = key;
    country.name = std::move(key);
    country.row = row;
    const std::pair<Indicator, double> figures[] = {
        {Indicator::gdp, gdp},
        {Indicator::population, gdp / 0.025},
        {Indicator::productivity, 20000.0},
        {Indicator::internet_users, 60.0},
        {Indicator::broadband, 5.0},
        {Indicator::schooling, 9.8},
        {Indicator::rd_expenditure, 1.5},
        {Indicator::government_revenue, 27.0},
    };
    for (const auto& [indicator, value] : figures) {
        country[indicator] = {value, "2020", "assumed", "test"};
    }
    return country;
}

/// A world of the economies given, with so many firms in a latecomer economy of mean size and the
/// parameters that tests state.
inline Scenario table_scenario(std::vector<CountryData> countries, int firms_per_country)
{
    Scenario scenario;
    scenario.name = "test";
    scenario.parameters = round_parameters();
    scenario.parameters.world.firms_per_country = firms_per_country;
    scenario.countries = std::move(countries);
    scenario.reference_productivity = 80000.0;
    return scenario;
}

/// The world of a scenario before its first quarter, on this rank alone.
inline World make_world(const Scenario& scenario)
{
    return latecomer::make_world(scenario, mpi::Communicator{});
}

/// Advances a world by so many quarters, on this rank alone.
inline void run(World& world, int quarters)
{
    const mpi::Communicator alone;
    for (int quarter = 0; quarter < quarters; ++quarter) {
        step(world, alone);
    }
}

// --- What a law of the model supposes to be off ----------------------------------------------------

/// No firm innovates or absorbs.
inline void turn_search_off(Parameters& parameters)
{
    LearningParameters& learning = parameters.learning;
    learning.innovation_rate = 0.0;
    learning.absorption_rate = 0.0;
    learning.lead_success = 0.0;
    learning.absorption_strength = 0.0;
}

/// Capability stays as it is.
inline void turn_learning_off(Parameters& parameters)
{
    turn_search_off(parameters);
    parameters.learning.wright_exponent = 0.0;
    parameters.macro.climate_deviation = 0.0;
}

/// Countries have neither luck nor efficiency of their own.
inline void turn_national_luck_off(Parameters& parameters)
{
    parameters.learning.social_deviation = 0.0;
    parameters.macro.climate_deviation = 0.0;
}

/// Growth of firms does not depend on their size.
inline void turn_drag_off(Parameters& parameters)
{
    parameters.selection.size_drag = 0.0;
    parameters.selection.share_drag = 0.0;
    parameters.processing.multi_sourcing = 0.0;
}

/// No firm fails to matter or loses money (as long as mark-ups exceed search).
inline void turn_exit_off(Parameters& parameters)
{
    parameters.mobility.exit_share = 0.0;
    parameters.finance.fixed_cost = 0.0;
}

/// No firm enters, leaves, climbs or begins to export.
inline void turn_moves_off(Parameters& parameters)
{
    turn_exit_off(parameters);
    parameters.entry.rate = 0.0;
    parameters.mobility.upgrade_rate = 0.0;
    parameters.mobility.export_rate = 0.0;
}

/// Every firm exports from the first quarter on (but in processing, which sells to lead firms), and pays
/// nothing for it.
inline void let_everybody_export(Parameters& parameters)
{
    parameters.mobility.export_threshold = 0.0;
    parameters.mobility.export_rate = 1.0;
    parameters.mobility.export_fixed_cost = 0.0;
}

/// Countries differ in luck and efficiency, large firms grow less, and firms begin and stop to export all the
/// time: what parameters of round numbers leave out.
inline void turn_everything_on(Parameters& parameters)
{
    parameters.learning.social_deviation = 0.3;
    parameters.macro.climate_memory = 0.9;
    parameters.macro.climate_deviation = 0.01;
    parameters.macro.climate_gap = 0.7;
    parameters.selection.size_drag = 0.015;
    parameters.selection.share_drag = 0.05;
    parameters.processing.multi_sourcing = 0.03;
    parameters.mobility.climbing_patience = 0.25;
    parameters.mobility.export_threshold = 0.9;
    parameters.mobility.export_rate = 0.1;
    parameters.mobility.export_fixed_cost = 0.02;
    parameters.mobility.export_quarters = 2;
    parameters.mobility.export_share = 0.5;
    parameters.mobility.export_size_exponent = 0.8;
}

/// Latecomer economies of eight pools each, so that ranks meet inside of pools; firms come, go
/// and climb faster than they usually do, exports begin and end, and countries have luck.
inline Scenario lively_scenario(int latecomers, int firms)
{
    Scenario scenario = round_scenario(latecomers, 1, 3, firms);
    turn_everything_on(scenario.parameters);
    scenario.parameters.mobility.export_rate = 0.5;
    scenario.parameters.mobility.export_quarters = 1;
    scenario.parameters.entry.rate = 0.1;
    scenario.parameters.mobility.upgrade_rate = 0.3;
    scenario.parameters.mobility.exit_share = 0.3;
    scenario.parameters.mobility.exit_quarters = 2;
    return scenario;
}

/// Lead firms stay offshore: whatever else they might choose pays less.
inline void keep_lead_firms_offshore(Parameters& parameters)
{
    parameters.presence.choice_noise = 0.0;
    parameters.presence.region_cost = 1e100;
    parameters.presence.venture_cost = 1e100;
}

/// Wages, exchange rates and demand per head stay as they are, and nobody has a good or bad time.
inline void turn_macro_off(Parameters& parameters)
{
    parameters.macro.wage_response = 0.0;
    parameters.macro.exchange_response = 0.0;
    parameters.macro.exchange_noise = 0.0;
    parameters.macro.climate_deviation = 0.0;
}

/// Costs that are relative to mean revenue are numbers of wages (eq. 17).
inline void let_mean_revenue_be_the_wage(World& world)
{
    for (const PositionId p : world.positions.indices()) {
        world.references.mean_revenue[p] = 1.0;
        world.references.mean_wage[p] = 1.0;
    }
}

// --- What tests read -------------------------------------------------------------------------------

inline double domestic_share(const World& world, PoolId pool, FirmIndex i)
{
    return world.firms.columns.domestic_share[i] * world.pools[pool].domestic_scale;
}

inline double export_share(const World& world, PoolId pool, FirmIndex i)
{
    return world.firms.columns.export_share[i] * world.pools[pool].export_scale;
}

/// A firm with the pool where it is and its shares there.
struct Member {
    PoolId pool;
    double domestic_share = 0.0;
    double export_share = 0.0;
    FirmRecord record;
};

/// All firms by identity.
inline std::map<FirmId, Member> members(const World& world)
{
    std::map<FirmId, Member> found;
    for (const PoolId pool : world.pool_indices()) {
        for (const FirmIndex i : world.firms.firms_of(pool)) {
            const FirmRecord record = record_of(world.firms.columns, i);
            found[record.id] = {pool, domestic_share(world, pool, i), export_share(world, pool, i),
                                record};
        }
    }
    return found;
}

/// |a - b| relative to the larger of the two; 0 if they are equal, NaN if one of them is.
inline double difference(double a, double b)
{
    return a == b ? 0.0 : std::abs(a - b) / std::max(std::abs(a), std::abs(b));
}

/// Whether a and b agree up to rounding: relative 1e-12.
inline bool same(double a, double b)
{
    return difference(a, b) <= 1e-12;
}

/// The largest of many differences; stays NaN once one is.
class Largest {
public:
    void operator()(double x)
    {
        if (!std::isnan(value_) && !(x <= value_)) {
            value_ = x;
        }
    }
    double value() const { return value_; }

private:
    double value_ = 0.0;
};

/// Firms of a country on this rank.
inline std::int64_t firms_in(const World& world, CountryId c)
{
    std::int64_t firms = 0;
    for (const PositionId p : world.positions.indices()) {
        firms += static_cast<std::int64_t>(world.firms.firms_of(world.pool(c, p)).size());
    }
    return firms;
}

}  // namespace latecomer::tests
