/// Runs worlds in which everything happens and prints their state hashes, which must be the same on every processor.
/// same_hash.sh compares.
///
///     same_hash                  a line for each of some quarters of each world, in three ways to run it
///     same_hash instruction_sets the instruction sets that can be chosen by LATECOMER_INSTRUCTION_SET here
///
/// Status 1: something that a world shall show did not happen, or ways to run it differ.

#include "agents/observation/outputs.hpp"
#include "agents/world/events.hpp"
#include "agents/world/state_hash.hpp"
#include "core/elementary.hpp"
#include "core/exact_sum.hpp"
#include "core/hash.hpp"
#include "core/instruction_set.hpp"
#include "core/parallel.hpp"
#include "core/random.hpp"
#include "core/text.hpp"
#include "mpi/communicator.hpp"
#include "mpi/session.hpp"
#include "tests/arm64/eventful.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace latecomer::tests {
namespace {

// --- Worlds ----------------------------------------------------------------------------------------

/// What happened in a world up to now.
struct Happened {
    std::array<std::int64_t, event_names.size()> events{};
    std::int64_t entrants = 0;
    std::int64_t exits = 0;
    std::int64_t climbs = 0;
    std::int64_t new_exporters = 0;
    std::int64_t exporters_stopped = 0;
    std::int64_t adopters = 0;  ///< firms at work that adopted a technology window

    void note(const World& world)
    {
        for (const Event& event : world.results.events) {
            ++events[static_cast<std::size_t>(event.kind)];
        }
        adopters = 0;
        for (const PoolId pool : world.pool_indices()) {
            const PoolResults& results = world.results.pools[pool];
            entrants += results.entrants;
            exits += results.exits;
            climbs += results.upgrades_in;
            new_exporters += results.new_exporters;
            exporters_stopped += results.exporters_stopped;
            for (const FirmIndex i : world.firms.firms_of(pool)) {
                adopters += world.firms.columns.windows[i] != 0 ? 1 : 0;
            }
        }
    }

