// What every rank does alike, by number of countries: governments, pools, markets and the sums over ranks
// of a world with few firms; under mpirun, markets that ranks share.  For the model of cost in at_scale.py; see README.md.

#include "core/parallel.hpp"
#include "mpi/session.hpp"
#include "tests/support/worlds.hpp"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <vector>

namespace latecomer {
namespace {

constexpr int lead_firms = 12;
constexpr std::array measured{Phase::pools, Phase::markets, Phase::reduce};

/// The fastest of some quarters, seconds by phase on the slowest rank: least disturbed by other work on the machine.
std::array<double, measured.size()> fastest_quarter(World& world, const mpi::Communicator& comm)
{
    std::array<double, measured.size()> fastest{};
    for (int quarter = 0; quarter < 20; ++quarter) {
        world.stopwatch.start(1);
        step(world, comm);
        std::array<double, measured.size()> seconds{};
        for (std::size_t i = 0; i < measured.size(); ++i) {
            seconds[i] = world.stopwatch.seconds(measured[i]);
        }
        comm.max(seconds);
        for (std::size_t i = 0; i < measured.size(); ++i) {
            fastest[i] = quarter == 0 ? seconds[i] : std::min(fastest[i], seconds[i]);
        }
    }
    return fastest;
}

void measure(int countries, const mpi::Communicator& comm)
{
    World world = make_world(tests::synthetic_scenario(countries - 4, 4, lead_firms, 50), comm);
    for (int quarter = 0; quarter < 5; ++quarter) {
        step(world, comm);
    }
    const auto seconds = fastest_quarter(world, comm);
    if (!comm.is_root()) {
        return;
    }
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

int main(int argc, char** argv)
{
    const latecomer::mpi::Session session;
    const auto comm = latecomer::mpi::Communicator::world();
    latecomer::set_thread_count(1);
    const std::vector<const char*> wanted(argv + 1, argv + argc);
    for (const char* countries : wanted.empty() ? std::vector{"16", "75", "150", "300"} : wanted) {
        latecomer::measure(std::atoi(countries), comm);
    }
}
