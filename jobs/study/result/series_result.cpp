#include "jobs/study/result/series_result.hpp"

#include "agents/observation/outputs.hpp"
#include "core/constants.hpp"
#include "core/text.hpp"
#include "io/files/file_error.hpp"
#include "jobs/study/journal/chosen_series.hpp"

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

/// The values of all series, by output, run, quarter and economy.
class SeriesTable {
public:
    SeriesTable(const Plan& plan, std::size_t runs, std::size_t economies)
        : outputs_{plan.spec().series.variables.size()},
          economies_{economies}, row_{longest_run(plan) * economies},
          values_(outputs_, std::vector<double>(runs * row_, not_a_number))
    {}

    void take(std::size_t run, const Record& record)
    {
        const std::size_t each = record.outcomes.size() / outputs_;
        if (each * outputs_ != record.outcomes.size() || each % economies_ != 0 || each > row_) {
            throw io::FileError(text("cannot merge the series of run ", record.task,
                                     " (it has other economies than the first run); give all "
                                     "scenarios of a study the same world.countries"));
        }
        for (std::size_t i = 0; i < outputs_; ++i) {
            const auto from = std::span{record.outcomes}.subspan(i * each, each);
            std::ranges::copy(from, values_[i].begin() + static_cast<std::ptrdiff_t>(run * row_));
        }
    }

    const std::vector<double>& values(std::size_t output) const { return values_[output]; }

private:
    std::size_t outputs_;
    std::size_t economies_;
    std::size_t row_;  ///< values of a run
    std::vector<std::vector<double>> values_;
};

}  // namespace

void write_series(ResultFile& result, const Plan& plan, const Progress& progress,
                  const std::vector<std::string>& economies)
{
    const SeriesSpec& spec = plan.spec().series;
    if (spec.replicates == 0) {
        return;
    }
    const std::vector<std::int64_t> runs = runs_with_series(plan);
    SeriesTable table{plan, runs.size(), economies.size()};
    for (std::size_t i = 0; i < runs.size(); ++i) {
        const auto place = progress.ledger.series(runs[i]);
        if (!place || progress.ledger.state(runs[i]) != TaskState::done) {
            continue;
        }
        const Record record = progress.ledger.read_record(*place);
        if (record.reason == series_names(spec)) {
            table.take(i, record);
        }
    }
    std::vector<double> time(longest_run(plan));
    for (std::size_t quarter = 0; quarter < time.size(); ++quarter) {
        time[quarter] = static_cast<double>(quarter + 1) / quarters_per_year;
    }
    result.add_numbers("series_run", runs, "Number of a run whose series are kept.");
    result.add_numbers("time", time, "year", "Time since the start, at the end of the quarter.");
    for (std::size_t i = 0; i < spec.variables.size(); ++i) {
        const auto output = std::ranges::find(outputs(), spec.variables[i], &Output::key);
        result.add(text("series_", spec.variables[i]), io::Type::f64, table.values(i),
                   {"series_run", "time", "country"}, std::string{output->unit},
                   std::string{output->doc});
    }
}

}  // namespace latecomer::jobs::study
