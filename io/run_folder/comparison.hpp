#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace latecomer::io {

/// The first thing in which two runs or files differ.
struct Difference {
    std::int64_t quarter = -1;  ///< completed before it, or -1: not of a quarter
    std::string words;          ///< "gap_by_stage, country IND, stage analytics: -1.2 and -1.3"
};

/// How far a variable of two series differs.
struct QuantityDifference {
    std::string key;
    std::string unit;
    std::int64_t quarter = 0;       ///< the first in which it differs
    std::int64_t count = 0;         ///< of values that differ
    std::int64_t one_sided = 0;     ///< of them, those that only one series has
    double largest = 0.0;           ///< of |a - b|, in the unit
    std::string where{};            ///< "quarter 33, country IND"; empty: only one has values
    double largest_relative = 0.0;  ///< of |a - b| over the larger of |a| and |b|
    std::string where_relative{};
};

/// What was compared, and the first difference in it.
struct Comparison {
    std::string scope;  ///< "40 quarters of 66 variables"
    std::optional<Difference> difference;
    std::vector<QuantityDifference> quantities{};  ///< of series, those that differ, in their order
};

/// A key of run.toml of which two runs have other values, as messages show them; "none": one lacks it.
struct KeyDifference {
    std::string key;  ///< "trade.barrier", "sector[0].demand_share"
    std::string first;
    std::string second;
};

/// The keys of two runs' scenarios that differ, in the order of the alphabet; none if a run has no run.toml.
/// @throws InputError if a file cannot be read
std::vector<KeyDifference> differing_keys(const std::filesystem::path& first,
                                          const std::filesystem::path& second);

/// Compares two files of the same kind, bit by bit: series, snapshots, or checkpoints.  One process.
/// @throws InputError if one is damaged, is none of these, or they are of different kinds
Comparison compare_files(const std::filesystem::path& first, const std::filesystem::path& second);

/// Compares the series of two runs, then the snapshots and checkpoints that both have, then chronicles and
/// outcomes if both are finished.
/// @throws InputError if a file of a finished run is not what the run wrote
Comparison compare_runs(const std::filesystem::path& first, const std::filesystem::path& second);

}  // namespace latecomer::io
