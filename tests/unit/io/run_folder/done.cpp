#include "io/run_folder/done.hpp"

#include "io/files/file_error.hpp"
#include "io/files/seal.hpp"
#include "io/files/sha256.hpp"
#include "io/run_folder/run_folder.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/scratch.hpp"
#include "tests/support/write_file.hpp"

#include <string>
#include <vector>

namespace latecomer::tests::done_test {

using namespace latecomer::io;
using tests::read_file;
using tests::Scratch;
using tests::write_file;
namespace fs = std::filesystem;

namespace {

/// A finished run of made-up content with one snapshot and one checkpoint.
struct FinishedRun {
    FinishedRun()
    {
        for (const char* name : {"run.toml", "events.csv", "outcomes.csv"}) {
            write_file(run / name, std::string{"content of "} + name + '\n');
        }
        for (const char* name : {"series.h5", "firms/firms_0120.h5", "checkpoints/ckpt_0240.h5"}) {
            write_file(run / name, std::string(1000, 'x') + name);
            seal(run / name);
        }
        write_file(run / "notes.txt", "of the user");
    }

    void finish(const std::vector<fs::path>& snapshots = {}) const
    {
        write_file(run / "DONE", done_text(run, 0xb04c398770dfe45d, 300, snapshots));
    }

    void flip(const std::string& name, std::size_t place) const
    {
        std::string bytes = read_file(run / name);
        bytes.at(place) = static_cast<char>(bytes.at(place) ^ 1);
        write_file(run / name, bytes);
    }

    std::string changes() const
    {
        std::string all;
        for (const std::string& change : changes_since_done(run)) {
            all += change + '\n';
        }
        return all;
    }

    Scratch scratch;
    fs::path run = scratch / "run";
};

TEST_CASE("DONE has the hash, the quarters, a line for each file and one for itself", "[io]")
{
    const FinishedRun made;
    made.finish();
    const std::string done = read_file(made.run / "DONE");
    CHECK(done.starts_with("state hash: b04c398770dfe45d\nquarters: 300\n"));
    const std::string of_events = sha256("content of events.csv\n");
    CHECK(done.find("\nsha256 " + of_events + " events.csv\n") != std::string::npos);
    for (const char* name : {" run.toml\n", " outcomes.csv\n", " series.h5\n",
                             " firms/firms_0120.h5\n", " checkpoints/ckpt_0240.h5\n"}) {
        CHECK(done.find(name) != std::string::npos);
    }
    CHECK(done.find("notes.txt") == std::string::npos);
    const std::size_t last = done.rfind('\n', done.size() - 2) + 1;
    CHECK(done.substr(last) == "sha256 " + sha256(done.substr(0, last)) + " DONE\n");
    CHECK(made.changes().empty());
}

TEST_CASE("a change of any file of a finished run is noticed, by its name", "[io]")
{
    for (const char* name : {"run.toml", "events.csv", "outcomes.csv"}) {
        const FinishedRun made;
        made.finish();
        made.flip(name, 3);
        CHECK(made.changes() == std::string{name} + ": it is not what the run wrote\n");
        fs::remove(made.run / name);
        CHECK(made.changes().find(std::string{name} + ": ") == 0);
    }
    for (const char* name : {"series.h5", "firms/firms_0120.h5", "checkpoints/ckpt_0240.h5"}) {
        const FinishedRun made;
        made.finish();
        // Another whole file of the same length, sealed as it should be.
        write_file(made.run / name, std::string(1000, 'y') + name);
        seal(made.run / name);
        CHECK(made.changes() == std::string{name} + ": it is not what the run wrote\n");
        write_file(made.run / name, "cut off");
        CHECK(made.changes().find("it has no seal") != std::string::npos);
    }
}

TEST_CASE("every bit of DONE counts", "[io]")
{
    const FinishedRun made;
    made.finish();
    const std::string done = read_file(made.run / "DONE");
    for (std::size_t place = 0; place < done.size(); place += 7) {
        made.flip("DONE", place);
        CHECK(made.changes().starts_with("DONE: "));
        write_file(made.run / "DONE", done);
    }
    for (const std::string& other :
         {std::string{}, std::string{"\n"}, done.substr(0, done.size() - 1), done + '\n',
          std::string{"state hash: b04c398770dfe45d\nquarters: 300\n"}}) {
        write_file(made.run / "DONE", other);
        CHECK(made.changes().starts_with("DONE: "));
    }
}

TEST_CASE("files that are gone or were added are named; a checkpoint may go", "[io]")
{
    const FinishedRun made;
    made.finish();
    fs::remove(made.run / "checkpoints/ckpt_0240.h5");
    CHECK(made.changes().empty());
    fs::remove(made.run / "firms/firms_0120.h5");
    CHECK(made.changes() == "firms/firms_0120.h5: it is gone\n");
    write_file(made.run / "firms/firms_0160.h5", "of another run");
    CHECK(made.changes() == "firms/firms_0120.h5: it is gone\n"
                            "firms/firms_0160.h5: the run that ended here did not write it\n");
}

TEST_CASE("a snapshot that was gone before the end is named until it is back", "[io]")
{
    const FinishedRun made;
    made.finish({made.run / "firms/firms_0060.h5", made.run / "firms/firms_0120.h5"});
    CHECK(made.changes() == "firms/firms_0060.h5: it was gone before the run had ended\n");
    write_file(made.run / "firms/firms_0060.h5", "back");
    CHECK(made.changes().empty());
}

TEST_CASE("an unsealed file cannot be vouched for", "[io]")
{
    const FinishedRun made;
    write_file(made.run / "series.h5", std::string(1000, 'x'));
    CHECK_THROWS_AS(made.finish(), FileError);
}

}  // namespace

}  // namespace latecomer::tests::done_test
