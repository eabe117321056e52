#include "io/results/chronicle.hpp"

#include "agents/world/events.hpp"
#include "io/files/file_error.hpp"
#include "io/results/records.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/messages.hpp"
#include "tests/support/scratch.hpp"
#include "tests/support/worlds.hpp"
#include "tests/support/write_file.hpp"

#include <fstream>
#include <limits>
#include <sstream>

namespace latecomer::tests::chronicle_test {
namespace {

using Rows = std::vector<std::vector<std::string>>;

const mpi::Communicator alone;
constexpr double missing_value = std::numeric_limits<double>::quiet_NaN();

std::string content_of(const std::filesystem::path& path)
{
    std::ifstream file{path, std::ios::binary};
    std::ostringstream all;
    all << file.rdbuf();
    return all.str();
}

/// A world in which just this has happened.
World world_with(std::vector<Event> events)
{
    World world;
    world.results.events = std::move(events);
    return world;
}

constexpr const char* three_events = "quarter,kind,who,where,value,label\n"
                                     "3,policy,IND,IND,1.0,\"strategic_data, then low_value\"\n"
                                     "3,window,technology,storage,,\"so called \"\"edge\"\"\"\n"
                                     "12,upgrade,MEX,MEX,0.1,two lines\n";

/// Records three events on two quarters, and nothing on one between them.
void record_three(const std::filesystem::path& path)
{
    io::Chronicle chronicle{path, 0, {}, alone};
    chronicle.record(io::event_lines(world_with({{3, EventKind::policy, "IND", "IND", 1.0,
                                                  "strategic_data, then low_value"},
                                                 {3, EventKind::window, "technology", "storage",
                                                  missing_value, "so called \"edge\""}})),
                     alone);
    chronicle.record(io::event_lines(world_with({})), alone);
    chronicle.record(
        io::event_lines(world_with({{12, EventKind::upgrade, "MEX", "MEX", 0.1, "two lines"}})),
        alone);
    chronicle.sync(alone);
}

TEST_CASE("a chronicle has a line for each event, and quotes where a cell needs them")
{
    const Scratch scratch;
    record_three(scratch / "events.csv");
    CHECK(content_of(scratch / "events.csv") == three_events);
}

TEST_CASE("what a table says is read back cell by cell, its header first")
{
    const Scratch scratch;
    record_three(scratch / "events.csv");
    CHECK(io::read_table(scratch / "events.csv", alone) ==
          Rows{{"quarter", "kind", "who", "where", "value", "label"},
               {"3", "policy", "IND", "IND", "1.0", "strategic_data, then low_value"},
               {"3", "window", "technology", "storage", "", "so called \"edge\""},
               {"12", "upgrade", "MEX", "MEX", "0.1", "two lines"}});
}

TEST_CASE("cells in quotes are read as other programs write them")
{
    const Scratch scratch;
    write_file(scratch / "events.csv", "quarter,kind,who,where,value,label\n"
                                       "\"3\",\"\",a\"\"b,\"c\"\"\",\"d,e\",\n");
    CHECK(io::read_table(scratch / "events.csv", alone).at(1) ==
          std::vector<std::string>{"3", "", "ab", "c\"", "d,e", ""});
}

TEST_CASE("a label of two lines is written as one")
{
    const Scratch scratch;
    io::Chronicle chronicle{scratch / "events.csv", 0, {}, alone};
    chronicle.record(io::event_lines(world_with(
                         {{1, EventKind::presence, "a\"b", "c,d", -2.5, "first\nsecond"}})),
                     alone);
    CHECK(content_of(scratch / "events.csv") ==
          "quarter,kind,who,where,value,label\n"
          "1,presence,\"a\"\"b\",\"c,d\",-2.5,\"first second\"\n");
    const Rows rows = io::read_table(scratch / "events.csv", alone);
    CHECK(rows.at(1) ==
          std::vector<std::string>{"1", "presence", "a\"b", "c,d", "-2.5", "first second"});
}

TEST_CASE("a run that goes on keeps whole lines on quarters before it, also in the same file")
{
    const Scratch scratch;
    const auto path = scratch / "events.csv";
    const std::string header = "quarter,kind,who,where,value,label\n";
    write_file(path,
               header + "3,policy,A,A,1.0,x\n7,policy,A,A,2.0,x\n8,policy,A,A,3.0,x\n5,policy,A");
    const auto later = scratch / "later.csv";
    {
        io::Chronicle chronicle{later, 8, path, alone};
        CHECK(content_of(later) == header + "3,policy,A,A,1.0,x\n7,policy,A,A,2.0,x\n");
        chronicle.record(io::event_lines(world_with({{9, EventKind::policy, "B", "C", 4.0, "y"}})),
                         alone);
        CHECK(content_of(later) == header + "3,policy,A,A,1.0,x\n7,policy,A,A,2.0,x\n"
                                            "9,policy,B,C,4.0,y\n");
    }
    const io::Chronicle same{path, 4, path, alone};
    CHECK(content_of(path) == header + "3,policy,A,A,1.0,x\n");
    const io::Chronicle anew{later, 0, path, alone};
    CHECK(content_of(later) == header);
}

TEST_CASE("a run that goes on needs the chronicle of the one before it")
{
    const Scratch scratch;
    CHECK_THROWS_AS((io::Chronicle{scratch / "a.csv", 4, scratch / "none.csv", alone}),
                    io::FileError);
}

TEST_CASE("outcomes have a line for each country and outcome, and then those of the world")
{
    const Scratch scratch;
    World world = make_world(synthetic_scenario(1, 1, 1, 20));
    Outcomes outcomes;
    run(world, 1);
    outcomes.observe(world);
    io::write_outcomes(scratch / "outcomes.csv", outcomes, world, alone);
    const Rows rows = io::read_table(scratch / "outcomes.csv", alone);
    REQUIRE(rows.size() == 1 + 2 * country_outcomes().size() + world_outcomes().size());
    CHECK(rows[0] == std::vector<std::string>{"who", "outcome", "value", "unit", "meaning"});
    CHECK(rows[1][0] == "S001");
    CHECK(rows[1][1] == "gap_at_start");
    CHECK(std::stod(rows[1][2]) == outcomes.countries(world)[0].gap_at_start);
    CHECK(rows[1][3] == "1");
    CHECK(rows[4][1] == "quarters_to_catch_up");
    CHECK(rows[4][2] == "");  // nobody has caught up
    CHECK(rows[10][1] == "welfare");
    CHECK(rows[10][2] == "1.0");
    CHECK(rows[11][1] == "granted");
    CHECK(rows[11][2] == "");  // nothing was asked for
    CHECK(rows[14][0] == "L002");
    CHECK(rows[27][0] == "world");
    CHECK(rows[27][1] == "analytics_share");
    for (const std::vector<std::string>& row : rows) {
        CHECK(row.size() == 5);
    }
}

TEST_CASE("a file that is no table of a run is refused, and so is one that is not there")
{
    const Scratch scratch;
    write_file(scratch / "events.csv", "who,outcome,value,unit,meaning\n");
    write_file(scratch / "outcomes.csv", "quarter,kind,who,where,value,label\n");
    for (const char* name : {"events.csv", "outcomes.csv", "none/events.csv"}) {
        CAPTURE(name);
        CHECK(is_refused_with("there is no such table, or it is damaged",
                              [&] { io::read_table(scratch / name, alone); }));
    }
}

}  // namespace
}  // namespace latecomer::tests::chronicle_test
