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

/// Checks that nobody holds the lock, or only a process that is gone.
/// @throws InputError that names the holder
void check_lock(const std::filesystem::path& lock);

/// Creates the lock for this process, after removing one whose process is gone.
/// @throws InputError if another process holds it or the file cannot be made
void take_lock(const std::filesystem::path& lock);

}  // namespace latecomer::io
