#include "agents/observation/dollars.hpp"

#include "core/constants.hpp"
#include "core/elementary.hpp"

namespace latecomer {
namespace {

bool has_figures(const Scenario& scenario)
{
    return scenario.parameters.world.initial == InitialWorld::table && !scenario.countries.empty();
}

/// The economy whose productivity others are told relative to, as long as it has firms; null: none for certain.
const Economy* reference_economy(const std::vector<Economy>& economies)
{
    const Economy* first_lead = nullptr;
    for (const Economy& economy : economies) {
        if (economy.lead_firms + economy.firms == 0) {
            continue;
        }
        if (economy.key == "USA") {
            return &economy;
        }
        if (first_lead == nullptr && has_lead_firms(economy.role)) {
            first_lead = &economy;
        }
    }
    return first_lead;
}

}  // namespace

std::optional<double> usd_per_numeraire(const Scenario& scenario)
{
    if (!has_figures(scenario)) {
        return std::nullopt;
    }
    // GDP over initial demand is the same in all economies (eq. 32): that of the first will do.
    constexpr double usd_bn = 1e9;
    const Parameters& p = scenario.parameters;
    const Economy economy = economies_of(scenario).front();
    const Datum& gdp = scenario.countries.front()[Indicator::gdp];
    if (!gdp.known()) {
        return std::nullopt;
    }
    const double initial_demand = p.macro.demand_start *
                                  static_cast<double>(p.world.firms_per_country) * economy.size *
                                  economy.capability;
    const double gdp_a_quarter = gdp.value * usd_bn / static_cast<double>(quarters_a_year);
    return digital_share_of_gdp * gdp_a_quarter / initial_demand;
}

std::optional<double> usd_per_worker(const Scenario& scenario)
{
    const double exponent = scenario.parameters.macro.capability_exponent;
    if (!has_figures(scenario) || !(exponent > 0.0) || !(scenario.reference_productivity > 0.0)) {
        return std::nullopt;
    }
    const std::vector<Economy> economies = economies_of(scenario);
    const Economy* const reference = reference_economy(economies);
    if (reference == nullptr) {
        return std::nullopt;
    }
    return scenario.reference_productivity * elementary::pow(reference->capability, 1.0 / exponent);
}

}  // namespace latecomer
