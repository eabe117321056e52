#include "mpi/native.hpp"

#include "core/errors.hpp"
#include "mpi/shared_memory.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <exception>
#include <string>
#include <string_view>

namespace latecomer::mpi {

Communicator::Handle::Handle(MPI_Comm owned) : comm{owned}
{
    check(MPI_Comm_set_errhandler(comm, MPI_ERRORS_RETURN));
    check(MPI_Comm_rank(comm, &rank));
    check(MPI_Comm_size(comm, &size));
}

Communicator::Handle::~Handle()
{
    int finalized = 0;
    MPI_Finalized(&finalized);
    if (finalized == 0 && std::uncaught_exceptions() == 0) {
        MPI_Comm_free(&comm);
    }
}

bool runs_mpi()
{
    int initialized = 0;
    int finalized = 0;
    check(MPI_Initialized(&initialized));
    check(MPI_Finalized(&finalized));
    return initialized != 0 && finalized == 0;
}

MPI_Comm native(const Communicator& comm)
{
    expects(!comm.is_serial(), "a serial communicator has no MPI communicator");
    return comm.handle()->comm;
}

void await_others(const Communicator& comm)
{
    Communicator::Handle& handle = *comm.handle();
    if (!handle.watches_waiting) {
        return;
    }
    using std::chrono::steady_clock;
    const steady_clock::time_point begin = steady_clock::now();
    check(MPI_Barrier(handle.comm));
    handle.waited += std::chrono::duration<double>(steady_clock::now() - begin).count();
}

void check(int code, const char* file, int line)
{
    if (code == MPI_SUCCESS) {
        return;
    }
    std::array<char, MPI_MAX_ERROR_STRING> words{};
    int length = 0;
    if (MPI_Error_string(code, words.data(), &length) != MPI_SUCCESS) {
        length = 0;
    }
    const std::string_view said{words.data(), static_cast<std::size_t>(length)};
    fail(std::string{"MPI failed: "}.append(said), file, line);
}

}  // namespace latecomer::mpi
