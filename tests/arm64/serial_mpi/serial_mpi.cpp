/// The stand-in for MPI that mpi.h beside declares.

#include "tests/arm64/serial_mpi/mpi.h"

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string_view>

namespace {

enum class Phase { before, live, after };
Phase phase = Phase::before;  // of MPI, of which a process has one

/// Ends the program: one process alone cannot do what was asked for.
[[noreturn]] void refuse(const char* function, const char* why)
{
    std::fprintf(stderr, "latecomer: the serial stand-in for MPI cannot do %s: %s\n", function,
                 why);
    std::abort();
}

void demand(bool condition, const char* function, const char* why)
{
    if (!condition) {
        refuse(function, why);
    }
}

/// What every call on a group needs.
void demand_group(MPI_Comm comm, const char* function)
{
    demand(phase == Phase::live, function, "MPI has not begun, or has ended");
    demand(comm != MPI_COMM_NULL, function, "there is no such group");
}

std::size_t size_of(MPI_Datatype type, const char* function)
{
    switch (type) {
    case MPI_BYTE:
    case MPI_CHAR:
        return 1;
    case MPI_INT64_T:
    case MPI_UINT64_T:
    case MPI_DOUBLE:
        return 8;
    case MPI_DATATYPE_NULL:
        break;
    }
    refuse(function, "the values have no type");
}

/// What one process gets from all: its own values.
int receive_own(const void* mine, int count, MPI_Datatype type, void* all, int all_count,
                MPI_Datatype all_type, int place, const char* function)
{
    if (mine == MPI_IN_PLACE) {
        return MPI_SUCCESS;
    }
    demand(count >= 0, function, "a number of values is negative");
    demand(count == all_count && type == all_type, function,
           "what is sent is not what is received");
    const std::size_t size = size_of(type, function);
    if (count > 0) {
        std::memcpy(static_cast<char*>(all) + static_cast<std::size_t>(place) * size, mine,
                    static_cast<std::size_t>(count) * size);
    }
    return MPI_SUCCESS;
}

void tell(std::string_view what, char* words, int* length)
{
    std::memcpy(words, what.data(), what.size());
    words[what.size()] = '\0';
    *length = static_cast<int>(what.size());
}

constexpr const char* no_other = "there is no other process";

char mark_of_in_place;

}  // namespace

void* const MPI_IN_PLACE = &mark_of_in_place;

// --- Beginning and end -----------------------------------------------------------------------------

int MPI_Init_thread(int*, char***, int required, int* provided)
{
    demand(phase == Phase::before, __func__, "MPI begins once");
    phase = Phase::live;
    *provided = required;
    return MPI_SUCCESS;
}

int MPI_Initialized(int* flag)
{
    *flag = phase != Phase::before ? 1 : 0;
    return MPI_SUCCESS;
}

int MPI_Finalize()
{
    demand(phase == Phase::live, __func__, "MPI has not begun, or has ended");
    phase = Phase::after;
    return MPI_SUCCESS;
}

int MPI_Finalized(int* flag)
{
    *flag = phase == Phase::after ? 1 : 0;
    return MPI_SUCCESS;
}

int MPI_Abort(MPI_Comm, int status)
{
    std::_Exit(status);
}

int MPI_Get_version(int* version, int* subversion)
{
    *version = 3;
    *subversion = 1;
    return MPI_SUCCESS;
}

int MPI_Get_library_version(char* words, int* length)
{
    tell("stand-in for one process", words, length);
    return MPI_SUCCESS;
}

int MPI_Get_processor_name(char* name, int* length)
{
    tell("this computer", name, length);
    return MPI_SUCCESS;
}

int MPI_Error_string(int, char* words, int* length)
{
    tell("the stand-in for MPI knows no errors", words, length);
    return MPI_SUCCESS;
}

// --- Groups ----------------------------------------------------------------------------------------

int MPI_Comm_dup(MPI_Comm comm, MPI_Comm* copy)
{
    demand_group(comm, __func__);
    *copy = MPI_COMM_OTHER;
    return MPI_SUCCESS;
}

int MPI_Comm_split(MPI_Comm comm, int color, int, MPI_Comm* part)
{
    demand_group(comm, __func__);
    demand(color >= 0, __func__, "a colour is negative");
    *part = MPI_COMM_OTHER;
    return MPI_SUCCESS;
}

int MPI_Comm_free(MPI_Comm* comm)
{
    demand_group(*comm, __func__);
    demand(*comm != MPI_COMM_WORLD, __func__, "the world stays");
    *comm = MPI_COMM_NULL;
    return MPI_SUCCESS;
}

