#pragma once

#include <cstdint>

/// MPI for one process: a stand-in for tests on processors for which no MPI is installed.
///
/// It declares what mpi/ calls, and nothing else.  What MPI says of a group of one holds; what needs a second
/// process, or comes before the beginning or after the end, ends the program with a line that says what.

enum MPI_Comm { MPI_COMM_NULL, MPI_COMM_WORLD, MPI_COMM_OTHER };
enum MPI_Datatype { MPI_DATATYPE_NULL, MPI_BYTE, MPI_CHAR, MPI_INT64_T, MPI_UINT64_T, MPI_DOUBLE };
enum MPI_Op { MPI_SUM, MPI_MAX, MPI_MIN };
enum MPI_Errhandler { MPI_ERRORS_RETURN };

/// Nothing is ever under way: what is begun has ended, or ends the program.
enum MPI_Request { MPI_REQUEST_NULL };

struct MPI_Status {
    int MPI_SOURCE;
};

inline constexpr int MPI_SUCCESS = 0;
inline constexpr int MPI_ANY_SOURCE = -1;
inline constexpr int MPI_THREAD_SINGLE = 0;
inline constexpr int MPI_THREAD_FUNNELED = 1;
inline constexpr int MPI_MAX_ERROR_STRING = 256;
inline constexpr int MPI_MAX_LIBRARY_VERSION_STRING = 256;
inline constexpr int MPI_MAX_PROCESSOR_NAME = 256;
inline constexpr MPI_Status* MPI_STATUS_IGNORE = nullptr;
inline constexpr MPI_Status* MPI_STATUSES_IGNORE = nullptr;

/// Instead of the place of what is sent: it lies where it is received.
extern void* const MPI_IN_PLACE;

// --- Beginning and end -----------------------------------------------------------------------------

int MPI_Init_thread(int* argc, char*** argv, int required, int* provided);
int MPI_Initialized(int* flag);
int MPI_Finalize();
int MPI_Finalized(int* flag);
[[noreturn]] int MPI_Abort(MPI_Comm comm, int status);
int MPI_Get_version(int* version, int* subversion);
int MPI_Get_library_version(char* words, int* length);
int MPI_Get_processor_name(char* name, int* length);
int MPI_Error_string(int code, char* words, int* length);

// --- Groups ----------------------------------------------------------------------------------------

int MPI_Comm_dup(MPI_Comm comm, MPI_Comm* copy);
int MPI_Comm_split(MPI_Comm comm, int color, int key, MPI_Comm* part);
int MPI_Comm_free(MPI_Comm* comm);
int MPI_Comm_set_errhandler(MPI_Comm comm, MPI_Errhandler handler);
int MPI_Comm_rank(MPI_Comm comm, int* rank);
int MPI_Comm_size(MPI_Comm comm, int* size);

// --- What all do together --------------------------------------------------------------------------

int MPI_Barrier(MPI_Comm comm);
int MPI_Ibarrier(MPI_Comm comm, MPI_Request* request);
int MPI_Bcast(void* values, int count, MPI_Datatype type, int root, MPI_Comm comm);
int MPI_Allreduce(const void* mine, void* all, int count, MPI_Datatype type, MPI_Op operation,
                  MPI_Comm comm);
int MPI_Exscan(const void* mine, void* lower, int count, MPI_Datatype type, MPI_Op operation,
               MPI_Comm comm);
int MPI_Allgather(const void* mine, int count, MPI_Datatype type, void* all, int all_count,
                  MPI_Datatype all_type, MPI_Comm comm);
int MPI_Allgatherv(const void* mine, int count, MPI_Datatype type, void* all, const int* all_counts,
                   const int* places, MPI_Datatype all_type, MPI_Comm comm);
int MPI_Gatherv(const void* mine, int count, MPI_Datatype type, void* all, const int* all_counts,
                const int* places, MPI_Datatype all_type, int root, MPI_Comm comm);
int MPI_Alltoall(const void* mine, int count, MPI_Datatype type, void* all, int all_count,
                 MPI_Datatype all_type, MPI_Comm comm);

// --- Messages --------------------------------------------------------------------------------------

/// Finds nothing: nobody else is there to send.
int MPI_Iprobe(int source, int tag, MPI_Comm comm, int* flag, MPI_Status* status);
int MPI_Test(MPI_Request* request, int* flag, MPI_Status* status);
int MPI_Testall(int count, MPI_Request* requests, int* flag, MPI_Status* statuses);
int MPI_Waitall(int count, MPI_Request* requests, MPI_Status* statuses);

// These end the program.
int MPI_Send(const void* values, int count, MPI_Datatype type, int to, int tag, MPI_Comm comm);
int MPI_Isend(const void* values, int count, MPI_Datatype type, int to, int tag, MPI_Comm comm,
              MPI_Request* request);
int MPI_Issend(const void* values, int count, MPI_Datatype type, int to, int tag, MPI_Comm comm,
               MPI_Request* request);
int MPI_Recv(void* values, int count, MPI_Datatype type, int from, int tag, MPI_Comm comm,
             MPI_Status* status);
int MPI_Irecv(void* values, int count, MPI_Datatype type, int from, int tag, MPI_Comm comm,
              MPI_Request* request);
int MPI_Get_count(const MPI_Status* status, MPI_Datatype type, int* count);
