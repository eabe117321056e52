#include "core/column.hpp"

#include "tests/support/catch.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace latecomer::grouped_test {
namespace {

using Id = Index<struct IdTag>;
using Pairs = std::vector<std::pair<std::size_t, int>>;

void assign(Grouped<Id, int>& grouped, std::size_t size, const Pairs& pairs)
{
    grouped.assign(size, [&](const auto& visit) {
        for (const auto& [index, value] : pairs) {
            visit(Id{index}, value);
        }
    });
}

std::vector<int> sorted(std::span<const int> values)
{
    std::vector<int> copy{values.begin(), values.end()};
    std::ranges::sort(copy);
    return copy;
}

TEST_CASE("values stand with their index, in whatever order they come")
{
    Grouped<Id, int> grouped;
    assign(grouped, 4, {{3, 30}, {0, 1}, {3, 10}, {1, 7}, {0, 2}, {3, 20}});
    CHECK(sorted(grouped.of(Id{0})) == std::vector{1, 2});
    CHECK(sorted(grouped.of(Id{1})) == std::vector{7});
    CHECK(grouped.of(Id{2}).empty());
    CHECK(sorted(grouped.of(Id{3})) == std::vector{10, 20, 30});
}

TEST_CASE("what was there before is gone, and so are indices that are no more")
{
    Grouped<Id, int> grouped;
    assign(grouped, 3, {{0, 1}, {1, 2}, {2, 3}});
    assign(grouped, 2, {{1, 5}});
    CHECK(grouped.of(Id{0}).empty());
    CHECK(sorted(grouped.of(Id{1})) == std::vector{5});
    assign(grouped, 2, {});
    CHECK(grouped.of(Id{1}).empty());
}

}  // namespace
}  // namespace latecomer::grouped_test
