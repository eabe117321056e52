// What every rank does alike, by number of countries: governments, pools, markets and the sums over ranks
// of a world with few firms.  For the model of cost in at_scale.py; see README.md.

#include "core/parallel.hpp"
#include "tests/support/worlds.hpp"

#include <cstdio>

namespace latecomer {
namespace {

constexpr int lead_firms = 12;
constexpr std::array measured{Phase::pools, Phase::markets, Phase::reduce};

/// The fastest of some quarters, seconds by phase: least disturbed by other work on the machine.
std::array<double, measured.size()> fastest_quarter(World& world)
{
    std::array<double, measured.size()> fastest{};
    for (int quarter = 0; quarter < 20; ++quarter) {
        world.stopwatch.start(1);
        tests::run(world, 1);
        for (std::size_t i = 0; i < measured.size(); ++i) {
            const double seconds = world.stopwatch.seconds(measured[i]);
            fastest[i] = quarter == 0 ? seconds : std::min(fastest[i], seconds);
        }
    }
    return fastest;
}

void measure(int countries)
{
    World world = tests::make_world(tests::synthetic_scenario(countries - 4, 4, lead_firms, 50));
    tests::run(world, 5);
    const auto seconds = fastest_quarter(world);
    const auto pools = static_cast<double>(world.pools.size());
    const double suppliers = pools * (countries + lead_firms);
    std::printf("%4d countries, %4.0f pools:", countries, pools);
    for (std::size_t i = 0; i < measured.size(); ++i) {
        std::printf(" %s %7.3f ms,", phase_names[static_cast<std::size_t>(measured[i])].data(),
                    seconds[i] * 1e3);
    }
    std::printf(" pools and reduce %.2f us a pool, markets %.1f ns a supplier and market\n",
                (seconds[0] + seconds[2]) * 1e6 / pools, seconds[1] * 1e9 / suppliers);
}

}  // namespace
}  // namespace latecomer

int main()
{
    latecomer::set_thread_count(1);
    for (const int countries : {16, 75, 150, 300}) {
        latecomer::measure(countries);
    }
}
