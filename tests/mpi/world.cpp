#include "agents/firms/entry.hpp"
#include "agents/observation/outputs.hpp"
#include "agents/start/initial.hpp"
#include "agents/step.hpp"
#include "agents/world/rebalance.hpp"
#include "agents/world/state_hash.hpp"
#include "core/errors.hpp"
#include "core/instruction_set.hpp"
#include "core/parallel.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/worlds.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstring>
#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace latecomer::world_test {
namespace {

using Words = std::vector<std::uint64_t>;

/// Every bit of every output of the quarter just ended.
Words bits_of_outputs(const World& world)
{
    Words bits;
    for (const Output& output : outputs()) {
        std::vector<double> values(output_size(world, output));
        output.fill(world, values);
        for (const double value : values) {
            bits.push_back(std::bit_cast<std::uint64_t>(value));
        }
    }
    return bits;
}

std::uint64_t bits_of(FirmId id)
{
    return identity::bits(id);
}
std::uint64_t bits_of(double value)
{
    return std::bit_cast<std::uint64_t>(value);
}
std::uint64_t bits_of(std::uint32_t value)
{
    return value;
}

/// The firms of all ranks, each with its pool, in order of identity.  Collective.
std::vector<Words> all_firms(const World& world, const mpi::Communicator& comm)
{
    std::size_t words = 1;
    for_each_column(world.firms.columns, [&](const auto&, std::size_t, const auto&) { ++words; });
    Words mine;
    for (const PoolId pool : world.pool_indices()) {
        for (const FirmIndex i : world.firms.firms_of(pool)) {
            for_each_column(world.firms.columns, [&](const auto&, std::size_t, const auto& column) {
                mine.push_back(bits_of(column[i]));
            });
            mine.push_back(pool.at());
        }
    }
    const std::vector<std::byte> bytes = comm.gather_all(std::as_bytes(std::span{mine}));
    Words all(bytes.size() / sizeof(std::uint64_t));
    if (!bytes.empty()) {
        std::memcpy(all.data(), bytes.data(), bytes.size());
    }
    std::vector<Words> firms;
    const auto step = static_cast<std::ptrdiff_t>(words);
    for (auto at = all.begin(); at != all.end(); at += step) {
        firms.emplace_back(at, at + step);
    }
    std::sort(firms.begin(), firms.end());
    return firms;
}

/// What there is to know of a run: hash and outputs of every quarter, firms at the end, and how
/// much happened.
struct History {
    Words hashes;
    std::vector<Words> outputs;
    std::vector<Words> firms;
    std::int64_t entrants = 0;
    std::int64_t exits = 0;
    std::int64_t upgrades = 0;
    std::int64_t new_exporters = 0;
    std::int64_t exporters_stopped = 0;
    std::int64_t firms_counted = 0;
    bool cut_inside_pool = false;  ///< on this rank
};

enum class Owners { as_balanced, new_every_quarter };

/// A run from its start, on the ranks of `comm`.  Collective.
History run(const Scenario& scenario, const mpi::Communicator& comm, int quarters,
            Owners owners = Owners::as_balanced)
{
    World world = make_world(scenario, comm);
    History history;
    for (int quarter = 0; quarter < quarters; ++quarter) {
        step(world, comm);
        if (owners == Owners::new_every_quarter) {
            redistribute(world, comm);
        }
        history.hashes.push_back(state_hash(world, comm));
        history.outputs.push_back(bits_of_outputs(world));
        for (const PoolId pool : world.pool_indices()) {
            const PoolResults& results = world.results.pools[pool];
            history.entrants += results.entrants;
            history.exits += results.exits;
            history.upgrades += results.upgrades_out;
            history.new_exporters += results.new_exporters;
            history.exporters_stopped += results.exporters_stopped;
            const auto here = static_cast<std::int64_t>(world.firms.slots(pool).count);
            history.cut_inside_pool =
                history.cut_inside_pool || (here > 0 && here < world.statistics[pool].firms);
        }
    }
    history.firms = all_firms(world, comm);
    history.firms_counted = firm_count(world);
    return history;
}

/// Where two lists part; -1: nowhere.
template <class List>
std::ptrdiff_t first_difference(const List& a, const List& b)
{
    const auto place = std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first;
    return a == b ? -1 : place - a.begin();
}

/// Says in which quarter and at which firm runs part, not with what.  Not collective.
void check_same(const History& shared, const History& alone)
{
    CHECK(first_difference(shared.hashes, alone.hashes) == -1);
    CHECK(first_difference(shared.outputs, alone.outputs) == -1);
    CHECK(first_difference(shared.firms, alone.firms) == -1);
    CHECK(shared.firms_counted == static_cast<std::int64_t>(shared.firms.size()));
}

TEST_CASE("the number of ranks does not change one bit of the world", "[mpi][reproducibility]")
{
    const auto comm = mpi::Communicator::world();
    const mpi::Communicator serial;
    const Scenario scenario = tests::lively_scenario(2, 150);
    const History shared = run(scenario, comm, 12);
    const bool cut_inside_pool = comm.any(shared.cut_inside_pool);
    const History alone = run(scenario, serial, 12);

    // Checked after the last collective call, so that a failure on one rank cannot hang another.
    check_same(shared, alone);
    CHECK(alone.entrants > 100);
    CHECK(alone.exits > 100);
    CHECK(alone.upgrades > 20);
    CHECK(alone.new_exporters > 20);
    CHECK(alone.exporters_stopped > 5);
    CHECK(cut_inside_pool == (comm.size() > 1));
}

TEST_CASE("ranks that share the markets of many countries change not one bit",
          "[mpi][reproducibility]")
{
    const auto comm = mpi::Communicator::world();
    Scenario scenario = tests::synthetic_scenario(126, 4, 12, 10);
    const History alone = run(scenario, mpi::Communicator{}, 2);
    const InstructionSet fastest = instruction_set();
    for (const InstructionSet set : instruction_sets()) {
        if (set == InstructionSet::x86_64_v2) {  // ten times as long, for nothing else
            continue;
        }
        use_instruction_set(set);
        for (const bool from_memory : {true, false}) {
            comm.use_shared_memory(from_memory);
            const std::int64_t before = comm.traffic().gathers.calls;
            const History together = run(scenario, comm, 2);
            const std::int64_t gathers = comm.traffic().gathers.calls - before;
            check_same(together, alone);
            // One for the markets of each quarter, where sharing pays; another lists all firms at the end.
            const bool pays = from_memory || set != InstructionSet::x86_64_v4;
            CHECK(gathers == (comm.size() > 1 && pays ? 3 : 1));
        }
    }
    if (std::ranges::count(instruction_sets(), InstructionSet::x86_64_v3) == 0) {
        return;
    }
    // Where hosts have no common memory and differ, the slower decides for all.
    comm.use_shared_memory(false);
    use_instruction_set(comm.is_root() ? fastest : InstructionSet::x86_64_v3);
    const std::int64_t before = comm.traffic().gathers.calls;
    const History mixed = run(scenario, comm, 2);
    const std::int64_t gathers = comm.traffic().gathers.calls - before;
    use_instruction_set(fastest);
    check_same(mixed, alone);
    CHECK(gathers == (comm.size() > 1 ? 3 : 1));
}

TEST_CASE("firms that change rank every quarter do not change one bit", "[mpi][reproducibility]")
{
    const auto comm = mpi::Communicator::world();
    const Scenario scenario = tests::lively_scenario(2, 150);
    const History shared = run(scenario, comm, 12, Owners::new_every_quarter);
    check_same(shared, run(scenario, mpi::Communicator{}, 12));
}

TEST_CASE("all ranks draw the same entrants and make each of them once", "[mpi]")
{
    const auto comm = mpi::Communicator::world();
    World world = make_world(tests::lively_scenario(2, 150), comm);
    draw_entrants(world);
    std::vector<std::int64_t> drawn;
    std::int64_t expected = firm_count(world);
    for (const PoolResults& results : world.results.pools) {
        drawn.push_back(results.entrants);
        expected += results.entrants;
    }
    const std::vector<std::int64_t> of_all_ranks = comm.gather_all(drawn);
    move_firms(world, {}, comm);
    std::vector<Words> firms = all_firms(world, comm);

    for (std::size_t i = 0; i < of_all_ranks.size(); ++i) {
        CHECK(of_all_ranks[i] == drawn[i % drawn.size()]);
    }
    CHECK(static_cast<std::int64_t>(firms.size()) == expected);
    const auto same_id = [](const Words& a, const Words& b) { return a[0] == b[0]; };
    CHECK(std::adjacent_find(firms.begin(), firms.end(), same_id) == firms.end());
    CHECK(expected > firm_count(world));
}

TEST_CASE("ranks without a firm change nothing", "[mpi][reproducibility]")
{
    const auto comm = mpi::Communicator::world();
    Scenario scenario = tests::lively_scenario(2, 1);
    scenario.parameters.entry.rate = 0.4;  // into pools that are empty
    for (const Owners owners : {Owners::as_balanced, Owners::new_every_quarter}) {
        const History shared = run(scenario, comm, 12, owners);
        const History alone = run(scenario, mpi::Communicator{}, 12);
        check_same(shared, alone);
        CHECK(alone.entrants > 0);
    }
}

TEST_CASE("a world without latecomer firms runs on any number of ranks", "[mpi][reproducibility]")
{
    const auto comm = mpi::Communicator::world();
    const Scenario scenario = tests::synthetic_scenario(0, 2, 4, 50);
    const History shared = run(scenario, comm, 12, Owners::new_every_quarter);
    const History alone = run(scenario, mpi::Communicator{}, 12);
    check_same(shared, alone);
    CHECK(alone.firms.empty());
}

TEST_CASE("the number of threads does not change one bit of the world", "[mpi][reproducibility]")
{
    const auto comm = mpi::Communicator::world();
    const Scenario scenario = tests::lively_scenario(2, 1200);  // pools of more than one block
    const int before = thread_count();
    set_thread_count(2);
    const History two = run(scenario, comm, 6);
    set_thread_count(1);
    const History one = run(scenario, mpi::Communicator{}, 6);
    set_thread_count(before);
    check_same(two, one);
    CHECK(one.upgrades > 20);
}

/// What the quarter says when it cannot be computed; empty: it can.  Collective.
std::string complaint_of(World& world, const mpi::Communicator& comm)
{
    try {
        step(world, comm);
    } catch (const InternalError& error) {
        return error.what();
    }
    return "";
}

TEST_CASE("every rank says the same of a firm that only one of them has", "[mpi]")
{
    const auto comm = mpi::Communicator::world();
    World world = make_world(tests::lively_scenario(2, 150), comm);
    const PoolId pool = world.pool(CountryId{0}, Positions::collection);
    for (const FirmIndex i : world.firms.firms_of(pool)) {
        if (world.firms.columns.id[i] == identity::make(0, 0, 0, 0)) {
            world.firms.columns.cash[i] = std::numeric_limits<double>::quiet_NaN();
        }
    }
    const std::string mine = complaint_of(world, comm);
    const std::vector<std::string> all = comm.gather_all(mine);
    for (const std::string& of_rank : all) {
        CHECK(of_rank == mine);
    }
    CHECK(mine.find("quarter 0, country S001, position COL") != std::string::npos);
}

}  // namespace
}  // namespace latecomer::world_test
