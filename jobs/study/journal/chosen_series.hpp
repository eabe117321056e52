#pragma once

#include "agents/observation/outputs.hpp"
#include "agents/world/world.hpp"
#include "jobs/study/journal/journal_line.hpp"
#include "jobs/study/spec/spec.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace latecomer::jobs::study {

/// The names of the chosen outputs as a record has them: "gap_by_stage,capability_index".
std::string series_names(const SeriesSpec& spec);

/// How many values an output has in a quarter of a scenario; it has no axis of lead firms or homes.
std::size_t series_width(const Scenario& scenario, const Output& output);

/// Collects the chosen series of one run, for each output by quarter and its own dimensions.
class ChosenSeries {
public:
    /// Collects nothing from replicates that the study does not keep.
    ChosenSeries(const SeriesSpec& spec, std::int64_t replicate);

    /// What a quarter must work out for it.
    Observation needed() const;

    /// Takes the quarter just ended.
    void observe(const World& world);

    /// The record, of the same task as `of`; nothing if nothing is kept.
    std::optional<Record> record(const Record& of) const;

private:
    std::string names_;
    std::vector<std::string> keys_;            ///< empty: none are kept
    std::vector<std::vector<double>> values_;  ///< by output
};

}  // namespace latecomer::jobs::study
