#include "agents/policy/instruments.hpp"

#include <algorithm>

namespace latecomer {

namespace {

double size_of(Size size, const Parameters& parameters)
{
    return size == nullptr ? 1.0 : size(parameters);
}

void move_lever(double& lever, Shape shape, double size, double intensity)
{
    switch (shape) {
    case Shape::add:
        lever += size * intensity;
        break;
    case Shape::raise:
        lever *= 1.0 + size * intensity;
        break;
    case Shape::reduce:
        lever *= 1.0 - size * intensity;
        break;
    case Shape::divide:
        lever /= 1.0 + size * intensity;
        break;
    case Shape::hump:
        lever += size * 4.0 * intensity * (1.0 - intensity);
        break;
    }
}

/// Whether an effect of this scope bears on a position.
bool bears_on(Scope scope, PositionId p, const Position& position)
{
    switch (scope) {
    case Scope::country:
        return true;
    case Scope::collection:
        return p == Positions::collection;
    case Scope::storage:
        return p == Positions::storage;
    case Scope::processing:
        return p == Positions::processing;
    case Scope::analytics:
        return p == Positions::analytics;
    case Scope::applications:
        return position.sector.has_value();
    }
    return false;
}

/// An instrument at work in one country.
struct AtWork {
    const Instrument& row;
    std::span<const double> by_sector;
    double mean;
};

void apply(const Effect& effect, const AtWork& work, const Positions& positions,
           const Parameters& parameters, Levers& levers)
{
    const double size = size_of(effect.size, parameters);
    if (const auto* of_country = std::get_if<double Levers::*>(&effect.member)) {
        move_lever(levers.*(*of_country), effect.shape, size, work.mean);
    } else if (const auto* of_stage =
                   std::get_if<std::array<double, stages> Levers::*>(&effect.member)) {
        move_lever((levers.*(*of_stage))[at(work.row.stage)], effect.shape, size, work.mean);
    } else {
        ByPosition& lever = levers.*std::get<ByPosition Levers::*>(effect.member);
        for (const PositionId p : positions.indices()) {
            const Position& position = positions[p];
            if (bears_on(effect.scope, p, position)) {
                const double intensity =
                    position.sector ? work.by_sector[position.sector->at()] : work.mean;
                move_lever(lever[p.at()], effect.shape, size, intensity);
            }
        }
    }
}

/// What a unit of intensity costs in one sector, before the cost's rate (eq. 20).
double cost_base(CostBase base, const Instrument& row, SectorId j, const CostBasis& basis,
                 const Parameters& parameters)
{
    const double demand_share = parameters.sectors[j.at()].demand_share;
    switch (base) {
    case CostBase::demand:
        return basis.demand * demand_share;
    case CostBase::administration:
        return basis.demand * demand_share / basis.capacity;
    case CostBase::search:
        return row.stage == Stage::applications ? basis.search_in_sector[j.at()]
                                                : basis.search[at(row.stage)] * demand_share;
    case CostBase::storage_orders:
        return basis.storage_orders * demand_share;
    case CostBase::reserved_demand: {
        const PositionId p =
            row.stage == Stage::applications ? Positions::application(j) : Positions::analytics;
        return basis.has_firms[p.at()] ? basis.demand * demand_share : 0.0;
    }
    }
    return 0.0;
}

double scaled(double intensity, double factor)
{
    return std::min(1.0, factor * intensity);
}

/// Calls `visit(instrument, sector, cost)` with what each cell of a mix costs, in their order.
template <class Visit>
void for_each_cost(const PolicyMix& mix, double factor, const CostBasis& basis,
                   const Parameters& parameters, const Visit& visit)
{
    for (const InstrumentId id : instrument_indices()) {
        const Instrument& row = instrument(id);
        for (const SectorId j : Range<SectorId>(mix.columns())) {
            double unit_cost = 0.0;
            for (const Cost& part : row.costs) {
                unit_cost += size_of(part.size, parameters) *
                             cost_base(part.base, row, j, basis, parameters);
            }
            visit(id, j, scaled(mix(id, j), factor) * unit_cost);
        }
    }
}

/// Planned cost of a mix whose intensities are multiplied, up to full intensity.
double scaled_cost(const PolicyMix& mix, double factor, const CostBasis& basis,
                   const Parameters& parameters)
{
    double sum = 0.0;
    for_each_cost(mix, factor, basis, parameters,
                  [&](InstrumentId, SectorId, double cost) { sum += cost; });
    return sum;
}

}  // namespace

std::string_view lever_name(const Effect::Lever& lever)
{
    std::string_view name;
    for_each(Levers::table, [&](const auto& row) {
        if (lever == Effect::Lever{row.member}) {
            name = row.key;
        }
    });
    return name;
}

PolicyMix no_policy(std::size_t sectors)
{
    return {instruments().size(), sectors};
}

double mean_intensity(const PolicyMix& mix, InstrumentId id, const std::vector<Sector>& sectors)
{
    const auto by_sector = mix.row(id);
    double sum = 0.0;
    double weight = 0.0;
    bool equal = true;
    for (std::size_t j = 0; j < sectors.size(); ++j) {
        sum += sectors[j].demand_share * by_sector[j];
        weight += sectors[j].demand_share;
        equal = equal && by_sector[j] == by_sector[0];
    }
    return equal ? by_sector[0] : sum / weight;
}

Levers levers_of(const PolicyMix& mix, const Positions& positions, const Parameters& parameters)
{
    Levers levers;
    for (const InstrumentId id : instrument_indices()) {
        const AtWork work{instrument(id), mix.row(id), mean_intensity(mix, id, parameters.sectors)};
        for (const Effect& effect : work.row.effects) {
            apply(effect, work, positions, parameters, levers);
        }
    }
    return levers;
}

void plan_spending(const PolicyMix& mix, const CostBasis& basis, const Parameters& parameters,
                   Table<InstrumentId, SectorId, double>& cost)
{
    for_each_cost(mix, 1.0, basis, parameters,
                  [&](InstrumentId id, SectorId j, double of_cell) { cost(id, j) = of_cell; });
}

double planned_cost(const PolicyMix& mix, const CostBasis& basis, const Parameters& parameters)
{
    return scaled_cost(mix, 1.0, basis, parameters);
}

double total(const Table<InstrumentId, SectorId, double>& cost)
{
    double sum = 0.0;
    for (const double part : cost.span()) {
        sum += part;
    }
    return sum;
}

void scale_to_cost(PolicyMix& mix, double wanted, const CostBasis& basis,
                   const Parameters& parameters)
{
    double smallest = 1.0;
    for (const double intensity : mix.span()) {
        smallest = intensity > 0.0 ? std::min(smallest, intensity) : smallest;
    }
    double low = 0.0;
    double high = 1.0 / smallest;
    if (scaled_cost(mix, high, basis, parameters) <= wanted) {
        low = high;
    }
    constexpr int halvings = 60;  // beyond the digits of a double
    for (int i = 0; i < halvings && low < high; ++i) {
        const double middle = 0.5 * (low + high);
        const bool too_dear = scaled_cost(mix, middle, basis, parameters) > wanted;
        (too_dear ? high : low) = middle;
    }
    for (double& intensity : mix.span()) {
        intensity = scaled(intensity, low);
    }
}

}  // namespace latecomer
