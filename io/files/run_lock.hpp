#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace latecomer::io {

/// Who works in a run folder, as run.lock names it.
struct LockHolder {
    std::string host;
    long process = 0;
    std::string started{};  ///< when it began, in the clock of the host; empty: not known

    /// Whether that process certainly no longer works: it was on this host and is gone, or a zombie
    /// that nobody buries, or its number now belongs to a younger one.
    bool is_gone() const;
};

/// This process.
LockHolder this_process();

/// Reads a lock; nothing if there is none.  A lock that cannot be understood has no host.
std::optional<LockHolder> read_lock(const std::filesystem::path& lock);

/// What a lock guards, for messages, and what it takes for a dead holder.
struct LockRules {
    std::string what;  ///< "run folder 'runs/a'"
    /// Whether a lock that nobody holds in the eyes of the operating system is free although it names
    /// another host.  Some file systems show locks to one host only, so that both could enter.
    bool trusts_other_hosts = false;
};

/// Checks that nobody holds the lock, or only a process that is gone.
/// @throws InputError that names the holder
void check_lock(const std::filesystem::path& lock, const LockRules& rules);

/// A lock that one process at a time can have: a file that names its holder and is locked by the operating
/// system, so that who takes over from a dead process does so alone.
///
/// Where the file system has no locks, whoever makes the file has it, and that of a dead process must be
/// removed by hand.
class RunLock {
public:
    RunLock() = default;

    /// @throws InputError if another process holds it or the file cannot be made
    RunLock(std::filesystem::path path, const LockRules& rules);

    RunLock(RunLock&& other) noexcept;
    RunLock& operator=(RunLock&& other) noexcept;

    /// Removes the file.
    ~RunLock();

    bool is_held() const { return number_ >= 0; }

private:
    std::filesystem::path path_;
    int number_ = -1;  // of the open file
};

}  // namespace latecomer::io
