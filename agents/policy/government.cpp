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

std::vector<Cell> cells_of(std::size_t stage,
                           const std::array<double, orientations>& orientation_weights)
{
    std::vector<Cell> cells;
    for (const InstrumentId id : instrument_indices()) {
        if (at(instrument(id).stage) == stage) {
            cells.push_back(
                {id, orientation_weights[static_cast<std::size_t>(instrument(id).orientation)]});
        }
    }
    return cells;
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

PolicyMix shifted(const PolicyMix& target, const std::array<double, stages>& score,
                  const std::array<double, orientations>& orientation_weights,
                  const std::vector<Sector>& sectors)
{
    const auto worst = static_cast<std::size_t>(std::ranges::min_element(score) - score.begin());
    const auto best = static_cast<std::size_t>(std::ranges::max_element(score) - score.begin());
    if (worst == best) {
        return target;
    }
    const std::vector<Cell> giving = cells_of(worst, orientation_weights);
    double requested = 0.0;
    for (std::size_t s = 0; s < stages; ++s) {
        requested += sum_of(target, cells_of(s, orientation_weights), sectors);
    }
    const double held = sum_of(target, giving, sectors);
    const double wanted = std::min(moved_share * requested, held);
    if (wanted <= 0.0) {
        return target;
    }
    PolicyMix mix = target;
    const double taken =
        wanted - deal_out(mix, cells_of(best, orientation_weights), wanted, sectors);
    for (const Cell& cell : giving) {
        for (double& intensity : mix.row(cell.id)) {
            intensity *= 1.0 - taken / held;
        }
    }
    return mix;
}

}  // namespace latecomer