int MPI_Comm_set_errhandler(MPI_Comm comm, MPI_Errhandler)
{
    demand_group(comm, __func__);
    return MPI_SUCCESS;
}

int MPI_Comm_rank(MPI_Comm comm, int* rank)
{
    demand_group(comm, __func__);
    *rank = 0;
    return MPI_SUCCESS;
}

int MPI_Comm_size(MPI_Comm comm, int* size)
{
    demand_group(comm, __func__);
    *size = 1;
    return MPI_SUCCESS;
}

// --- What all do together --------------------------------------------------------------------------

int MPI_Barrier(MPI_Comm comm)
{
    demand_group(comm, __func__);
    return MPI_SUCCESS;
}

int MPI_Ibarrier(MPI_Comm comm, MPI_Request* request)
{
    demand_group(comm, __func__);
    *request = MPI_REQUEST_NULL;
    return MPI_SUCCESS;
}

int MPI_Bcast(void*, int, MPI_Datatype, int root, MPI_Comm comm)
{
    demand_group(comm, __func__);
    demand(root == 0, __func__, no_other);
    return MPI_SUCCESS;
}

int MPI_Allreduce(const void* mine, void* all, int count, MPI_Datatype type, MPI_Op, MPI_Comm comm)
{
    demand_group(comm, __func__);
    return receive_own(mine, count, type, all, count, type, 0, __func__);
}

/// The first rank has none before it and gets nothing.
int MPI_Exscan(const void*, void*, int, MPI_Datatype, MPI_Op, MPI_Comm comm)
{
    demand_group(comm, __func__);
    return MPI_SUCCESS;
}

int MPI_Allgather(const void* mine, int count, MPI_Datatype type, void* all, int all_count,
                  MPI_Datatype all_type, MPI_Comm comm)
{
    demand_group(comm, __func__);
    return receive_own(mine, count, type, all, all_count, all_type, 0, __func__);
}

int MPI_Allgatherv(const void* mine, int count, MPI_Datatype type, void* all, const int* all_counts,
                   const int* places, MPI_Datatype all_type, MPI_Comm comm)
{
    demand_group(comm, __func__);
    return receive_own(mine, count, type, all, all_counts[0], all_type, places[0], __func__);
}

int MPI_Gatherv(const void* mine, int count, MPI_Datatype type, void* all, const int* all_counts,
                const int* places, MPI_Datatype all_type, int root, MPI_Comm comm)
{
    demand_group(comm, __func__);
    demand(root == 0, __func__, no_other);
    return receive_own(mine, count, type, all, all_counts[0], all_type, places[0], __func__);
}

int MPI_Alltoall(const void* mine, int count, MPI_Datatype type, void* all, int all_count,
                 MPI_Datatype all_type, MPI_Comm comm)
{
    demand_group(comm, __func__);
    return receive_own(mine, count, type, all, all_count, all_type, 0, __func__);
}

// --- Messages --------------------------------------------------------------------------------------

int MPI_Iprobe(int, int, MPI_Comm comm, int* flag, MPI_Status*)
{
    demand_group(comm, __func__);
    *flag = 0;
    return MPI_SUCCESS;
}

int MPI_Test(MPI_Request*, int* flag, MPI_Status*)
{
    *flag = 1;
    return MPI_SUCCESS;
}

int MPI_Testall(int, MPI_Request*, int* flag, MPI_Status*)
{
    *flag = 1;
    return MPI_SUCCESS;
}

int MPI_Waitall(int, MPI_Request*, MPI_Status*)
{
    return MPI_SUCCESS;
}

int MPI_Send(const void*, int, MPI_Datatype, int, int, MPI_Comm)
{
    refuse(__func__, no_other);
}

int MPI_Isend(const void*, int, MPI_Datatype, int, int, MPI_Comm, MPI_Request*)
{
    refuse(__func__, no_other);
}

int MPI_Issend(const void*, int, MPI_Datatype, int, int, MPI_Comm, MPI_Request*)
{
    refuse(__func__, no_other);
}

int MPI_Recv(void*, int, MPI_Datatype, int, int, MPI_Comm, MPI_Status*)
{
    refuse(__func__, no_other);
}

int MPI_Irecv(void*, int, MPI_Datatype, int, int, MPI_Comm, MPI_Request*)
{
    refuse(__func__, no_other);
}

int MPI_Get_count(const MPI_Status*, MPI_Datatype, int*)
{
    refuse(__func__, no_other);
}
