#include "io/run_folder/run_folder.hpp"

#include "core/errors.hpp"
#include "io/files/run_lock.hpp"
#include "io/files/seal.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/scratch.hpp"

#include <fstream>
#include <string>

#include <sys/wait.h>

namespace latecomer::tests::run_folder_test {

using namespace latecomer::io;
using tests::Scratch;
namespace fs = std::filesystem;

namespace {

const mpi::Communicator serial;

std::string refusal(const fs::path& path, Existing existing)
{
    try {
        const RunFolder folder{path, existing, "new = true\n", serial};
    } catch (const InputError& error) {
        return error.what();
    }
    return "no error";
}

bool contains(const std::string& text, const std::string& part)
{
    return text.find(part) != std::string::npos;
}

void write(const fs::path& path, const std::string& content)
{
    fs::create_directories(path.parent_path());
    std::ofstream{path} << content;
}

std::string content(const fs::path& path)
{
    std::ifstream file{path};
    return {std::istreambuf_iterator<char>{file}, {}};
}

/// What a finished run leaves, with two files of the user's among its own.
void write_finished_run(const fs::path& path)
{
    for (const char* name : {"run.toml", "series.h5", "DONE", "firms/firms_0010.h5",
                             "firms/firms_0020.h5.tmp", "checkpoints/ckpt_0010.h5"}) {
        write(path / name, "of the run");
    }
    write(path / "notes.txt", "of the user");
    write(path / "firms/firms_best.h5", "of the user");
}

/// A process number that was in use and no longer is.
long dead_process()
{
    const pid_t child = fork();
    if (child == 0) {
        _exit(0);
    }
    waitpid(child, nullptr, 0);
    return child;
}

}  // namespace

TEST_CASE("a run folder is made with all folders above it, locked while the run lives", "[io]")
{
    const Scratch scratch;
    const fs::path path = scratch / "runs/a/b";
    {
        RunFolder folder{path, Existing::refuse, "seed = 1\n", serial};
        CHECK(content(path / "run.toml") == "seed = 1\n");
        CHECK(read_lock(path / "run.lock")->process == getpid());
        CHECK(folder.firms(7).filename() == "firms_0007.h5");
        CHECK(folder.firms(3999).filename() == "firms_3999.h5");
        write(folder.series(), "rows");
        seal(folder.series());
        folder.finish(0x1234, 300, {}, serial);
    }
    CHECK(content(path / "DONE").starts_with("state hash: 0000000000001234\nquarters: 300\n"));
    CHECK(!fs::exists(path / "run.lock"));
}

TEST_CASE("a run that never begins its series leaves no trace", "[io]")
{
    const Scratch scratch;
    {
        const RunFolder folder{scratch / "runs/a", Existing::refuse, "seed = 1\n", serial};
    }
    CHECK(fs::is_empty(scratch.path()));
}

TEST_CASE("an existing run is refused and not touched", "[io]")
{
    const Scratch scratch;
    write_finished_run(scratch / "run");
    CHECK(contains(refusal(scratch / "run", Existing::refuse),
                   "run' exists already (it holds a finished run): go on with --resume, "
                   "replace it with --overwrite, or choose another --out"));
    CHECK(content(scratch / "run/run.toml") == "of the run");
    fs::remove(scratch / "run/DONE");
    CHECK(contains(refusal(scratch / "run", Existing::refuse), "(it holds an unfinished run)"));
}

TEST_CASE("overwriting removes the files of a run and none of the user's", "[io]")
{
    const Scratch scratch;
    write_finished_run(scratch / "run");
    const RunFolder folder{scratch / "run", Existing::overwrite, "new = true\n", serial};
    for (const char* name :
         {"series.h5", "DONE", "firms/firms_0010.h5", "firms/firms_0020.h5.tmp", "checkpoints"}) {
        CHECK(!fs::exists(scratch / "run" / name));
    }
    CHECK(content(scratch / "run/notes.txt") == "of the user");
    CHECK(content(scratch / "run/firms/firms_best.h5") == "of the user");
    CHECK(content(scratch / "run/run.toml") == "new = true\n");
}

TEST_CASE("a folder of another kind is never used, overwriting or not", "[io]")
{
    const Scratch scratch;
    write(scratch / "home/series.h5", "mine");
    for (const Existing existing : {Existing::refuse, Existing::overwrite}) {
        CHECK(contains(refusal(scratch / "home", existing), "files of another kind"));
    }
    CHECK(content(scratch / "home/series.h5") == "mine");
    CHECK(contains(refusal(scratch / "home/series.h5", Existing::refuse), "is not a folder"));
    CHECK(contains(refusal(scratch / "home/series.h5/run", Existing::refuse), "is not a folder"));
    fs::create_directory(scratch / "empty");
    CHECK(refusal(scratch / "empty", Existing::refuse) == "no error");
}

TEST_CASE("a folder in use is refused, a lock of a process that is gone is not", "[io]")
{
    const Scratch scratch;
    const fs::path lock = scratch / "run/run.lock";
    {
        const RunFolder first{scratch / "run", Existing::refuse, "", serial};
        write(first.series(), "rows");
        CHECK(contains(refusal(scratch / "run", Existing::overwrite),
                       "is in use (by process " + std::to_string(getpid())));
        CHECK_THROWS_AS(check_run_folder(scratch / "run", Existing::overwrite, serial), InputError);
    }
    write(lock, this_process().host + " " + std::to_string(dead_process()) + "\n");
    CHECK(refusal(scratch / "run", Existing::overwrite) == "no error");

    write(scratch / "run/run.toml", "");
    write(lock, "another-host 1\n");
    CHECK(contains(refusal(scratch / "run", Existing::overwrite), "on another-host"));
    write(lock, "what is this");
    CHECK(contains(refusal(scratch / "run", Existing::overwrite), "names no process"));
    write(lock, "");  // its process died before it could write
    CHECK(refusal(scratch / "run", Existing::overwrite) == "no error");
}

TEST_CASE("checking a run folder writes nothing", "[io]")
{
    const Scratch scratch;
    check_run_folder(scratch / "runs/a", Existing::refuse, serial);
    CHECK(fs::is_empty(scratch.path()));
    write_finished_run(scratch / "run");
    CHECK_THROWS_AS(check_run_folder(scratch / "run", Existing::refuse, serial), InputError);
    check_run_folder(scratch / "run", Existing::overwrite, serial);
    CHECK(fs::exists(scratch / "run/DONE"));
}

TEST_CASE("a folder without write permission is refused", "[io]")
{
    if (geteuid() == 0) {
        return;  // nothing is forbidden to root
    }
    const Scratch scratch;
    fs::create_directory(scratch / "locked");
    fs::permissions(scratch / "locked", fs::perms::owner_read | fs::perms::owner_exec);
    CHECK(contains(refusal(scratch / "locked/run", Existing::refuse), "(Permission denied)"));
}

}  // namespace latecomer::tests::run_folder_test
