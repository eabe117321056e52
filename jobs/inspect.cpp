#include "core/text.hpp"
#include "io/chronicle.hpp"
#include "jobs/commands.hpp"
#include "jobs/figures.hpp"
#include "jobs/terminal.hpp"

#include <algorithm>

namespace latecomer::jobs {

int inspect(const InspectOptions& options, const mpi::Communicator& comm)
{
    const std::filesystem::path run{options.path};
    const auto rows = io::read_table(run / (options.events ? "events.csv" : "outcomes.csv"), comm);
    std::vector<std::size_t> width;
    for (const auto& row : rows) {
        width.resize(std::max(width.size(), row.size()));
        for (std::size_t i = 0; i < row.size(); ++i) {
            width[i] = std::max(width[i], row[i].size() + 2);
        }
    }
    std::string out;
    for (const auto& row : rows) {
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i) {
            line += left(row[i], width[i]);
        }
        line.erase(line.find_last_not_of(' ') + 1);
        out += line + '\n';
    }
    print(out, comm);
    return 0;
}

}  // namespace latecomer::jobs
