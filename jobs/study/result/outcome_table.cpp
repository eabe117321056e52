#include "jobs/study/result/outcome_table.hpp"

#include "agents/world/scenario.hpp"
#include "core/constants.hpp"
#include "core/text.hpp"
#include "io/files/file_error.hpp"

#include <algorithm>

namespace latecomer::jobs::study {

OutcomeTable read_outcomes(const Plan& plan, const Progress& progress, const Looks& looks,
                           const std::filesystem::path& folder)
{
    OutcomeTable table;
    table.moments = plan.spec().moments;
    for (const Economy& economy : latecomer::economies_of(plan.scenario(plan.task(0)))) {
        table.economies.push_back(economy.key);
    }
    for (const std::int64_t task : progress.ledger.tasks(TaskState::done)) {
        if (looks.is_ruled_out(plan.task(task))) {
            continue;
        }
        const Record record = progress.ledger.read_record(*progress.ledger.place(task));
        if (table.width == 0) {
            table.width = record.outcomes.size();
            table.values.assign(static_cast<std::size_t>(progress.tasks) * table.width,
                                not_a_number);
        }
        if (record.outcomes.size() != table.width) {
            throw io::FileError(text("cannot merge '", folder.string(), "' (run ", task,
                                     " has other economies than the first); give all scenarios of "
                                     "a study the same world.countries"));
        }
        const auto row = static_cast<std::size_t>(task) * table.width;
        std::ranges::copy(record.outcomes, table.values.begin() + static_cast<std::ptrdiff_t>(row));
        table.hashes.emplace(task, record.state_hash);
    }
    return table;
}

}  // namespace latecomer::jobs::study
