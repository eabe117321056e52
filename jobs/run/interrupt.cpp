#include "jobs/run/interrupt.hpp"

#include <csignal>

#include <signal.h>

namespace latecomer::jobs {
namespace {

volatile std::sig_atomic_t received = 0;

extern "C" void on_signal(int number)
{
    if (received != 0) {
        std::signal(number, SIG_DFL);
        std::raise(number);
    }
    received = number;
}

}  // namespace

void watch_signals()
{
    struct sigaction action {};
    action.sa_handler = on_signal;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    sigaction(SIGUSR1, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
}

int stop_signal()
{
    return received;
}

}  // namespace latecomer::jobs
