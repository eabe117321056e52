#include "io/files/run_lock.hpp"

#include "core/errors.hpp"
#include "core/text.hpp"
#include "io/files/file_error.hpp"
#include "io/files/raw_file.hpp"
#include "io/files/system_call.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <fstream>
#include <sstream>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

namespace latecomer::io {
namespace {

[[noreturn]] void refuse(const std::filesystem::path& lock, const LockHolder& holder,
                         const LockRules& rules)
{
    if (holder.host.empty()) {
        throw InputError(text(rules.what, " is locked (", lock.filename().string(),
                              " names no process): if nothing is at work there, remove '",
                              lock.string(), '\''));
    }
    throw InputError(
        text(rules.what, " is in use (by process ", holder.process, " on ", holder.host,
             "): wait for it, or choose another --out; if that process has died, remove '",
             lock.string(), '\''));
}

[[noreturn]] void refuse_to_write(const std::filesystem::path& lock, int error)
{
    if (is_of_the_machine(error)) {
        throw_file_error("write", lock, reason(error));
    }
    throw InputError(text("cannot write into '", lock.parent_path().string(), "' (", reason(error),
                          "): choose another --out or make room there"));
}

enum class Held { yes, by_another, unknown };

/// Asks the operating system for the lock of an open file, or only whether it is free.
Held lock_file(int number, bool only_ask)
{
    struct flock whole {};
    whole.l_type = F_WRLCK;
    whole.l_whence = SEEK_SET;
    if (uninterrupted(
            [&] { return ::fcntl(number, only_ask ? F_OFD_GETLK : F_OFD_SETLK, &whole); }) == 0) {
        return only_ask && whole.l_type != F_UNLCK ? Held::by_another : Held::yes;
    }
    return errno == EAGAIN || errno == EACCES ? Held::by_another : Held::unknown;
}

/// Whether the path still leads to the open file.
bool is_same_file(int number, const std::filesystem::path& path)
{
    struct stat open {};
    struct stat there {};
    return ::fstat(number, &open) == 0 && ::stat(path.c_str(), &there) == 0 &&
           open.st_dev == there.st_dev && open.st_ino == there.st_ino;
}

/// Whether what the file says keeps others from taking the lock, though the system does not.
bool is_claimed(const LockHolder& holder, bool is_empty, Held held, const LockRules& rules)
{
    if (is_empty || holder.is_gone()) {
        return false;
    }
    const bool is_elsewhere = !holder.host.empty() && holder.host != this_process().host;
    return !(is_elsewhere && held == Held::yes && rules.trusts_other_hosts);
}

bool is_empty_file(const std::filesystem::path& path)
{
    std::error_code error;
    return std::filesystem::file_size(path, error) == 0 && !error;
}

void write_holder(int number, const std::filesystem::path& path)
{
    const LockHolder holder = this_process();
    const std::string content = text(holder.host, ' ', holder.process, ' ', holder.started, '\n');
    const bool is_cut = uninterrupted([&] { return ::ftruncate(number, 0); }) == 0;
    std::size_t done = 0;
    ssize_t taken = is_cut ? 0 : -1;
    while (taken >= 0 && done < content.size()) {
        taken = uninterrupted([&] {
            return ::pwrite(number, content.data() + done, content.size() - done,
                            static_cast<off_t>(done));
        });
        done += static_cast<std::size_t>(std::max<ssize_t>(taken, 0));
    }
    if (taken < 0) {
        const int error = errno;
        ::unlink(path.c_str());
        ::close(number);
        refuse_to_write(path, error);
    }
}

/// Tries once.  @return the open file; -1: another process came between, try again
int try_to_take(const std::filesystem::path& path, const LockRules& rules)
{
    int number = uninterrupted(
        [&] { return ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666); });
    const bool is_new = number >= 0;
    if (!is_new && errno == EEXIST) {
        number = uninterrupted([&] { return ::open(path.c_str(), O_RDWR | O_CLOEXEC); });
        if (number < 0 && errno == ENOENT) {
            return -1;
        }
    }
    if (number < 0) {
        refuse_to_write(path, errno);
    }
    const Held held = lock_file(number, false);
    if (held == Held::yes && !is_same_file(number, path)) {
        ::close(number);
        return -1;
    }
    LockHolder holder;
    try {
        holder = read_lock(path).value_or(LockHolder{});
    } catch (const OutputError&) {
        if (is_new) {
            ::unlink(path.c_str());
        }
        ::close(number);
        throw;
    }
    // Without locks of the system only one process can have made the file, and nobody may take it over.
    const bool is_anothers =
        held == Held::unknown ? !is_new : is_claimed(holder, is_empty_file(path), held, rules);
    if (held == Held::by_another || is_anothers) {
        ::close(number);
        refuse(path, holder, rules);
    }
    write_holder(number, path);
    return number;
}

/// What the system tells of a process: its state and when it began; nothing where it cannot.
struct ProcessState {
    char state = '?';
    std::string started;
};

ProcessState state_of(long process)
{
    // "number (name) state parent ...": the name may hold anything, so count from its last bracket.
    std::ifstream file{text("/proc/", process, "/stat")};
    std::string line;
    std::getline(file, line);
    const std::size_t end = line.rfind(')');
    if (end == std::string::npos) {
        return {};
    }
    std::istringstream fields{line.substr(end + 1)};
    ProcessState state;
    fields >> state.state;
    constexpr int between = 18;  // fields 4 to 21
    for (int i = 0; i <= between; ++i) {
        fields >> state.started;
    }
    return fields ? state : ProcessState{};
}

}  // namespace

