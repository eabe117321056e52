#pragma once

#include "jobs/study/schedule/looks.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace latecomer::jobs::study {

/// The outcomes of the tasks that are done, task by task; NaN where there is none.
struct OutcomeTable {
    std::vector<std::string> economies;
    bool moments = false;                          ///< whether they follow the outcomes
    std::size_t width = 0;                         ///< outcomes of a task; 0: none is done
    std::vector<double> values;                    ///< tasks x width
    std::map<std::int64_t, std::uint64_t> hashes;  ///< states of the tasks that are done

    double at(std::int64_t task, std::size_t outcome) const
    {
        return values[static_cast<std::size_t>(task) * width + outcome];
    }
};

/// Reads the outcomes of all tasks that are done, but for those that stopping rules rule out, from the journals.
/// @throws FileError if they do not fit together
OutcomeTable read_outcomes(const Plan& plan, const Progress& progress, const Looks& looks,
                           const std::filesystem::path& folder);

}  // namespace latecomer::jobs::study
