#include "core/memory/large_memory.hpp"

#include "tests/support/catch.hpp"

#include <cstdint>
#include <cstring>

namespace latecomer::tests::large_memory_test {

TEST_CASE("columns start at a cache line, large ones at a huge page")
{
    for (const std::size_t bytes :
         {std::size_t{1}, huge_page - 1, huge_page, 3 * huge_page + 4096}) {
        void* memory = allocate_columns(bytes);
        const auto place = reinterpret_cast<std::uintptr_t>(memory);
        CAPTURE(bytes);
        CHECK(place % (bytes < huge_page ? 64 : huge_page) == 0);
        std::memset(memory, 1, bytes);  // all of it is there
        free_columns(memory, bytes);
    }
}

}  // namespace latecomer::tests::large_memory_test
