#include "mpi/session.hpp"

#include "core/errors.hpp"
#include "mpi/native.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>

#include <unistd.h>

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

/// Whether a launcher has started this process, among others: each leaves the rank in the environment, under a name
/// of its own (PMIx, PMI, Open MPI, MVAPICH, Intel MPI, HPE's PALS and ALPS, Flux).  LATECOMER_MPI is for those that
/// are not listed.
bool is_launched()
{
    return std::ranges::any_of(std::array{"PMIX_RANK", "PMI_RANK", "OMPI_COMM_WORLD_RANK",
                                          "MV2_COMM_WORLD_RANK", "MVP_COMM_WORLD_RANK",
                                          "MPI_LOCALRANKID", "PMI_ID", "PALS_RANKID", "ALPS_APP_PE",
                                          "FLUX_TASK_RANK", "LATECOMER_MPI"},
                               [](const char* name) { return std::getenv(name) != nullptr; });
}

/// Whether a Session is alive.
bool& has_session()
{
    static bool has = false;
    return has;
}

}  // namespace

Session::Session() : exceptions_at_start_{std::uncaught_exceptions()}
{
    int initialized = 0;
    check(MPI_Initialized(&initialized));
    expects(initialized == 0 && !has_session(), "a process has one MPI session");

    terminate_before_ = std::set_terminate(end_all_ranks);
    has_session() = true;
    if (!is_launched()) {
        return;
    }
    int level = MPI_THREAD_SINGLE;
    check(MPI_Init_thread(nullptr, nullptr, MPI_THREAD_FUNNELED, &level));
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
    has_session() = false;
    if (runs_mpi()) {
        MPI_Finalize();
    }
}

std::string Session::processor_name() const
{
    std::array<char, MPI_MAX_PROCESSOR_NAME> name{};
    if (!runs_mpi()) {
        return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "unknown host";
    }
    int length = 0;
    check(MPI_Get_processor_name(name.data(), &length));
    return {name.data(), static_cast<std::size_t>(length)};
}

bool is_live()
{
    return has_session();
}

void abort_all(int status)
{
    std::fflush(nullptr);
    if (runs_mpi()) {
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
