#pragma once

namespace latecomer::jobs {

/// How a run tells on standard error how far it is.
enum class ProgressStyle {
    automatic,  ///< bar on a terminal, plain lines elsewhere
    bar,  ///< one line that is drawn again and again, also under mpirun; plain lines where there is no terminal
    plain,  ///< a line a minute or every tenth of the run
    json,   ///< one JSON object a line
    none,
};

}  // namespace latecomer::jobs
