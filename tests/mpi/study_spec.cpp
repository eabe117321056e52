#include "jobs/study/spec/spec.hpp"

#include "core/errors.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/scratch.hpp"
#include "tests/support/write_file.hpp"

namespace latecomer::tests::study_spec_test {

using namespace latecomer::jobs::study;

namespace {

constexpr const char* toml = "[study]\nname = \"s\"\nmodel = \"base.toml\"\nseed = 5\n"
                             "[scenarios]\na = {}\nb = { \"learning.search_share\" = 0.1 }\n"
                             "[design]\nkind = \"file\"\nfile = \"points.csv\"\n";

/// A study whose files the root alone has: on other ranks the folder is empty.
struct RootsStudy {
    RootsStudy(const mpi::Communicator& comm, const std::string& points)
    {
        if (comm.is_root()) {
            write_file(folder / "study.toml", toml);
            write_file(folder / "base.toml", "[run]\nquarters = 9\n");
            write_file(folder / "points.csv", points);
        }
    }

    Scratch folder;
};

TEST_CASE("the root alone reads a study, and every rank gets it", "[mpi]")
{
    const mpi::Communicator comm = mpi::Communicator::world();
    const RootsStudy study{comm, "entry.rate\n0.25\n0.5\n"};
    const Spec spec = read_spec(study.folder / "study.toml", comm);

    CHECK(spec.text == toml);
    CHECK(spec.seed == 5);
    REQUIRE(spec.arms.size() == 2);
    CHECK(spec.arms[1].settings == std::vector<std::string>{"learning.search_share=0.1"});
    CHECK(spec.design.rows == std::vector<std::vector<double>>{{0.25}, {0.5}});
}

TEST_CASE("every rank refuses a study that is wrong", "[mpi]")
{
    const mpi::Communicator comm = mpi::Communicator::world();
    const RootsStudy study{comm, "entry.rate\n0.25\nx\n"};
    std::string points = "accepted";
    try {
        read_spec(study.folder / "study.toml", comm);
    } catch (const InputError& error) {
        points = error.what();
    }
    std::string missing = "accepted";
    try {
        read_spec(study.folder / "no.toml", comm);
    } catch (const InputError& error) {
        missing = error.what();
    }
    const std::vector<std::string> all = comm.gather_all(missing);

    CHECK(points.find("points.csv:3:1: 'x' is no number") != std::string::npos);
    CHECK(missing.find("no.toml' (No such file or directory)") != std::string::npos);
    CHECK(all == std::vector<std::string>(all.size(), all.front()));
}

}  // namespace

}  // namespace latecomer::tests::study_spec_test
