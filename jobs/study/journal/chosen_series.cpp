#include "jobs/study/journal/chosen_series.hpp"

#include "core/errors.hpp"

#include <algorithm>

namespace latecomer::jobs::study {

std::string series_names(const SeriesSpec& spec)
{
    std::string names;
    for (const std::string& key : spec.variables) {
        names += (names.empty() ? "" : ",") + key;
    }
    return names;
}

std::size_t series_width(const Scenario& scenario, const Output& output)
{
    std::size_t width = 1;
    for (const Axis axis : output.dimensions) {
        const auto labels = axis_labels(scenario, axis);
        expects(labels.has_value(), "a study keeps outputs whose axes its scenario fixes");
        width *= labels->size();
    }
    return width;
}

ChosenSeries::ChosenSeries(const SeriesSpec& spec, std::int64_t replicate)
{
    if (replicate < spec.replicates) {
        names_ = series_names(spec);
        keys_ = spec.variables;
        values_.resize(keys_.size());
    }
}

Observation ChosenSeries::needed() const
{
    const auto needs = [&](Need need) {
        return std::ranges::any_of(outputs(), [&](const Output& output) {
            return output.need == need && std::ranges::count(keys_, output.key) > 0;
        });
    };
    return {needs(Need::distributions), needs(Need::identities)};
}

void ChosenSeries::observe(const World& world)
{
    for (std::size_t i = 0; i < keys_.size(); ++i) {
        const auto output = std::ranges::find(outputs(), keys_[i], &Output::key);
        expects(output != outputs().end(), "a chosen series is an output");
        std::vector<double>& values = values_[i];
        const std::size_t before = values.size();
        values.resize(before + output_size(world, *output));
        output->fill(world, std::span{values}.subspan(before));
    }
}

std::optional<Record> ChosenSeries::record(const Record& of) const
{
    if (keys_.empty()) {
        return std::nullopt;
    }
    Record record;
    record.kind = RecordKind::series;
    record.task = of.task;
    record.key = of.key;
    record.reason = names_;
    for (const std::vector<double>& values : values_) {
        record.outcomes.insert(record.outcomes.end(), values.begin(), values.end());
    }
    return record;
}

}  // namespace latecomer::jobs::study
