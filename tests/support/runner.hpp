#pragma once

#include <filesystem>

namespace latecomer::tests {

/// Runs the tests that the command line selects and returns the exit status.
///
/// Tests run in the order of their declaration and with one seed for Catch's own generators unless
/// the command line says otherwise: under MPI all ranks must do the same.
int run_tests(int argc, char** argv);

/// Tells whether `--update` was given: golden tests then rewrite their file instead of comparing.
bool update_golden_files();

/// Root of the source tree, for tests that read files of the project.
std::filesystem::path source_dir();

}  // namespace latecomer::tests
