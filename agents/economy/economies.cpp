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

/// Capability at a stage relative to capability at collection, in an economy far behind.
constexpr ByStage<double> capability_gradient{1.0, 0.9, 0.6, 0.7};

/// What figures are relative to: where parameters hold as they are stated.
constexpr double usual_research = 1.5;   ///< % of GDP
constexpr double usual_revenue = 27.0;   ///< of government, % of GDP
constexpr double usual_broadband = 5.0;  ///< subscriptions per 100 people
constexpr double full_schooling = 14.0;  ///< mean years at which skills are 1

/// The economy's profile over stages: far behind, the upper stages lag; at the frontier none does.  Its mean with the
/// weights of the index is one, so that capability_index starts at ln capability.
ByStage<double> gradient_of(double capability)
{
    constexpr double far = 0.7;  // in ln, from which on the whole gradient holds
    double log_mean = 0.0;
    for (std::size_t s = 0; s < stages; ++s) {
        log_mean += index_weights[s] * elementary::log(capability_gradient[s]);
    }
    const double steepness = std::clamp(-elementary::log(capability) / far, 0.0, 1.0);
    ByStage<double> gradient;
    for (std::size_t s = 0; s < stages; ++s) {
        gradient[s] =
            elementary::exp(steepness * (elementary::log(capability_gradient[s]) - log_mean));
    }
    return gradient;
}

/// What figures say of an economy (eq. 32).
Economy economy_of(const CountryData& country, const Parameters& p, double reference_productivity)
{
    const bool lead = country.role == CountryRole::lead;
    const double gdp = or_else(country[Indicator::gdp], 1.0);
    Economy economy;
    economy.key = country.key;
    economy.row = static_cast<std::uint32_t>(country.row);
    economy.role = country.role;
    economy.income_group = country.income_group;
    const double relative =
        or_else(country[Indicator::productivity], reference_productivity) / reference_productivity;
    economy.capability = lead ? 1.0 : elementary::pow(relative, p.macro.capability_exponent);
    economy.size = gdp / economy.capability;
    economy.gradient = gradient_of(economy.capability);
    // More broadband: better infrastructure to start from, within a fifth.
    const double broadband = or_else(country[Indicator::broadband], usual_broadband);
    economy.gradient[at(Stage::storage)] *=
        std::clamp(elementary::pow(broadband / usual_broadband, 0.1), 0.8, 1.2);
    const double schooling =
        or_else(country[Indicator::schooling], p.learning.skill_reference * full_schooling);
    economy.skill = std::clamp(schooling / full_schooling, 0.05, 1.0);
    const double users = or_else(country[Indicator::internet_users], 100.0) / 100.0;
    economy.adoption =
        std::clamp(users * (lead ? p.macro.adoption_start_lead : p.macro.adoption_start),
                   p.macro.adoption_floor, 1.0);
    const double research = or_else(country[Indicator::rd_expenditure], usual_research);
    economy.search_share =
        p.learning.search_share * std::clamp(research / usual_research, 0.25, 2.0);
    const double revenue = or_else(country[Indicator::government_revenue], usual_revenue);
    economy.budget_share =
        p.government.budget_share * std::clamp(revenue / usual_revenue, 0.5, 2.0);
    economy.exports = lead ? 0.0 : or_else(country[Indicator::ict_service_exports], 0.0);
    economy.lead_firms = has_lead_firms(country.role) ? country.lead_firms : 0;
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
        lead ? 0.9 * p.macro.adoption_start_lead : p.macro.adoption_start * (0.3 + 0.6 * draw(4));
    economy.gradient = capability_gradient;
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
        if (has_latecomer_firms(economy.role)) {
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

/// Numbers of firms, proportional to a power of the market at the start: size times adoption.  Lead economies have none.
/// Where they are not proportional to markets, a firm stands for more or less than one (eq. 33).
void set_firms(std::vector<Economy>& economies, const Parameters& p)
{
    const double exponent = p.world.firm_exponent;
    const auto market = [](const Economy& economy) { return economy.size * economy.adoption; };
    const auto weight = [&](const Economy& economy) {
        return exponent == 1.0 ? market(economy) : elementary::pow(market(economy), exponent);
    };
    double weights = 0.0;
    double markets = 0.0;
    double number = 0.0;
    for (const Economy& economy : economies) {
        if (has_latecomer_firms(economy.role)) {
            weights += weight(economy);
            markets += market(economy);
            number += 1.0;
        }
    }
    const double least = least_firms(p);
    const auto per_country = static_cast<double>(p.world.firms_per_country);
    for (Economy& economy : economies) {
        if (!has_latecomer_firms(economy.role)) {
            continue;
        }
        const double share = weights > 0.0 ? weight(economy) / weights : 1.0 / number;
        const double firms = std::max(least, std::floor(per_country * number * share + 0.5));
        economy.firms = static_cast<std::int64_t>(firms);
        // Where numbers are proportional to markets, rounding makes no firm larger than another.
        if (firms > 0.0 && markets > 0.0 && (exponent < 1.0 || least > 0.0)) {
            economy.grain = firms / (per_country * number * market(economy) / markets);
        }
    }
}

}  // namespace

std::vector<Economy> economies_of(const Parameters& parameters,
                                  std::span<const CountryData> countries,
                                  double reference_productivity)
{
    std::vector<Economy> economies;
    if (parameters.world.initial == InitialWorld::synthetic) {
        economies = synthetic_economies(parameters);
    } else {
        for (const CountryData& country : countries) {
            economies.push_back(economy_of(country, parameters, reference_productivity));
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
