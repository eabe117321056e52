#include "io/files/run_lock.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/messages.hpp"
#include "tests/support/scratch.hpp"
#include "tests/support/write_file.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <sys/wait.h>
#include <unistd.h>

namespace latecomer::tests::run_lock_test {

using namespace latecomer::io;

namespace {

const LockRules rules{"the thing"};

std::string refusal(const std::filesystem::path& path, const LockRules& with = rules)
{
    return refusal_by([&] { const RunLock lock{path, with}; });
}

/// A process number that was in use and no longer is.
long dead_process()
{
    const pid_t child = fork();
    if (child == 0) {
        _exit(0);
    }
    waitpid(child, nullptr, 0);
    return child;
}

/// So many processes try to take a lock in the same moment and hold it for a while.
/// @return how many of them had it
int winners(const std::filesystem::path& path, int processes)
{
    using Clock = std::chrono::steady_clock;
    const Clock::time_point begin = Clock::now() + std::chrono::milliseconds{100};
    std::vector<pid_t> children;
    for (int i = 0; i < processes; ++i) {
        const pid_t child = fork();
        if (child == 0) {
            while (Clock::now() < begin) {
            }
            std::optional<RunLock> lock;
            try {
                lock.emplace(path, rules);
            } catch (...) {
                _exit(0);
            }
            std::this_thread::sleep_for(std::chrono::milliseconds{300});
            _exit(1);  // without giving it back, as who is killed
        }
        children.push_back(child);
    }
    int count = 0;
    for (const pid_t child : children) {
        int status = 0;
        waitpid(child, &status, 0);
        count += WEXITSTATUS(status);
    }
    return count;
}

TEST_CASE("a lock that is held is refused with its holder, and gone when it is given back", "[io]")
{
    const Scratch scratch;
    const auto path = scratch / "a.lock";
    {
        const RunLock lock{path, rules};
        CHECK(lock.is_held());
        const std::string words =
            "the thing is in use (by process " + std::to_string(getpid()) + " on ";
        CHECK(refusal(path).find(words) == 0);
        CHECK(is_refused_with(words, [&] { check_lock(path, rules); }));
        CHECK(read_lock(path)->process == getpid());
    }
    CHECK_FALSE(std::filesystem::exists(path));
    CHECK(refusal(path) == "accepted");
    CHECK_FALSE(std::filesystem::exists(path));
}

TEST_CASE("of many processes one takes a lock, also one that a dead process has left", "[io]")
{
    const Scratch scratch;
    CHECK(winners(scratch / "new.lock", 8) == 1);
    for (int round = 0; round < 3; ++round) {
        const auto path = scratch / ("old_" + std::to_string(round));
        write_file(path, this_process().host + ' ' + std::to_string(dead_process()) + " 1\n");
        CHECK(winners(path, 8) == 1);
        CHECK(winners(path, 8) == 1);  // the winner has died without giving it back
    }
}

TEST_CASE("a lock that names another host is respected unless hosts see each other's locks", "[io]")
{
    const Scratch scratch;
    const auto path = write_file(scratch / "a.lock", "another-host 7 1\n");
    CHECK(refusal(path).find("in use (by process 7 on another-host)") != std::string::npos);
    CHECK(is_refused_with("another-host", [&] { check_lock(path, rules); }));
    LockRules trusting = rules;
    trusting.trusts_other_hosts = true;
    CHECK(refusal(path, trusting) == "accepted");
}

TEST_CASE("a lock that its process could not write is free, one that says something else is not",
          "[io]")
{
    const Scratch scratch;
    CHECK(refusal(write_file(scratch / "empty.lock", "")) == "accepted");
    CHECK(refusal(write_file(scratch / "odd.lock", "do not touch")).find("names no process") !=
          std::string::npos);
    CHECK(refusal(scratch / "none" / "a.lock").find("cannot write into '") == 0);
}

}  // namespace

}  // namespace latecomer::tests::run_lock_test
