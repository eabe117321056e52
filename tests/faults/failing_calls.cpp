// A library that is loaded before all others (LD_PRELOAD) and lets chosen calls of the operating system fail, so that
// tests see what the program does then.  Only calls for files below one folder count.
//
//   LATECOMER_FAULT_BELOW   the folder, absolute
//   LATECOMER_FAULT         "CALL ERROR FIRST COUNT": calls number FIRST, FIRST + 1, ... of the kind CALL fail, COUNT
//                           of them, with the number ERROR of errno.  Kinds: open, read, write, short_write (takes half
//                           of the bytes and does not fail), fsync, close, rename, link, unlink, ftruncate, mkdir
//   LATECOMER_FAULT_RANK    only on this rank of mpirun
//   LATECOMER_FAULT_LOG     gets a line "CALL PATH" for every call that failed, and at the end of the process "= CALL
//                           NUMBER" for every kind
#include <atomic>
#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

namespace {

enum Kind {
    open_kind,
    read_kind,
    write_kind,
    short_write_kind,
    fsync_kind,
    close_kind,
    rename_kind,
    link_kind,
    unlink_kind,
    ftruncate_kind,
    mkdir_kind,
    kinds
};
constexpr const char* names[kinds] = {"open",   "read", "write",  "short_write", "fsync", "close",
                                      "rename", "link", "unlink", "ftruncate",   "mkdir"};

struct Plan {
    const char* below = std::getenv("LATECOMER_FAULT_BELOW");
    const char* log = std::getenv("LATECOMER_FAULT_LOG");
    int kind = kinds;
    int error = 0;
    long first = 0;
    long count = 0;
    std::atomic<long> calls[kinds] = {};

