#include "core/errors.hpp"
#include "core/text.hpp"
#include "io/files/agreement.hpp"
#include "jobs/command_line/commands.hpp"
#include "jobs/submit/command.hpp"
#include "jobs/terminal/terminal.hpp"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <unistd.h>

namespace latecomer::jobs {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view module_name = "latecomer.export";

/// The folder of the Python package that belongs to this program: of an installation, PREFIX/share below PREFIX/bin; of
/// a build, the link in its own folder that CMake has made.  Empty: there is none, and Python looks where it always does.
/// Nothing further up is looked at: Python would run whatever somebody has put there.
fs::path package_folder()
{
    std::error_code error;
    const fs::path program_folder = fs::read_symlink("/proc/self/exe", error).parent_path();
    for (const fs::path& prefix : {program_folder.parent_path(), program_folder}) {
        fs::path package = prefix / "share/latecomer/analysis";
        if (fs::exists(package / "latecomer" / "export.py", error)) {
            return package;
        }
    }
    return {};
}

/// LATECOMER_PYTHON; else that of the system, which has the packages of the distribution; else the first on the path.
std::string python()
{
    const char* const named = std::getenv("LATECOMER_PYTHON");
    if (named != nullptr && *named != '\0') {
        return named;
    }
    return ::access("/usr/bin/python3", X_OK) == 0 ? "/usr/bin/python3" : "python3";
}

std::string environment_variable(const char* name)
{
    const char* const value = std::getenv(name);
    return value != nullptr ? value : "";
}

/// @throws InputError if there is no such Python, or it does not find the package
int call_python(const ExportOptions& options)
{
    const std::string interpreter = python();
    const fs::path package = package_folder();
    std::vector<std::string> words{"env"};
    if (!package.empty()) {
        const std::string others = environment_variable("PYTHONPATH");
        words.push_back(text("PYTHONPATH=", package.string(), others.empty() ? "" : ":", others));
    }
    words.insert(words.end(), {interpreter, "-m", std::string{module_name}});
    words.insert(words.end(), options.arguments.begin(), options.arguments.end());
    const submit::CommandEnd end = submit::call(words);
    constexpr int cannot_start = 126;
    constexpr int no_such_program = 127;
    if (end.status == cannot_start || end.status == no_such_program) {
        throw InputError(text("cannot export: there is no Python '", interpreter,
                              "'; install python3, or set LATECOMER_PYTHON to one that has pandas "
                              "and h5py"));
    }
    if (end.status == 1 && end.errors.find("No module named") != std::string::npos &&
        end.errors.find("latecomer") != std::string::npos &&
        end.errors.find("Traceback") == std::string::npos) {
        throw InputError(text("cannot export: '", interpreter, "' has no package ", module_name,
                              "; install the program with 'cmake --install', or add the folder "
                              "analysis of the sources to PYTHONPATH"));
    }
    std::fputs(end.output.c_str(), stdout);
    std::fflush(stdout);
    std::fputs(end.errors.c_str(), stderr);
    return end.status;
}

}  // namespace

int export_result(const ExportOptions& options, const mpi::Communicator& comm)
{
    std::array<std::int64_t, 1> status{0};
    io::do_and_agree<InputError>(comm, [&] {
        if (comm.is_root()) {  // one process writes
            status[0] = call_python(options);
        }
    });
    comm.broadcast(std::span{status});
    return static_cast<int>(status[0]);
}

}  // namespace latecomer::jobs
