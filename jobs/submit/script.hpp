#pragma once

#include "jobs/submit/placement.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace latecomer::jobs::submit {

/// All that the script of a job says.
struct Job {
    Site site;
    Request request;
    Placement placement;
    std::filesystem::path program;  ///< all paths are absolute
    std::filesystem::path study;
    std::filesystem::path folder;  ///< of the study
    std::string name;
    std::string mark;  ///< by which the queue knows jobs of this folder
};

/// Where the script of the job goes.
std::filesystem::path script_path(const Job& job);

/// The script: the template of its kind with settings in place of arguments, and all that it reads.
std::string script_text(const Job& job);

/// The command that submits the script, word by word.  No shell sees it.
/// @param after id of the job that comes before; empty: none
std::vector<std::string> submit_words(const Job& job, const std::string& after);

}  // namespace latecomer::jobs::submit
