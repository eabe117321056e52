#pragma once

#include "jobs/study/plan/plan.hpp"

#include <filesystem>
#include <string>

namespace latecomer::jobs::study {

struct Merged {
    std::filesystem::path path;  ///< of study.h5
    std::string report;          ///< what came out, for people
};

/// Writes the result of a study, study.h5 and costs.csv, from its journals; study.csv, a row for
/// every run, if that is wanted.  The root writes.
Merged merge(const Plan& plan, const std::filesystem::path& folder, bool with_csv);

}  // namespace latecomer::jobs::study
