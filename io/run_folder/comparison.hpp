#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace latecomer::io {

/// The first thing in which two runs or files differ.
struct Difference {
    std::int64_t quarter = -1;  ///< completed before it, or -1: not of a quarter
    std::string words;          ///< "gap_by_stage, country IND, stage analytics: -1.2 and -1.3"
};

/// What was compared, and the first difference in it.
struct Comparison {
    std::string scope;  ///< "40 quarters of 66 variables"
    std::optional<Difference> difference;
};

/// Compares two files of the same kind, bit by bit: series, snapshots, or checkpoints.  One process.
/// @throws InputError if one is damaged, is none of these, or they are of different kinds
Comparison compare_files(const std::filesystem::path& first, const std::filesystem::path& second);

/// Compares the series of two runs, then the snapshots and checkpoints that both have, then chronicles and
/// outcomes if both are finished.
/// @throws InputError if a file of a finished run is not what the run wrote
Comparison compare_runs(const std::filesystem::path& first, const std::filesystem::path& second);

}  // namespace latecomer::io
