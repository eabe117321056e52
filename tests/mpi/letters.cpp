#include "mpi/letters.hpp"

#include "tests/support/catch.hpp"

#include <array>
#include <cstdint>
#include <numeric>
#include <span>
#include <vector>

namespace latecomer::tests::letters_test {
namespace {

TEST_CASE("letters reach the rank they are sent to, with all their words, from anyone")
{
    const mpi::Communicator world = mpi::Communicator::world();
    const std::array<std::int64_t, 3> words{world.rank(), -7, std::int64_t{1} << 60};
    if (world.is_root()) {
        std::vector<int> heard(static_cast<std::size_t>(world.size()));
        for (int others = world.size() - 1; others > 0; --others) {
            const mpi::Letter letter = mpi::wait_for_letter(world);
            CHECK(letter.words == std::vector<std::int64_t>{letter.from, -7, words[2]});
            ++heard[static_cast<std::size_t>(letter.from)];
            mpi::send_letter(world, letter.from, std::span{words}.first(1));
        }
        CHECK(std::accumulate(heard.begin(), heard.end(), 0) == world.size() - 1);
        CHECK_FALSE(mpi::arrived_letter(world));
    } else {
        mpi::send_letter(world, 0, words);
        const mpi::Letter answer = mpi::wait_for_letter(world);
        CHECK(answer.from == 0);
        CHECK(answer.words == std::vector<std::int64_t>{0});
    }
    world.barrier();
}

}  // namespace

}  // namespace latecomer::tests::letters_test
