#include "io/results/dollar_attributes.hpp"

#include "core/text.hpp"

namespace latecomer::io {

Attributes dollar_attributes(std::string_view key, std::string_view unit, const Scenario& scenario)
{
    const std::int64_t year = scenario.parameters.world.base_year;
    if (unit.starts_with("numeraire")) {
        if (const auto scale = usd_per_numeraire(scenario)) {
            constexpr double percent = 100.0;
            return {
                {"usd_per_unit", *scale},
                {"comment", text("A value times usd_per_unit is in US dollars of ", year,
                                 ", if demand at full adoption is ", percent * digital_share_of_gdp,
                                 " % of GDP: an order of magnitude (agents/MODEL.md, eq. 37)")}};
        }
    }
    if (key == "relative_productivity") {
        if (const auto scale = usd_per_worker(scenario)) {
            const auto which = static_cast<std::size_t>(Indicator::productivity);
            return {
                {"usd_at_zero", *scale},
                {"comment",
                 text("exp(value) times usd_at_zero is output a worker in ", indicators[which].unit,
                      ", as if the economy with which others are ",
                      "compared had stayed as it was in ", year, " (agents/MODEL.md, eq. 38)")}};
        }
    }
    return {};
}

}  // namespace latecomer::io
