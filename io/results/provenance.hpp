#pragma once

#include "agents/world/scenario.hpp"
#include "io/hdf5/hdf5.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace latecomer::io {

/// The number of the file format; io/FORMAT.md says what each number means.
inline constexpr std::int64_t schema_version = 5;        ///< of files of runs
inline constexpr std::int64_t study_schema_version = 3;  ///< of study.h5

/// The conventions for names and units of variables that all files follow.
inline constexpr const char* conventions = "CF-1.10";

/// Where a run comes from, so far as the scenario does not say it.
struct Origin {
    std::string scenario_text;  ///< the resolved scenario as in run.toml
    std::string history;        ///< command line
    int ranks = 1;
    int threads = 1;
};

/// The global attributes of a file of this run.
///
/// `schema` names the kind of file: "latecomer-series", "latecomer-firms".  No time of day, and
/// only `ranks`, `threads` and `history` differ between runs of one program that give the same
/// data.
Attributes provenance(const Scenario& scenario, const Origin& origin, std::string_view schema);

/// The attribute that identifies the state of the world; see agents/world/state_hash.hpp.
Attribute state_hash_attribute(std::uint64_t hash);

}  // namespace latecomer::io
