#pragma once

#include "jobs/study/journal/journal.hpp"

#include <array>
#include <cstddef>
#include <memory>
#include <string>

#include <signal.h>

namespace latecomer::jobs::study {

/// Names the task at work in its journal when this process dies of a fatal signal: of SIGSEGV,
/// SIGBUS, SIGFPE, SIGILL or SIGABRT, or the alarm that ends
/// a task that hangs.  The signal then ends the process as it would have without.
///
/// While a process dies it may only do very little, so the lines are prepared when a task begins.
/// A thread that overflows its stack cannot run the handler, unless it is the one that made the
/// guard.  At most one guard lives at a time; its journal outlives it.
class CrashGuard {
public:
    explicit CrashGuard(const Journal& journal);
    CrashGuard(const CrashGuard&) = delete;
    CrashGuard& operator=(const CrashGuard&) = delete;
    ~CrashGuard();

    /// From now on a fatal signal is the fault of this task; the kind of the record does not matter.
    /// After so many seconds the task counts as timed out and the process ends; 0: never.
    void begin(Record task, unsigned seconds = 0);

    /// From now on it is nobody's fault.
    void end();

    static constexpr std::size_t n_signals = 6;

private:
    std::array<std::string, n_signals> lines_;
    std::array<struct sigaction, n_signals> before_{};
    std::unique_ptr<std::byte[]> stack_;  ///< for the handler, when the usual one is used up
    stack_t stack_before_{};
};

}  // namespace latecomer::jobs::study
