#pragma once

#include "jobs/study/journal/crash_guard.hpp"
#include "jobs/study/journal/journal.hpp"
#include "jobs/study/plan/plan.hpp"
#include "jobs/study/schedule/execution_options.hpp"
#include "jobs/study/schedule/looks.hpp"
#include "jobs/study/schedule/queue.hpp"
#include "mpi/communicator.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace latecomer::jobs::study {

/// When a job must come to its end.
class Deadline {
public:
    /// @param time_left seconds
    explicit Deadline(std::optional<double> time_left);

    /// Whether a signal or the time asks for it.
    bool is_over() const;

private:
    std::optional<std::chrono::steady_clock::time_point> end_;
};

/// The ranks that compute one task after another, with the journal of their first.
class Group {
public:
    Group(const Plan& plan, const ExecutionOptions& options, mpi::Communicator comm);

    bool is_over() const { return deadline_.is_over(); }
    double cores() const { return cores_; }
    const mpi::Communicator& comm() const { return comm_; }

    /// Computes a task and writes down what came of it; tells what stopping rules observe.  Collective over the group.
    TaskEnd compute(std::int64_t number);

private:
    Record stamped(Record record) const;

    const Plan& plan_;
    std::string host_;
    Deadline deadline_;
    mpi::Communicator comm_;
    Observed observed_;
    double cores_;
    std::unique_ptr<Journal> journal_;
    std::unique_ptr<CrashGuard> guard_;
};

}  // namespace latecomer::jobs::study
