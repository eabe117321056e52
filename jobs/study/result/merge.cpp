#include "jobs/study/result/merge.hpp"

#include "agents/observation/moments.hpp"
#include "agents/observation/outcomes.hpp"
#include "core/build_info.hpp"
#include "core/errors.hpp"
#include "core/text.hpp"
#include "io/files/file_error.hpp"
#include "io/files/publish.hpp"
#include "io/files/seal.hpp"
#include "io/files/sha256.hpp"
#include "io/hdf5/hdf5.hpp"
#include "io/results/provenance.hpp"
#include "io/results/series.hpp"
#include "jobs/study/journal/record_content.hpp"
#include "jobs/study/plan/dollar_scale.hpp"
#include "jobs/study/result/csv_result.hpp"
#include "jobs/study/result/merge_stops.hpp"
#include "jobs/study/result/outcome_table.hpp"
#include "jobs/study/result/result_file.hpp"
#include "jobs/study/result/results.hpp"
#include "jobs/study/result/series_result.hpp"

#include <algorithm>
#include <optional>
#include <variant>

namespace latecomer::jobs::study {
namespace {

/// In study.h5 the status of runs that stopping rules made superfluous, behind those of TaskState.
constexpr std::uint16_t not_needed = 5;

void write_rows(ResultFile& result, const Plan& plan, const Progress& progress, const Looks& looks,
                const OutcomeTable& table)
{
    const auto runs = static_cast<std::size_t>(progress.tasks);
    std::vector<std::uint16_t> status(runs);
    std::vector<std::uint16_t> arm(runs);
    std::vector<std::int64_t> point(runs);
    std::vector<std::int64_t> replicate(runs);
    std::vector<std::uint64_t> hash(runs);
    std::vector<std::string> keys(runs);
    for (std::size_t i = 0; i < runs; ++i) {
        const Task task = plan.task(static_cast<std::int64_t>(i));
        keys[i] = plan.key(task);
        arm[i] = static_cast<std::uint16_t>(task.arm);
        point[i] = task.point;
        replicate[i] = task.replicate;
        status[i] = looks.is_ruled_out(task)
                        ? not_needed
                        : static_cast<std::uint16_t>(progress.ledger.state(task.number));
        const auto known = table.hashes.find(task.number);
        hash[i] = known != table.hashes.end() ? known->second : 0;
    }
    result.add(
        "status", io::Type::u16, status, {"run"}, "1",
        "Status of the run: 0 open, 1 done, 2 failed, 3 timed out, 4 quarantined, 5 not needed");
    result.add("scenario_number", io::Type::u16, arm, {"run"}, "1",
               "Place of the run's scenario in the list of scenarios, from 0");
    result.add("point", io::Type::i64, point, {"run"}, "1",
               "Point of the design that the run takes, from 0");
    result.add("replicate", io::Type::i64, replicate, {"run"}, "1",
               "Replicate of the run, from 0: another world of random events");
    result.add("state_hash", io::Type::u64, hash, {"run"}, "1",
               "Hash of the state at the end of the run; 0 unless done");
    result.add_texts("key", keys, "run",
                     "Key of the run: all that determines its result, as a hash");
}

/// The economies, with what their scenario says of them: groups are made of that.
void write_economies(ResultFile& result, const Plan& plan, const OutcomeTable& table)
{
    result.add_names("country", table.economies, "Economy, by its key");
    for (const io::Coordinate& coordinate : io::country_coordinates(plan.scenario_of_arm(0))) {
        result.add_description(coordinate.key,
                               std::get<std::vector<std::string>>(coordinate.labels),
                               coordinate.along, coordinate.long_name);
    }
}

void write_points(ResultFile& result, const Plan& plan)
{
    const std::vector<Marginal>& marginals = plan.spec().design.marginals;
    if (marginals.empty()) {
        return;
    }
    result.add_names("parameter", parameter_names(plan), "Parameter that varies over points");
    std::vector<double> values;
    for (std::int64_t run = 0; run < plan.tasks(); ++run) {
        const std::vector<double> point = plan.design().point(plan.task(run).point);
        values.insert(values.end(), point.begin(), point.end());
    }
    result.add("parameter_value", io::Type::f64, values, {"run", "parameter"}, "1",
               "Value of the parameter in the run");
    if (const std::vector<double>& of_points = plan.spec().design.weights; !of_points.empty()) {
        std::vector<double> weights;
        for (std::int64_t run = 0; run < plan.tasks(); ++run) {
            weights.push_back(of_points[static_cast<std::size_t>(plan.task(run).point)]);
        }
        result.add(
            "weight", io::Type::f64, weights, {"run"}, "1",
            "Weight of the run's set of parameters in the ensemble; those of all sets sum to 1");
    }
}

/// One variable an outcome, with the economies as its second dimension where it has them.
void write_outcomes(ResultFile& result, const Plan& plan, const OutcomeTable& table,
                    std::size_t economies, std::size_t runs)
{
    const std::optional<Scenario> scale = scenario_of_scale(plan);
    std::size_t first = 0;
    const auto write = [&](const auto& row, std::string prefix, std::size_t count) {
        std::vector<double> values;
        values.reserve(runs * count);
        for (std::size_t run = 0; run < runs; ++run) {
            for (std::size_t i = 0; i < count; ++i) {
                values.push_back(table.values[run * table.width + first + i]);
            }
        }
        first += count;
        const std::string name = prefix + std::string{row.key};
        std::vector<std::string> dimensions{"run"};
        if (prefix.empty()) {
            dimensions.emplace_back("country");
        }
        result.add(name, io::Type::f64, values, dimensions, std::string{row.unit},
                   std::string{row.doc}, dollars(scale, row.key, row.unit));
    };
    for (const OutcomeRow<CountryOutcome>& row : country_outcomes()) {
        write(row, "", economies);
    }
    for (const OutcomeRow<WorldOutcome>& row : world_outcomes()) {
        write(row, "world_", 1);
    }
    for (const MomentRow& row : moment_rows()) {
        if (table.moments) {
            write(row, "moment_", 1);
        }
    }
}

/// Where the result comes from, as far as every way of running the study has it in common.
void write_provenance(io::Hdf5File& file, const Spec& spec)
{
    const BuildInfo& build = build_info();
    file.set_attribute({"Conventions", std::string{io::conventions}});
    file.set_attribute({"title", text("Latecomer study '", spec.name, "', seed ", spec.seed)});
    file.set_attribute({"schema", std::string{"latecomer-study"}});
    file.set_attribute({"schema_version", io::study_schema_version});
    file.set_attribute({"study", spec.name});
    file.set_attribute({"spec", spec.text});
    file.set_attribute({"spec_sha256", io::sha256(spec.text)});
    file.set_attribute({"reference", spec.arms[spec.reference].name});
    file.set_attribute({"seed", static_cast<std::int64_t>(spec.seed)});
    file.set_attribute({"source", text("latecomer ", build.version)});
    file.set_attribute({"git_commit", std::string{build.git_commit}});
}

/// What differs from one way of running the study to another stays out of study.h5.
void write_costs(const std::filesystem::path& path, const Progress& progress)
{
    std::string rows = "run,core_seconds,host,build,reason\n";
    for (std::int64_t task = 0; task < progress.tasks; ++task) {
        if (const auto place = progress.ledger.place(task)) {
            const Record record = progress.ledger.read_record(*place);
            std::string reason = record.reason;
            std::ranges::replace(reason, '"', '\'');
            rows += text(task, ',', record.core_seconds, ',', record.host, ',', record.build, ",\"",
                         reason, "\"\n");
        }
    }
    io::publish_text(path, rows);
}

/// Writes the draft of study.h5.
void write_draft(const std::filesystem::path& path, const Plan& plan, const Progress& progress,
                 const Looks& looks, const OutcomeTable& table, const Findings& findings)
{
    ResultFile result{io::draft_of(path)};
    write_provenance(result.file(), plan.spec());
    result.add_runs(progress.tasks);
    std::vector<std::string> arms;
    for (const Arm& arm : plan.spec().arms) {
        arms.push_back(arm.name);
    }
    result.add_names("scenario", arms, "Scenario of the study");
    write_economies(result, plan, table);
    write_rows(result, plan, progress, looks, table);
    write_points(result, plan);
    write_outcomes(result, plan, table, table.economies.size(),
                   static_cast<std::size_t>(progress.tasks));
    write_series(result, plan, progress);
    result.add_names("outcome", outcome_keys(table.economies, table.moments),
                     "Outcome of a run, of an economy or of the world");
    write_indices(result, findings.indices);
    write_stops(result, plan, looks);
    write_comparison(result, plan, findings.comparison);
    if (findings.answer) {
        write_answer(result, plan, *findings.answer);
    }
    result.close();
    io::seal(io::draft_of(path));
}

}  // namespace

Merged merge(const Plan& plan, const std::filesystem::path& folder, bool with_csv)
{
    const Progress progress = progress_of(plan, folder);
    if (const auto conflicts = progress.ledger.conflicts(); !conflicts.empty()) {
        throw io::FileError(text("cannot merge '", folder.string(), "' (run ", conflicts.front(),
                                 " was done twice with different results); look for a damaged "
                                 "machine or builds that differ, with 'latecomer study status'"));
    }
    const Looks looks{plan, progress};
    const OutcomeTable table = read_outcomes(plan, progress, looks, folder);
    if (table.width == 0) {
        throw InputError(text("nothing to merge in '", folder.string(),
                              "' (no run is done); start with 'latecomer study run'"));
    }
    const std::filesystem::path path = folder / "study.h5";
    const Findings findings = findings_of(plan, looks, table);
    try {
        write_draft(path, plan, progress, looks, table, findings);
        io::publish(path);
    } catch (...) {
        io::discard_draft(path);
        throw;
    }
    if (with_csv) {
        write_csv(folder / "study.csv", plan, progress, looks, table);
    }
    write_costs(folder / "costs.csv", progress);
    return {path, describe_results(plan, looks, table, findings)};
}

}  // namespace latecomer::jobs::study
