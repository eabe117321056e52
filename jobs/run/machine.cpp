#include "jobs/run/machine.hpp"

#include "core/errors.hpp"
#include "core/parallel.hpp"
#include "core/text.hpp"
#include "io/files/agreement.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <sched.h>
#include <set>
#include <string_view>
#include <system_error>
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

/// The first number of OMP_NUM_THREADS, a list of positive whole numbers for parallel regions within
/// each other, of which this program has one; nothing if it is no such list.
std::optional<std::int64_t> first_of(std::string_view list)
{
    constexpr std::string_view blanks = " \t";
    std::optional<std::int64_t> first;
    for (std::size_t at = 0; at <= list.size();) {
        const std::size_t comma = std::min(list.find(',', at), list.size());
        std::string_view item = list.substr(at, comma - at);
        item.remove_prefix(std::min(item.find_first_not_of(blanks), item.size()));
        item = item.substr(0, item.find_last_not_of(blanks) + 1);
        std::int64_t number = 0;
        const auto end = std::from_chars(item.data(), item.data() + item.size(), number);
        if (end.ec != std::errc{} || end.ptr != item.data() + item.size() || number < 1) {
            return std::nullopt;
        }
        first = first.value_or(number);
        at = comma + 1;
    }
    return first;
}

/// @throws InputError
int threads_of_environment(std::string_view words)
{
    const auto threads = first_of(words);
    if (!threads || *threads > most_threads) {
        throw InputError(text("bad value '", words.substr(0, 80),
                              "' of the environment's OMP_NUM_THREADS (must be in [1, ",
                              most_threads, "]); correct or unset it, or give --threads"));
    }
    return static_cast<int>(*threads);
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
        return threads_of_environment(environment);
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
    io::do_and_agree<InputError>(comm, [&] { machine.threads = settle_threads(wish, machine); });
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
