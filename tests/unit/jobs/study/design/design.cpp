#include "jobs/study/design/design.hpp"

#include "core/errors.hpp"
#include "jobs/study/design/maximin.hpp"
#include "jobs/study/design/morris.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/designs.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

namespace latecomer::jobs::study::design_test {
namespace {

using tests::method_named;
using tests::unit_design;

Marginal levels(std::vector<double> values)
{
    Marginal marginal;
    marginal.kind = MarginalKind::discrete;
    marginal.values = std::move(values);
    return marginal;
}

TEST_CASE("without a design there is one point, the scenario as it is")
{
    const Design design{DesignSpec{}};
    CHECK(design.size() == 1);
    CHECK(design.point(0).empty());
    CHECK_THROWS_AS(design.point(1), InternalError);
    CHECK_THROWS_AS(design.point(-1), InternalError);
}

TEST_CASE("a full design has every combination once, the last marginal changes fastest")
{
    DesignSpec spec;
    spec.method = &method_named("full");
    spec.marginals = {levels({0.0, 1.0}), levels({5.0, 6.0, 7.0}), levels({-1.0, -2.0})};
    const Design design{spec};
    REQUIRE(design.size() == 12);
    CHECK(design.point(0) == std::vector<double>{0.0, 5.0, -1.0});
    CHECK(design.point(1) == std::vector<double>{0.0, 5.0, -2.0});
    CHECK(design.point(2) == std::vector<double>{0.0, 6.0, -1.0});
    CHECK(design.point(11) == std::vector<double>{1.0, 7.0, -2.0});
    std::set<std::vector<double>> seen;
    for (std::int64_t i = 0; i < design.size(); ++i) {
        seen.insert(design.point(i));
    }
    CHECK(seen.size() == 12);
}

TEST_CASE("a full design too large to count is our mistake: the spec should have been refused")
{
    DesignSpec spec;
    spec.method = &method_named("full");
    spec.marginals.assign(63, levels({0.0, 1.0}));
    CHECK_THROWS_AS(Design{spec}, InternalError);
    spec.marginals.pop_back();
    CHECK(Design{spec}.size() == std::int64_t{1} << 62);
}

TEST_CASE("points that are written down come as they are")
{
    DesignSpec spec;
    spec.method = &method_named(GENERATE("list", "file"));
    spec.marginals.resize(2);
    spec.rows = {{3.0, 4.0}, {-1.0, 100.0}};
    const Design design{spec};
    CHECK(design.size() == 2);
    CHECK(design.point(1) == std::vector<double>{-1.0, 100.0});
    CHECK_THROWS_AS(design.unit_point(1), InternalError);
    spec.rows.push_back({1.0});
    CHECK_THROWS_AS(Design{spec}, InternalError);
}

TEST_CASE("a Latin hypercube has one point in each cell of each dimension")
{
    const std::string_view kind = GENERATE("lhs", "maximin");
    const std::int64_t n = GENERATE(1, 2, 3, 10, 64);
    const Design design{unit_design(kind, n, 3)};
    REQUIRE(design.size() == n);
    REQUIRE(design.block_size() == 1);
    for (std::size_t j = 0; j < 3; ++j) {
        std::set<std::int64_t> cells;
        for (std::int64_t i = 0; i < n; ++i) {
            cells.insert(static_cast<std::int64_t>(design.point(i)[j] * static_cast<double>(n)));
        }
        CHECK(static_cast<std::int64_t>(cells.size()) == n);
        CHECK(*cells.begin() == 0);
        CHECK(*cells.rbegin() == n - 1);
    }
}

TEST_CASE("the dimensions of a Latin hypercube have nothing to do with each other")
{
    // Rank correlation of 1000 points: standard deviation 0.032; also along the number of the point.
    const Design design{unit_design("lhs", 1000, 3)};
    std::array<double, 6> sums{};
    for (std::int64_t i = 0; i < 1000; ++i) {
        std::vector<double> x = design.point(i);
        x.push_back((static_cast<double>(i) + 0.5) / 1000.0);
        std::size_t pair = 0;
        for (std::size_t a = 0; a < 4; ++a) {
            for (std::size_t b = 0; b < a; ++b) {
                sums[pair++] += 12.0 * (x[a] - 0.5) * (x[b] - 0.5) / 1000.0;
            }
        }
    }
    for (const double correlation : sums) {
        CHECK(std::abs(correlation) < 4.5 * 0.032);
    }
}

TEST_CASE("places within the cells of a Latin hypercube differ")
{
    const Design design{unit_design("lhs", 1000, 2)};
    double sum = 0.0;
    double squares = 0.0;
    for (std::int64_t i = 0; i < 1000; ++i) {
        const double scaled = design.point(i)[1] * 1000.0;
        const double place = scaled - std::floor(scaled);
        sum += place / 1000.0;
        squares += (place - 0.5) * (place - 0.5) / 1000.0;
    }
    CHECK(std::abs(sum - 0.5) < 6.0 * 0.289 / std::sqrt(1000.0));
    CHECK(squares == Approx(1.0 / 12.0).epsilon(0.15));
}

TEST_CASE("the points of a maximin design keep a larger distance than those of a plain one")
{
    const auto [n, d] = GENERATE(std::pair{10, 2}, std::pair{20, 4}, std::pair{50, 5});
    const Design design{unit_design("maximin", n, static_cast<std::size_t>(d))};
    const double reached = smallest_distance(maximin_hypercube(20, n, d));
    double best_plain = 0.0;
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
        best_plain = std::max(best_plain, smallest_distance(latin_hypercube(seed, n, d)));
    }
    CHECK(reached > 1.2 * best_plain);

