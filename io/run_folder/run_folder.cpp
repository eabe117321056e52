#include "io/run_folder/run_folder.hpp"

#include "core/text.hpp"
#include "io/files/agreement.hpp"
#include "io/files/file_error.hpp"
#include "io/files/publish.hpp"
#include "io/files/run_lock.hpp"
#include "io/run_folder/done.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <sstream>
#include <string>
#include <system_error>
#include <vector>

#include <unistd.h>

namespace latecomer::io {
namespace {

namespace fs = std::filesystem;

/// The names that a run gives to its files; '#' stands for digits.  run.toml, by which a run is
/// known, is not among them: it is replaced last.
struct OwnName {
    std::string_view folder;
    std::string_view name;
};
constexpr std::array own_names{
    OwnName{"", "DONE"},
    OwnName{"", "series.h5"},
    OwnName{"", "events.csv"},
    OwnName{"", "outcomes.csv"},
    OwnName{"firms", "firms_#.h5"},
    OwnName{"checkpoints", "ckpt_#.h5"},
};

bool matches(std::string_view name, std::string_view pattern)
{
    if (name.ends_with(".tmp")) {
        name.remove_suffix(4);
    }
    const std::size_t digits = pattern.find('#');
    if (digits == std::string_view::npos) {
        return name == pattern;
    }
    const std::string_view tail = pattern.substr(digits + 1);
    if (name.size() <= digits + tail.size() || !name.starts_with(pattern.substr(0, digits)) ||
        !name.ends_with(tail)) {
        return false;
    }
    const std::string_view number = name.substr(digits, name.size() - digits - tail.size());
    return std::ranges::all_of(number,
                               [](char c) { return std::isdigit(static_cast<unsigned char>(c)); });
}

/// Removes the files of an earlier run, and folders that are then empty.
void remove_run(const fs::path& path)
{
    std::error_code error;
    for (const OwnName& own : own_names) {
        const fs::path folder = own.folder.empty() ? path : path / own.folder;
        if (!fs::is_directory(fs::symlink_status(folder, error))) {
            continue;
        }
        std::vector<fs::path> found;
        for (const auto& entry : fs::directory_iterator{folder, error}) {
            if (!entry.is_directory() && matches(entry.path().filename().string(), own.name)) {
                found.push_back(entry.path());
            }
        }
        for (const fs::path& file : found) {
            if (!fs::remove(file, error) && error) {
                if (is_of_the_machine(error.value())) {
                    throw_file_error("remove", file, error.message());
                }
                throw InputError(text("cannot remove '", file.string(), "' of the earlier run (",
                                      error.message(), "): choose another --out"));
            }
        }
        if (!own.folder.empty()) {
            ::rmdir(folder.c_str());  // fails if the user keeps something there: so be it
        }
    }
}

/// The nearest folder above that exists: there the first new folder will be made.
fs::path existing_part(const fs::path& path)
{
    std::error_code error;
    fs::path part = fs::absolute(path);
    while (!fs::exists(fs::symlink_status(part, error)) && part != part.parent_path()) {
        part = part.parent_path();
    }
    return part;
}

void check_can_be_made(const fs::path& path)
{
    const fs::path part = existing_part(path);
    std::error_code error;
    if (!fs::is_directory(part, error)) {
        throw InputError(text("cannot use '", path.string(), "' as run folder ('", part.string(),
                              "' is not a folder): choose another --out"));
    }
    if (::access(part.c_str(), W_OK | X_OK) != 0) {
        throw InputError(text("cannot write into '", part.string(), "' (", reason(errno),
                              "): choose another --out or ask for permission"));
    }
}

bool is_run_folder(const fs::path& path)
{
    std::error_code error;
    return fs::is_regular_file(path / "run.toml", error);
}

/// A folder that holds no more than what a run leaves that was killed in its first moments.
bool is_as_good_as_empty(const fs::path& path)
{
    std::error_code error;
    for (const auto& entry : fs::directory_iterator{path, error}) {
        const std::string name = entry.path().filename().string();
        if (!name.starts_with("run.lock") && name != "run.toml.tmp") {
            return false;
        }
    }
    return !error;
}

/// The next line that a run may not change when it goes on: comments and when checkpoints are
/// written are of no consequence.
bool next_line(std::istream& lines, std::string& line)
{
    while (std::getline(lines, line)) {
        if (!line.starts_with('#') && !line.starts_with("checkpoint_") &&
            !line.starts_with("hours_between_failures") && !line.starts_with("when_full")) {
            return true;
        }
    }
    line.clear();
    return false;
}

/// Refuses to resume another scenario than that of the folder.
void check_same_scenario(const fs::path& path, std::string_view run_toml)
{
    std::istringstream there{scenario_of_run(path, mpi::Communicator{})};
    std::istringstream now{std::string{run_toml}};
    std::string line_there;
    std::string line_now;
    bool both = true;
    while (both) {
        both = next_line(there, line_there);
        both = next_line(now, line_now) && both;
        if (line_there != line_now) {
            throw InputError(text("cannot resume '", path.string(), "': it was begun with '",
                                  line_there, "', now it is '", line_now,
                                  "'; use the same scenario and settings, or 'latecomer branch'"));
        }
    }
}

void check_content(const fs::path& path, Existing existing)
{
    std::error_code error;
    if (is_run_folder(path)) {
        if (existing == Existing::refuse) {
            const bool done = fs::exists(path / "DONE", error);
            throw InputError(text("run folder '", path.string(), "' exists already (it holds ",
                                  done ? "a finished" : "an unfinished",
                                  " run): go on with --resume, replace it with --overwrite, or "
                                  "choose another --out"));
        }
    } else if (!is_as_good_as_empty(path)) {
        throw InputError(text("cannot use '", path.string(),
                              "' as run folder (it holds files of another kind, no run.toml): "
                              "choose another --out"));
    }
}

LockRules rules_of(const fs::path& path)
{
    return {text("run folder '", path.string(), '\'')};
}

void check_folder(const fs::path& path, Existing existing)
{
    check_can_be_made(path);
    std::error_code error;
    if (fs::exists(path, error)) {
        check_lock(path / "run.lock", rules_of(path));
        check_content(path, existing);
    }
}

void remove_if_empty(const std::vector<fs::path>& folders)
{
    std::error_code ignored;
    for (const fs::path& folder : folders) {
        if (fs::is_empty(folder, ignored)) {
            fs::remove(folder, ignored);
        }
    }
}

/// Makes the folder with those above it.  @return those that are new, the deepest first
std::vector<fs::path> make_folders(const fs::path& path)
{
    std::vector<fs::path> made;
    std::error_code error;
    for (fs::path part = fs::absolute(path).lexically_normal(); !fs::exists(part, error);
         part = part.parent_path()) {
        if (part.has_filename()) {
            made.push_back(part);
        }
    }
    if (!made.empty() && !fs::create_directories(made.front(), error) && error) {
        if (is_of_the_machine(error.value())) {
            remove_if_empty(made);
            throw_file_error("make", path, error.message());
        }
        throw InputError(text("cannot make run folder '", path.string(), "' (", error.message(),
                              "): choose another --out"));
    }
    return made;
}

/// Makes the folder and locks it.  @return the folders that are new
std::vector<fs::path> set_up(const fs::path& path, Existing existing, std::string_view run_toml,
                             bool& was_there, RunLock& lock)
{
    check_folder(path, existing);
    std::vector<fs::path> made = make_folders(path);
    try {
        lock = RunLock{path / "run.lock", rules_of(path)};
        check_content(path, existing);  // again: another run may just have ended
        if (existing == Existing::resume && is_run_folder(path)) {
            check_same_scenario(path, run_toml);
            was_there = true;
        } else {
            remove_run(path);
        }
        publish_text(path / "run.toml", run_toml);
        return made;
    } catch (...) {
        if (lock.is_held()) {
            discard_draft(path / "run.toml");
            lock = RunLock{};
        }
        remove_if_empty(made);
        throw;
    }
}

}  // namespace

void check_run_folder(const fs::path& path, Existing existing, const mpi::Communicator& comm)
{
    do_and_agree<InputError>(comm, [&] {
        if (comm.is_root()) {
            check_folder(path, existing);
        }
    });
}

void check_same_run(const fs::path& path, std::string_view run_toml, const mpi::Communicator& comm)
{
    do_and_agree<InputError>(comm, [&] {
        if (comm.is_root() && is_run_folder(path)) {
            check_same_scenario(path, run_toml);
        }
    });
}

RunFolder::RunFolder(const fs::path& path, Existing existing, std::string_view run_toml,
                     const mpi::Communicator& comm)
    : path_{path}
{
    do_and_agree<InputError>(comm, [&] {
        if (comm.is_root()) {
            made_ = set_up(path_, existing, run_toml, was_there_, lock_);
        }
    });
}

RunFolder::~RunFolder()
{
    if (!lock_.is_held()) {
        return;
    }
    std::error_code ignored;
    if (!was_there_ && !fs::exists(series(), ignored)) {
        fs::remove(path_ / "run.toml", ignored);  // nothing was computed: leave no trace
    }
    lock_ = RunLock{};
    remove_if_empty(made_);
}

fs::path RunFolder::series() const
{
    return path_ / "series.h5";
}

namespace {

std::string numbered(std::string_view stem, std::uint32_t quarter)
{
    std::string number = std::to_string(quarter);
    constexpr std::size_t digits = 4;  // quarters of a run have no more
    number.insert(0, digits - std::min(digits, number.size()), '0');
    return text(stem, '_', number, ".h5");
}

}  // namespace

fs::path RunFolder::firms(std::uint32_t quarter) const
{
    return snapshot_of_run(path_, quarter);
}

fs::path snapshot_of_run(const fs::path& run, std::uint32_t quarter)
{
    return run / "firms" / numbered("firms", quarter);
}

fs::path RunFolder::chronicle() const
{
    return path_ / "events.csv";
}

fs::path RunFolder::outcomes() const
{
    return path_ / "outcomes.csv";
}

fs::path RunFolder::checkpoint(std::uint32_t quarter) const
{
    return path_ / "checkpoints" / numbered("ckpt", quarter);
}

void RunFolder::drop_old_checkpoints() const
{
    constexpr std::size_t kept = 2;
    const std::vector<fs::path> all = checkpoints_in(path_, mpi::Communicator{});
    std::error_code ignored;
    for (std::size_t i = kept; i < all.size(); ++i) {
        fs::remove(all[i], ignored);
    }
}

void RunFolder::finish(std::uint64_t state_hash, std::uint32_t quarters,
                       std::span<const std::int64_t> snapshots, const mpi::Communicator& comm)
{
    do_and_agree(comm, [&] {
        if (comm.is_root()) {
            if (was_there_) {
                remove_damaged_checkpoints(path_);
            }
            std::vector<fs::path> files;
            for (const std::int64_t quarter : snapshots) {
                files.push_back(firms(static_cast<std::uint32_t>(quarter)));
            }
            publish_text(path_ / "DONE", done_text(path_, state_hash, quarters, files));
        }
    });
}

std::vector<std::string> names_of_run(const fs::path& run)
{
    std::vector<std::string> names;
    std::error_code error;
    for (const OwnName& own : own_names) {
        for (const auto& entry : fs::directory_iterator{run / own.folder, error}) {
            const std::string name = entry.path().filename().string();
            if (name != "DONE" && !name.ends_with(".tmp") && matches(name, own.name)) {
                names.push_back((fs::path{own.folder} / name).string());
            }
        }
    }
    if (is_run_folder(run)) {
        names.emplace_back("run.toml");
    }
    std::ranges::sort(names);
    return names;
}

}  // namespace latecomer::io
