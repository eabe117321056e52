#include "agents/observation/outcomes.hpp"
#include "agents/observation/outputs.hpp"
#include "agents/start/initial.hpp"
#include "agents/step.hpp"
#include "agents/world/state_hash.hpp"
#include "core/errors.hpp"
#include "io/files/run_lock.hpp"
#include "jobs/study/journal/journal.hpp"
#include "jobs/study/schedule/left.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/shared_study.hpp"

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <string>
#include <vector>

namespace latecomer::tests::study_run_test {

using namespace latecomer::jobs::study;

namespace {

/// A task computed without the machinery of studies, on one rank.
struct Expected {
    Expected(const Plan& plan, const Task& task)
    {
        const mpi::Communicator alone;
        const Scenario scenario = plan.scenario(task);
        World world = make_world(scenario, alone);
        latecomer::Outcomes watched;
        series.resize(plan.spec().series.variables.size());
        while (world.quarter < scenario.parameters.run.quarters) {
            step(world, alone);
            watched.observe(world);
            for (std::size_t i = 0; i < series.size(); ++i) {
                const auto output =
                    std::ranges::find(outputs(), plan.spec().series.variables[i], &Output::key);
                std::vector<double> values(output_size(world, *output));
                output->fill(world, values);
                series[i].insert(series[i].end(), values.begin(), values.end());
            }
        }
        hash = state_hash(world, alone);
        catch_ups = watched.of_world(world).catch_ups;
        for (const CountryOutcome& country : watched.countries(world)) {
            gaps.push_back(country.gap_at_start);
        }
    }

