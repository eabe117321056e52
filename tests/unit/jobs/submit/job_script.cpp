#include "jobs/submit/script.hpp"

#include "jobs/command_line/shell_words.hpp"
#include "tests/support/catch.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace latecomer::tests::job_script_test {

using namespace latecomer::jobs;
using namespace latecomer::jobs::submit;

namespace {

constexpr const char* nasty = "it's; rm -rf \"$HOME\" %j `x`";

Job job_at(const std::string& site)
{
    Job job;
    job.site = read_site(site);
    job.request.site = site;
    job.placement.nodes = 3;
    job.placement.ranks_per_node = 5;
    job.placement.threads = 2;
    job.placement.seconds = 7200.0;
    job.placement.warning_seconds = 90.0;
    job.program = "/opt/latecomer";
    job.study = std::string{"/home/"} + nasty + "/study.toml";
    job.folder = std::string{"/scratch/"} + nasty;
    job.name = nasty;
    job.mark = "latecomer-0123";
    return job;
}

bool has_line(const std::string& script, const std::string& line)
{
    return ("\n" + script).find("\n" + line + "\n") != std::string::npos;
}

bool has_word(const std::vector<std::string>& words, const std::string& word)
{
    return std::ranges::find(words, word) != words.end();
}

TEST_CASE("a word of a shell in quotes is one word again, whatever is in it")
{
    CHECK(shell_word("a-b_c=1/2") == "a-b_c=1/2");
    CHECK(shell_word("") == "''");
    CHECK(shell_word("it's") == "'it'\\''s'");
    CHECK(shell_words(std::vector<std::string>{"a", "b c", "$(d)"}) == "a 'b c' '$(d)'");
}

TEST_CASE("a script for Slurm asks for the placement and warns in time")
{
    const std::string script = script_text(job_at("generic_slurm"));
    for (const char* line :
         {"#SBATCH --nodes=3", "#SBATCH --ntasks-per-node=5", "#SBATCH --cpus-per-task=2",
          "#SBATCH --time=02:00:00", "#SBATCH --signal=B:USR1@90", "#SBATCH --open-mode=append",
          "#SBATCH --requeue", "program=/opt/latecomer", "again=requeue", "margin=90",
          "part=", "study_job"}) {
        CAPTURE(line);
        CHECK(has_line(script, line));
    }
    CHECK(script.find("launcher=(srun --cpus-per-task=2 ") != std::string::npos);
    CHECK(script.find("LATECOMER_JOBS") == std::string::npos);
    CHECK(script.starts_with("#!/usr/bin/env bash\n"));
}

TEST_CASE("a script for PBS asks for the placement, and another job follows it")
{
    const std::string script = script_text(job_at("generic_pbs"));
    CHECK(has_line(script, "#PBS -l select=3:ncpus=10:mpiprocs=5:ompthreads=2"));
    CHECK(has_line(script, "#PBS -l walltime=02:00:00"));
    CHECK(has_line(script, "again=successor"));
    CHECK(has_line(script, "launcher=(mpirun -n 15 --map-by slot:PE=2)"));
}

TEST_CASE("paths of users stand in quotes in a script, and in no directive")
{
    for (const char* site : {"generic_slurm", "generic_pbs", "workstation"}) {
        const Job job = job_at(site);
        const std::string script = script_text(job);
        CAPTURE(site);
        CHECK(has_line(script, "study=" + shell_word(job.study.string())));
        CHECK(has_line(script, "folder=" + shell_word(job.folder.string())));
        for (const char* directive : {"#SBATCH", "#PBS"}) {
            const std::size_t last = script.rfind(std::string{"\n"} + directive);
            CHECK((last == std::string::npos ||
                   script.substr(0, last).find("rm -rf") == std::string::npos));
        }
    }
}

TEST_CASE("a name of a user is one word of the command that submits")
{
    const Job job = job_at("generic_slurm");
    const std::vector<std::string> words = submit_words(job, "17");
    CHECK(words.front() == "sbatch");
    CHECK(has_word(words, std::string{"--job-name="} + nasty));
    CHECK(has_word(words, "--dependency=afterany:17"));
    CHECK(has_word(words, "--comment=latecomer-0123"));
    CHECK(words.back() == script_path(job).string());
}

TEST_CASE("a sign of per cent in a folder is none of Slurm's patterns for logs")
{
    CHECK(has_word(submit_words(job_at("generic_slurm"), {}),
                   "--output=/scratch/it's; rm -rf \"$HOME\" %%j `x`/jobs/%j.log"));
}

TEST_CASE("PBS gets a name with signs that it takes, and the id of the job before")
{
    const std::vector<std::string> words = submit_words(job_at("generic_pbs"), "17.host");
    CHECK(has_word(words, "it_s__rm_-rf___HOME___j__x_"));
    CHECK(has_word(words, "depend=afterany:17.host"));
}

TEST_CASE(
    "a name for PBS does not begin with a point, and letters beyond ASCII become signs it takes")
{
    Job job = job_at("generic_pbs");
    for (const auto& [name, taken] : {std::pair{".hidden", "_hidden"}, std::pair{"-x", "-x"},
                                      std::pair{"\xc3\xbc.1", "__.1"}, std::pair{"a\tb", "a_b"}}) {
        job.name = name;
        CAPTURE(name);
        CHECK(has_word(submit_words(job, {}), taken));
    }
}

TEST_CASE("links of a chain do not queue again, elements of an array do their part")
{
    Job job = job_at("generic_slurm");
    job.request.chain = 3;
    CHECK(has_line(script_text(job), "again=no"));
    CHECK(script_path(job).filename() == "chain.sbatch");
    job.request.chain = 0;
    job.request.array = 8;
    const std::string script = script_text(job);
    CHECK(has_line(script, "#SBATCH --array=1-8"));
    CHECK(has_line(script, "part=$SLURM_ARRAY_TASK_ID/8"));
    CHECK(has_line(script, "again=requeue"));
    CHECK(has_word(submit_words(job, {}),
                   "--output=/scratch/it's; rm -rf \"$HOME\" %%j `x`/jobs/%A_%a.log"));
}

TEST_CASE("where jobs may not queue again, another one follows")
{
    Job job = job_at("generic_slurm");
    job.site.requeue = Requeue::forbidden;
    const std::string script = script_text(job);
    CHECK(has_line(script, "again=successor"));
    CHECK(has_line(script, "#SBATCH --no-requeue"));
}

}  // namespace

}  // namespace latecomer::tests::job_script_test
