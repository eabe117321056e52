#include "io/scenario/scenario_files.hpp"

#include "core/errors.hpp"
#include "core/text.hpp"
#include "io/files/text_file.hpp"
#include "io/toml/toml.hpp"

#include <algorithm>
#include <array>
#include <exception>
#include <system_error>

namespace latecomer {
namespace {

constexpr std::size_t most_levels = 16;
constexpr std::size_t most_files = 256;

/// Names of the files that a file includes, with the place of each name.
std::vector<TomlValue> includes_of(const TomlValue& root)
{
    const TomlValue* include = root.find("include");
    if (include == nullptr) {
        return {};
    }
    const auto is_name = [](const TomlValue& item) {
        return item.is(TomlKind::text) && !item.text.empty();
    };
    if (is_name(*include)) {
        return {*include};
    }
    if (!include->is(TomlKind::array) ||
        !std::all_of(include->items.begin(), include->items.end(), is_name)) {
        reject(include->place,
               text("bad value ", shown(*include),
                    " for 'include' (must be a file name or a list of file names)"));
    }
    return include->items;
}

/// Reads files depth first.
class Reader {
public:
    void read(const std::filesystem::path& path, const Place& place)
    {
        check_path(path, place);
        open_.push_back(path);
        const std::string name = path.string();
        std::string content = io::read_text_file(path, place, io::scenario_limit);
        for (const TomlValue& next : includes_of(parse_toml(content, name))) {
            read((path.parent_path() / next.text).lexically_normal(), next.place);
        }
        open_.pop_back();
        if (files_.size() == most_files) {
            reject(place, text("more than ", most_files, " files are included; include fewer"));
        }
        files_.push_back({name, std::move(content)});
    }

    std::vector<ScenarioFile> files() && { return std::move(files_); }

private:
    void check_path(const std::filesystem::path& path, const Place& place) const
    {
        for (std::size_t i = 0; i < open_.size(); ++i) {
            std::error_code ignored;
            if (open_[i] != path && !std::filesystem::equivalent(open_[i], path, ignored)) {
                continue;
            }
            std::string cycle;
            for (std::size_t j = i; j < open_.size(); ++j) {
                cycle += text(open_[j].string(), " -> ");
            }
            reject(place, text("files include each other (", cycle, path.string(),
                               "); take one of these includes out"));
        }
        if (open_.size() == most_levels) {
            reject(place, text("includes are more than ", most_levels,
                               " levels deep; include files directly"));
        }
    }

    std::vector<std::filesystem::path> open_;  // from the scenario to the file that is being read
    std::vector<ScenarioFile> files_;
};

}  // namespace

std::vector<ScenarioFile> read_scenario_files(const std::filesystem::path& path,
                                              const mpi::Communicator& comm)
{
    std::vector<ScenarioFile> files;
    std::string error;
    if (comm.is_root()) {
        try {
            Reader reader;
            reader.read(path, {});
            files = std::move(reader).files();
        } catch (const std::exception& caught) {  // the other ranks wait: tell them first
            error = caught.what();
        }
    }
    error = comm.first_error(error);
    if (!error.empty()) {
        throw InputError(error);
    }
    std::array<std::int64_t, 1> count{static_cast<std::int64_t>(files.size())};
    comm.broadcast(std::span{count});
    files.resize(static_cast<std::size_t>(count[0]));
    for (ScenarioFile& file : files) {
        file.name = comm.broadcast(std::move(file.name));
        file.text = comm.broadcast(std::move(file.text));
    }
    return files;
}

}  // namespace latecomer
