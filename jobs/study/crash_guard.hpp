#pragma once

#include "jobs/study/journal.hpp"

namespace latecomer::jobs::study {

/// While it lives, a fatal signal first writes into the journal which task it met, and an alarm ends
/// a process that hangs.  One a process.
class CrashGuard {
public:
    explicit CrashGuard(const Journal& journal);

    CrashGuard(const CrashGuard&) = delete;
    CrashGuard& operator=(const CrashGuard&) = delete;
    ~CrashGuard();

    /// From now on the process works on this task; `seconds`: that it may hang, 0 for ever.
    void begin(const Record& task, unsigned seconds);

    /// The task has ended.
    void end();
};

}  // namespace latecomer::jobs::study
