#include "io/run_folder/done.hpp"

#include "core/text.hpp"
#include "io/files/file_error.hpp"
#include "io/files/raw_file.hpp"
#include "io/files/seal.hpp"
#include "io/files/sha256.hpp"
#include "io/run_folder/run_folder.hpp"

#include <algorithm>
#include <sstream>
#include <system_error>

namespace latecomer::io {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view by_digest = "sha256";
constexpr std::string_view by_seal = "seal";
constexpr std::string_view was_gone = "gone";

std::string digits_of(const fs::path& path, std::string_view how)
{
    return how == by_seal ? hexadecimal(seal_of(path)) : sha256(bytes_of(path));
}

bool is_hdf5(const std::string& name)
{
    return name.ends_with(".h5");
}

/// One line on a file.
struct Entry {
    std::string how;
    std::string digits;
    std::string name;
};

/// The lines on files, or nothing if DONE is not as it was written.
std::vector<Entry> entries_of(const std::string& done)
{
    const std::size_t last = done.size() < 2 ? 0 : done.rfind('\n', done.size() - 2) + 1;
    const std::string_view lines = std::string_view{done}.substr(0, last);
    if (done.substr(last) != text(by_digest, ' ', sha256(lines), " DONE\n")) {
        return {};
    }
    std::vector<Entry> entries;
    std::istringstream stream{std::string{lines}};
    for (std::string line; std::getline(stream, line);) {
        std::istringstream words{line};
        Entry entry;
        if (words >> entry.how >> entry.digits >> entry.name &&
            (entry.how == by_digest || entry.how == by_seal || entry.how == was_gone)) {
            entries.push_back(std::move(entry));
        }
    }
    return entries;
}

/// What is wrong with a file of the run; empty: nothing.
std::string change_of(const fs::path& run, const Entry& entry)
{
    std::error_code error;
    if (!fs::exists(run / entry.name, error)) {
        const bool may_go = entry.how == was_gone ? false : entry.name.starts_with("checkpoints/");
        return may_go ? std::string{}
                      : text(entry.name, entry.how == was_gone
                                             ? ": it was gone before the run had ended"
                                             : ": it is gone");
    }
    if (entry.how == was_gone) {
        return {};
    }
    try {
        if (digits_of(run / entry.name, entry.how) != entry.digits) {
            return text(entry.name, ": it is not what the run wrote");
        }
    } catch (const FileError& failure) {
        return text(entry.name, ": ", failure.what());
    }
    return {};
}

}  // namespace

std::string done_text(const fs::path& run, std::uint64_t state_hash, std::uint32_t quarters,
                      const std::vector<fs::path>& snapshots)
{
    std::string lines =
        text("state hash: ", hexadecimal(state_hash), "\nquarters: ", quarters, '\n');
    const std::vector<std::string> names = names_of_run(run);
    for (const std::string& name : names) {
        const std::string_view how = is_hdf5(name) ? by_seal : by_digest;
        lines += text(how, ' ', digits_of(run / name, how), ' ', name, '\n');
    }
    for (const fs::path& snapshot : snapshots) {
        const std::string name = snapshot.lexically_relative(run).string();
        if (std::ranges::find(names, name) == names.end()) {
            lines += text(was_gone, " - ", name, '\n');
        }
    }
    return lines + text(by_digest, ' ', sha256(lines), " DONE\n");
}

std::vector<std::string> changes_since_done(const fs::path& run)
{
    std::vector<Entry> entries;
    try {
        entries = entries_of(bytes_of(run / "DONE"));
    } catch (const FileError& failure) {
        return {failure.what()};
    }
    if (entries.empty()) {
        return {"DONE: its lines do not agree with their checksum: it is damaged, was changed, or "
                "is of "
                "a version that did not vouch for files"};
    }
    std::vector<std::string> changes;
    for (const Entry& entry : entries) {
        if (std::string change = change_of(run, entry); !change.empty()) {
            changes.push_back(std::move(change));
        }
    }
    for (const std::string& name : names_of_run(run)) {
        if (std::ranges::find(entries, name, &Entry::name) == entries.end()) {
            changes.push_back(text(name, ": the run that ended here did not write it"));
        }
    }
    return changes;
}

}  // namespace latecomer::io
