#pragma once

#include "io/manual/manual_keys.hpp"

#include <string>
#include <vector>

/// The manual of the whole program: topics of the model and of studies, and the files that are printed from them.
namespace latecomer::jobs {

/// Topics of parts above io/manual.
std::vector<ManualTopic> topics_of_jobs();

/// All that `latecomer describe` knows by name.
ManualIndex whole_manual();

/// A file that is printed from declarations, by its path below the folder of the sources.
struct PrintedFile {
    std::string path;
    std::string text;
};
std::vector<PrintedFile> printed_files();

}  // namespace latecomer::jobs
