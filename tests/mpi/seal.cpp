#include "io/files/seal.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/scratch.hpp"
#include "tests/support/write_file.hpp"

#include <fstream>
#include <sstream>

namespace latecomer::tests::seal_test {
namespace {

std::string content_of(const std::filesystem::path& path)
{
    std::ifstream file{path, std::ios::binary};
    std::ostringstream all;
    all << file.rdbuf();
    return all.str();
}

/// Bytes that are no whole number of words, and words that are no multiple of the ranks.
std::string odd_content(std::size_t bytes)
{
    std::string content(bytes, '\0');
    for (std::size_t i = 0; i < bytes; ++i) {
        content[i] = static_cast<char>((7 * i + i / 256) % 251);
    }
    return content;
}

TEST_CASE("a file has the same seal whether one rank reads it or all do", "[mpi][reproducibility]")
{
    const mpi::Communicator comm = mpi::Communicator::world();
    const Scratch scratch;
    std::vector<int> equal;
    std::vector<std::string> reasons;
    const std::vector<std::size_t> sizes{0, 5, 8, 29, 8 * 11, 8 * 1009 + 3};
    for (const std::size_t bytes : sizes) {
        const auto alone = write_file(scratch / "alone", odd_content(bytes));
        io::seal(alone);
        const std::string path =
            comm.broadcast(write_file(scratch / "together", odd_content(bytes)).string());
        io::seal(path, comm);
        equal.push_back(content_of(path) == content_of(alone) ? 1 : 0);
        reasons.push_back(io::damage(path, comm));
        comm.barrier();
    }
    CHECK(equal == std::vector<int>(sizes.size(), 1));
    CHECK(reasons == std::vector<std::string>(sizes.size()));
}

TEST_CASE("damage is found whichever rank's part it is in, and all ranks are told", "[mpi]")
{
    const mpi::Communicator comm = mpi::Communicator::world();
    const Scratch scratch;
    const std::string content = odd_content(8 * 11);
    const std::string path = comm.broadcast((scratch / "file").string());
    std::vector<std::string> reasons;
    for (std::size_t at = 0; at < content.size(); at += 8) {
        if (comm.is_root()) {
            io::seal(write_file(path, content), {{40, 48}});
            std::string changed = content_of(path);
            changed[at] = static_cast<char>(changed[at] ^ 1);
            write_file(path, changed);
        }
        comm.barrier();
        reasons.push_back(io::damage(path, comm));
    }
    for (std::size_t word = 0; word < reasons.size(); ++word) {
        CAPTURE(word);
        CHECK(reasons[word].empty() == (word == 5));  // what may change
    }
}

}  // namespace
}  // namespace latecomer::tests::seal_test