    /// Large firms that leave are too rare to be asked for.
    bool everything() const
    {
        for (std::size_t kind = 0; kind < events.size(); ++kind) {
            if (events[kind] == 0 && kind != static_cast<std::size_t>(EventKind::leaver)) {
                return false;
            }
        }
        return entrants > 0 && exits > 0 && climbs > 0 && new_exporters > 0 &&
               exporters_stopped > 0 && adopters > 0;
    }
};

std::string hexadecimal(std::uint64_t number)
{
    std::array<char, 17> digits{};
    std::snprintf(digits.data(), digits.size(), "%016llx", static_cast<unsigned long long>(number));
    return digits.data();
}

/// A hash of what a run would write to its series in this quarter, bit by bit.
std::uint64_t outputs_hash(const World& world)
{
    std::uint64_t hash = 0;
    std::vector<double> values;
    for (const Output& output : outputs()) {
        values.assign(output_size(world, output), 0.0);
        output.fill(world, values);
        for (const double value : values) {
            hash = mix64(hash ^ std::bit_cast<std::uint64_t>(value));
        }
    }
    return hash;
}

/// The lines of one world, run in one way.
std::vector<std::string> told(const Scenario& scenario, const mpi::Communicator& comm)
{
    std::vector<std::string> lines;
    World world = latecomer::make_world(scenario, comm);
    Happened happened;
    const auto tell = [&] {
        lines.push_back(text("quarter ", world.quarter, ": state hash ",
                             hexadecimal(state_hash(world, comm)), ", of firms ",
                             hexadecimal(firm_hash(world, comm)), ", of outputs ",
                             hexadecimal(outputs_hash(world)), ", ", firm_count(world), " firms, ",
                             happened.entrants, " entered, ", happened.exits, " left, ",
                             happened.climbs, " climbed, ", happened.adopters, " adopted"));
    };
    tell();
    while (world.quarter < static_cast<std::uint32_t>(scenario.parameters.run.quarters)) {
        step(world, comm);
        happened.note(world);
        if (world.quarter < 3 || world.quarter % 10 == 0) {
            tell();
        }
    }
    std::string events = "events:";
    for (std::size_t kind = 0; kind < event_names.size(); ++kind) {
        events += text(' ', happened.events[kind], ' ', event_names[kind]);
    }
    lines.push_back(events + (happened.everything() ? "" : "; NOT ALL HAPPENED"));
    return lines;
}

/// Prints a world and whether all ways to run it agree.
bool show(std::string_view name, const Scenario& scenario)
{
    const mpi::Communicator serial;
    const mpi::Communicator of_one = mpi::Communicator::world();
    std::vector<std::string> first;
    bool good = true;
    for (const auto& [way, threads, comm] :
         {std::tuple{"1 thread", 1, &serial}, std::tuple{"2 threads", 2, &serial},
          std::tuple{"2 threads, by MPI", 2, &of_one}}) {
        set_thread_count(threads);
        const std::vector<std::string> lines = told(scenario, *comm);
        for (const std::string& line : lines) {
            std::puts(text(name, ", ", way, ", ", line).c_str());
        }
        first = first.empty() ? lines : first;
        good = good && lines == first && !lines.back().ends_with("HAPPENED");
    }
    return good;
}

// --- Functions -------------------------------------------------------------------------------------

/// Prints a hash of what a function gives for pairs of arguments; every NaN counts alike, because its bits are
/// nobody's promise.  First arguments are of any size, then between 0 and 1; second ones between 0 and 1.
template <class Function>
void show_function(std::string_view name, Function function)
{
    constexpr std::uint64_t samples = 20000;
    std::uint64_t hash = 0;
    for (std::uint64_t i = 0; i < samples; ++i) {
        const double wild = std::bit_cast<double>(mix64(i));
        const double first = static_cast<double>(mix64(~i) >> 11) * 0x1p-53;
        const double second = static_cast<double>(mix64(i + samples) >> 11) * 0x1p-53;
        for (const double x : {wild, first}) {
            const double y = function(x, second);
            hash = mix64(hash ^ (y == y ? std::bit_cast<std::uint64_t>(y) : 1));
        }
    }
    std::puts(text("function ", name, ": ", hexadecimal(hash)).c_str());
}

void show_functions()
{
    using namespace elementary;
    show_function("exp", [](double x, double) { return exp(x); });
    show_function("expm1", [](double x, double) { return expm1(x); });
    show_function("log", [](double x, double) { return log(x); });
    show_function("log1p", [](double x, double) { return log1p(x); });
    show_function("pow", [](double x, double y) { return pow(x, y); });
    show_function("sine", [](double, double y) { return sincos_of_turn(y).sine; });
    show_function("cosine", [](double, double y) { return sincos_of_turn(y).cosine; });
    show_function("normal_of", [](double x, double y) { return normal_of(x, y); });
    show_function("laplace", [](double, double y) { return laplace(y); });
    show_function("beta_one", [](double x, double y) { return beta_one(y, 1.0 + x); });
    show_function("exact sum", [sum = Superaccumulator{}](double x, double y) mutable {
        sum.add(std::isfinite(x) ? x * 0x1p-40 : y);
        return sum.value();
    });
}

int show_all()
{
    const mpi::Session session;
    show_functions();
    const Scenario synthetic = eventful(synthetic_scenario(5, 2, 4, 1000));
    bool good = show("synthetic", synthetic);
    good = show("other exponents", with_other_exponents(synthetic)) && good;
    good = show("table", eventful(economies_of_a_table())) && good;
    return good ? 0 : 1;
}

}  // namespace
}  // namespace latecomer::tests

int main(int argc, char** argv)
{
    try {
        if (argc == 2 && std::string_view{argv[1]} == "instruction_sets") {
            for (const latecomer::InstructionSet set : latecomer::instruction_sets()) {
                std::puts(std::string{latecomer::name_of(set)}.c_str());
            }
            return 0;
        }
        latecomer::use_instruction_set_of_environment();
        return latecomer::tests::show_all();
    } catch (const std::exception& error) {
        std::fprintf(stderr, "same_hash: %s\n", error.what());
        return 1;
    }
}
