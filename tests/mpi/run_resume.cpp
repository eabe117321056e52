#include "agents/observation/outputs.hpp"
#include "agents/start/initial.hpp"
#include "agents/step.hpp"
#include "agents/world/state_hash.hpp"
#include "core/errors.hpp"
#include "core/text.hpp"
#include "io/hdf5/hdf5.hpp"
#include "io/run_folder/comparison.hpp"
#include "io/run_folder/inspection.hpp"
#include "io/run_folder/run_folder.hpp"
#include "io/scenario/scenario.hpp"
#include "jobs/run/begin.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/scratch.hpp"
#include "tests/support/worlds.hpp"
#include "tests/support/write_file.hpp"

#include <algorithm>
#include <bit>
#include <string>
#include <vector>

namespace latecomer::tests::run_resume_test {
namespace {

/// Firms come, go and climb faster than they usually do, in pools of which ranks have parts.
Scenario lively_scenario()
{
    Scenario scenario = synthetic_scenario(2, 1, 3, 40);
    scenario.parameters.run.quarters = 12;
    scenario.parameters.run.burn_in = 2;
    scenario.parameters.entry.rate = 0.1;
    scenario.parameters.mobility.upgrade_rate = 0.3;
    scenario.parameters.output.snapshot_every = 4;
    scenario.parameters.output.checkpoint_rule = CheckpointRule::quarters;
    scenario.parameters.output.checkpoint_every = 3;
    return scenario;
}

/// A folder that all ranks share; the root made it.
struct SharedFolder {
    SharedFolder() : path{comm.broadcast(own.path().string())} {}
    ~SharedFolder() { comm.barrier(); }  // before the root removes the folder
    SharedFolder(const SharedFolder&) = delete;
    SharedFolder& operator=(const SharedFolder&) = delete;

    jobs::RunOptions options(const std::string& name, bool resume = false) const
    {
        jobs::RunOptions options;
        options.out = (path / name).string();
        options.resume = resume;
        options.quiet = true;
        options.progress = jobs::ProgressStyle::none;
        return options;
    }

