#pragma once

#include "jobs/study/journal/ledger.hpp"
#include "jobs/study/plan/plan.hpp"

#include <cstdint>
#include <filesystem>

namespace latecomer::jobs::study {

/// What is left to do, and what the journals say so far.  The root alone reads journals; on the
/// others there is nothing.
struct Progress {
    Ledger ledger;
    std::int64_t tasks = 0;

    std::int64_t in_state(TaskState state) const;
    std::int64_t final_tasks() const;
    std::int64_t open_tasks() const { return tasks - final_tasks(); }
};

/// Reads the journals of a study's folder.
/// @throws io::FileError
Progress progress_of(const Plan& plan, const std::filesystem::path& folder);

}  // namespace latecomer::jobs::study
