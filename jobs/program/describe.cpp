#include "core/build_info.hpp"
#include "core/errors.hpp"
#include "core/instruction_set.hpp"
#include "core/text.hpp"
#include "io/files/agreement.hpp"
#include "io/hdf5/hdf5.hpp"
#include "io/manual/manual.hpp"
#include "jobs/command_line/commands.hpp"
#include "jobs/program/printed.hpp"
#include "jobs/run/builtin.hpp"
#include "jobs/terminal/terminal.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <system_error>

namespace latecomer::jobs {

namespace {

/// Writes a file anew, so that a reader sees the old one or the new one.
/// @throws InputError if it cannot be written
void write_printed(const std::filesystem::path& path, const std::string& words)
{
    const std::filesystem::path draft = path.string() + ".tmp";
    std::ofstream file{draft, std::ios::binary};
    file << words;
    file.close();
    std::error_code error;
    if (file) {
        std::filesystem::rename(draft, path, error);
    }
    if (!file || error) {
        throw InputError(text("cannot write '", path.string(),
                              "'; --out is the folder of the sources, which holds io and jobs"));
    }
}

/// Writes the printed files below a folder, or prints them if none is named.
void describe_all(const std::string& out, const mpi::Communicator& comm)
{
    io::do_and_agree<InputError>(comm, [&] {
        if (!comm.is_root()) {
            return;
        }
        const std::vector<PrintedFile> files = printed_files();
        for (const PrintedFile& file : files) {  // before anything is written
            const std::filesystem::path folder =
                (std::filesystem::path{out} / file.path).parent_path();
            if (!out.empty() && !std::filesystem::is_directory(folder)) {
                throw InputError(text("there is no folder '", folder.string(),
                                      "'; --out is the folder of the sources, which holds io and "
                                      "jobs"));
            }
        }
        for (const PrintedFile& file : files) {
            if (out.empty()) {
                print(text(&file == &files.front() ? "" : "\n", file.text), comm);
            } else {
                const std::filesystem::path path = std::filesystem::path{out} / file.path;
                write_printed(path, file.text);
                print(path.string() + '\n', comm);
            }
        }
    });
}

}  // namespace

void describe(const DescribeOptions& options, const mpi::Communicator& comm)
{
    if (options.topic == "all") {
        return describe_all(options.out, comm);
    }
    const std::vector<ManualTopic> of_jobs = topics_of_jobs();
    const std::vector<std::string> own{manual_topics().begin(), manual_topics().end()};
    const bool is_topic =
        std::ranges::find(own, options.topic) != own.end() ||
        std::ranges::find(of_jobs, options.topic, &ManualTopic::key) != of_jobs.end();
    const ManualIndex index = whole_manual();
    if (!is_topic) {
        return print(index.describe(options.topic, options.format), comm);
    }
    print(manual(options.topic, options.format, builtin_countries, of_jobs), comm);
    std::string names;
    for (const ManualEntry* entry : index.find(options.topic)) {
        names += text(names.empty() ? "" : ", ", entry->name);
    }
    if (!names.empty()) {
        note(text("note: '", options.topic, "' is a key, too: latecomer describe ", names), comm);
    }
}

namespace {

/// "x86-64-v2, x86-64-v3"
std::string known_sets()
{
    std::string names;
    for (const InstructionSet set : instruction_sets()) {
        names += text(names.empty() ? "" : ", ", name_of(set));
    }
    return names;
}

}  // namespace

void print_version(const mpi::Communicator& comm)
{
    const BuildInfo& build = build_info();
    print(text("latecomer ", build.version, "\ncommit:   ", build.git_commit,
               build.git_dirty ? " with changes" : "", "\ncompiler: ", build.compiler, ", ",
               build.build_type, "\nflags:    ", build.flags,
               "\nkernels:  ", name_of(instruction_set()), " of ", known_sets(),
               "\nMPI:      ", mpi::library_version(), "\nHDF5:     ", io::hdf5_version(), '\n'),
          comm);
}

}  // namespace latecomer::jobs
