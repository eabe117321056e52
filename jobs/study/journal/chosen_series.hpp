#pragma once

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

/// Collects the chosen series of one run, by quarter and economy for each output.
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
