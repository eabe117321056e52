#include "core/text.hpp"
#include "io/files/agreement.hpp"
#include "io/files/file_error.hpp"
#include "io/files/raw_file.hpp"
#include "io/files/seal.hpp"
#include "io/run_folder/run_folder.hpp"

#include <algorithm>
#include <functional>
#include <sstream>
#include <system_error>

/// What lies in the folder of a run; rank 0 looks, all ranks learn.
namespace latecomer::io {
namespace {

namespace fs = std::filesystem;

/// "ckpt_0120.h5", but not the draft of one.
bool is_checkpoint(std::string_view name)
{
    constexpr std::string_view before = "ckpt_";
    constexpr std::string_view after = ".h5";
    if (!name.starts_with(before) || !name.ends_with(after)) {
        return false;
    }
    name.remove_prefix(before.size());
    name.remove_suffix(after.size());
    return !name.empty() && name.find_first_not_of("0123456789") == std::string_view::npos;
}

/// The bytes of a file, on all ranks; nothing if there is none.
/// @throws FileError on every rank if it cannot be read
std::string content_if_there(const fs::path& path, const mpi::Communicator& comm)
{
    std::string content;
    do_and_agree(comm, [&] {
        std::error_code error;
        if (comm.is_root() && fs::exists(path, error)) {
            content = bytes_of(path);
        }
    });
    return comm.broadcast(std::move(content));
}

}  // namespace

std::vector<fs::path> checkpoints_in(const fs::path& run, const mpi::Communicator& comm)
{
    std::vector<std::string> found;
    if (comm.is_root()) {
        std::error_code error;
        for (const auto& entry : fs::directory_iterator{run / "checkpoints", error}) {
            if (is_checkpoint(entry.path().filename().string())) {
                found.push_back(entry.path().filename().string());
            }
        }
        std::ranges::sort(found, std::greater{});  // numbers have equally many digits
    }
    std::string names;
    for (const std::string& name : found) {
        names += name + '\n';
    }
    std::istringstream lines{comm.broadcast(std::move(names))};
    std::vector<fs::path> paths;
    for (std::string name; std::getline(lines, name);) {
        paths.push_back(run / "checkpoints" / name);
    }
    return paths;
}

std::string finished_hash(const fs::path& run, const mpi::Communicator& comm)
{
    std::string done = content_if_there(run / "DONE", comm);
    return done.substr(0, done.find('\n'));
}

std::string scenario_of_run(const fs::path& run, const mpi::Communicator& comm)
{
    return content_if_there(run / "run.toml", comm);
}

void remove_damaged_checkpoints(const fs::path& run)
{
    std::error_code ignored;
    for (const fs::path& checkpoint : checkpoints_in(run, mpi::Communicator{})) {
        const std::string why = damage(checkpoint);
        if (!why.empty() && tells_of_damage(why)) {
            fs::remove(checkpoint, ignored);
        }
    }
}

}  // namespace latecomer::io
