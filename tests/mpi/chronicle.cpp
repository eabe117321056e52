#include "io/results/chronicle.hpp"

#include "io/results/records.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/messages.hpp"
#include "tests/support/scratch.hpp"

namespace latecomer::tests::chronicle_test {
namespace {

TEST_CASE("the root alone writes the chronicle, and all ranks read the same of it", "[mpi]")
{
    const mpi::Communicator comm = mpi::Communicator::world();
    const Scratch scratch;
    const std::string path = comm.broadcast((scratch / "events.csv").string());
    World world;
    world.results.events = {{3, EventKind::policy, "IND", "IND", 1.0, "strategic_data"},
                            {5, EventKind::window, "technology", "storage", 2.0, "opens"}};
    std::vector<std::vector<std::string>> rows;
    {
        io::Chronicle chronicle{path, 0, {}, comm};
        chronicle.record(io::event_lines(world), comm);
        chronicle.sync(comm);
        rows = io::read_table(path, comm);
        comm.barrier();
    }
    const std::string missing = comm.broadcast((scratch / "none" / "events.csv").string());
    const std::string refusal = refusal_by([&] { io::read_table(missing, comm); });
    CHECK(rows == std::vector<std::vector<std::string>>{
                      {"quarter", "kind", "who", "where", "value", "label"},
                      {"3", "policy", "IND", "IND", "1.0", "strategic_data"},
                      {"5", "window", "technology", "storage", "2.0", "opens"}});
    CHECK(refusal.find("there is no such table") != std::string::npos);
}

}  // namespace
}  // namespace latecomer::tests::chronicle_test