    mpi::Communicator comm = mpi::Communicator::world();
    Scratch own;
    std::filesystem::path path;
};

/// A run that is stopped after its first quarter, and again after every later one until it is done.
int run_in_pieces(const Scenario& scenario, const SharedFolder& folder, const std::string& name,
                  const mpi::Communicator& comm, int most)
{
    jobs::RunOptions options = folder.options(name, true);
    options.time_left = 0.0;
    const jobs::Machine machine{.ranks = comm.size()};
    int status = 85;
    for (int i = 0; i < most && status == 85; ++i) {
        status = jobs::begin_run(scenario, options, machine, comm);
    }
    return status;
}

TEST_CASE("a run's files say what the model says, quarter by quarter", "[mpi]")
{
    const SharedFolder folder;
    const Scenario scenario = lively_scenario();
    const jobs::Machine machine{.ranks = folder.comm.size()};
    REQUIRE(jobs::begin_run(scenario, folder.options("a"), machine, folder.comm) == 0);
    if (!folder.comm.is_root()) {
        return;
    }
    // The same on this rank alone, without files.
    World world = make_world(scenario);
    const io::Hdf5File series = io::Hdf5File::open(folder.path / "a" / "series.h5");
    for (std::uint64_t quarter = 0; quarter < 12; ++quarter) {
        run(world, 1);
        for (const Output& output : outputs()) {
            std::vector<double> expected(output_size(world, output));
            output.fill(world, expected);
            const io::Dataset dataset = series.open_dataset(std::string{output.key});
            std::vector<double> values(expected.size());
            REQUIRE(dataset.type() == io::Type::f64);
            REQUIRE(dataset.row_bytes() == expected.size() * sizeof(double));
            dataset.read(quarter, 1, values.data());
            const bool is_equal = std::ranges::equal(values, expected, [](double a, double b) {
                return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
            });
            CAPTURE(quarter, output.key);
            CHECK(is_equal);
        }
    }
    const std::string hash =
        text("state hash: ", hexadecimal(state_hash(world, mpi::Communicator{})));
    CHECK(io::finished_hash(folder.path / "a", mpi::Communicator{}) == hash);

    const io::RunReport report = io::inspect_run(folder.path / "a");
    CHECK(report.state == "finished");
    CHECK(report.trouble.empty());
    std::vector<std::string> names;
    for (const io::FileReport& file : report.files) {
        CHECK(file.damage.empty());
        names.push_back(file.path.filename().string());
    }
    for (const char* name : {"series.h5", "firms_0004.h5", "firms_0008.h5", "firms_0012.h5",
                             "ckpt_0006.h5", "ckpt_0009.h5"}) {
        CAPTURE(name);
        CHECK(std::ranges::count(names, name) == 1);
    }
    CHECK(names.size() == 6);  // checkpoints but the newest two are gone
}

TEST_CASE("a run in pieces, on other ranks, writes the bytes of a run in one", "[mpi]")
{
    const SharedFolder folder;
    const Scenario scenario = lively_scenario();
    const jobs::Machine machine{.ranks = folder.comm.size()};
    REQUIRE(jobs::begin_run(scenario, folder.options("whole"), machine, folder.comm) == 0);
    REQUIRE(run_in_pieces(scenario, folder, "pieces", folder.comm, 5) == 85);
    // One rank alone goes on with what several wrote; then several with what one wrote.
    int status = 85;
    if (folder.comm.is_root()) {
        status = run_in_pieces(scenario, folder, "pieces", mpi::Communicator{}, 4);
    }
    folder.comm.barrier();
    REQUIRE(run_in_pieces(scenario, folder, "pieces", folder.comm, 20) == 0);
    if (folder.comm.is_root()) {
        CHECK(status == 85);
        const io::Comparison series =
            io::compare_runs(folder.path / "whole", folder.path / "pieces");
        CHECK_FALSE(series.difference.has_value());
        for (const char* name : {"events.csv", "outcomes.csv", "run.toml"}) {
            CAPTURE(name);
            CHECK(read_file(folder.path / "whole" / name) ==
                  read_file(folder.path / "pieces" / name));
            CHECK_FALSE(read_file(folder.path / "whole" / name).empty());
        }
        CHECK(io::finished_hash(folder.path / "whole", mpi::Communicator{}) ==
              io::finished_hash(folder.path / "pieces", mpi::Communicator{}));
        CHECK(io::inspect_run(folder.path / "pieces").trouble.empty());
    }
    // A finished run has nothing left to do; one that lies there is not overwritten unasked.
    CHECK(jobs::begin_run(scenario, folder.options("whole", true), machine, folder.comm) == 0);
    CHECK_THROWS_AS(jobs::begin_run(scenario, folder.options("whole"), machine, folder.comm),
                    InputError);
}

TEST_CASE("a checkpoint that is damaged is passed over for the one before it", "[mpi]")
{
    const SharedFolder folder;
    const Scenario scenario = lively_scenario();
    const jobs::Machine machine{.ranks = folder.comm.size()};
    REQUIRE(jobs::begin_run(scenario, folder.options("whole"), machine, folder.comm) == 0);
    REQUIRE(run_in_pieces(scenario, folder, "hurt", folder.comm, 4) == 85);
    if (folder.comm.is_root()) {
        const std::filesystem::path newest = folder.path / "hurt" / "checkpoints" / "ckpt_0004.h5";
        CHECK(std::filesystem::exists(newest));
        std::string bytes = read_file(newest);
        if (!bytes.empty()) {
            bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 4);
            write_file(newest, bytes);
        }
    }
    folder.comm.barrier();
    CHECK(jobs::begin_run(scenario, folder.options("hurt", true), machine, folder.comm) == 0);
    if (folder.comm.is_root()) {
        CHECK_FALSE(io::compare_files(folder.path / "whole" / "series.h5",
                                      folder.path / "hurt" / "series.h5")
                        .difference.has_value());
        CHECK(read_file(folder.path / "whole" / "events.csv") ==
              read_file(folder.path / "hurt" / "events.csv"));
        CHECK(io::inspect_run(folder.path / "hurt").trouble.empty());
    }
}

TEST_CASE("a run of another scenario is not continued", "[mpi]")
{
    const SharedFolder folder;
    Scenario scenario = lively_scenario();
    const jobs::Machine machine{.ranks = folder.comm.size()};
    REQUIRE(run_in_pieces(scenario, folder, "a", folder.comm, 2) == 85);
    scenario.parameters.entry.rate = 0.2;
    CHECK_THROWS_AS(jobs::begin_run(scenario, folder.options("a", true), machine, folder.comm),
                    InputError);
}

TEST_CASE("a run of no quarters and an economy without firms have files as well", "[mpi]")
{
    const SharedFolder folder;
    Scenario scenario = synthetic_scenario(1, 1, 1, 1);
    scenario.parameters.run.quarters = 1;
    scenario.parameters.run.burn_in = 0;
    const jobs::Machine machine{.ranks = folder.comm.size()};
    CHECK(jobs::begin_run(scenario, folder.options("one"), machine, folder.comm) == 0);
    if (folder.comm.is_root()) {
        CHECK(io::inspect_run(folder.path / "one").state == "finished");
    }
}

}  // namespace

}  // namespace latecomer::tests::run_resume_test
