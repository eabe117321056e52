#include "tests/support/runner.hpp"

#include "mpi/communicator.hpp"
#include "mpi/session.hpp"

#include <iostream>
#include <sstream>
#include <string>

namespace {

/// Keeps what a rank prints from the screen, and shows it only if that rank's tests failed: the
/// output of all ranks reads as one program's.
class Silence {
public:
    Silence() : screen_{std::cout.rdbuf(kept_.rdbuf())} {}
    ~Silence() { std::cout.rdbuf(screen_); }
    Silence(const Silence&) = delete;
    Silence& operator=(const Silence&) = delete;

    std::string kept() const { return kept_.str(); }

private:
    std::ostringstream kept_;
    std::streambuf* screen_;
};

int run_on_this_rank(int rank, int argc, char** argv)
{
    if (rank == 0) {
        return latecomer::tests::run_tests(argc, argv);
    }
    const Silence silence;
    const int status = latecomer::tests::run_tests(argc, argv);
    if (status != 0) {
        std::cerr << "On rank " << rank << ":\n" << silence.kept() << std::flush;
    }
    return status;
}

}  // namespace

/// Runs the tests on all ranks.  Every rank ends with success only if the tests passed on all.
int main(int argc, char** argv)
{
    const latecomer::mpi::Session session;
    const auto comm = latecomer::mpi::Communicator::world();

    const int status = run_on_this_rank(comm.rank(), argc, argv);
    return comm.all(status == 0) ? 0 : 1;
}
