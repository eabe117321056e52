#pragma once

#include "jobs/study/result/outcome_table.hpp"

#include <filesystem>

namespace latecomer::jobs::study {

/// Writes a row for every run: number, key, status, scenario, point, replicate, parameters, state hash
/// and all outcomes; empty where there is none.
/// @throws FileError
void write_csv(const std::filesystem::path& path, const Plan& plan, const Progress& progress,
               const Looks& looks, const OutcomeTable& table);

}  // namespace latecomer::jobs::study
