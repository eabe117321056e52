#include "agents/economy/positions.hpp"

#include "core/text.hpp"

#include <numeric>

namespace latecomer {

namespace {

Position make_row(std::string key, Stage stage, const PositionParameters& from,
                  const Parameters& parameters, std::size_t positions)
{
    Position row;
    row.key = std::move(key);
    row.stage = stage;
    row.parameters = from;
    row.initial_firms = from.initial_firms;
    row.quality_gain = from.quality_weight * parameters.data.quality_gain;
    row.inputs.assign(positions, 0.0);
    row.inputs[Positions::collection.at()] = from.input_collection;
    row.inputs[Positions::storage.at()] = from.input_storage;
    row.inputs[Positions::analytics.at()] = from.input_analytics;
    return row;
}

}  // namespace

double Position::input_share() const
{
    return std::accumulate(inputs.begin(), inputs.end(), 0.0);
}

Positions::Positions(const Parameters& parameters)
    : rows_(before_applications + parameters.sectors.size())
{
    const std::size_t n = rows_.size();
    const auto row = [&](const char* key, Stage stage, const PositionParameters& from) {
        return make_row(key, stage, from, parameters, n);
    };
    rows_[collection] = row("COL", Stage::collection, parameters.collection);
    rows_[storage] = row("STO", Stage::storage, parameters.storage);
    rows_[processing] = row("PRL", Stage::analytics, parameters.processing);
    rows_[analytics] = row("ANA", Stage::analytics, parameters.analytics);
    rows_[processing].world_market = true;

    rows_[collection].ladder = {storage};
    rows_[storage].ladder = {analytics};
    rows_[processing].ladder = {analytics};
    for (const SectorId j : Range<SectorId>(parameters.sectors.size())) {
        const PositionId p = application(j);
        const Sector& sector = parameters.sectors[j.at()];
        rows_[p] = make_row(text("APP_", sector.key), Stage::applications, parameters.applications,
                            parameters, n);
        rows_[p].sector = j;
        rows_[p].initial_firms *= sector.demand_share;
        rows_[analytics].ladder.push_back(p);
        downwards_.push_back(p);
    }
    downwards_.insert(downwards_.end(), {analytics, collection, processing, storage});
}

}  // namespace latecomer
