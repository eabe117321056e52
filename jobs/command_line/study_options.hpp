#pragma once

#include "jobs/command_line/options.hpp"

#include <span>
#include <string_view>

namespace latecomer::jobs {

struct Given;

/// Something that `latecomer study` can do, as the command line knows it.
struct StudyActionRow {
    StudyAction action;
    std::string_view key;
    std::size_t operands;      ///< after the study's file
    std::string_view options;  ///< those that say something to it, "--out --csv"
    std::string_view doc;
};
std::span<const StudyActionRow> study_actions();

/// Whether an option, "out", says something to the action.
bool takes(const StudyActionRow& action, std::string_view option);

/// What `latecomer study` was given.
/// @throws InputError
StudyOptions study_options(const Given& given);

}  // namespace latecomer::jobs
