#pragma once

#include "jobs/study/result/contrast.hpp"
#include "jobs/study/result/indices.hpp"
#include "jobs/study/result/result_file.hpp"
#include "jobs/study/statistics/estimates.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Every scenario against the reference of the study, at the same date and in the same random events.
namespace latecomer::jobs::study {

/// A number of a scenario against the reference (agents/MODEL.md, section 10).
struct Against {
    std::string_view key;      ///< "gap_closed"
    std::string_view outcome;  ///< whose difference it is; empty: the ratio of cost and gap
    std::string_view unit;
    std::string_view doc;
};

/// What is compared.  gap_closed, application_share, welfare (its logarithm), positions_led and cost are differences of
/// outcomes; cost_per_gap is the difference of cost over that of the gap, and missing unless the
/// interval of gap_closed lies above zero: the ratio of two numbers that are near zero says nothing.  Over an
/// ensemble it is the ratio of the weighted means, without an interval.
std::span<const Against> compared_outcomes();

/// By scenario, cell, group and what is compared.
class Comparison {
public:
    Comparison(const Plan& plan, const OutcomeTable& table);

    const Contrasts& contrasts() const { return contrasts_; }
    const ContrastEstimate& at(std::size_t arm, std::size_t cell, std::size_t group,
                               std::size_t what) const;

private:
    Contrasts contrasts_;
    std::vector<ContrastEstimate> estimates_;
};

/// What intervals are over, in words: "replicates", "points".
std::string units_text(const Contrasts& contrasts);

/// "0.0131 +- 0.0004"; of an ensemble "0.0131 +- 0.0004 [-0.002, 0.031]*": chance, band, and * where the sign is robust.
std::string contrast_text(const Contrasts& contrasts, const ContrastEstimate& estimate);

/// The width of a column of these.
std::size_t contrast_width(const Contrasts& contrasts);

/// What these say, in words.
std::string interval_words(const Contrasts& contrasts);

/// A table for people: latecomers as a whole and by income group.
std::string describe_comparison(const Plan& plan, const Comparison& comparison);

/// Sentences on what each scenario brings latecomers, whether that is beyond chance, and how many more points or
/// replicates would tell where it is not; empty without a second scenario, or with more than 8 points told apart.
std::string describe_in_words(const Plan& plan, const Comparison& comparison);

/// Writes against_<key>(scenario, cell, group) with ends of intervals; adds coordinates cell and group.
void write_comparison(ResultFile& result, const Plan& plan, const Comparison& comparison);

}  // namespace latecomer::jobs::study
