#include "jobs/study/result/csv_result.hpp"

#include "core/text.hpp"
#include "io/files/draft_file.hpp"
#include "jobs/study/journal/record_content.hpp"

namespace latecomer::jobs::study {
namespace {

/// A number, or nothing where there is none.
std::string cell_of(double value)
{
    return value != value ? std::string{} : shortest(value);
}

std::string header_of(const Plan& plan, const OutcomeTable& table)
{
    std::string line = "run,key,status,scenario,point,replicate";
    for (const Marginal& marginal : plan.spec().design.marginals) {
        line += ',' + (marginal.parameter.empty() ? "dummy" : marginal.parameter);
    }
    line += ",state_hash";
    for (const std::string& key : outcome_keys(table.economies, table.moments)) {
        line += ',' + key;
    }
    return line + '\n';
}

}  // namespace

void write_csv(const std::filesystem::path& path, const Plan& plan, const Progress& progress,
               const Looks& looks, const OutcomeTable& table)
{
    io::DraftFile file{path};
    file.add(header_of(plan, table));
    for (std::int64_t number = 0; number < progress.tasks; ++number) {
        const Task task = plan.task(number);
        const std::string_view status =
            looks.is_ruled_out(task) ? "not needed" : name_of(progress.ledger.state(number));
        std::string line =
            text(number, ',', plan.key(task), ',', status, ',', plan.spec().arms[task.arm].name,
                 ',', task.point, ',', task.replicate);
        for (const double value : plan.design().point(task.point)) {
            line += text(',', value);
        }
        const auto hash = table.hashes.find(number);
        line += ',' + (hash != table.hashes.end() ? hexadecimal(hash->second) : std::string{});
        for (std::size_t outcome = 0; outcome < table.width; ++outcome) {
            line += ',' + cell_of(table.at(number, outcome));
        }
        file.add(line += '\n');
    }
    file.publish();
}

}  // namespace latecomer::jobs::study
