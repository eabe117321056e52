#include "agents/observation/output_rows.hpp"
#include "agents/policy/instruments.hpp"
#include "core/constants.hpp"

#include <algorithm>

namespace latecomer::output_rows {

namespace {

void intensity(const World& world, std::span<double> values)
{
    for (const CountryId c : world.countries.indices()) {
        for (const InstrumentId id : instrument_indices()) {
            values[c.at() * instruments().size() + id.at()] =
                mean_intensity(world.governments[c].effective, id, world.parameters().sectors);
        }
    }
}

void requested(const World& world, std::span<double> values)
{
    for (const CountryId c : world.countries.indices()) {
        for (const InstrumentId id : instrument_indices()) {
            values[c.at() * instruments().size() + id.at()] =
                mean_intensity(world.governments[c].requested, id, world.parameters().sectors);
        }
    }
}

void spending(const World& world, std::span<double> values)
{
    for (const CountryId c : world.countries.indices()) {
        for (const InstrumentId id : instrument_indices()) {
            double sum = 0.0;
            for (const double part : world.governments[c].spending.row(id)) {
                sum += part;
            }
            values[c.at() * instruments().size() + id.at()] = sum;
        }
    }
}

template <double Government::*member>
void of_government(const World& world, std::span<double> values)
{
    for (const CountryId c : world.countries.indices()) {
        values[c.at()] = world.governments[c].*member;
    }
}

/// Share of foreign lead firms by way of being present.
void presence(const World& world, std::span<double> values)
{
    constexpr std::size_t modes = presence_names.size();
    std::ranges::fill(values, 0.0);
    for (const CountryId c : world.countries.indices()) {
        double foreign = 0.0;
        for (const LeadId l : world.leads.indices()) {
            foreign += world.leads.home[l] != c ? 1.0 : 0.0;
        }
        for (const LeadId l : world.leads.indices()) {
            if (world.leads.home[l] != c) {
                values[c.at() * modes + static_cast<std::size_t>(world.leads.presence(l, c))] +=
                    1.0 / foreign;
            }
        }
        if (foreign == 0.0) {
            std::ranges::fill(values.subspan(c.at() * modes, modes), missing);
        }
    }
}

/// Copies a matrix of country by country, or adds up over the second where these are too many.
template <class Value>
void by_home(const World& world, std::span<double> values, std::size_t depth, const Value& value)
{
    const bool apart = homes_are_told_apart(world);
    const std::size_t n = world.countries.size();
    std::ranges::fill(values, 0.0);
    for (std::size_t c = 0; c < n; ++c) {
        for (std::size_t home = 0; home < n; ++home) {
            for (std::size_t j = 0; j < depth; ++j) {
                values[(apart ? c * n + home : c) * depth + j] += value(c, home, j);
            }
        }
    }
}

void data_flow(const World& world, std::span<double> values)
{
    const std::size_t sectors = world.positions.sectors();
    by_home(world, values, sectors, [&](std::size_t c, std::size_t home, std::size_t j) {
        return world.results.data_flows[(c * world.countries.size() + home) * sectors + j];
    });
}

void granted(const World& world, std::span<double> values)
{
    for (const CountryId c : world.countries.indices()) {
        const Government& government = world.governments[c];
        values[c.at()] = government.required > 0.0
                             ? world.results.flows[c].spending / government.required
                             : not_a_number;
    }
}

void tariff(const World& world, std::span<double> values)
{
    by_home(world, values, 1, [&](std::size_t c, std::size_t home, std::size_t) {
        return world.trade.tariffs(CountryId{home}, CountryId{c});
    });
}

void upgrades(const World& world, std::span<double> values)
{
    const auto all = world.results.upgrades.span();
    std::copy(all.begin(), all.end(), values.begin());
}

const std::vector<Axis> by_instrument{Axis::country, Axis::instrument};

}  // namespace

std::vector<Output> policy()
{
    return {
        {"requested_intensity", "1", by_instrument, "22",
         "Requested intensity of policy, by instrument", requested},
        {"intensity", "1", by_instrument, "22", "Effective intensity of policy, by instrument",
         intensity},
        {"instrument_spending", money, by_instrument, "22",
         "Public spending on policy, by instrument", spending},
        {"required_spending",
         money,
         {Axis::country},
         "20",
         "Cost of all that the policy programme requested",
         of_government<&Government::required>},
        {"available_spending",
         money,
         {Axis::country},
         "21",
         "Money that the policy programme may spend",
         of_government<&Government::available>},
        {"equal_cost_shortfall",
         money,
         {Axis::country},
         "22",
         "Spending that a policy at equal cost fell short of",
         of_government<&Government::cost_shortfall>},
        {"granted",
         "1",
         {Axis::country},
         "22",
         "Share of the requested policy that the budget allowed; missing: nothing was requested",
         granted},
        {"presence_share",
         "1",
         {Axis::country, Axis::mode},
         "30",
         "Share of foreign lead firms, by how they are present in the economy",
         presence},
        {"tariff",
         "1",
         {Axis::country, Axis::home},
         "31",
         "Tariff on the economy, by home economy of the lead firms whose government levies it",
         tariff},
        {"data_flow",
         "unit of data/quarter",
         {Axis::country, Axis::home, Axis::sector},
         "18",
         "Data generated in the economy, by home economy of the sellers who take them and by "
         "sector",
         data_flow},
        {"upgrades",
         "firm/quarter",
         {Axis::country, Axis::position, Axis::target},
         "23",
         "Firms that moved in the quarter, by position left and position taken",
         upgrades},
    };
}

}  // namespace latecomer::output_rows
