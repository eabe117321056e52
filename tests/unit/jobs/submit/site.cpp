#include "jobs/submit/site.hpp"

#include "jobs/run/builtin.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/messages.hpp"
#include "tests/support/runner.hpp"
#include "tests/support/scratch.hpp"
#include "tests/support/write_file.hpp"

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace latecomer::tests::site_test {

using namespace latecomer::jobs;
using namespace latecomer::jobs::submit;

namespace {

constexpr const char* sound = "scheduler = \"slurm\"\nlauncher = [\"srun\"]\n";

/// The message with which a site is refused, without its folder; "accepted" if it is not.
std::string refusal_of(const std::string& toml)
{
    const Scratch folder;
    const std::string path = write_file(folder / "site.toml", toml).string();
    const std::string message = refusal_by([&] { read_site(path); });
    const std::string own = folder.path().string() + '/';
    return message.starts_with(own) ? message.substr(own.size()) : message;
}

TEST_CASE("every site that the program brings along can be read by its name")
{
    int sites = 0;
    for (const BuiltinFile& file : builtin_files()) {
        if (file.name.starts_with("sites/")) {
            ++sites;
            const std::string name{file.name.substr(6, file.name.size() - 11)};
            CHECK_NOTHROW(read_site(name));
        }
    }
    CHECK(sites == 4);
    CHECK(read_site("generic_pbs").scheduler == Scheduler::pbs);
    CHECK(read_site("generic_pbs").requeue == Requeue::forbidden);
    CHECK(read_site("workstation").scheduler == Scheduler::none);
}

TEST_CASE("a site says what its file says, and nothing of what it leaves open")
{
    const Scratch folder;
    const Site site = read_site(
        write_file(folder / "site.toml", std::string{sound} + "cores_per_node = 128\n"
                                                              "hours_per_job = 12\n"
                                                              "modules = [\"gcc/12\", \"a b\"]\n")
            .string());
    CHECK(site.cores_per_node == 128);
    CHECK(site.hours_per_job == 12.0);
    CHECK(site.modules == std::vector<std::string>{"gcc/12", "a b"});
    CHECK(site.nodes_per_job == 0);
    CHECK(site.account.empty());
}

TEST_CASE("a site is refused with the place of its mistake")
{
    CHECK(refusal_of(sound) == "accepted");
    CHECK(refusal_of(sound + std::string{"cores_per_nod = 3\n"}) ==
          "site.toml:3:1: unknown key 'cores_per_nod' of a site. Did you mean 'cores_per_node'?");
    CHECK(refusal_of("scheduler = \"slrm\"\n").starts_with("site.toml:1:13: "));
    CHECK(refusal_of("launcher = [\"a\"]\n").find("'scheduler' is missing") != std::string::npos);
    CHECK(refusal_of("scheduler = \"pbs\"\n").find("'launcher' is missing") != std::string::npos);
    CHECK(refusal_of(sound + std::string{"cores_per_node = 0\n"}).starts_with("site.toml:3:18: "));
    CHECK(refusal_of(sound + std::string{"hours_per_job = 0.1\nwarning_seconds = 200\n"})
              .starts_with("site.toml:3:17: 'warning_seconds' leaves less than half"));
}

TEST_CASE("a word of a site cannot end the line of a job script that it goes into")
{
    for (const char* word : {"a b", "a\\nrm", "a'b", "$(x)", "a;b"}) {
        CAPTURE(word);
        CHECK(refusal_of(sound + std::string{"account = \""} + word + "\"\n").find("bad word") !=
              std::string::npos);
        CHECK(refusal_of(sound + std::string{"options = [\""} + word + "\"]\n").find("bad word") !=
              std::string::npos);
    }
}

TEST_CASE("an unknown site is refused with the names of those that there are")
{
    for (const char* words : {"Did you mean 'generic_slurm'?", "workstation", "FILE.toml"}) {
        CHECK(is_refused_with(words, [] { read_site("generic_slrm"); }));
    }
    CHECK(is_refused_with("cannot read 'none.toml'", [] { read_site("none.toml"); }));
}

TEST_CASE("every key of a site is in the table of jobs/sites/README.md")
{
    std::ifstream file{source_dir() / "jobs/sites/README.md"};
    const std::string manual{std::istreambuf_iterator<char>{file}, {}};
    for_each(Site::table, [&](const auto& row) {
        CAPTURE(row.key);
        CHECK(manual.find("| `" + std::string{row.key} + "` |") != std::string::npos);
    });
}

}  // namespace

}  // namespace latecomer::tests::site_test
