// ctest: cost 15

#include "io/checkpoint/checkpoint.hpp"

#include "agents/observation/outputs.hpp"
#include "agents/world/state_hash.hpp"
#include "core/errors.hpp"
#include "io/files/file_error.hpp"
#include "io/files/seal.hpp"
#include "io/results/provenance.hpp"
#include "io/results/series.hpp"
#include "io/run_folder/comparison.hpp"
#include "io/run_folder/inspection.hpp"
#include "io/scenario/resolved.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/policies.hpp"
#include "tests/support/sanitized.hpp"
#include "tests/support/scratch.hpp"
#include "tests/support/write_file.hpp"

#include <fstream>
#include <random>
#include <sstream>

namespace latecomer::tests::checkpoint_test {
namespace {

using namespace latecomer::io;
namespace fs = std::filesystem;

const mpi::Communicator alone;

/// A small world in which everything that can be remembered is.
Scenario eventful_scenario()
{
    Scenario scenario = synthetic_scenario(3, 1, 3, 40);
    scenario.parameters.run.quarters = 40;
    scenario.parameters.run.burn_in = 4;
    scenario.parameters.retaliation.rate = 50.0;
    scenario.parameters.presence.choice_noise = 1.0;
    scenario.parameters.government.review_quarters = 4;
    PolicyMix mix = no_policy(scenario.parameters.sectors.size());
    std::ranges::fill(mix.span(), 0.6);
    give_all(scenario, mix);
    for (PolicyPlan& plan : scenario.policies) {
        plan.mode = PolicyMode::adaptive;
        plan.phases.front().ramp_quarters = 20;
    }
    scenario.windows.push_back({"", Stage::analytics, 6, 0.3, 0.5, 0.5, 0.5});
    ParameterSwitch change{"", 8, scenario.parameters};
    change.parameters.trade.barrier = 0.01;
    scenario.switches.push_back(change);
    return scenario;
}

Restart run_to(const Scenario& scenario, int quarters)
{
    Restart run{make_world(scenario), {}};
    for (int quarter = 0; quarter < quarters; ++quarter) {
        step(run.world, alone);
        run.outcomes.observe(run.world);
    }
    return run;
}

void go_on(Restart& run, int quarters)
{
    for (int quarter = 0; quarter < quarters; ++quarter) {
        step(run.world, alone);
        run.outcomes.observe(run.world);
    }
}

Attributes attributes_of(const Scenario& scenario, std::string_view schema)
{
    return provenance(scenario, {resolved_toml(scenario), "test", 1, 1}, schema);
}

fs::path write(const Scratch& scratch, const Scenario& scenario, const Restart& run,
               const std::string& name = "ckpt_0012.h5")
{
    write_checkpoint(scratch / name, run.world, run.outcomes,
                     attributes_of(scenario, checkpoint_schema), alone);
    return scratch / name;
}

std::vector<double> row_of(const World& world)
{
    std::vector<double> row;
    for (const Output& output : outputs()) {
        std::vector<double> values(output_size(world, output));
        output.fill(world, values);
        row.insert(row.end(), values.begin(), values.end());
    }
    return row;
}

bool same_row(const World& a, const World& b)
{
    return std::ranges::equal(row_of(a), row_of(b),
                              [](double x, double y) { return x == y || (x != x && y != y); });
}

TEST_CASE("a run that goes on from a checkpoint is the run that never stopped")
{
    const Scratch scratch;
    const Scenario scenario = eventful_scenario();
    Restart whole = run_to(scenario, 12);
    Restart resumed = read_checkpoint(write(scratch, scenario, whole), scenario, alone);
    CHECK(resumed.world.quarter == 12);
    CHECK(resumed.world.parameters().trade.barrier == 0.01);
    for (int quarter = 0; quarter < 28; ++quarter) {
        go_on(whole, 1);
        go_on(resumed, 1);
        REQUIRE(state_hash(resumed.world, alone) == state_hash(whole.world, alone));
        REQUIRE(same_row(resumed.world, whole.world));
        REQUIRE(resumed.world.results.events.size() == whole.world.results.events.size());
    }
    const auto a = whole.outcomes.countries(whole.world);
    const auto b = resumed.outcomes.countries(resumed.world);
    for (std::size_t c = 0; c < a.size(); ++c) {
        for (const auto& row : country_outcomes()) {
            const double x = a[c].*row.member;
            const double y = b[c].*row.member;
            CHECK((x == y || (x != x && y != y)));
        }
    }
}

TEST_CASE("a checkpoint before the first quarter and one without firms can be read")
{
    const Scratch scratch;
    const Scenario scenario = eventful_scenario();
    Restart start = run_to(scenario, 0);
    Restart again = read_checkpoint(write(scratch, scenario, start), scenario, alone);
    go_on(start, 3);
    go_on(again, 3);
    CHECK(state_hash(again.world, alone) == state_hash(start.world, alone));
    const Scenario nobody = synthetic_scenario(0, 1, 2, 40);
    Restart empty = run_to(nobody, 2);
    Restart also_empty = read_checkpoint(write(scratch, nobody, empty), nobody, alone);
    CHECK(state_hash(also_empty.world, alone) == state_hash(empty.world, alone));
}

TEST_CASE("saving what was restored gives the same file, and another scenario's is refused")
{
    const Scratch scratch;
    const Scenario scenario = eventful_scenario();
    const Restart run = run_to(scenario, 12);
    const fs::path first = write(scratch, scenario, run);
    const Restart read = read_checkpoint(first, scenario, alone);
    const fs::path second = write(scratch, scenario, read, "again.h5");
    CHECK_FALSE(compare_files(first, second).difference);
    Scenario larger = eventful_scenario();
    larger.parameters.world.synthetic_latecomers = 4;
    CHECK_THROWS_AS(read_checkpoint(first, larger, alone), FileError);
}

TEST_CASE("comparing names quarter, entity and quantity that differ")
{
    const Scratch scratch;
    const Scenario scenario = eventful_scenario();
    Restart run = run_to(scenario, 12);
    const fs::path first = write(scratch, scenario, run);
    run.world.countries.public_debt[CountryId{1}] += 1.0;
    const fs::path second = write(scratch, scenario, run, "other.h5");
    const Comparison comparison = compare_files(first, second);
    REQUIRE(comparison.difference);
    CHECK(comparison.difference->quarter == 12);
    CHECK(comparison.difference->words.starts_with("country.public_debt, country S002: "));
}

/// All that the program does with a file that it is given; only its own errors may come out.
void use(const fs::path& path, const fs::path& whole, const Scenario& scenario)
{
    const auto try_to = [](const auto& work) {
        try {
            work();
        } catch (const FileError&) {
        } catch (const InputError&) {
        }
    };
    try_to([&] { read_checkpoint(path, scenario, alone); });
    try_to([&] { inspect_file(path); });
    try_to([&] { compare_files(path, whole); });
}

std::string content_of(const fs::path& path)
{
    std::ifstream file{path, std::ios::binary};
    std::ostringstream all;
    all << file.rdbuf();
    return all.str();
}

TEST_CASE("a thousand files damaged by chance are all refused")
{
    constexpr int wanted = is_sanitized ? 200 : 1000;
    const Scratch scratch;
    const Scenario scenario = eventful_scenario();
    const Restart run = run_to(scenario, 12);
    const fs::path checkpoint = write(scratch, scenario, run);
    {
        Scenario short_run = scenario;
        short_run.parameters.run.quarters = 2;
        World world = make_world(short_run);
        Series series{
            scratch / "series.h5", world, attributes_of(short_run, "latecomer-series"), {}, alone};
        Outcomes outcomes;
        for (int quarter = 0; quarter < 2; ++quarter) {
            step(world, alone);
            series.record(row_of(world), alone);
            outcomes.observe(world);
        }
        series.finish(1, outcomes.of_world(world), alone);
    }
    std::mt19937_64 random{5};
    const fs::path damaged = scratch / "damaged.h5";
    int refused = 0;
    for (int i = 0; refused < wanted; ++i) {
        const fs::path& whole = i % 2 == 0 ? checkpoint : fs::path(scratch / "series.h5");
        std::string bytes = content_of(whole);
        const std::string before = bytes;
        const auto place = [&] { return random() % bytes.size(); };
        switch (random() % 5) {
        case 0:  // bits flip
            for (std::uint64_t flips = 1 + random() % 4; flips > 0; --flips) {
                bytes[place()] ^= static_cast<char>(1u << random() % 8);
            }
            break;
        case 1:  // cut off
            bytes.resize(place());
            break;
        case 2:  // a stretch of zeros
            for (std::size_t at = place(), n = 1 + random() % 4096; n > 0 && at < bytes.size();
                 --n) {
                bytes[at++] = 0;
            }
            break;
        case 3:  // two stretches change places
        {
            const std::size_t n = std::min<std::size_t>(512, bytes.size() / 4);
            const std::size_t a = random() % (bytes.size() / 2 - n);
            const std::size_t b = bytes.size() / 2 + random() % (bytes.size() / 2 - n);
            std::swap_ranges(bytes.begin() + static_cast<std::ptrdiff_t>(a),
                             bytes.begin() + static_cast<std::ptrdiff_t>(a + n),
                             bytes.begin() + static_cast<std::ptrdiff_t>(b));
            break;
        }
        default:  // the seal itself, or something behind it
            bytes[bytes.size() - 1 - random() % 48] ^= static_cast<char>(1 + random() % 255);
            bytes += random() % 2 == 0 ? "" : "more";
        }
        if (bytes == before) {  // zeros on zeros
            continue;
        }
        write_file(damaged, bytes);
        CHECK_FALSE(inspect_file(damaged).damage.empty());
        use(damaged, whole, scenario);
        ++refused;
    }
    CHECK(refused == wanted);
}

TEST_CASE("a checkpoint for which there is no room leaves nothing behind")
{
    const World world = make_world(eventful_scenario());
    const Scratch scratch;
    {
        const FullDisk full{20000};
        CHECK_THROWS_AS(write_checkpoint(scratch / "ckpt_0000.h5", world, Outcomes{}, {}, alone),
                        FileError);
    }
    CHECK(fs::is_empty(scratch.path()));
    write_checkpoint(scratch / "ckpt_0000.h5", world, Outcomes{}, {}, alone);
    CHECK(std::distance(fs::directory_iterator{scratch.path()}, {}) == 1);
}

TEST_CASE("sealed files of another content are refused for what they are")
{
    const Scratch scratch;
    const Scenario scenario = eventful_scenario();
    const Restart run = run_to(scenario, 12);
    const fs::path whole = write(scratch, scenario, run);
    const fs::path path = scratch / "odd.h5";
    const auto make = [&](const std::string& schema, std::int64_t version, const auto& fill) {
        Hdf5File file = Hdf5File::create(path);
        file.set_attribute({"schema", schema});
        file.set_attribute({"schema_version", version});
        fill(file);
        file.close();
        seal(path);
        use(path, whole, scenario);
        CHECK_THROWS_AS(read_checkpoint(path, scenario, alone), FileError);
    };
    const std::string schema{checkpoint_schema};
    const auto nothing = [](Hdf5File&) {};
    make("other-program", schema_version, nothing);
    make(schema, schema_version + 1, nothing);
    make(schema, schema_version - 1, nothing);
    make(schema, schema_version, nothing);
    const auto named = [](Hdf5File& file, std::int64_t quarters, std::int64_t firms) {
        file.set_attribute({"quarters_completed", quarters});
        file.set_attribute({"firms", firms});
        file.set_attribute({"state_hash", std::string{"0"}});
    };
    make(schema, schema_version, [&](Hdf5File& file) { named(file, -1, 5); });
    make(schema, schema_version, [&](Hdf5File& file) { named(file, 1, std::int64_t{1} << 60); });
    for (const Type type : {Type::f32, Type::u16, Type::text, Type::f64}) {
        make(schema, schema_version, [&](Hdf5File& file) {
            named(file, 1, 5);
            file.set_attribute({"shared_layout", std::string{"world.quarter;1;;:1:whole\n"}});
            file.create_dataset({"shared", type, {1}, Storage::plain}).close();
        });
    }
    for (const char* layout : {"", "a;b", "a;99999999999;;x:1:double\n", "a;1;;x:0:double\n",
                               "a;1;;x\n", "world.quarter;1;;:1:whole\n"}) {
        make(schema, schema_version, [&](Hdf5File& file) {
            named(file, 1, 5);
            file.set_attribute({"shared_layout", std::string{layout}});
            file.create_dataset({"shared", Type::u64, {1}, Storage::plain}).close();
            file.create_dataset({"firm", Type::u64, {4}, Storage::plain}).close();
        });
    }
    // A series with other shapes than it should have.
    Hdf5File file = Hdf5File::create(path);
    file.set_attribute({"schema", std::string{"latecomer-series"}});
    file.set_attribute({"schema_version", schema_version});
    Dataset n_valid = file.create_dataset({"n_valid", Type::i64, {}, Storage::plain});
    const std::int64_t many = std::int64_t{1} << 50;
    n_valid.write(0, 1, &many);
    n_valid.close();
    file.create_dataset({"gap_by_stage", Type::f64, {2, 2}, Storage::plain}).close();
    file.close();
    seal(path);
    use(path, path, scenario);
    CHECK_THROWS_AS(compare_files(path, path), InputError);
}

}  // namespace
}  // namespace latecomer::tests::checkpoint_test
