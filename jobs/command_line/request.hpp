#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace latecomer::jobs::submit {

/// What `latecomer study submit` was asked for.
struct Request {
    std::string site;                     ///< name, or path of a file
    std::string name;                     ///< of the job; empty: that of the study
    std::int64_t nodes = 1;               ///< of each job
    std::optional<double> seconds;        ///< of each job; none: as long as the site allows
    std::optional<std::int64_t> threads;  ///< of each rank; none: as the study says
    std::int64_t chain = 0;               ///< jobs that follow each other; 0: no chain
    std::int64_t array = 0;               ///< elements of a job array; 0: no array
    bool dry_run = false;
};

}  // namespace latecomer::jobs::submit
