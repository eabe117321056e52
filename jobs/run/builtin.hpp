#pragma once

#include <span>
#include <string_view>

/// Files of jobs/ as they were when the program was built, so that an installed program needs no
/// data folder.
namespace latecomer::jobs {

struct BuiltinFile {
    std::string_view name;  ///< below jobs/, "sites/workstation.toml"
    std::string_view text;
};

/// The country table, sites and job scripts.
std::span<const BuiltinFile> builtin_files();

/// The text of one of them; empty if there is none of this name.
std::string_view builtin_file(std::string_view name);

/// Text of jobs/scenarios/economies.toml: the default country table.
extern const std::string_view builtin_countries;

}  // namespace latecomer::jobs
