#include "jobs/study/journal/crash_guard.hpp"

#include "core/errors.hpp"
#include "io/files/system_call.hpp"

#include <algorithm>
#include <atomic>
#include <cerrno>

#include <unistd.h>

namespace latecomer::jobs::study {
namespace {

struct FatalSignal {
    int number;
    const char* name;
};

constexpr std::array<FatalSignal, CrashGuard::n_signals> fatal_signals{{
    {SIGSEGV, "SIGSEGV"},
    {SIGBUS, "SIGBUS"},
    {SIGFPE, "SIGFPE"},
    {SIGILL, "SIGILL"},
    {SIGABRT, "SIGABRT"},
    {SIGALRM, "hangs: no end in twice the time that a task may take"},
}};

/// A line that waits to be written.
struct Prepared {
    const char* data = nullptr;
    std::size_t size = 0;
};

// What the handler may see.  A signal has no arguments, so this is one of the few places that need
// variables of the whole program.
std::array<Prepared, CrashGuard::n_signals> prepared;
std::atomic<int> journal_number{-1};
std::atomic<bool> is_guarding{false};
std::atomic<bool> is_armed{false};
static_assert(std::atomic<bool>::is_always_lock_free && std::atomic<int>::is_always_lock_free);

void write_prepared(int signal_number)
{
    for (std::size_t i = 0; i < fatal_signals.size(); ++i) {
        if (fatal_signals[i].number != signal_number) {
            continue;
        }
        Prepared line = prepared[i];
        while (line.size > 0) {
            const ssize_t written = io::uninterrupted(
                [&] { return ::write(journal_number.load(), line.data, line.size); });
            if (written <= 0) {
                return;  // nothing more can be done here
            }
            line.data += written;
            line.size -= static_cast<std::size_t>(written);
        }
    }
}

/// Calls nothing but what POSIX allows in a handler.  Threads that die together write one line.
extern "C" void on_fatal_signal(int signal_number)
{
    static std::atomic<bool> is_dying{false};
    if (is_dying.exchange(true)) {
        for (;;) {
            ::pause();  // until the first one ends the process
        }
    }
    if (is_armed.load()) {
        write_prepared(signal_number);
    }
    struct sigaction action {};
    action.sa_handler = SIG_DFL;
    sigaction(signal_number, &action, nullptr);
    raise(signal_number);  // it waits until this handler returns
}

}  // namespace

CrashGuard::CrashGuard(const Journal& journal)
{
    expects(!is_guarding.exchange(true), "there is one crash guard at a time");
    journal_number = journal.descriptor();

    constexpr std::size_t stack_bytes = std::size_t{1} << 16;
    stack_ = std::make_unique<std::byte[]>(stack_bytes);
    stack_t stack{};
    stack.ss_sp = stack_.get();
    stack.ss_size = stack_bytes;
    sigaltstack(&stack, &stack_before_);

    struct sigaction action {};
    action.sa_handler = on_fatal_signal;
    action.sa_flags = SA_ONSTACK;
    sigemptyset(&action.sa_mask);
    for (const FatalSignal& fatal : fatal_signals) {
        sigaddset(&action.sa_mask, fatal.number);
    }
    for (std::size_t i = 0; i < fatal_signals.size(); ++i) {
        sigaction(fatal_signals[i].number, &action, &before_[i]);
    }
}

CrashGuard::~CrashGuard()
{
    end();
    for (std::size_t i = 0; i < fatal_signals.size(); ++i) {
        sigaction(fatal_signals[i].number, &before_[i], nullptr);
    }
    sigaltstack(&stack_before_, nullptr);
    journal_number = -1;
    is_guarding = false;
}

void CrashGuard::begin(Record task, unsigned seconds)
{
    end();
    task.outcomes.clear();
    for (std::size_t i = 0; i < fatal_signals.size(); ++i) {
        task.kind =
            fatal_signals[i].number == SIGALRM ? RecordKind::timed_out : RecordKind::crashed;
        task.reason = fatal_signals[i].name;
        lines_[i] = '\n' + encode(task);  // the crash may have cut off another line
        prepared[i] = {lines_[i].data(), lines_[i].size()};
    }
    is_armed = true;
    alarm(seconds);
}

void CrashGuard::end()
{
    alarm(0);
    is_armed = false;
}

}  // namespace latecomer::jobs::study
