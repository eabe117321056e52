#include "agents/policy/government.hpp"

#include <algorithm>

namespace latecomer {

namespace {

constexpr double moved_share = 0.1;  ///< of all requested intensity, at a review

/// Instruments of a stage with the weight that each has in what the stage receives.
struct Cell {
    InstrumentId id;
    double weight;
};

std::vector<Cell> cells_of(const std::vector<InstrumentId>& ids,
                           const std::array<double, orientations>& orientation_weights)
{
    std::vector<Cell> cells;
    for (const InstrumentId id : ids) {
        cells.push_back(
            {id, orientation_weights[static_cast<std::size_t>(instrument(id).orientation)]});
    }
    return cells;
}

template <class Is>
std::vector<InstrumentId> instruments_that(const Is& is)
{
    std::vector<InstrumentId> ids;
    for (const InstrumentId id : instrument_indices()) {
        if (is(instrument(id))) {
            ids.push_back(id);
        }
    }
    return ids;
}

double sum_of(const PolicyMix& mix, const std::vector<Cell>& cells,
              const std::vector<Sector>& sectors)
{
    double sum = 0.0;
    for (const Cell& cell : cells) {
        sum += mean_intensity(mix, cell.id, sectors);
    }
    return sum;
}

/// Raises the mean of an instrument over sectors; each sector in proportion to its room.
void raise(PolicyMix& mix, InstrumentId id, double amount, const std::vector<Sector>& sectors)
{
    const double room = 1.0 - mean_intensity(mix, id, sectors);
    for (double& intensity : mix.row(id)) {
        intensity = std::min(1.0, intensity + amount * (1.0 - intensity) / room);
    }
}

/// Deals an amount out by weights until it is spent or all cells are full.  Returns what is left.
double deal_out(PolicyMix& mix, const std::vector<Cell>& cells, double amount,
                const std::vector<Sector>& sectors)
{
    constexpr double crumb = 1e-12;
    for (std::size_t round = 0; round < cells.size() && amount > crumb; ++round) {
        double weights = 0.0;
        for (const Cell& cell : cells) {
            weights += mean_intensity(mix, cell.id, sectors) < 1.0 - crumb ? cell.weight : 0.0;
        }
        if (weights <= 0.0) {
            break;
        }
        double dealt = 0.0;
        for (const Cell& cell : cells) {
            const double room = 1.0 - mean_intensity(mix, cell.id, sectors);
            if (room > crumb && cell.weight > 0.0) {
                const double part = std::min(room, amount * cell.weight / weights);
                raise(mix, cell.id, part, sectors);
                dealt += part;
            }
        }
        amount -= dealt;
    }
    return std::max(0.0, amount);
}

}  // namespace

void ramp(PolicyMix& mix, const PolicyMix& origin, std::int64_t elapsed, std::int64_t ramp_quarters)
{
    if (elapsed + 1 >= ramp_quarters) {
        return;
    }
    const double way = static_cast<double>(elapsed + 1) / static_cast<double>(ramp_quarters);
    for (std::size_t i = 0; i < mix.span().size(); ++i) {
        const double start = origin.span()[i];
        mix.span()[i] = start + way * (mix.span()[i] - start);
    }
}

PolicyMix moved(const PolicyMix& target, const std::vector<InstrumentId>& from,
                const std::vector<InstrumentId>& to,
                const std::array<double, orientations>& orientation_weights,
                const std::vector<Sector>& sectors)
{
    const std::vector<Cell> giving = cells_of(from, orientation_weights);
    const auto every = [](const Instrument&) { return true; };
    const double requested =
        sum_of(target, cells_of(instruments_that(every), orientation_weights), sectors);
    const double held = sum_of(target, giving, sectors);
    const double wanted = std::min(moved_share * requested, held);
    if (wanted <= 0.0) {
        return target;
    }
    PolicyMix mix = target;
    const double taken = wanted - deal_out(mix, cells_of(to, orientation_weights), wanted, sectors);
    for (const Cell& cell : giving) {
        for (double& intensity : mix.row(cell.id)) {
            intensity *= 1.0 - taken / held;
        }
    }
    return mix;
}

PolicyMix shifted(const PolicyMix& target, const std::array<double, stages>& score,
                  const std::array<double, orientations>& orientation_weights,
                  const std::vector<Sector>& sectors)
{
    const auto worst = static_cast<std::size_t>(std::ranges::min_element(score) - score.begin());
    const auto best = static_cast<std::size_t>(std::ranges::max_element(score) - score.begin());
    const auto of_stage = [](std::size_t s) {
        return instruments_that([s](const Instrument& row) { return at(row.stage) == s; });
    };
    return worst == best
               ? target
               : moved(target, of_stage(worst), of_stage(best), orientation_weights, sectors);
}

std::vector<InstrumentId> instruments_for(const std::array<double, goals>& weights)
{
    const auto wants = [&](Goal goal) { return weights[static_cast<std::size_t>(goal)] > 0.0; };
    return instruments_that([&](const Instrument& row) {
        return std::ranges::any_of(row.effects, [&](const Effect& effect) {
            return (wants(Goal::diffusion) && effect.member == Effect::Lever{&Levers::adoption}) ||
                   (wants(Goal::sovereignty) &&
                    effect.member == Effect::Lever{&Levers::localised_share});
        });
    });
}

}  // namespace latecomer
