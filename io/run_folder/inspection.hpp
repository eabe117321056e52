#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

/// What files of a run say of themselves, and whether they are whole.  One process.
namespace latecomer::io {

/// A file, or what is wrong with it.
struct FileReport {
    std::filesystem::path path;
    std::string kind;    ///< "series", "firms", "checkpoint", "study"; empty: unknown
    std::string damage;  ///< empty: it is as it was written
    std::uint64_t bytes = 0;
    std::int64_t quarters = -1;  ///< complete ones in a series, or completed when it was written
    std::string state_hash;      ///< empty: none yet
    std::string scenario;
    std::string source;                   ///< program and version
    std::vector<std::string> contents{};  ///< "gap_by_stage [300, 16, 4]"
};

/// Reads seal and metadata of one file.
/// @throws InputError if it does not exist or cannot be read
FileReport inspect_file(const std::filesystem::path& path);

/// A run folder with its files.
struct RunReport {
    std::filesystem::path path;
    std::string state;  ///< "finished", "unfinished", "running (process 12 on host)"
    std::string hash;   ///< of DONE
    std::vector<FileReport> files{};
    std::string trouble;  ///< what does not fit together or is not as DONE says; empty: all is well
};

/// @throws InputError if it is no folder of a run
RunReport inspect_run(const std::filesystem::path& path);

}  // namespace latecomer::io
