#include "jobs/study/result/point_means.hpp"

#include <algorithm>
#include <limits>

namespace latecomer::jobs::study {

PointMeans::PointMeans(const Plan& plan, const Looks& looks, const OutcomeTable& table,
                       std::size_t arm)
    : plan_{&plan}, table_{&table}, arm_{arm}
{
    for (std::int64_t point = 0; point < plan.design().size(); ++point) {
        std::int64_t replicate = 0;
        bool is_whole = true;
        for (; replicate < plan.spec().replicates.max; ++replicate) {
            const Task task = plan.task(plan.number_of(arm, point, replicate));
            if (!looks.is_needed(task)) {
                break;
            }
            is_whole = is_whole && table.hashes.contains(task.number);
        }
        is_whole_.push_back(is_whole ? 1 : 0);
        replicates_.push_back(replicate);
    }
}

double PointMeans::value(std::size_t outcome, std::int64_t point, std::int64_t replicate) const
{
    return table_->at(plan_->number_of(arm_, point, replicate), outcome);
}

std::vector<double> PointMeans::means(std::size_t outcome,
                                      std::span<const std::int64_t> points) const
{
    std::vector<double> result;
    for (const std::int64_t point : points) {
        double sum = 0.0;
        for (std::int64_t r = 0; r < replicates(point); ++r) {
            sum += value(outcome, point, r);
        }
        result.push_back(sum / static_cast<double>(replicates(point)));
    }
    return result;
}

double PointMeans::noise_variance(std::size_t outcome, std::span<const std::int64_t> points) const
{
    std::int64_t columns = plan_->spec().replicates.max;
    double inverse = 0.0;  // mean of 1 over the number of replicates
    for (const std::int64_t point : points) {
        columns = std::min(columns, replicates(point));
        inverse +=
            1.0 / static_cast<double>(replicates(point)) / static_cast<double>(points.size());
    }
    std::vector<double> table;
    for (const std::int64_t point : points) {
        for (std::int64_t r = 0; r < columns; ++r) {
            table.push_back(value(outcome, point, r));
        }
    }
    const bool shares_events =
        plan_->spec().replicates.common == CommonRandomNumbers::scenarios_and_points;
    return residual_variance(table, static_cast<std::size_t>(columns), !shares_events) * inverse;
}

double residual_variance(std::span<const double> table, std::size_t columns, bool one_way)
{
    const std::size_t rows = columns == 0 ? 0 : table.size() / columns;
    if (columns < 2 || rows < 2) {
        return std::numeric_limits<double>::quiet_NaN();
    }
    std::vector<double> of_row(rows, 0.0);
    std::vector<double> of_column(columns, 0.0);
    double mean = 0.0;
    for (std::size_t i = 0; i < table.size(); ++i) {
        of_row[i / columns] += table[i] / static_cast<double>(columns);
        of_column[i % columns] += table[i] / static_cast<double>(rows);
        mean += table[i] / static_cast<double>(table.size());
    }
    double squares = 0.0;
    for (std::size_t i = 0; i < table.size(); ++i) {
        const double of_replicate = one_way ? 0.0 : of_column[i % columns] - mean;
        const double rest = table[i] - of_row[i / columns] - of_replicate;
        squares += rest * rest;
    }
    const std::size_t degrees = (one_way ? rows : rows - 1) * (columns - 1);
    return squares / static_cast<double>(degrees);
}

}  // namespace latecomer::jobs::study
