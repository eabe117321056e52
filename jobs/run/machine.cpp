#include "jobs/run/machine.hpp"

#include "core/errors.hpp"
#include "core/parallel.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <cstdlib>
#include <sched.h>
#include <set>
#include <string_view>
#include <unistd.h>
#include <vector>

namespace latecomer::jobs {
namespace {

constexpr std::int64_t most_threads = 1024;

/// Cores that this process is allowed to run on; a launcher may have bound it to few.
int allowed_cores()
{
    cpu_set_t allowed;
    CPU_ZERO(&allowed);
    const bool known = sched_getaffinity(0, sizeof allowed, &allowed) == 0;
    return known ? std::max(1, CPU_COUNT(&allowed)) : 1;
}

int settle_threads(std::optional<std::int64_t> wish, const Machine& machine)
{
    if (wish) {
        if (*wish < 1 || *wish > most_threads) {
            throw InputError(text("bad value '", *wish, "' for --threads (must be in [1, ",
                                  most_threads, "]); see 'latecomer run --help'"));
        }
        return static_cast<int>(*wish);
    }
    const char* const environment = std::getenv("OMP_NUM_THREADS");
    if (environment != nullptr && *environment != '\0') {
        return thread_count();
    }
    return machine.ranks > 1 ? 1 : machine.cores;
}

std::string counted(int number, std::string_view one)
{
    return text(number, ' ', one, number == 1 ? "" : "s");
}

}  // namespace

double Machine::workers() const
{
    const double here = static_cast<double>(ranks_of_host) * std::min(threads, cores);
    return std::min(here, static_cast<double>(cores_of_host)) * ranks / ranks_of_host;
}

Machine prepare_machine(std::optional<std::int64_t> wish, const std::string& processor_name,
                        const mpi::Communicator& comm)
{
    const std::vector<std::string> names = comm.gather_all(processor_name);
    Machine machine;
    machine.ranks = comm.size();
    machine.hosts = static_cast<int>(std::set<std::string>(names.begin(), names.end()).size());
    machine.ranks_of_host = static_cast<int>(std::ranges::count(names, names.front()));
    machine.cores_of_host = std::max(1, static_cast<int>(sysconf(_SC_NPROCESSORS_ONLN)));
    machine.cores = allowed_cores();
    machine.threads = settle_threads(wish, machine);
    set_thread_count(machine.threads);
    return machine;
}

std::string warning(const Machine& machine)
{
    if (machine.threads <= machine.cores) {
        return {};
    }
    return text("warning: ", counted(machine.threads, "thread"), " a rank on ",
                counted(machine.cores, "core"),
                "; bind ranks to more cores (mpirun --map-by slot:PE=N) or lower --threads");
}

std::string describe(const Machine& machine)
{
    std::string words =
        text(counted(machine.ranks, "rank"), " x ", counted(machine.threads, "thread"));
    if (machine.hosts > 1) {
        words += text(" on ", machine.hosts, " hosts");
    }
    if (machine.ranks_of_host * machine.threads > machine.cores_of_host) {
        words += text(" (more than the ", counted(machine.cores_of_host, "core"), " of a host)");
    }
    return words;
}

}  // namespace latecomer::jobs
