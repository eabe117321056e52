#include "io/scenario/copy_on_write.hpp"

#include "tests/support/catch.hpp"

#include <vector>

namespace latecomer::copy_on_write_test {
namespace {

TEST_CASE("copies have a value in common until one is edited, which the others do not notice")
{
    CopyOnWrite<std::vector<int>> first;
    first.edit() = {1, 2, 3};
    CopyOnWrite<std::vector<int>> second = first;
    REQUIRE(&*second == &*first);
    CHECK(first.shares_with(second));

    second.edit().push_back(4);
    CHECK(*first == std::vector{1, 2, 3});
    CHECK(*second == std::vector{1, 2, 3, 4});
    CHECK_FALSE(first.shares_with(second));
}

TEST_CASE("a value that nobody shares is edited where it is")
{
    CopyOnWrite<std::vector<int>> value;
    value.edit().assign(100, 7);
    const std::vector<int>* const before = &*value;
    {
        const CopyOnWrite<std::vector<int>> passing = value;
        CHECK(passing->size() == 100);
    }
    value.edit()[0] = 8;
    CHECK(&*value == before);
    CHECK(value->front() == 8);
}

}  // namespace
}  // namespace latecomer::copy_on_write_test
