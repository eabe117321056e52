#pragma once

#include "jobs/command_line/option_values.hpp"
#include "jobs/study/plan/plan.hpp"

#include <cstdint>
#include <filesystem>

namespace latecomer::jobs::study {

/// What another job of a study would find.
struct Left {
    std::int64_t runs = 0;  ///< needed, as far as rules have decided
    int status = 0;         ///< as a job would end that had no time: 0, 85, 3 or 4
};

/// The runs of a part of a study that another job would compute: none after too many failures, or
/// when the budget is spent.  Reads the journals in the folder of the study.
Left left_of(const Plan& plan, const std::filesystem::path& folder, StaticPart part);

}  // namespace latecomer::jobs::study
