#include "core/errors.hpp"
#include "core/text.hpp"
#include "io/files/agreement.hpp"
#include "io/run_folder/comparison.hpp"
#include "jobs/command_line/commands.hpp"
#include "jobs/terminal/terminal.hpp"

#include <array>
#include <system_error>

namespace latecomer::jobs {

int compare(const CompareOptions& options, const mpi::Communicator& comm)
{
    std::array<std::int64_t, 1> differs{0};
    io::do_and_agree<InputError>(comm, [&] {
        if (!comm.is_root()) {
            return;
        }
        std::error_code error;
        const bool are_runs = std::filesystem::is_directory(options.first, error) &&
                              std::filesystem::is_directory(options.second, error);
        const io::Comparison result = are_runs ? io::compare_runs(options.first, options.second)
                                               : io::compare_files(options.first, options.second);
        if (result.difference) {
            const std::int64_t quarter = result.difference->quarter;
            print(text("differ", quarter < 0 ? std::string{} : text(" in quarter ", quarter), ": ",
                       result.difference->words, '\n'),
                  comm);
            differs[0] = 1;
        } else {
            print(text("equal: ", result.scope, '\n'), comm);
        }
    });
    comm.broadcast(std::span{differs});
    return static_cast<int>(differs[0]);
}

}  // namespace latecomer::jobs