bool LockHolder::is_gone() const
{
    if (host.empty() || process <= 0 || host != this_process().host) {
        return false;
    }
    if (::kill(static_cast<pid_t>(process), 0) != 0 && errno == ESRCH) {
        return true;
    }
    const ProcessState now = state_of(process);
    const bool is_another = !started.empty() && !now.started.empty() && started != now.started;
    return now.state == 'Z' || now.state == 'X' || is_another;
}

LockHolder this_process()
{
    std::array<char, 256> name{};
    if (::gethostname(name.data(), name.size() - 1) != 0) {
        name = {"unknown"};
    }
    return {name.data(), ::getpid(), state_of(::getpid()).started};
}

std::optional<LockHolder> read_lock(const std::filesystem::path& lock)
{
    std::error_code error;
    if (!std::filesystem::exists(lock, error)) {
        return std::nullopt;
    }
    LockHolder holder;
    try {
        std::istringstream content{bytes_of(lock)};
        if (content >> holder.host >> holder.process) {
            content >> holder.started;
            return holder;
        }
    } catch (const OutputError&) {
        throw;
    } catch (const FileError&) {
        // Others may have removed it since, or it is not for us to read.
    }
    return LockHolder{};
}

void check_lock(const std::filesystem::path& lock, const LockRules& rules)
{
    const auto holder = read_lock(lock);
    const int number = uninterrupted([&] { return ::open(lock.c_str(), O_RDONLY | O_CLOEXEC); });
    if (!holder || number < 0) {
        return;  // there is none, or it cannot be looked at: who takes it will be told
    }
    const Held held = lock_file(number, true);
    ::close(number);
    if (held == Held::by_another || is_claimed(*holder, is_empty_file(lock), held, rules)) {
        refuse(lock, *holder, rules);
    }
}

RunLock::RunLock(std::filesystem::path path, const LockRules& rules) : path_{std::move(path)}
{
    constexpr int most_tries = 100;
    for (int i = 0; i < most_tries && number_ < 0; ++i) {
        number_ = try_to_take(path_, rules);
    }
    if (number_ < 0) {
        refuse(path_, read_lock(path_).value_or(LockHolder{}), rules);
    }
}

RunLock::RunLock(RunLock&& other) noexcept
    : path_{std::move(other.path_)}, number_{std::exchange(other.number_, -1)}
{}

RunLock& RunLock::operator=(RunLock&& other) noexcept
{
    std::swap(path_, other.path_);
    std::swap(number_, other.number_);
    return *this;
}

RunLock::~RunLock()
{
    if (number_ >= 0) {
        ::unlink(path_.c_str());  // before the system gives the lock to others
        ::close(number_);
    }
}

}  // namespace latecomer::io
