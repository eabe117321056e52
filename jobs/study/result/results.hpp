#pragma once

#include "jobs/study/result/comparison.hpp"
#include "jobs/study/result/indices.hpp"
#include "jobs/study/result/question.hpp"
#include "jobs/study/statistics/estimates.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace latecomer::jobs::study {

/// What is computed from all runs together.
struct Findings {
    Indices indices;
    Comparison comparison;
    std::optional<Answer> answer;  ///< of a study with a question
};

Findings findings_of(const Plan& plan, const Looks& looks, const OutcomeTable& table);

/// For people: what came out of a study so far.
///
/// The outcomes of the world, means over latecomer economies, and what stopping rules observe; each
/// scenario with its difference to the reference of the study.  n counts replicates with a value; a
/// difference counts those in which both scenarios have one, and says how many have one in one of them
/// only.  Intervals are those of Student's t at 95 %, of differences in the same random events; of shares
/// Wilson's, and Agresti and Min's of their differences.  Then every scenario against the reference,
/// the answer to a question, indices of sensitivity, and stopping rules.
std::string describe_results(const Plan& plan, const Looks& looks, const OutcomeTable& table,
                             const Findings& findings);

/// The same from the journals of a folder.
/// @throws InputError if no run is done
std::string report(const Plan& plan, const std::filesystem::path& folder);

/// What is shown of each scenario at each point of a design that lists or crosses its points.
std::string describe_outcomes(const Plan& plan, const Looks& looks, const OutcomeTable& table);

/// Tables of indices for the outcomes with these numbers.
std::string describe_indices(const Plan& plan, const Indices& indices,
                             const std::vector<std::size_t>& outcomes);

/// "0.1234 [0.1, 0.2]" with four digits, filled up to a width.
std::string interval_text(double value, double low, double high);

/// "0.123 +- 0.02" of an interval that is symmetric; a dash if there is no value.
std::string margin_text(const Estimate& estimate);

/// Filled up with blanks behind.
std::string padded(std::string words, std::size_t width);

}  // namespace latecomer::jobs::study
