#include "agents/observation/chain_moments.hpp"

#include "agents/observation/outputs.hpp"
#include "core/constants.hpp"
#include "core/elementary.hpp"
#include "core/errors.hpp"

#include <algorithm>
#include <cmath>

namespace latecomer {
namespace {

constexpr std::size_t years_of_growth = 10;
constexpr double least_world_share = 0.01;  ///< with which an industry begins to be one
constexpr std::int64_t quarters_to_climb = 200;
constexpr double least_firms_of_step = 10.0;

/// The one value of an output of the world.
double world_output(const World& world, std::string_view key)
{
    const auto row = std::ranges::find(outputs(), key, &Output::key);
    expects(row != outputs().end() && output_size(world, *row) == 1, "an output of the world");
    double value = not_a_number;
    row->fill(world, std::span{&value, 1});
    return value;
}

double mean_log_frontier(const World& world)
{
    double sum = 0.0;
    for (std::size_t s = 0; s < stages; ++s) {
        sum += elementary::log(world.references.frontier[s]);
    }
    return sum / static_cast<double>(stages);
}

/// Growth a year; NaN or infinite where it has no meaning.
double growth(double before, double after)
{
    return elementary::pow(after / before, 1.0 / static_cast<double>(years_of_growth)) - 1.0;
}

}  // namespace

ChainMoments::ChainMoments(const World& world)
{
    for (const PositionId from : {Positions::processing, Positions::analytics}) {
        Step step{from, world.positions[from].ladder, 0.0, 0.0, {}, {}};
        step.moved.assign(world.countries.size(), 0.0);
        step.stood.assign(world.countries.size(), 0.0);
        steps_.push_back(std::move(step));
    }
    for (const CountryId c : world.countries.indices()) {
        latecomers_.push_back(has_latecomer_firms(world.countries.role[c]));
    }
}

ChainMoments::Processing ChainMoments::processing_of(const World& world) const
{
    Processing processing;
    for (const CountryId c : world.countries.indices()) {
        const PoolResults& pool = world.results.pools[world.pool(c, Positions::processing)];
        const bool sells = latecomers_[c.at()] && pool.sellers > 0;
        // Wages are a fixed share of sales over (1 + mark-up), and are paid at w e (eq. 10, 17).
        const double wage = world.countries.wage[c] * world.countries.exchange_rate[c];
        processing.revenue.push_back(latecomers_[c.at()] ? pool.revenue : 0.0);
        processing.per_worker.push_back(sells ? (1.0 + pool.mark_up) * wage : not_a_number);
    }
    return processing;
}

void ChainMoments::observe(const World& world)
{
    top_three_ += world_output(world, "top_three_storage");
    last_frontier_ = mean_log_frontier(world);
    if (quarters_ == 0) {
        first_frontier_ = last_frontier_;
    }
    for (Step& step : steps_) {
        for (const CountryId c : world.countries.indices()) {
            const PoolId pool = world.pool(c, step.from);
            double moved = 0.0;
            for (const PositionId target : step.targets) {
                moved += static_cast<double>(world.results.upgrades(pool, target));
            }
            const auto stood = static_cast<double>(world.statistics[pool].firms);
            step.moves += moved;
            step.firms += stood;
            if (quarters_ < quarters_to_climb) {
                step.moved[c.at()] += moved;
                step.stood[c.at()] += stood;
            }
        }
    }
    if (world.quarter % quarters_a_year == 0) {
        years_.push_back(processing_of(world));
    }
    ++quarters_;
}

/// Of the fastest ten years of an economy that had a share worth the name at their start.
ChainMoments::Growth ChainMoments::fastest_growth() const
{
    Growth best{not_a_number, not_a_number};
    for (std::size_t first = 0; first + years_of_growth < years_.size(); ++first) {
        const Processing& before = years_[first];
        const Processing& after = years_[first + years_of_growth];
        double world = 0.0;
        for (const double revenue : before.revenue) {
            world += revenue;
        }
        for (std::size_t c = 0; c < before.revenue.size(); ++c) {
            if (!(before.revenue[c] >= least_world_share * world && before.revenue[c] > 0.0)) {
                continue;
            }
            const Growth found{growth(before.revenue[c], after.revenue[c]),
                               growth(before.per_worker[c], after.per_worker[c])};
            if (std::isfinite(found.per_worker) && !(found.revenue <= best.revenue)) {
                best = found;
            }
        }
    }
    return best;
}

/// Share of the economies with enough firms at the lower step in which one climbed within fifty years.
double ChainMoments::climbing_economies(const Step& step) const
{
    if (quarters_ < quarters_to_climb) {
        return not_a_number;
    }
    double counted = 0.0;
    double climbed = 0.0;
    for (std::size_t c = 0; c < step.stood.size(); ++c) {
        if (step.stood[c] >= least_firms_of_step * static_cast<double>(quarters_to_climb)) {
            counted += 1.0;
            climbed += step.moved[c] > 0.0 ? 1.0 : 0.0;
        }
    }
    return counted > 0.0 ? climbed / counted : not_a_number;
}

std::vector<double> ChainMoments::values() const
{
    const auto quarters = static_cast<double>(quarters_);
    const Growth processing = fastest_growth();
    std::vector<double> all{quarters_ > 0 ? top_three_ / quarters : not_a_number,
                            quarters_ > 1 ? quarters_a_year * (last_frontier_ - first_frontier_) /
                                                (quarters - 1.0)
                                          : not_a_number,
                            processing.revenue, processing.per_worker};
    for (const Step& step : steps_) {
        all.push_back(step.firms > 0.0 ? quarters_a_year * step.moves / step.firms : not_a_number);
    }
    for (const Step& step : steps_) {
        all.push_back(climbing_economies(step));
    }
    return all;
}

}  // namespace latecomer
