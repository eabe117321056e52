#include "jobs/study/execute/replay.hpp"

#include "jobs/study/archive/archive.hpp"
#include "jobs/study/journal/journal.hpp"
#include "jobs/study/result/merge.hpp"
#include "jobs/study/result/report.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/shared_study.hpp"

#include <string>
#include <vector>

namespace latecomer::tests::study_replay_test {

using namespace latecomer::jobs::study;

namespace {

/// Options of `study replay` and `study diff` with these operands.
jobs::StudyOptions options_with(const std::vector<std::string>& operands)
{
    jobs::StudyOptions options;
    options.operands = operands;
    options.progress = jobs::ProgressStyle::none;
    return options;
}

TEST_CASE("a replayed run is a run of its own with the state of its study", "[mpi]")
{
    SharedStudy study;
    const jobs::Machine machine{.ranks = study.comm.size()};
    // Before the study has computed it there is nothing to compare with.
    CHECK(replay(*study.plan, study.options.folder, options_with({"1"}), machine, study.comm) == 0);
    CHECK(study.execute() == 0);
    CHECK(replay(*study.plan, study.options.folder, options_with({"5"}), machine, study.comm) == 0);
    if (study.comm.is_root()) {
        CHECK(std::filesystem::exists(study.options.folder / "replays" / "1" / "DONE"));
        CHECK(std::filesystem::exists(study.options.folder / "replays" / "5" / "DONE"));
    }
    jobs::StudyOptions elsewhere = options_with({"0"});
    elsewhere.out = (study.folder / "elsewhere").string();
    CHECK(replay(*study.plan, study.options.folder, elsewhere, machine, study.comm) == 0);
    if (study.comm.is_root()) {
        CHECK(std::filesystem::exists(study.folder / "elsewhere" / "DONE"));
    }
}

TEST_CASE("a replayed run that comes out otherwise than its study says is told", "[mpi]")
{
    SharedStudy study;
    if (study.comm.is_root()) {
        Record record;
        record.kind = RecordKind::done;
        record.task = 2;
        record.key = study.plan->key(study.plan->task(2));
        record.build = "another";
        record.host = "h";
        record.state_hash = 1;
        write_file(
            study.options.folder / "journal" / "a.log",
            encode(JournalHeader{.study = "six", .build = "another", .job = "j", .host = "h"}) +
                encode(record));
    }
    study.comm.barrier();
    const jobs::Machine machine{.ranks = study.comm.size()};
    CHECK(replay(*study.plan, study.options.folder, options_with({"2"}), machine, study.comm) == 1);
}

TEST_CASE("two scenarios part or are equal in all quarters", "[mpi]")
{
    SharedStudy study;
    const jobs::Machine machine{.ranks = study.comm.size()};
    const auto parts = [&](const std::string& first, const std::string& second) {
        return diff(*study.plan, study.options.folder, options_with({first, second}), machine,
                    study.comm);
    };
    CHECK(parts("none", "same") == 0);
    CHECK(parts("none", "open") == 1);
    jobs::StudyOptions second = options_with({"none", "open"});
    second.replicate = 1;
    CHECK(diff(*study.plan, study.options.folder, second, machine, study.comm) == 1);
    if (study.comm.is_root()) {
        const std::int64_t run = study.plan->number_of(2, 0, 1);
        CHECK(std::filesystem::exists(study.options.folder / "replays" / std::to_string(run) /
                                      "DONE"));
    }
}

TEST_CASE("what a computed study is told of is merged, archived and reported", "[mpi]")
{
    SharedStudy study;
    study.execute();
    if (study.comm.is_root()) {
        const auto& folder = study.options.folder;
        const Merged merged = merge(*study.plan, folder, false);
        CHECK(merged.path == folder / "study.h5");
        archive(*study.plan, folder);
        const std::string first = read_file(folder / "six.tar");
        CHECK(first.find("SHA256SUMS") != std::string::npos);
        CHECK(first.size() % 512 == 0);
        archive(*study.plan, folder);
        CHECK(read_file(folder / "six.tar") == first);
        CHECK(describe_status(*study.plan, study.progress(), false).find("6 of 6 runs are final") !=
              std::string::npos);
    }
}

}  // namespace

}  // namespace latecomer::tests::study_replay_test
