#pragma once

#include "jobs/command_line/option_values.hpp"
#include "jobs/terminal/progress_style.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace latecomer::jobs::study {

/// What one job of a study is to compute, and how.
struct ExecutionOptions {
    std::vector<std::string> remarks;  ///< said when nothing is refused
    std::filesystem::path folder;
    StaticPart part;
    std::optional<double> time_left;  ///< seconds
    std::string host;
    std::string job;  ///< name of this start of the program, the same on all ranks
    int threads = 1;  ///< of each rank
    ProgressStyle progress = ProgressStyle::automatic;
    std::optional<std::int64_t> pilot_runs;  ///< compute so many, spread over the design
    std::optional<std::int64_t> only;        ///< compute this task alone
    bool isolate = false;                    ///< whatever its state, and without a crash guard
    bool accept_build = false;               ///< go on with journals of other builds
};

}  // namespace latecomer::jobs::study
