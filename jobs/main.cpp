#include "core/errors.hpp"
#include "core/instruction_set.hpp"
#include "core/text.hpp"
#include "io/files/file_error.hpp"
#include "jobs/command_line/commands.hpp"
#include "jobs/command_line/options.hpp"
#include "jobs/terminal/failure.hpp"
#include "jobs/terminal/terminal.hpp"
#include "mpi/communicator.hpp"
#include "mpi/session.hpp"

#include <cstddef>
#include <exception>
#include <new>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <variant>
#include <vector>

namespace latecomer::jobs {
namespace {

/// Does what the user asked for.  Collective.
/// @return the exit status
int execute(const Command& command, const mpi::Session& session, const mpi::Communicator& comm)
{
    return std::visit(
        [&](const auto& options) {
            using Options = std::remove_cvref_t<decltype(options)>;
            if constexpr (std::is_same_v<Options, RunOptions>) {
                return run(options, session, comm);
            } else if constexpr (std::is_same_v<Options, BranchOptions>) {
                return branch(options, session, comm);
            } else if constexpr (std::is_same_v<Options, InspectOptions>) {
                return inspect(options, comm);
            } else if constexpr (std::is_same_v<Options, CompareOptions>) {
                return compare(options, comm);
            } else if constexpr (std::is_same_v<Options, StudyOptions>) {
                return run_study(options, session, comm);
            } else if constexpr (std::is_same_v<Options, ExportOptions>) {
                return export_result(options, comm);
            } else if constexpr (std::is_same_v<Options, CheckOptions>) {
                check(options, comm);
            } else if constexpr (std::is_same_v<Options, DescribeOptions>) {
                describe(options, comm);
            } else if constexpr (std::is_same_v<Options, CompleteOptions>) {
                complete(options, comm);
            } else if constexpr (std::is_same_v<Options, BenchOptions>) {
                bench_machine(options, session, comm);
            } else if constexpr (std::is_same_v<Options, HelpOptions>) {
                print(options.text, comm);
            } else {
                print_version(comm);
            }
            return 0;
        },
        command);
}

constexpr const char* out_of_memory =
    "out of memory; use more hosts, or fewer firms (world.firms_per_country): 'latecomer run' with "
    "--dry-run tells the memory that a rank needs";

/// Takes the kernels that the environment asks for.  What is wrong with its wish, if anything.
std::optional<std::string> choose_kernels()
{
    try {
        use_instruction_set_of_environment();
        return std::nullopt;
    } catch (const InputError& error) {
        return error.what();
    }
}

/// Does what the command line asks for, and says what went wrong.  Collective.
/// @return the exit status
int execute(std::span<char*> words, const mpi::Session& session, const mpi::Communicator& comm)
{
    const std::optional<std::string> wrong = choose_kernels();
    if (comm.all(wrong.has_value())) {
        return end_together(*wrong, 2, comm);
    }
    if (wrong) {  // hosts differ
        return end_alone(*wrong, 2, comm);
    }
    try {
        const std::vector<std::string> arguments(words.begin() + (words.empty() ? 0 : 1),
                                                 words.end());
        return execute(read_command_line(arguments), session, comm);
    } catch (const InputError& error) {
        return end_together(error.what(), 2, comm);
    } catch (const io::FileError& error) {
        return end_together(error.what(), 1, comm);
    } catch (const std::bad_alloc&) {
        return end_alone(out_of_memory, 1, comm);
    } catch (const std::exception& error) {
        return end_alone(text("internal error: ", error.what()), 1, comm);
    }
}

}  // namespace
}  // namespace latecomer::jobs

int main(int argc, char** argv)
{
    using namespace latecomer;
    jobs::prepare_output();
    const mpi::Session session;
    const mpi::Communicator comm = mpi::Communicator::world();
    return jobs::execute(std::span{argv, static_cast<std::size_t>(argc)}, session, comm);
}
