#pragma once

#include "jobs/study/result/outcome_table.hpp"
#include "jobs/study/result/result_file.hpp"
#include "jobs/study/schedule/looks.hpp"

#include <string>
#include <vector>

namespace latecomer::jobs::study {

/// A variable of study.h5 that is computed from all runs together.
struct IndexVariable {
    std::string name;
    std::vector<std::string> dimensions;
    std::string doc;
    std::vector<double> values;
};

/// Indices of sensitivity of every outcome to every parameter, as the design allows them.
struct Indices {
    std::vector<IndexVariable> variables;
    std::vector<std::string> outcomes;    ///< keys
    std::vector<std::string> parameters;  ///< names, "dummy" for the one that nobody reads
    std::vector<std::string> warnings;    ///< about scenarios

    /// The variable of this name; null if the design has none.
    const IndexVariable* find(const std::string& name) const;
};

/// Computes the statistics of the design's method, scenario by scenario.  Blocks and trajectories
/// with a run that is not done are left out whole and counted, and points likewise.
Indices compute_indices(const Plan& plan, const Looks& looks, const OutcomeTable& table);

/// Names of the parameters of a study, "dummy" for the one that nobody reads.
std::vector<std::string> parameter_names(const Plan& plan);

/// Writes the indices; scenario and parameter are coordinates of the file already.
void write_indices(ResultFile& result, const Indices& indices);

}  // namespace latecomer::jobs::study
