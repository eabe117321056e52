#pragma once

#include "io/scenario/scenario.hpp"
#include "jobs/study/design/design.hpp"
#include "jobs/study/spec/spec.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace latecomer::jobs::study {

/// One run of a study.
struct Task {
    std::int64_t number = 0;
    std::size_t arm = 0;
    std::int64_t point = 0;
    std::int64_t replicate = 0;
    bool operator==(const Task&) const = default;
};

/// All runs of a study by number: waves one after another, in each of them arms within points within
/// replicates, so that what is added to a study comes after what was there.  No table: a task costs what its point costs, however many there are.
class Plan {
public:
    /// Reads the scenario of each arm.  Collective.
    /// @throws InputError on every rank if one is not valid
    Plan(Spec spec, const mpi::Communicator& comm);

    const Spec& spec() const { return spec_; }
    const Design& design() const { return design_; }

    std::int64_t tasks_per_replicate() const;
    /// How many are computed whatever the rules of [[stop]] say.
    std::int64_t first_look_tasks() const;

    /// All tasks with a replicate below this have numbers below the result.
    std::int64_t end_of(std::int64_t replicates) const;

    std::int64_t tasks() const;  ///< with as many replicates as there may be

    /// @param number 0 <= number < tasks()
    Task task(std::int64_t number) const;

    /// The task that a user names by its number or its key.
    /// @throws InputError if there is none
    Task find(const std::string& number_or_key) const;

    /// @throws InputError if no scenario has this name
    std::size_t arm_named(const std::string& name) const;

    /// The same task from a user.
    /// @throws InputError if the study has no such point or replicate
    Task task_of(std::size_t arm, std::int64_t point, std::int64_t replicate) const;

    std::int64_t number_of(std::size_t arm, std::int64_t point, std::int64_t replicate) const;

    /// What the task's scenario changes in that of its arm: "section.key=value".
    std::vector<std::string> settings(const Task& task) const;

    /// The scenario of an arm without the values of any point; where its plans need them, with values
    /// that ask for nothing.
    Scenario scenario_of_arm(std::size_t arm) const;

    /// What `latecomer run` computes for the task.
    /// @throws InputError if the values of the point do not fit together
    Scenario scenario(const Task& task) const;

    /// 32 hexadecimal digits of all that determines the task's result: two studies that share a task
    /// give it the same key.
    std::string key(const Task& task) const;

private:
    /// Points and replicates that were added together, all with all.
    struct Wave {
        std::int64_t first_number = 0;
        std::int64_t first_point = 0;
        std::int64_t points = 0;
        std::int64_t first_replicate = 0;
        std::int64_t replicates = 0;
    };

    void lay_out_waves();
    std::int64_t seed(const Task& task) const;

    Spec spec_;
    Design design_;
    std::vector<Wave> waves_;                  ///< by their first number
    std::vector<ScenarioTemplate> templates_;  ///< by arm
    std::vector<std::string> digests_;         ///< by arm
};

}  // namespace latecomer::jobs::study
