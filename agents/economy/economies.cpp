#include "agents/economy/economies.hpp"

#include "agents/economy/positions.hpp"
#include "core/elementary.hpp"
#include "core/random.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <cmath>

namespace latecomer {

namespace {

double or_else(const Datum& datum, double fallback)
{
    return datum.known() ? datum.value : fallback;
}

Economy economy_of(const CountryData& country, const Parameters& p, double reference_gdp_per_head)
{
    const double population = or_else(country[Indicator::population], 1.0);
    const double gdp_per_head = or_else(country[Indicator::gdp], 1.0) / population;
    const bool lead = country.role == CountryRole::lead;

    Economy economy;
    economy.key = country.key;
    economy.row = static_cast<std::uint32_t>(country.row);
    economy.role = country.role;
    economy.capability =
        lead ? 1.0
             : elementary::pow(gdp_per_head / reference_gdp_per_head, p.macro.capability_exponent);
    economy.size = or_else(country[Indicator::gdp], 1.0) / economy.capability;
    economy.skill = or_else(country[Indicator::human_capital_index], p.learning.skill_reference);
    economy.adoption =
        lead ? p.macro.adoption_start_lead
             : p.macro.adoption_start * or_else(country[Indicator::internet_users], 100.0) / 100.0;
    // More data centres a head: better infrastructure to start from, within a fifth.
    const double centres = or_else(country[Indicator::data_centres], population) / population;
    economy.storage_gradient = std::clamp(elementary::pow(centres, 0.1), 0.8, 1.2);
    // Research and tax shares relative to those at which the parameters are stated.
    const double research = or_else(country[Indicator::rd_expenditure], 1.5) / 1.5;
    economy.search_share = p.learning.search_share * std::clamp(research, 0.25, 2.0);
    const double tax = or_else(country[Indicator::tax_revenue], 15.0) / 15.0;
    economy.budget_share = p.government.budget_share * std::clamp(tax, 0.5, 2.0);
    economy.lead_firms = lead ? country.lead_firms : 0;
    return economy;
}

/// An economy of the synthetic world: everything that the table would say is drawn.
Economy draw_economy(std::size_t row, CountryRole role, const Parameters& p)
{
    const RandomKey key{static_cast<std::uint64_t>(p.run.seed),
                        static_cast<std::uint32_t>(p.run.replicate)};
    const std::uint64_t entity = identity::bits(identity::pair(row, 0));
    const auto draw = [&](unsigned k) { return uniform(key, Stream::initial, entity, 0, k); };
    const bool lead = role == CountryRole::lead;

    Economy economy;
    economy.key = text(lead ? 'L' : 'S', row < 9 ? "00" : row < 99 ? "0" : "", row + 1);
    economy.row = static_cast<std::uint32_t>(row);
    economy.role = role;
    economy.capability = lead ? 1.0 : 0.15 + 0.35 * draw(0);
    economy.skill = 0.30 + 0.60 * draw(1);
    economy.size = elementary::exp(0.5 * normal(key, Stream::initial, entity, 0, 1));
    economy.adoption =
        lead ? p.macro.adoption_start_lead : p.macro.adoption_start * (0.3 + 0.6 * draw(4));
    economy.search_share = p.learning.search_share;
    economy.budget_share = p.government.budget_share;
    return economy;
}

std::vector<Economy> synthetic_economies(const Parameters& p)
{
    std::vector<Economy> economies;
    const auto latecomers = static_cast<std::size_t>(p.world.synthetic_latecomers);
    const auto leads = static_cast<std::size_t>(p.world.synthetic_lead_economies);
    for (std::size_t row = 0; row < latecomers + leads; ++row) {
        economies.push_back(
            draw_economy(row, row < latecomers ? CountryRole::latecomer : CountryRole::lead, p));
    }
    for (std::int64_t l = 0; l < p.world.synthetic_lead_firms && leads > 0; ++l) {
        ++economies[latecomers + static_cast<std::size_t>(l) % leads].lead_firms;
    }
    return economies;
}

/// Makes the mean size of the latecomer economies one.
void scale_sizes(std::vector<Economy>& economies)
{
    double sum = 0.0;
    int latecomers = 0;
    for (const Economy& economy : economies) {
        if (economy.role == CountryRole::latecomer) {
            sum += economy.size;
            ++latecomers;
        }
    }
    const double mean = latecomers > 0 ? sum / latecomers : economies.front().size;
    for (Economy& economy : economies) {
        economy.size /= mean;
    }
}

/// Firms with which every position has `least_firms` at least.
double least_firms(const Parameters& p)
{
    const Positions positions{p};
    double smallest = 1.0;
    for (const PositionId position : positions.indices()) {
        if (positions[position].initial_firms > 0.0) {
            smallest = std::min(smallest, positions[position].initial_firms);
        }
    }
    return std::ceil(static_cast<double>(p.world.least_firms) / smallest);
}

/// Numbers of firms, proportional to a power of size; lead economies have none.
void set_firms(std::vector<Economy>& economies, const Parameters& p)
{
    const double exponent = p.world.firm_exponent;
    const auto weight = [&](const Economy& economy) {
        return exponent == 1.0 ? economy.size : elementary::pow(economy.size, exponent);
    };
    double weights = 0.0;
    double sizes = 0.0;
    for (const Economy& economy : economies) {
        if (economy.role != CountryRole::lead) {
            weights += weight(economy);
            sizes += economy.size;
        }
    }
    const double least = least_firms(p);
    const auto per_country = static_cast<double>(p.world.firms_per_country);
    for (Economy& economy : economies) {
        if (economy.role == CountryRole::lead) {
            continue;
        }
        const double share = exponent == 1.0 ? economy.size : sizes * weight(economy) / weights;
        const double firms = std::max(least, std::floor(per_country * share + 0.5));
        economy.firms = static_cast<std::int64_t>(firms);
        // Where numbers are proportional to size, rounding makes no firm larger than another.
        if (firms > 0.0 && (exponent < 1.0 || least > 0.0)) {
            economy.grain = firms / (per_country * economy.size);
        }
    }
}

}  // namespace

std::vector<Economy> economies_of(const Parameters& parameters,
                                  std::span<const CountryData> countries,
                                  double reference_gdp_per_head)
{
    std::vector<Economy> economies;
    if (parameters.world.initial == InitialWorld::synthetic) {
        economies = synthetic_economies(parameters);
    } else {
        for (const CountryData& country : countries) {
            economies.push_back(economy_of(country, parameters, reference_gdp_per_head));
        }
    }
    scale_sizes(economies);
    set_firms(economies, parameters);
    return economies;
}

std::vector<CountryId> lead_homes(const std::vector<Economy>& economies)
{
    std::vector<CountryId> by_size;
    for (const CountryId c : Range<CountryId>(economies.size())) {
        if (economies[c.at()].lead_firms > 0) {
            by_size.push_back(c);
        }
    }
    std::stable_sort(by_size.begin(), by_size.end(), [&](CountryId a, CountryId b) {
        return economies[a.at()].size > economies[b.at()].size;
    });
    std::vector<CountryId> homes;
    bool dealt = true;
    for (std::int64_t round = 0; dealt; ++round) {
        dealt = false;
        for (const CountryId c : by_size) {
            if (economies[c.at()].lead_firms > round) {
                homes.push_back(c);
                dealt = true;
            }
        }
    }
    return homes;
}

}  // namespace latecomer