    // What it says is what its points have.
    double least = 10.0;
    for (std::int64_t a = 0; a < n; ++a) {
        for (std::int64_t b = 0; b < a; ++b) {
            double square = 0.0;
            for (std::size_t j = 0; j < static_cast<std::size_t>(d); ++j) {
                square += std::pow(design.point(a)[j] - design.point(b)[j], 2);
            }
            least = std::min(least, std::sqrt(square));
        }
    }
    CHECK(reached == Approx(least));
}

TEST_CASE("four points in a square find the best Latin hypercube there is")
{
    // Cells (0, 1), (1, 3), (2, 0), (3, 2) or their mirror image: distance sqrt(5) / 4.
    CHECK(smallest_distance(maximin_hypercube(20, 4, 2)) == Approx(std::sqrt(5.0) / 4.0));
    CHECK_THROWS_AS(Design{unit_design("maximin", 4097, 2)}, InternalError);
}

TEST_CASE("a plain Sobol' design is the sequence, from its first point")
{
    DesignSpec spec = unit_design("sobol", 8, 4);
    spec.scramble = Scramble::none;
    const Design design{spec};
    CHECK(design.point(0) == std::vector<double>{0.0, 0.0, 0.0, 0.0});
    CHECK(design.point(3) == std::vector<double>{0.25, 0.75, 0.75, 0.75});
    CHECK(design.point(4) == std::vector<double>{0.375, 0.375, 0.625, 0.875});
}

TEST_CASE("a scrambled Sobol' design has its own order in each dimension, and under each seed")
{
    DesignSpec spec = unit_design("sobol", 1024, 2);
    const Design design{spec};
    spec.seed = 21;
    const Design other{spec};
    int same_cell = 0;
    for (std::int64_t i = 0; i < 1024; ++i) {
        const double x = design.point(i)[0];
        const double y = other.point(i)[0];
        same_cell += std::floor(x * 1024.0) == std::floor(y * 1024.0);
    }
    CHECK(same_cell < 20);  // by chance 1
}

TEST_CASE("a block of saltelli is A, A with one column after the other from B, B")
{
    DesignSpec spec = unit_design("saltelli", 64, 3);
    spec.scramble = GENERATE(Scramble::none, Scramble::owen);
    CHECK(unit_dimensions(spec) == 6);
    const Design design{spec};
    REQUIRE(design.size() == 64 * 5);
    REQUIRE(design.block_size() == 5);

    DesignSpec pairs = spec;  // A and B as one point
    pairs.method = &method_named("sobol");
    pairs.marginals.resize(6);
    const Design both{pairs};
    for (std::int64_t block = 0; block < 64; ++block) {
        const std::vector<double> p = both.point(block);
        CHECK(design.point(5 * block) == std::vector<double>{p[0], p[1], p[2]});
        CHECK(design.point(5 * block + 1) == std::vector<double>{p[3], p[1], p[2]});
        CHECK(design.point(5 * block + 2) == std::vector<double>{p[0], p[4], p[2]});
        CHECK(design.point(5 * block + 3) == std::vector<double>{p[0], p[1], p[5]});
        CHECK(design.point(5 * block + 4) == std::vector<double>{p[3], p[4], p[5]});
    }
}

TEST_CASE("a trajectory of morris moves each coordinate once, as its steps say")
{
    DesignSpec spec = unit_design("morris", 50, 6);
    spec.levels = GENERATE(2, 4, 8);
    spec.marginals[2].kind = MarginalKind::normal;
    const Design design{spec};
    REQUIRE(design.size() == 50 * 7);
    REQUIRE(design.block_size() == 7);
    const auto p = static_cast<double>(spec.levels);
    for (std::int64_t t = 0; t < 50; ++t) {
        std::set<std::int64_t> moved;
        for (std::int64_t s = 0; s < 6; ++s) {
            const std::vector<double> from = design.unit_point(7 * t + s);
            const std::vector<double> to = design.unit_point(7 * t + s + 1);
            const MorrisStep step = morris_step(design.spec(), t, s);
            moved.insert(step.dimension);
            REQUIRE(step.delta == (step.dimension == 2 ? 0.5 : p / (2.0 * (p - 1.0))));
            for (std::size_t j = 0; j < 6; ++j) {
                REQUIRE((to[j] >= 0.0 && to[j] <= 1.0));
                const bool moves = static_cast<std::int64_t>(j) == step.dimension;
                const double change = moves ? step.sign * step.delta : 0.0;
                REQUIRE(to[j] - from[j] == Approx(change).margin(1e-15));
                REQUIRE((moves || to[j] == from[j]));
            }
        }
        REQUIRE(moved.size() == 6);
    }
}

TEST_CASE("trajectories of morris begin anywhere and move in any order")
{
    const Design design{unit_design("morris", 4000, 3)};
    std::array<int, 4> level{};
    std::set<std::vector<double>> starts;
    std::set<std::pair<std::int64_t, std::int64_t>> orders;
    std::array<int, 3> first{};
    for (std::int64_t t = 0; t < 4000; ++t) {
        ++level[static_cast<std::size_t>(std::lround(3.0 * design.unit_point(4 * t)[1]))];
        starts.insert(design.unit_point(4 * t));
        ++first[static_cast<std::size_t>(morris_step(design.spec(), t, 0).dimension)];
        orders.insert({morris_step(design.spec(), t, 0).dimension,
                       morris_step(design.spec(), t, 1).dimension});
    }
    for (const int times : level) {  // standard deviation 27
        CHECK(std::abs(times - 1000) < 6 * 27);
    }
    for (const int times : first) {  // standard deviation 30
        CHECK(std::abs(times - 1333) < 6 * 30);
    }
    CHECK(orders.size() == 6);
    CHECK(starts.size() == 64);
}

TEST_CASE("marginals turn a point of the unit hypercube into values")
{
    DesignSpec spec = unit_design("sobol", 4, 3);
    spec.scramble = Scramble::none;
    spec.marginals[0].low = 10.0;
    spec.marginals[0].high = 20.0;
    spec.marginals[1].kind = MarginalKind::normal;
    spec.marginals[1].mean = 7.0;
    spec.marginals[2] = levels({1.0, 2.0, 3.0, 4.0});
    const Design design{spec};
    CHECK(design.point(1) == std::vector<double>{15.0, 7.0, 3.0});
    CHECK(std::isfinite(design.point(0)[1]));
}

TEST_CASE("a point depends on its number alone, and the first ones stay when a design grows")
{
    const std::string_view kind = GENERATE("sobol", "saltelli", "morris");
    const Design small{unit_design(kind, 10, 4)};
    const Design large{unit_design(kind, 1'000'000, 4)};
    const std::vector<double> before = large.point(17);
    for (std::int64_t i = small.size(); i-- > 0;) {
        REQUIRE(small.point(i) == large.point(i));
    }
    CHECK(large.point(17) == before);
    CHECK(large.point(large.size() - 1) != before);
}

TEST_CASE("the seed decides the points of each kind that draws")
{
    const std::string_view kind = GENERATE("lhs", "maximin", "sobol", "saltelli", "morris");
    DesignSpec spec = unit_design(kind, 30, 3);
    const Design one{spec};
    const Design again{spec};
    spec.seed = 21;
    const Design other{spec};
    int different = 0;
    for (std::int64_t i = 0; i < one.size(); ++i) {
        REQUIRE(one.point(i) == again.point(i));
        different += one.point(i) != other.point(i);
    }
    CHECK(different > one.size() / 2);
}

TEST_CASE("designs draw the same points in every version")
{
    const auto first_value = [](std::string_view kind) {
        return Design{unit_design(kind, 30, 3)}.point(5)[1];
    };
    CHECK(first_value("lhs") == 0.2379312038421631);
    CHECK(first_value("maximin") == 0.016666666666666666);
    CHECK(first_value("sobol") == 0.228170016826167);
    CHECK(first_value("saltelli") == 0.39919494188876448);
    CHECK(first_value("morris") == 0.33333333333333331);
}

TEST_CASE("a million points cost no table")
{
    const std::string_view kind = GENERATE("lhs", "sobol");
    const Design design{unit_design(kind, 1'000'000, 2)};
    double sum = 0.0;
    for (std::int64_t i = 0; i < design.size(); ++i) {
        sum += design.point(i)[1];
    }
    CHECK(sum / 1e6 == Approx(0.5).epsilon(1e-6));
}

}  // namespace
}  // namespace latecomer::jobs::study::design_test
