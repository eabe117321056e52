#include "io/results/records.hpp"

#include "agents/observation/outputs.hpp"
#include "io/files/file_error.hpp"
#include "io/results/chronicle.hpp"
#include "io/results/series.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/scratch.hpp"
#include "tests/support/worlds.hpp"
#include "tests/support/write_file.hpp"

#include <string>
#include <utility>
#include <vector>

namespace latecomer::tests::records_test {

using namespace latecomer::io;

namespace {

const mpi::Communicator alone;

/// A run of six quarters with files, an event in each, and what it knew after four and at its end.
struct Recorded {
    Recorded()
    {
        Scenario scenario = synthetic_scenario(2, 1, 2, 10);
        scenario.parameters.run.quarters = 6;
        World now = make_world(scenario);
        Series series{scratch / "series.h5", now, {}, {}, alone};
        Chronicle chronicle{scratch / "events.csv", 0, {}, alone};
        RecordSums sums;
        for (int quarter = 0; quarter < 6; ++quarter) {
            run(now, 1);
            now.results.events = {
                {now.quarter - 1, EventKind::policy, "S001", "S001", 1.0, "made up"}};
            series.record(row_of(now), alone);
            chronicle.record(event_lines(now), alone);
            sums.add_row(row_of(now));
            sums.add_events(event_lines(now));
            if (now.quarter == 4) {
                after_four = sums;
                four.emplace(now);
            }
        }
        at_end = sums;
        world.emplace(std::move(now));
    }

    std::string failure(const World& of, const RecordSums& expected) const
    {
        try {
            check_records(scratch.path(), of, expected, alone);
        } catch (const FileError& error) {
            return error.what();
        }
        return "none";
    }

    /// Changes a byte of a file.
    void flip(const std::string& name, std::size_t place) const
    {
        std::string bytes = read_file(scratch / name);
        bytes.at(place) = static_cast<char>(bytes.at(place) ^ 16);
        write_file(scratch / name, bytes);
    }

    /// Where a value of a row lies in the file of the series.
    std::size_t place_of_row(const World& of, std::uint64_t quarter) const
    {
        const double value = row_of(of).front();
        const Hdf5File file = Hdf5File::open(scratch / "series.h5");
        const Dataset dataset = file.open_dataset(std::string{outputs().front().key});
        CHECK(value == value);
        return static_cast<std::size_t>(dataset.place().value() + quarter * dataset.row_bytes());
    }

    Scratch scratch;
    std::optional<World> four;
    std::optional<World> world;
    RecordSums after_four;
    RecordSums at_end;
};

TEST_CASE("what a run recorded is found again, as a whole and up to any quarter")
{
    const Recorded run;
    CHECK(run.failure(*run.world, run.at_end) == "none");
    CHECK(run.failure(*run.four, run.after_four) == "none");
    CHECK(read_record_sums(run.scratch.path(), *run.world) == run.at_end);
    CHECK_FALSE(run.after_four == run.at_end);
    CHECK(run.failure(*run.world, run.after_four) != "none");
}

TEST_CASE("a changed value of a row is noticed, and only behind the quarter where it is")
{
    const Recorded run;
    const std::size_t fifth = run.place_of_row(*run.world, 4);
    run.flip("series.h5", fifth + 5);
    CHECK(run.failure(*run.world, run.at_end).find("series.h5") != std::string::npos);
    CHECK(run.failure(*run.four, run.after_four) == "none");
    run.flip("series.h5", run.place_of_row(*run.world, 2));
    CHECK(run.failure(*run.four, run.after_four).find("series.h5") != std::string::npos);
}

TEST_CASE("a line of the chronicle that is changed, added, doubled, moved or lost is noticed")
{
    const Recorded run;
    const std::string header = "quarter,kind,who,where,value,label\n";
    const std::string whole = read_file(run.scratch / "events.csv");
    const auto line = [](int quarter) {
        return std::to_string(quarter) + ",policy,S001,S001,1.0,made up\n";
    };
    REQUIRE(whole == header + line(0) + line(1) + line(2) + line(3) + line(4) + line(5));
    const auto is_noticed = [&](const std::string& content) {
        write_file(run.scratch / "events.csv", content);
        return run.failure(*run.four, run.after_four).find("events.csv") != std::string::npos;
    };
    CHECK(is_noticed(header + line(0) + line(1) + line(3)));
    CHECK(is_noticed(header + line(0) + line(1) + line(2) + line(2) + line(3)));
    CHECK(is_noticed(header + line(1) + line(0) + line(2) + line(3)));
    CHECK(is_noticed(header + line(0) + line(1) + line(2) + line(3) + "3,upgrade,A,A,2,x\n"));
    CHECK(is_noticed(header + line(0) + line(1) + line(2) + "3,policy,S001,S001,1.5,made up\n"));
    CHECK(is_noticed(header));
    CHECK_FALSE(is_noticed(whole));
    CHECK_FALSE(is_noticed(whole + "6,poli"));  // of the quarter in which it was killed
    CHECK_FALSE(
        is_noticed(header + line(0) + line(1) + line(2) + line(3)));  // later ones come again
}

TEST_CASE("the order, number and length of pieces count in a rolling sum")
{
    const auto sum = [](const std::vector<std::string>& pieces) {
        RollingSum result;
        for (const std::string& piece : pieces) {
            result.add(std::as_bytes(std::span{piece}));
        }
        return result.value();
    };
    const std::string zero(1, '\0');
    CHECK(sum({"a", "b"}) == sum({"a", "b"}));
    CHECK(sum({"a", "b"}) != sum({"b", "a"}));
    CHECK(sum({"a", "b"}) != sum({"ab"}));
    CHECK(sum({"a"}) != sum({"a", ""}));
    CHECK(sum({"a"}) != sum({"a" + zero}));
    CHECK(sum({""}) != sum({}));
    CHECK(sum({}) == 0);
}

TEST_CASE("snapshots are named by their quarters, none by nothing")
{
    const std::vector<std::int64_t> quarters{4, 8, 120};
    const Attributes attributes = attributes_of(RecordSums{}, quarters);
    CHECK(attributes.back().key == "snapshots");
    CHECK(std::get<std::string>(attributes.back().value) == "4,8,120");
    CHECK(snapshots_in("4,8,120") == quarters);
    CHECK(snapshots_in("").empty());
}

}  // namespace

}  // namespace latecomer::tests::records_test
