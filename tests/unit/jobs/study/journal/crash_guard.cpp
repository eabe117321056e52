#include "jobs/study/journal/crash_guard.hpp"

#include "core/errors.hpp"
#include "jobs/study/journal/ledger.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/scratch.hpp"

#include <cstdint>
#include <functional>
#include <string>

#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace latecomer::jobs::study::crash_guard_test {
namespace {

using tests::Scratch;

const std::string key = "0123456789abcdef0123456789abcdef";

Record started(std::int64_t task)
{
    return {.kind = RecordKind::started,
            .task = task,
            .key = key,
            .host = "h",
            .build = "b",
            .reason = {},
            .outcomes = {}};
}

/// The signal that ends a child process which does this; 0 if none does.
int signal_that_ends(const std::function<void()>& deed)
{
    const pid_t child = ::fork();
    if (child == 0) {
        const rlimit no_dump{0, 0};
        setrlimit(RLIMIT_CORE, &no_dump);
        ::signal(SIGTERM, SIG_DFL);  // not that of the test program
        deed();
        ::_exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

/// The journal of a child that begins and ends task 4, begins task 5 and then does this.
struct Remains {
    int signal = 0;
    JournalContent content;

    explicit Remains(const std::function<void(Journal&, CrashGuard&)>& deed)
    {
        const Scratch scratch;
        signal = signal_that_ends([&] {
            Journal journal{scratch.path(), {.study = "s", .build = "b", .job = "j", .host = {}}};
            CrashGuard guard{journal};
            guard.begin(started(4));
            guard.end();
            journal.append(started(5));
            guard.begin(started(5));
            deed(journal, guard);
        });
        const Ledger ledger = Ledger::read(scratch.path(), [](std::int64_t) { return key; });
        REQUIRE(ledger.journals().size() == 1);
        content = read_journal(ledger.journals().front());
        state = ledger.state(5);
        CHECK(ledger.state(4) == TaskState::open);
    }

    TaskState state = TaskState::open;
};

void overwrite_nothing()
{
    const volatile auto address = std::uintptr_t{64};  // sanitizers know that null is nowhere
    *reinterpret_cast<volatile char*>(address) = 1;
}

/// Needs more stack than there is.
int dig(int depth)
{
    volatile char ground[4096];
    ground[0] = static_cast<char>(depth);
    return depth < 0 ? 0 : dig(depth + 1) + ground[0];
}

TEST_CASE("a task that crashes leaves one crash record, and the process dies of the same signal")
{
    const Remains remains{[](Journal&, CrashGuard&) { overwrite_nothing(); }};
    CHECK(remains.signal == SIGSEGV);
    REQUIRE(remains.content.records.size() == 2);
    CHECK(remains.content.records[1].kind == RecordKind::crashed);
    CHECK(remains.content.records[1].task == 5);
    CHECK(remains.content.records[1].key == key);
    CHECK(remains.content.records[1].reason == "SIGSEGV");
    CHECK(remains.content.scan.damaged_lines == 0);
    CHECK_FALSE(remains.content.scan.is_torn);
    CHECK(remains.state == TaskState::quarantined);
}

TEST_CASE("each fatal signal is named")
{
    const auto [number, name] = GENERATE(table<int, std::string>({{SIGSEGV, "SIGSEGV"},
                                                                  {SIGBUS, "SIGBUS"},
                                                                  {SIGFPE, "SIGFPE"},
                                                                  {SIGILL, "SIGILL"},
                                                                  {SIGABRT, "SIGABRT"}}));
    const int sent = number;
    const Remains remains{[sent](Journal&, CrashGuard&) { ::raise(sent); }};
    CHECK(remains.signal == number);
    REQUIRE(remains.content.records.size() == 2);
    CHECK(remains.content.records[1].reason == name);
}

TEST_CASE("a stack that overflows leaves a crash record")
{
    const Remains remains{[](Journal&, CrashGuard&) { ::_exit(dig(0)); }};
    CHECK(remains.signal == SIGSEGV);
    CHECK(remains.state == TaskState::quarantined);
}

TEST_CASE("a crash in the middle of a record leaves a crash record")
{
    const Remains remains{[](Journal& journal, CrashGuard&) {
        (void)!::write(journal.descriptor(), "D 5 01234", 9);
        ::raise(SIGBUS);
    }};
    CHECK(remains.state == TaskState::quarantined);
    CHECK(remains.content.scan.damaged_lines == 1);
}

TEST_CASE("a crash between two tasks is nobody's")
{
    const Remains remains{[](Journal&, CrashGuard& guard) {
        guard.end();
        overwrite_nothing();
    }};
    CHECK(remains.signal == SIGSEGV);
    CHECK(remains.content.records.size() == 1);
}

TEST_CASE("a signal that asks a process to end is no crash")
{
    const Remains remains{[](Journal&, CrashGuard&) { ::raise(SIGTERM); }};
    CHECK(remains.signal == SIGTERM);
    CHECK(remains.state == TaskState::open);
}

TEST_CASE("after the guard, signals do what they did before it")
{
    const Scratch scratch;
    const Journal journal{scratch.path(), {.study = "s", .build = "b", .job = {}, .host = {}}};
    struct sigaction before {};
    sigaction(SIGFPE, nullptr, &before);
    {
        CrashGuard guard{journal};
        guard.begin(started(5));
        CHECK_THROWS_AS(CrashGuard{journal}, InternalError);
        struct sigaction during {};
        sigaction(SIGFPE, nullptr, &during);
        CHECK(during.sa_handler != before.sa_handler);
    }
    struct sigaction after {};
    sigaction(SIGFPE, nullptr, &after);
    CHECK(after.sa_handler == before.sa_handler);
    const CrashGuard another{journal};
    CHECK(read_journal(journal.path()).records.empty());
}

}  // namespace
}  // namespace latecomer::jobs::study::crash_guard_test
