#include "jobs/study/crash_guard.hpp"

#include "core/text.hpp"

#include <array>
#include <csignal>
#include <cstring>
#include <string>
#include <unistd.h>

namespace latecomer::jobs::study {
namespace {

struct Watched {
    int signal;
    RecordKind kind;
    const char* reason;
};

constexpr std::array watched{
    Watched{SIGSEGV, RecordKind::crashed, "segmentation fault (SIGSEGV)"},
    Watched{SIGBUS, RecordKind::crashed, "bus error (SIGBUS)"},
    Watched{SIGFPE, RecordKind::crashed, "arithmetic fault (SIGFPE)"},
    Watched{SIGILL, RecordKind::crashed, "illegal instruction (SIGILL)"},
    Watched{SIGABRT, RecordKind::crashed, "the program gave up (SIGABRT)"},
    Watched{SIGALRM, RecordKind::timed_out, "hangs: a quarter took longer than a task may"},
};

constexpr std::size_t longest_line = 512;

/// Lines that are ready to be written: a handler of signals may not make them.
struct Line {
    char text[longest_line];
    volatile std::size_t length;
};
std::array<Line, watched.size()> lines;
volatile int journal_file = -1;

extern "C" void write_last_words(int signal)
{
    for (std::size_t i = 0; i < watched.size(); ++i) {
        if (watched[i].signal == signal && lines[i].length > 0 && journal_file >= 0) {
            // What cannot be written now cannot be told either.
            [[maybe_unused]] const ssize_t written =
                write(journal_file, lines[i].text, lines[i].length);
            lines[i].length = 0;
        }
    }
    if (signal == SIGALRM) {
        _exit(1);
    }
    raise(signal);  // with the default action, which SA_RESETHAND has restored
}

}  // namespace

CrashGuard::CrashGuard(const Journal& journal)
{
    end();
    journal_file = journal.file_descriptor();
    for (const Watched& row : watched) {
        struct sigaction action {};
        action.sa_handler = write_last_words;
        action.sa_flags = static_cast<int>(SA_RESETHAND | SA_NODEFER);
        sigaction(row.signal, &action, nullptr);
    }
}

CrashGuard::~CrashGuard()
{
    end();
    journal_file = -1;
    for (const Watched& row : watched) {
        std::signal(row.signal, SIG_DFL);
    }
}

void CrashGuard::begin(const Record& task, unsigned seconds)
{
    for (std::size_t i = 0; i < watched.size(); ++i) {
        Record record = task;
        record.kind = watched[i].kind;
        record.reason = watched[i].reason;
        const std::string line = line_of(record);
        if (line.size() <= longest_line) {
            std::memcpy(lines[i].text, line.data(), line.size());
            lines[i].length = line.size();
        }
    }
    alarm(seconds);
}

void CrashGuard::end()
{
    alarm(0);
    for (Line& line : lines) {
        line.length = 0;
    }
}

}  // namespace latecomer::jobs::study