    std::uint64_t hash = 0;
    double catch_ups = 0.0;
    std::vector<double> gaps;
    std::vector<std::vector<double>> series;
};

std::vector<std::uint64_t> bits(const std::vector<double>& values)
{
    std::vector<std::uint64_t> words;
    for (const double value : values) {
        words.push_back(std::bit_cast<std::uint64_t>(value));
    }
    return words;
}

/// While it lives, a task meets with a misfortune: "throw:3".
class Poison {
public:
    explicit Poison(const std::string& what) { setenv("LATECOMER_POISON", what.c_str(), 1); }
    ~Poison() { unsetenv("LATECOMER_POISON"); }
    Poison(const Poison&) = delete;
    Poison& operator=(const Poison&) = delete;
};

void check_results(const SharedStudy& study)
{
    const Progress progress = study.progress();
    CHECK(progress.in_state(TaskState::done) == study.plan->tasks());
    if (progress.in_state(TaskState::done) != study.plan->tasks()) {
        return;  // and not REQUIRE: other ranks wait for this one
    }
    for (std::int64_t run = 0; run < study.plan->tasks(); ++run) {
        const Task task = study.plan->task(run);
        const Expected expected{*study.plan, task};
        const Record record = progress.ledger.read_record(progress.ledger.place(run).value());
        CAPTURE(run);
        CHECK(record.state_hash == expected.hash);
        CHECK(record.outcomes.back() == expected.catch_ups);
        const std::vector<double> gaps{record.outcomes.begin(),
                                       record.outcomes.begin() +
                                           static_cast<std::ptrdiff_t>(expected.gaps.size())};
        CHECK(bits(gaps) == bits(expected.gaps));
        CHECK(record.host == "host");
        CHECK(record.core_seconds > 0.0);
        const auto series = progress.ledger.series(run);
        CHECK(series.has_value() == (task.replicate == 0));
        if (series) {
            std::vector<double> all = expected.series[0];
            all.insert(all.end(), expected.series[1].begin(), expected.series[1].end());
            CHECK(bits(progress.ledger.read_record(*series).outcomes) == bits(all));
        }
    }
}

TEST_CASE("a study's runs are those of single runs, however ranks share them", "[mpi]")
{
    const std::string ranks_of_a_run = GENERATE("1", "2", "3");
    SharedStudy study{"[run]\nranks_per_task = " + ranks_of_a_run + "\n"};
    CHECK(study.execute() == 0);
    if (study.comm.is_root()) {
        check_results(study);
    }
    // A second start finds nothing to do.
    study.options.job = "again";
    CHECK(study.execute() == 0);
    if (study.comm.is_root()) {
        CHECK(study.done() == 6);
        CHECK(study.progress().ledger.counts().records == 15);  // 6 began and ended, 3 have series
        CHECK(left_of(*study.plan, study.options.folder, {1, 1}).runs == 0);
        CHECK(left_of(*study.plan, study.options.folder, {1, 1}).status == 0);
    }
}

TEST_CASE("parts of a study compute runs that differ, together all", "[mpi]")
{
    SharedStudy study;
    study.options.part = {1, 2};
    CHECK(study.execute() == 0);  // of its part nothing is left
    if (study.comm.is_root()) {
        CHECK(study.done() == 3);
        CHECK(left_of(*study.plan, study.options.folder, {1, 2}).runs == 0);
        CHECK(left_of(*study.plan, study.options.folder, {2, 2}).runs == 3);
    }
    study.options.part = {2, 2};
    study.options.job = "second";
    CHECK(study.execute() == 0);
    if (study.comm.is_root()) {
        CHECK(study.done() == 6);
        check_results(study);
    }
}

TEST_CASE("without time a study computes nothing and says that work is left", "[mpi]")
{
    SharedStudy study;
    study.options.time_left = 0.0;
    CHECK(study.execute() == 85);
    if (study.comm.is_root()) {
        CHECK(study.done() == 0);
        CHECK(left_of(*study.plan, study.options.folder, {1, 1}).runs == 6);
        CHECK(left_of(*study.plan, study.options.folder, {1, 1}).status == 85);
    }
}

TEST_CASE("a job computes one run or those of a pilot alone", "[mpi]")
{
    SharedStudy study;
    study.options.only = 4;
    CHECK(study.execute() == 0);
    if (study.comm.is_root()) {
        CHECK(study.done() == 1);
        CHECK(study.states()[4] == TaskState::done);
    }
    study.options.only.reset();
    study.options.pilot_runs = 3;
    study.options.job = "pilot";
    CHECK(study.execute() == 0);
    if (study.comm.is_root()) {
        CHECK(study.done() >= 3);
        CHECK(study.done() < 6);
    }
}

TEST_CASE("a run that fails is recorded with its reason and the others go on", "[mpi]")
{
    const auto [what, reason] = GENERATE(table<std::string, std::string>(
        {{"throw", "poisoned by a test"}, {"identity", "the identity of shares (A1) is broken"}}));
    const Poison poison{what + ":3"};
    SharedStudy study{"[run]\nmax_failed_share = 0.5\n"};
    CHECK(study.execute() == 0);
    if (study.comm.is_root()) {
        CHECK(study.done() == 5);
        CHECK(study.states()[3] == TaskState::failed);
        CHECK(study.progress().ledger.reason(3).find(reason) != std::string::npos);
    }
}

TEST_CASE("a study stops when too many of its runs fail", "[mpi]")
{
    const Poison poison{"throw:0 throw:1 throw:2 throw:3 throw:4 throw:5"};
    SharedStudy study{"[run]\nmax_failed_share = 0.3\n"};
    CHECK(study.execute() == 3);
    if (study.comm.is_root()) {
        CHECK(study.progress().in_state(TaskState::failed) >= 2);
        CHECK(left_of(*study.plan, study.options.folder, {1, 1}).status == 3);
    }
}

TEST_CASE("a run that takes longer than a task may is given up", "[mpi]")
{
    SharedStudy study{"[budget]\ntask_timeout = \"0.000001s\"\n"};
    study.execute();
    if (study.comm.is_root()) {
        CHECK(study.progress().in_state(TaskState::timed_out) >= 1);
        CHECK(study.done() == 0);
    }
}

TEST_CASE(
    "a part that is being computed is left to who computes it, and so is one of another division",
    "[mpi]")
{
    SharedStudy study;
    for (const char* part : {"part_1_of_1.lock", "part_2_of_3.lock"}) {
        io::RunLock other;
        if (study.comm.is_root()) {
            std::filesystem::create_directories(study.options.folder);
            other = io::RunLock{study.options.folder / part, {"a part"}};
        }
        study.comm.barrier();
        CHECK_THROWS_AS(study.execute(), InputError);
    }
    study.options.part = {1, 3};
    io::RunLock neighbour;
    if (study.comm.is_root()) {
        neighbour = io::RunLock{study.options.folder / "part_2_of_3.lock", {"a part"}};
        CHECK(study.done() == 0);
    }
    study.comm.barrier();
    CHECK(study.execute() == 0);
    if (study.comm.is_root()) {
        CHECK(study.done() == 2);
    }
}

TEST_CASE("a budget that will not do keeps a study from beginning, one that is spent ends it",
          "[mpi]")
{
    SharedStudy study{"[budget]\ncore_hours = 1e-9\n"};
    study.options.pilot_runs = 1;  // which shows what a run costs
    study.execute();
    study.options.pilot_runs.reset();
    study.options.job = "all";
    CHECK(study.execute() == 4);
    if (study.comm.is_root()) {
        CHECK(study.done() < 6);
        CHECK(left_of(*study.plan, study.options.folder, {1, 1}).status == 4);
    }
}

TEST_CASE("journals of another build are continued only if that is accepted", "[mpi]")
{
    SharedStudy study{"[run]\nmax_failed_share = 0.5\n"};
    if (study.comm.is_root()) {
        const Task task = study.plan->task(0);
        Record record;
        record.kind = RecordKind::failed;
        record.task = 0;
        record.key = study.plan->key(task);
        record.build = "another";
        record.host = "h";
        write_file(
            study.options.folder / "journal" / "a.log",
            encode(JournalHeader{.study = "six", .build = "another", .job = "j", .host = "h"}) +
                encode(record));
    }
    study.comm.barrier();
    CHECK_THROWS_AS(study.execute(), InputError);
    study.options.accept_build = true;
    study.execute();
    if (study.comm.is_root()) {
        CHECK(study.done() == 5);
    }
}

}  // namespace

}  // namespace latecomer::tests::study_run_test
