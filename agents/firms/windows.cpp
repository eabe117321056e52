#include "agents/firms/windows.hpp"

#include "agents/world/events.hpp"
#include "core/elementary.hpp"

#include <algorithm>
#include <utility>

namespace latecomer {

namespace {

namespace el = elementary;

constexpr std::uint32_t bit(std::size_t window)
{
    return std::uint32_t{1} << window;
}

bool is_open(const World& world, std::size_t window)
{
    return !world.spins_up() && world.scenario.windows[window].quarter <= world.quarter;
}

/// Number of the draws of a window: of its quarter, its stage, and its place among equals.
unsigned draw_of(const World& world, std::size_t window)
{
    const auto& windows = world.scenario.windows;
    const auto is_like = [&](const TechnologyWindow& other) {
        return other.quarter == windows[window].quarter && other.stage == windows[window].stage;
    };
    const auto end = windows.begin() + static_cast<std::ptrdiff_t>(window);
    const auto before = static_cast<unsigned>(std::count_if(windows.begin(), end, is_like));
    const auto quarter = static_cast<unsigned>(windows[window].quarter);
    constexpr unsigned most_alike = 8;  // k < 2^18
    return (quarter * static_cast<unsigned>(stages) +
            static_cast<unsigned>(at(windows[window].stage))) *
               most_alike +
           before % most_alike;
}

/// Share of a country's revenue at the window's stage that is made with the old technology.
double old_share(const World& world, CountryId c, std::size_t window)
{
    return world.technology.old_shares[c.at() * world.technology.base.size() + window];
}

WindowTerms terms_of(const World& world, CountryId c, std::size_t n)
{
    const TechnologyWindow& window = world.scenario.windows[n];
    const std::size_t s = at(window.stage);
    return {n,
            draw_of(world, n),
            s,
            world.references.frontier[s],
            1.0 - window.perception_loss * old_share(world, c, n),
            world.technology.base[n],
            window.gain,
            window.lock_in};
}

/// Whether the entity perceives the window in this quarter, and gains by it.
double gain_if_adopted(const World& world, FirmId id, double capability, const WindowTerms& terms)
{
    const double sight = std::min(1.0, capability / terms.frontier) * terms.visibility;
    const double u =
        chance(world.random, Stream::window, identity::bits(id), world.clock(), terms.draw);
    return u < sight ? adoption_gain(capability, terms) : 0.0;
}

/// Revenue of lead firms at home in a country at a stage: all of it, or that of old technology.
double lead_revenue(const World& world, CountryId c, std::size_t stage, std::uint32_t lacking)
{
    double revenue = 0.0;
    for (const LeadId l : world.leads.indices()) {
        if (world.leads.home[l] != c || (world.leads.windows[l] & lacking) != 0) {
            continue;
        }
        for (const PositionId p : world.positions.indices()) {
            if (at(world.positions[p].stage) == stage) {
                revenue += world.leads.units(l, p) * world.leads.price(l, p);
            }
        }
    }
    return revenue;
}

}  // namespace

double adoption_gain(double capability, const WindowTerms& terms)
{
    return terms.gain - terms.lock_in * std::max(0.0, el::log(capability / terms.base));
}

void open_windows(World& world)
{
    for (std::size_t n = 0; n < world.scenario.windows.size(); ++n) {
        const TechnologyWindow& window = world.scenario.windows[n];
        if (window.quarter == world.quarter) {
            world.technology.base[n] = window.base * world.references.frontier[at(window.stage)];
            report(world, EventKind::window, "technology", stage_names[at(window.stage)],
                   window.gain, window.label.empty() ? "window opens" : window.label);
        }
    }
}

std::vector<WindowTerms> window_terms(const World& world, CountryId c, PositionId p,
                                      std::vector<WindowTerms> reused)
{
    std::vector<WindowTerms> terms = std::move(reused);
    terms.clear();
    for (std::size_t n = 0; n < world.scenario.windows.size(); ++n) {
        if (is_open(world, n) && world.scenario.windows[n].stage == world.positions[p].stage) {
            terms.push_back(terms_of(world, c, n));
        }
    }
    return terms;
}

void adopt_windows(World& world, const Block& block, const std::vector<WindowTerms>& terms)
{
    Firms& firms = world.firms.columns;
    for (const WindowTerms& window : terms) {
        auto& capability = firms.capability[window.stage];
        for (const FirmIndex i : Range<FirmIndex>(block.first, block.first + block.size)) {
            if ((firms.windows[i] & bit(window.window)) != 0) {
                continue;
            }
            const double gain = gain_if_adopted(world, firms.id[i], capability[i], window);
            if (gain > 0.0) {
                capability[i] *= el::exp(gain);
                firms.windows[i] |= bit(window.window);
            }
        }
    }
}

void lead_firms_adopt_windows(World& world)
{
    for (const LeadId l : world.leads.indices()) {
        for (std::size_t n = 0; n < world.scenario.windows.size(); ++n) {
            if (!is_open(world, n) || (world.leads.windows[l] & bit(n)) != 0) {
                continue;
            }
            const WindowTerms terms = terms_of(world, world.leads.home[l], n);
            double& capability = world.leads.capability[l][terms.stage];
            const double gain = gain_if_adopted(world, identity::lead(l), capability, terms);
            if (gain > 0.0) {
                capability *= el::exp(gain);
                world.leads.windows[l] |= bit(n);
                report(world, EventKind::window, name_of(world, l),
                       world.countries.key[world.leads.home[l]], gain,
                       text("adopts at ", stage_names[terms.stage]));
            }
        }
    }
}

void equip_entrant(const World& world, CountryId c, FirmRecord& firm)
{
    for (std::size_t n = 0; n < world.scenario.windows.size(); ++n) {
        if (is_open(world, n)) {
            const TechnologyWindow& window = world.scenario.windows[n];
            firm.capability[at(window.stage)] *= el::exp(window.gain * old_share(world, c, n));
            firm.windows |= bit(n);
        }
    }
}

void count_old_technology(const World& world, const Block& block, Tally& tally)
{
    const Firms& firms = world.firms.columns;
    for (std::size_t n = 0; n < world.scenario.windows.size(); ++n) {
        if (!is_open(world, n) ||
            world.scenario.windows[n].stage != world.positions[block.position].stage) {
            continue;
        }
        BlockValues old;
        for (std::size_t i = 0; i < block.size; ++i) {
            const FirmIndex firm{block.first + i};
            old[i] = (firms.windows[firm] & bit(n)) != 0 ? 0.0 : firms.revenue[firm];
        }
        add_values(tally.old_technology, block, n, old);
    }
}

void update_old_shares(World& world, const Tally& tally)
{
    for (std::size_t n = 0; n < world.scenario.windows.size(); ++n) {
        if (!is_open(world, n)) {
            continue;
        }
        const std::size_t s = at(world.scenario.windows[n].stage);
        for (const CountryId c : world.countries.indices()) {
            double old = lead_revenue(world, c, s, bit(n));
            double all = lead_revenue(world, c, s, 0);
            for (const PositionId p : world.positions.indices()) {
                if (at(world.positions[p].stage) == s) {
                    const PoolId pool = world.pool(c, p);
                    old += tally.old_technology.value(pool.at(), n);
                    all += world.results.pools[pool].revenue;
                }
            }
            world.technology.old_shares[c.at() * world.technology.base.size() + n] =
                all > 0.0 ? std::min(1.0, old / all) : 1.0;
        }
    }
}

}  // namespace latecomer
