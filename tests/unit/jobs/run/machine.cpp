#include "jobs/run/machine.hpp"

#include "core/parallel.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/messages.hpp"

#include <cstdlib>
#include <optional>
#include <string>

namespace latecomer::tests::machine_test {

using namespace latecomer::jobs;

namespace {

/// What OMP_NUM_THREADS says while it lives; afterwards all is as before.
class OmpNumThreads {
public:
    explicit OmpNumThreads(const char* words)
    {
        if (const char* const before = std::getenv(name)) {
            before_ = before;
        }
        ::setenv(name, words, 1);
    }
    ~OmpNumThreads()
    {
        before_ ? ::setenv(name, before_->c_str(), 1) : ::unsetenv(name);
        set_thread_count(threads_before_);
    }
    OmpNumThreads(const OmpNumThreads&) = delete;
    OmpNumThreads& operator=(const OmpNumThreads&) = delete;

private:
    static constexpr const char* name = "OMP_NUM_THREADS";
    std::optional<std::string> before_;
    int threads_before_ = thread_count();
};

Machine machine_of(const char* environment, std::optional<std::int64_t> wish = std::nullopt)
{
    const OmpNumThreads threads{environment};
    return prepare_machine(wish, "here", mpi::Communicator{});
}

TEST_CASE("OMP_NUM_THREADS is a list of positive numbers, of which the first counts")
{
    for (const auto& [words, threads] :
         {std::pair{"3", 3}, std::pair{"2,2", 2}, std::pair{" 4 ", 4}, std::pair{"1024", 1024},
          std::pair{"2 , 99999", 2}, std::pair{"007", 7}}) {
        CAPTURE(words);
        CHECK(machine_of(words).threads == threads);
    }
}

TEST_CASE("an OMP_NUM_THREADS that is no number of threads, or too large, is refused")
{
    for (const char* words : {"0", "-1", "abc", "2,", ",2", "2,x", "2,0", "2 2", "1.5", "0x2", " ",
                              "1025", "99999", "99999999999999999999999999"}) {
        CAPTURE(words);
        const std::string message = tests::refusal_by([&] { machine_of(words); });
        CHECK(message.starts_with("bad value '" + std::string{words} +
                                  "' of the environment's OMP_"));
        CHECK(message.find("[1, 1024]") != std::string::npos);
    }
}

TEST_CASE("an empty OMP_NUM_THREADS says nothing, and --threads counts more than a bad one")
{
    CHECK(machine_of("").threads >= 1);
    CHECK(machine_of("99999", 2).threads == 2);
    CHECK(machine_of("abc", 1).threads == 1);
}

}  // namespace

}  // namespace latecomer::tests::machine_test
