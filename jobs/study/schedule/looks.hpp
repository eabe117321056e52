#pragma once

#include "jobs/study/schedule/progress_of.hpp"
#include "jobs/study/statistics/estimates.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace latecomer::jobs::study {

/// Where the outcomes that stopping rules observe stand among all outcomes of a run.
class Observed {
public:
    explicit Observed(const Plan& plan);

    /// The value of each rule's observable, of all outcomes of a run of the scenario `arm`.
    std::vector<double> of(std::size_t arm, std::span<const double> outcomes) const;

private:
    std::vector<std::vector<std::size_t>> columns_;  // by arm and rule
};

/// What a rule says of a scenario: its estimate at the point where it is known least well.
struct RuleState {
    bool applies = false;  ///< a difference does not, to the scenario that others are compared with
    bool is_met = false;   ///< at all points
    std::int64_t point = 0;
    Estimate estimate;
};

/// Which runs a study needs: those of the first look, and more where a stopping rule asks for them.
///
/// Looks are taken at fixed numbers of replicates, min, 2 min, ..., max.  A look at n is decided on
/// the replicates 0 to n - 1 of every scenario and point that has not stopped, when the last of these
/// runs is final, so it does not matter in which order or where runs end.  A scenario stops at a
/// point when all its rules are met there; one that others are compared with goes on as long as
/// they do.  Without rules there is a single look, at max.
class Looks {
public:
    explicit Looks(const Plan& plan);

    /// Knows what the journals say, and takes all looks that can be taken.
    Looks(const Plan& plan, const Progress& progress);

    /// Takes note of all that is final in the journals.
    void note(const Progress& progress);

    /// Takes note of a run that is final; without values if it failed.
    void note(std::int64_t task, std::vector<double> observed);

    /// Takes the next look, if all its runs are final.
    /// @return whether one was taken
    bool advance();

    /// Whether rules have taken note of how the run ended; without rules they never do.
    bool is_known(std::int64_t task) const { return values_.contains(task); }

    /// Whether no look is left to be taken that could ask for more runs.
    bool is_over() const { return is_over_; }

    /// Whether the run is needed, as far as is decided.
    bool is_needed(const Task& task) const;

    /// Whether the run is not needed whatever comes.
    bool is_ruled_out(const Task& task) const;

    std::int64_t needed_tasks() const;
    std::int64_t end() const;  ///< all needed tasks have smaller numbers

    /// The needed tasks in a state.
    std::int64_t count(const Progress& progress, TaskState state) const;
    std::int64_t looks_taken() const { return taken_; }
    std::int64_t replicates() const { return schedule_[current_]; }  ///< of the look ahead or last
    const RuleState& state(std::size_t rule, std::size_t arm) const { return states_[rule][arm]; }

private:
    bool is_final(std::int64_t cell) const;
    std::vector<double> values(std::size_t rule, std::size_t arm, std::int64_t point,
                               std::int64_t replicates) const;
    Estimate estimate(std::size_t rule, std::size_t arm, std::int64_t point) const;
    std::size_t versus(std::size_t rule) const;
    std::size_t cell(std::size_t arm, std::int64_t point) const;
    std::vector<char> judge();

    const Plan* plan_;
    Observed observed_;
    std::vector<std::int64_t> schedule_;
    std::size_t current_ = 0;
    std::int64_t taken_ = 0;
    bool is_over_ = false;
    std::vector<std::int64_t> replicates_;        // by cell, an arm at a point; empty without rules
    std::vector<char> is_active_;                 // by cell
    std::vector<std::vector<RuleState>> states_;  // by rule and arm
    std::unordered_map<std::int64_t, std::vector<double>> values_;  // of final tasks
};

/// Lines on what the looks so far have shown; empty without rules.
std::string describe_looks(const Plan& plan, const Looks& looks);

/// A line for each rule and scenario: what is known, what is wanted.
std::vector<std::string> describe_rules(const Plan& plan, const Looks& looks);

/// What a rule is about, "low_value - none, gap_at_end.IDN"; without a scenario the rule alone.
std::string describe_rule(const StopRule& rule, const std::string& arm = {});

}  // namespace latecomer::jobs::study
