#include "jobs/study/plan/dollar_scale.hpp"

namespace latecomer::jobs::study {
namespace {

/// Whether the value of a parameter changes what one unit of the numeraire, or the productivity at the start, is.
bool changes_scale(std::string_view parameter)
{
    return parameter.starts_with("world.") || parameter.starts_with("country.") ||
           parameter == "macro.demand_start" || parameter == "macro.capability_exponent";
}

}  // namespace

std::optional<Scenario> scenario_of_scale(const Plan& plan)
{
    for (const Marginal& marginal : plan.spec().design.marginals) {
        if (changes_scale(marginal.parameter)) {
            return std::nullopt;
        }
    }
    Scenario first = plan.scenario_of_arm(0);
    for (std::size_t arm = 1; arm < plan.spec().arms.size(); ++arm) {
        const Scenario other = plan.scenario_of_arm(arm);
        if (usd_per_numeraire(other) != usd_per_numeraire(first) ||
            usd_per_worker(other) != usd_per_worker(first) ||
            other.parameters.world.base_year != first.parameters.world.base_year) {
            return std::nullopt;
        }
    }
    return first;
}

io::Attributes dollars(const std::optional<Scenario>& scale, std::string_view key,
                       std::string_view unit)
{
    return scale ? io::dollar_attributes(key, unit, *scale) : io::Attributes{};
}

}  // namespace latecomer::jobs::study
