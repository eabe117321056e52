#pragma once

namespace latecomer::jobs {

/// From now on SIGINT (Ctrl-C), SIGTERM, SIGHUP (a lost terminal) and SIGUSR1 ask the program to stop at the
/// end of its quarter; the same signal once more ends it at once.  A closed pipe does not end it.
void watch_signals();

/// The number of the signal that asked this process to stop; 0: none.
int stop_signal();

}  // namespace latecomer::jobs
