#include "jobs/study/result/series_result.hpp"

#include "agents/observation/outputs.hpp"
#include "core/constants.hpp"
#include "core/text.hpp"
#include "io/files/file_error.hpp"
#include "jobs/study/journal/chosen_series.hpp"
#include "jobs/study/plan/dollar_scale.hpp"

#include <algorithm>
#include <cmath>
#include <span>

namespace latecomer::jobs::study {
namespace {

constexpr double quarters_per_year = 4.0;

/// The runs whose series are kept, by number.
std::vector<std::int64_t> runs_with_series(const Plan& plan)
{
    std::vector<std::int64_t> runs;
    for (std::int64_t number = 0; number < plan.tasks(); ++number) {
        if (plan.task(number).replicate < plan.spec().series.replicates) {
            runs.push_back(number);
        }
    }
    return runs;
}

std::size_t longest_run(const Plan& plan)
{
    std::int64_t quarters = 0;
    for (std::size_t arm = 0; arm < plan.spec().arms.size(); ++arm) {
        quarters = std::max(quarters, plan.scenario_of_arm(arm).parameters.run.quarters);
    }
    return static_cast<std::size_t>(quarters);
}

/// The values of one output: runs x quarters x its dimensions; NaN behind the end of a run.
struct SeriesColumn {
    const Output* output = nullptr;
    std::size_t width = 1;  ///< values of a quarter
    std::vector<double> values;
};

/// The values of all chosen outputs.
class SeriesTable {
public:
    SeriesTable(const Plan& plan, std::size_t runs) : quarters_{longest_run(plan)}
    {
        const Scenario scenario = plan.scenario_of_arm(0);
        for (const std::string& key : plan.spec().series.variables) {
            SeriesColumn column;
            column.output = &*std::ranges::find(outputs(), key, &Output::key);
            column.width = series_width(scenario, *column.output);
            column.values.assign(runs * quarters_ * column.width, not_a_number);
            all_width_ += column.width;
            columns_.push_back(std::move(column));
        }
    }

    void take(std::size_t run, const Record& record)
    {
        const std::size_t quarters = record.outcomes.size() / all_width_;
        if (quarters * all_width_ != record.outcomes.size() || quarters > quarters_) {
            throw io::FileError(
                text("cannot merge the series of run ", record.task,
                     " (it has other economies or sectors than the first run); give "
                     "all scenarios of a study the same world.countries"));
        }
        std::size_t begin = 0;
        for (SeriesColumn& column : columns_) {
            const std::size_t size = quarters * column.width;
            const auto from = std::span{record.outcomes}.subspan(begin, size);
            const std::size_t to = run * quarters_ * column.width;
            std::ranges::copy(from, column.values.begin() + static_cast<std::ptrdiff_t>(to));
            begin += size;
        }
    }

    std::size_t quarters() const { return quarters_; }
    const std::vector<SeriesColumn>& columns() const { return columns_; }

private:
    std::size_t quarters_;
    std::size_t all_width_ = 0;
    std::vector<SeriesColumn> columns_;
};

void take_all(SeriesTable& table, const std::vector<std::int64_t>& runs, const Plan& plan,
              const Progress& progress)
{
    for (std::size_t i = 0; i < runs.size(); ++i) {
        const auto place = progress.ledger.series(runs[i]);
        if (!place || progress.ledger.state(runs[i]) != TaskState::done) {
            continue;
        }
        const Record record = progress.ledger.read_record(*place);
        if (record.reason == series_names(plan.spec().series)) {
            table.take(i, record);
        }
    }
}

}  // namespace

void write_series(ResultFile& result, const Plan& plan, const Progress& progress)
{
    if (plan.spec().series.replicates == 0) {
        return;
    }
    const std::vector<std::int64_t> runs = runs_with_series(plan);
    SeriesTable table{plan, runs.size()};
    take_all(table, runs, plan, progress);
    std::vector<double> time(table.quarters());
    for (std::size_t quarter = 0; quarter < time.size(); ++quarter) {
        time[quarter] = static_cast<double>(quarter + 1) / quarters_per_year;
    }
    result.add_numbers("series_run", runs, "Number of the run whose series are kept");
    result.add_numbers("time", time, "year", "Time since the start, at the end of the quarter");
    const std::optional<Scenario> scale = scenario_of_scale(plan);
    std::vector<std::string> written{"country"};  // of the outcomes
    for (const SeriesColumn& column : table.columns()) {
        std::vector<std::string> dimensions{"series_run", "time"};
        for (const Axis axis : column.output->dimensions) {
            const auto row = std::ranges::find(axes(), axis, &AxisRow::axis);
            dimensions.emplace_back(row->key);
            if (std::ranges::find(written, dimensions.back()) == written.end()) {
                result.add_names(dimensions.back(), *axis_labels(plan.scenario_of_arm(0), axis),
                                 std::string{row->doc});
                written.push_back(dimensions.back());
            }
        }
        result.add(text("series_", column.output->key), io::Type::f64, column.values, dimensions,
                   std::string{column.output->unit}, std::string{column.output->doc},
                   dollars(scale, column.output->key, column.output->unit));
    }
}

}  // namespace latecomer::jobs::study
