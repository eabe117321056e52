#pragma once

namespace latecomer::jobs {

/// The terminal of the program that started the ranks, opened for writing, for the caller to close; -1: it has none here.
///
/// mpirun reads what ranks write and writes it again, so that no rank sees a terminal where the user does.  The launcher is
/// looked for among the ancestors of this process, by its name; its standard error tells.  Another host has no such ancestor.
int open_launcher_terminal();

}  // namespace latecomer::jobs
