#include "core/build_info.hpp"
#include "core/instruction_set.hpp"
#include "core/text.hpp"
#include "io/hdf5/hdf5.hpp"
#include "io/manual/manual.hpp"
#include "jobs/command_line/commands.hpp"
#include "jobs/run/builtin.hpp"
#include "jobs/study/spec/spec_grammar.hpp"
#include "jobs/terminal/terminal.hpp"

namespace latecomer::jobs {

void describe(const DescribeOptions& options, const mpi::Communicator& comm)
{
    const std::vector<ManualTopic> of_jobs{study::manual_study()};
    print(manual(options.topic, options.format, builtin_countries, of_jobs), comm);
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
