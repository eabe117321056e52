#pragma once

#include "jobs/study/schedule/progress_of.hpp"

#include <string>

namespace latecomer::jobs::study {

/// What the study is made of and what it will take, for people or as JSON.
std::string describe_plan(const Plan& plan, const Progress& progress, bool json);

/// How far it has come, with reasons of what failed.
std::string describe_status(const Plan& plan, const Progress& progress, bool json);

/// Why a task runs, or does not: the records that decide.
std::string explain(const Plan& plan, const Progress& progress, const std::string& key);

}  // namespace latecomer::jobs::study
