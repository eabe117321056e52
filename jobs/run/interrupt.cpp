#include "jobs/run/interrupt.hpp"

#include <csignal>
#include <string_view>

#include <signal.h>
#include <unistd.h>

namespace latecomer::jobs {
namespace {

volatile std::sig_atomic_t received = 0;

/// The first asks, the same once more insists.  Another one asks for what is already on its way: a
/// scheduler sends SIGTERM some time after SIGUSR1.
extern "C" void on_signal(int number)
{
    if (received == number) {
        std::signal(number, SIG_DFL);
        std::raise(number);
    }
    if (received == 0) {
        received = number;
    }
    if (number == SIGINT && ::isatty(STDERR_FILENO) == 1) {
        constexpr std::string_view words =
            "\nlatecomer: stopping when this quarter is done; Ctrl-C again ends at once\n";
        [[maybe_unused]] const auto ignored = ::write(STDERR_FILENO, words.data(), words.size());
    }
}

/// Watches a signal; one that whoever started the program has it ignore, as nohup does, stays ignored.
void watch(int number, const struct sigaction& action)
{
    struct sigaction before {};
    if (sigaction(number, nullptr, &before) == 0 && before.sa_handler != SIG_IGN) {
        sigaction(number, &action, nullptr);
    }
}

}  // namespace

void watch_signals()
{
    struct sigaction action {};
    action.sa_handler = on_signal;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    for (const int number : {SIGUSR1, SIGTERM, SIGINT, SIGHUP}) {
        watch(number, action);
    }
    std::signal(SIGPIPE, SIG_IGN);  // who reads the progress of a run may leave it
}

int stop_signal()
{
    return received;
}

}  // namespace latecomer::jobs