    Plan()
    {
        char name[32] = "";
        const char* fault = std::getenv("LATECOMER_FAULT");
        const char* rank = std::getenv("LATECOMER_FAULT_RANK");
        const char* own = std::getenv("PMIX_RANK");
        if (rank != nullptr && (own == nullptr || std::strcmp(rank, own) != 0)) {
            below = nullptr;
        }
        if (fault == nullptr ||
            std::sscanf(fault, "%31s %d %ld %ld", name, &error, &first, &count) != 4) {
            return;
        }
        for (kind = 0; kind < kinds && std::strcmp(name, names[kind]) != 0; ++kind) {
        }
    }
};

Plan& plan()
{
    static Plan the_plan;
    return the_plan;
}

/// A line for the log, by system calls that nobody counts.
void note(const char* text, const char* more)
{
    if (plan().log == nullptr) {
        return;
    }
    char line[4200];
    const int size = std::snprintf(line, sizeof line, "%s %s\n", text, more);
    const long file =
        syscall(SYS_openat, AT_FDCWD, plan().log, O_WRONLY | O_CREAT | O_APPEND, 0644);
    if (file >= 0) {
        (void)syscall(SYS_write, file, line, size);
        (void)syscall(SYS_close, file);
    }
}

struct Report {
    ~Report()
    {
        for (int kind = 0; kind < kinds; ++kind) {
            char number[64];
            std::snprintf(number, sizeof number, "%s %ld", names[kind], plan().calls[kind].load());
            note("=", number);
        }
    }
} report;

bool counts(const char* path)
{
    if (plan().below == nullptr || path == nullptr) {
        return false;
    }
    char whole[8200];
    if (path[0] != '/') {
        char here[4100];
        if (getcwd(here, sizeof here) == nullptr) {
            return false;
        }
        std::snprintf(whole, sizeof whole, "%s/%s", here, path);
        path = whole;
    }
    const std::size_t length = std::strlen(plan().below);
    return std::strncmp(path, plan().below, length) == 0 &&
           (path[length] == '/' || path[length] == '\0');
}

const char* path_of(int file, char (&path)[4100])
{
    char link[64];
    std::snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    const ssize_t size = readlink(link, path, sizeof path - 1);
    path[size < 0 ? 0 : size] = '\0';
    constexpr char gone[] = " (deleted)";
    const ssize_t length = size - static_cast<ssize_t>(sizeof gone - 1);
    if (length > 0 && std::strcmp(path + length, gone) == 0) {
        path[length] = '\0';
    }
    return path;
}

/// Whether this call is one of those that fail; sets errno.
bool fails(Kind kind, const char* path)
{
    if (!counts(path)) {
        return false;
    }
    const long number = ++plan().calls[kind];
    if (plan().kind != kind || number < plan().first || number - plan().first >= plan().count) {
        return false;
    }
    note(names[kind], path);
    errno = plan().error;
    return true;
}

bool fails(Kind kind, int file)
{
    const int before = errno;
    char path[4100];
    const char* name = path_of(file, path);
    errno = before;
    return fails(kind, name);
}

/// The function of this name that would be called without this library.
template <class Function>
Function next(const char* name)
{
    return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

template <class Count>
Count shortened(int file, Count bytes)
{
    return bytes > 1 && fails(short_write_kind, file) ? bytes / 2 : bytes;
}

}  // namespace

#define NEXT(name) static const auto real = next<decltype(&name)>(#name)
#define MODE()                                                                                     \
    va_list more;                                                                                  \
    va_start(more, flags);                                                                         \
    const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(more, mode_t) : 0;                         \
    va_end(more)

extern "C" {

int open(const char* path, int flags, ...)
{
    MODE();
    NEXT(open);
    return fails(open_kind, path) ? -1 : real(path, flags, mode);
}

int open64(const char* path, int flags, ...)
{
    MODE();
    NEXT(open64);
    return fails(open_kind, path) ? -1 : real(path, flags, mode);
}

std::FILE* fopen(const char* path, const char* how)
{
    NEXT(fopen);
    return fails(open_kind, path) ? nullptr : real(path, how);
}

std::FILE* fopen64(const char* path, const char* how)
{
    NEXT(fopen64);
    return fails(open_kind, path) ? nullptr : real(path, how);
}

ssize_t read(int file, void* to, std::size_t bytes)
{
    NEXT(read);
    return fails(read_kind, file) ? -1 : real(file, to, bytes);
}

ssize_t pread(int file, void* to, std::size_t bytes, off_t at)
{
    NEXT(pread);
    return fails(read_kind, file) ? -1 : real(file, to, bytes, at);
}

ssize_t pread64(int file, void* to, std::size_t bytes, off64_t at)
{
    NEXT(pread64);
    return fails(read_kind, file) ? -1 : real(file, to, bytes, at);
}

int mkdir(const char* path, mode_t mode)
{
    NEXT(mkdir);
    return fails(mkdir_kind, path) ? -1 : real(path, mode);
}

ssize_t write(int file, const void* from, std::size_t bytes)
{
    NEXT(write);
    return fails(write_kind, file) ? -1 : real(file, from, shortened(file, bytes));
}

ssize_t writev(int file, const iovec* parts, int count)
{
    NEXT(writev);
    return fails(write_kind, file) ? -1 : real(file, parts, shortened(file, count));
}

ssize_t pwrite(int file, const void* from, std::size_t bytes, off_t at)
{
    NEXT(pwrite);
    return fails(write_kind, file) ? -1 : real(file, from, shortened(file, bytes), at);
}

ssize_t pwrite64(int file, const void* from, std::size_t bytes, off64_t at)
{
    NEXT(pwrite64);
    return fails(write_kind, file) ? -1 : real(file, from, shortened(file, bytes), at);
}

int fsync(int file)
{
    NEXT(fsync);
    return fails(fsync_kind, file) ? -1 : real(file);
}

int fdatasync(int file)
{
    NEXT(fdatasync);
    return fails(fsync_kind, file) ? -1 : real(file);
}

/// As in Linux, the file is closed also when the call fails.
int close(int file)
{
    NEXT(close);
    const bool is_failing = fails(close_kind, file);
    const int error = errno;
    const int result = real(file);
    errno = is_failing ? error : errno;
    return is_failing ? -1 : result;
}

int fclose(std::FILE* file)
{
    NEXT(fclose);
    const bool is_failing = fails(close_kind, fileno(file));
    const int error = errno;
    const int result = real(file);
    errno = is_failing ? error : errno;
    return is_failing ? EOF : result;
}

int rename(const char* from, const char* to)
{
    NEXT(rename);
    return fails(rename_kind, to) ? -1 : real(from, to);
}

int link(const char* from, const char* to)
{
    NEXT(link);
    return fails(link_kind, to) ? -1 : real(from, to);
}

int symlink(const char* from, const char* to)
{
    NEXT(symlink);
    return fails(link_kind, to) ? -1 : real(from, to);
}

int unlink(const char* path)
{
    NEXT(unlink);
    return fails(unlink_kind, path) ? -1 : real(path);
}

int remove(const char* path)
{
    NEXT(remove);
    return fails(unlink_kind, path) ? -1 : real(path);
}

int ftruncate(int file, off_t bytes)
{
    NEXT(ftruncate);
    return fails(ftruncate_kind, file) ? -1 : real(file, bytes);
}

int ftruncate64(int file, off64_t bytes)
{
    NEXT(ftruncate64);
    return fails(ftruncate_kind, file) ? -1 : real(file, bytes);
}

}  // extern "C"
