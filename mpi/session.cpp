#include "mpi/session.hpp"

#include "core/errors.hpp"
#include "core/text.hpp"
#include "mpi/native.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <filesystem>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include <stdlib.h>

namespace latecomer::mpi {
namespace {

/// Says on standard error why the program ends, with one write so that ranks do not mix lines.
void complain(const std::string& why)
{
    std::fputs(("latecomer: " + why + "\n").c_str(), stderr);
}

/// What std::terminate calls while a session lives: one rank must not die alone.
[[noreturn]] void end_all_ranks()
{
    std::string why = "std::terminate was called";
    if (const std::exception_ptr error = std::current_exception()) {
        why = "an error of unknown type reached the end of the program";
        try {
            std::rethrow_exception(error);
        } catch (const std::exception& known) {
            why = known.what();
        } catch (...) {  // keeps the words above
        }
    }
    complain(why);
    abort_all(1);
}

/// Whether a launcher has started this process, among others.
bool is_launched()
{
    return std::ranges::any_of(std::array{"PMIX_RANK", "PMI_RANK", "OMPI_COMM_WORLD_RANK"},
                               [](const char* name) { return std::getenv(name) != nullptr; });
}

/// The folder for temporary files of a program that was started alone; empty: none.
///
/// Open MPI gives all such programs one folder, which the first to end removes under the feet of others
/// that have just begun.  So each gets its own, gone with the program.
std::string& own_folder()
{
    static std::string folder;
    return folder;
}

/// @throws InputError if there is no room for one
void make_own_folder()
{
    std::error_code error;
    const std::filesystem::path where = std::filesystem::temp_directory_path(error);
    std::string name = (where / "latecomer-mpi-XXXXXX").string();
    if (error || ::mkdtemp(name.data()) == nullptr) {
        const char* const told = std::getenv("TMPDIR");
        throw InputError(text("cannot make a folder for temporary files in '",
                              told != nullptr ? told : "/tmp", "' (",
                              error ? error.message() : std::strerror(errno),
                              "): set TMPDIR to a folder with room that can be written to"));
    }
    own_folder() = std::move(name);
}

void remove_own_folder()
{
    std::error_code ignored;
    if (!own_folder().empty()) {
        std::filesystem::remove_all(std::exchange(own_folder(), {}), ignored);
    }
}

/// What Open MPI is told while a program begins that was started alone.
///
/// It starts no processes, so it needs no daemon beside it, with which things can go wrong; and it
/// sends no messages, so it needs no network, of which libraries take 0.2 s to open.  It is bound to
/// no core, so it needs no map of the machine, of which hwloc reads every device.  What the user has
/// set stays, and what a program calls later does not inherit this.
class SettingsOfOne {
public:
    SettingsOfOne()
    {
        if (is_launched()) {
            return;
        }
        make_own_folder();
        for (const auto& [name, value] :
             {std::pair{"OMPI_MCA_ess_singleton_isolated", "1"}, std::pair{"OMPI_MCA_pml", "ob1"},
              std::pair{"OMPI_MCA_btl", "self"}, std::pair{"HWLOC_COMPONENTS", "no_os,stop"},
              std::pair{"HWLOC_PLUGINS_PATH", own_folder().c_str()},  // there are none
              std::pair{"OMPI_MCA_orte_tmpdir_base", own_folder().c_str()}}) {
            if (std::getenv(name) == nullptr) {
                ::setenv(name, value, 1);
                names_.push_back(name);
            }
        }
    }
    ~SettingsOfOne()
    {
        for (const char* name : names_) {
            ::unsetenv(name);
        }
    }
    SettingsOfOne(const SettingsOfOne&) = delete;
    SettingsOfOne& operator=(const SettingsOfOne&) = delete;

private:
    std::vector<const char*> names_;
};

}  // namespace

Session::Session() : exceptions_at_start_{std::uncaught_exceptions()}
{
    int initialized = 0;
    check(MPI_Initialized(&initialized));
    expects(initialized == 0, "a process has one MPI session");

    int level = MPI_THREAD_SINGLE;
    {
        const SettingsOfOne settings;
        check(MPI_Init_thread(nullptr, nullptr, MPI_THREAD_FUNNELED, &level));
    }
    terminate_before_ = std::set_terminate(end_all_ranks);
    if (level < MPI_THREAD_FUNNELED) {
        complain("this MPI library does not allow threads (MPI_THREAD_FUNNELED); use another");
        abort_all(1);
    }
}

Session::~Session()
{
    if (std::uncaught_exceptions() > exceptions_at_start_) {
        complain("an error left the MPI session of one process; all processes end");
        abort_all(1);
    }
    std::set_terminate(terminate_before_);
    MPI_Finalize();
    remove_own_folder();
}

std::string Session::processor_name() const
{
    std::array<char, MPI_MAX_PROCESSOR_NAME> name{};
    int length = 0;
    check(MPI_Get_processor_name(name.data(), &length));
    return {name.data(), static_cast<std::size_t>(length)};
}

bool is_live()
{
    int initialized = 0;
    int finalized = 0;
    check(MPI_Initialized(&initialized));
    check(MPI_Finalized(&finalized));
    return initialized != 0 && finalized == 0;
}

void abort_all(int status)
{
    std::fflush(nullptr);
    remove_own_folder();
    if (is_live()) {
        MPI_Abort(MPI_COMM_WORLD, status);
    }
    std::_Exit(status);
}

std::string library_version()
{
    std::array<char, MPI_MAX_LIBRARY_VERSION_STRING> words{};
    int length = 0;
    check(MPI_Get_library_version(words.data(), &length));
    std::string version{words.data(), static_cast<std::size_t>(length)};
    std::ranges::replace(version, '\n', ' ');
    version.erase(std::min(version.find('\0'), version.size()));

    int major = 0;
    int minor = 0;
    check(MPI_Get_version(&major, &minor));
    return version + " (MPI " + std::to_string(major) + "." + std::to_string(minor) + ")";
}

}  // namespace latecomer::mpi
