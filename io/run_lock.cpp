#include "io/run_lock.hpp"

#include "core/errors.hpp"
#include "core/text.hpp"
#include "io/file_error.hpp"

#include <array>
#include <cerrno>
#include <fstream>

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

namespace latecomer::io {
namespace {

[[noreturn]] void refuse(const std::filesystem::path& lock, const LockHolder& holder)
{
    const std::string folder = lock.parent_path().string();
    if (holder.host.empty()) {
        throw InputError(text("run folder '", folder,
                              "' is locked (run.lock names no process): if "
                              "no run is at work there, remove '",
                              lock.string(), '\''));
    }
    throw InputError(text("run folder '", folder, "' is in use (by process ", holder.process,
                          " on ", holder.host,
                          "): wait for it, or choose another --out; if that "
                          "run has died, remove '",
                          lock.string(), '\''));
}

/// Creates the lock, unless one exists: the operating system lets only one process succeed.
bool create_lock(const std::filesystem::path& lock)
{
    const int file = ::open(lock.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (file < 0 && errno == EEXIST) {
        return false;
    }
    const LockHolder holder = this_process();
    const std::string content = text(holder.host, ' ', holder.process, '\n');
    const bool written = file >= 0 && ::write(file, content.data(), content.size()) ==
                                          static_cast<ssize_t>(content.size());
    const int error = errno;
    if (file >= 0) {
        ::close(file);
    }
    if (!written) {
        if (file >= 0) {
            ::unlink(lock.c_str());
        }
        throw InputError(text("cannot write into run folder '", lock.parent_path().string(), "' (",
                              reason(error), "): choose another --out or make room there"));
    }
    return true;
}

}  // namespace

bool LockHolder::is_gone() const
{
    return !host.empty() && host == this_process().host && process > 0 &&
           ::kill(static_cast<pid_t>(process), 0) != 0 && errno == ESRCH;
}

LockHolder this_process()
{
    std::array<char, 256> name{};
    if (::gethostname(name.data(), name.size() - 1) != 0) {
        name = {"unknown"};
    }
    return {name.data(), ::getpid()};
}

std::optional<LockHolder> read_lock(const std::filesystem::path& lock)
{
    std::error_code error;
    if (!std::filesystem::exists(lock, error)) {
        return std::nullopt;
    }
    LockHolder holder;
    std::ifstream file{lock};
    if (!(file >> holder.host >> holder.process)) {
        return LockHolder{};
    }
    return holder;
}

void check_lock(const std::filesystem::path& lock)
{
    const auto holder = read_lock(lock);
    if (holder && !holder->is_gone()) {
        refuse(lock, *holder);
    }
}

void take_lock(const std::filesystem::path& lock)
{
    check_lock(lock);
    if (create_lock(lock)) {
        return;
    }
    ::unlink(lock.c_str());  // of a process that is gone
    if (!create_lock(lock)) {
        refuse(lock, read_lock(lock).value_or(LockHolder{}));  // another run was faster
    }
}

}  // namespace latecomer::io
