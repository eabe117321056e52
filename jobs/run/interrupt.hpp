#pragma once

namespace latecomer::jobs {

/// From now on SIGUSR1 and SIGTERM ask the program to stop at the end of its quarter; a second one
/// ends it at once.
void watch_signals();

/// The number of the signal that asked this process to stop; 0: none.
int stop_signal();

}  // namespace latecomer::jobs
