#include "jobs/terminal/launcher_terminal.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <unistd.h>

namespace latecomer::jobs {
namespace {

/// Launchers and what they put between themselves and ranks of the same host, of Open MPI and MPICH.
constexpr std::array<std::string_view, 8> launchers{"mpirun",        "mpiexec",        "orterun",
                                                    "prterun",       "orted",          "prted",
                                                    "mpiexec.hydra", "hydra_pmi_proxy"};

struct Process {
    pid_t id = 0;
    std::string name;
    pid_t parent = 0;
};

/// What /proc tells of a process; no name: nothing.
Process process(pid_t id)
{
    Process result{id, {}, 0};
    std::ifstream file{text("/proc/", id, "/stat")};
    std::string line;
    if (!std::getline(file, line)) {
        return result;
    }
    const std::size_t begin = line.find('(');
    const std::size_t end = line.rfind(')');  // names may hold brackets
    if (begin == std::string::npos || end == std::string::npos || end + 4 > line.size()) {
        return result;
    }
    result.name = line.substr(begin + 1, end - begin - 1);
    result.parent = static_cast<pid_t>(std::strtol(line.c_str() + end + 4, nullptr, 10));
    return result;
}

}  // namespace

int open_launcher_terminal()
{
    pid_t launcher = 0;
    for (Process one = process(::getppid());
         std::ranges::find(launchers, one.name) != launchers.end(); one = process(one.parent)) {
        launcher = one.id;  // the first of them is the user's own
    }
    if (launcher == 0) {
        return -1;
    }
    const int file = ::open(text("/proc/", launcher, "/fd/2").c_str(),
                            O_WRONLY | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
    if (file >= 0 && ::isatty(file) == 1) {
        return file;
    }
    if (file >= 0) {
        ::close(file);
    }
    return -1;
}

}  // namespace latecomer::jobs
