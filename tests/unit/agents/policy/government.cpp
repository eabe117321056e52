#include "agents/policy/government.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/policies.hpp"

namespace latecomer::tests::government_test {
namespace {

/// The four sectors of the defaults, with .35, .15, .40 and .10 of demand.
const std::vector<Sector> sectors = Parameters{}.sectors;
const std::array<double, orientations> alike{1.0, 1.0, 1.0, 1.0};

double mean_of(const PolicyMix& mix, std::string_view cell)
{
    return mean_intensity(mix, instrument_named(cell), sectors);
}

PolicyMix ramped(double origin, double target, std::int64_t elapsed, std::int64_t quarters)
{
    PolicyMix mix = request_of({{"3L", target}});
    ramp(mix, request_of({{"3L", origin}}), elapsed, quarters);
    return mix;
}

TEST_CASE("a ramp is a straight line from where requests were")
{
    CHECK(mean_of(ramped(0.2, 0.6, 0, 4), "3L") == Approx(0.3));
    CHECK(mean_of(ramped(0.2, 0.6, 1, 4), "3L") == Approx(0.4));
    CHECK(mean_of(ramped(0.6, 0.2, 2, 4), "3L") == Approx(0.3));
    CHECK(mean_of(ramped(0.2, 0.9, 3, 4), "3L") == 0.9);  // and ends exactly at its target
    CHECK(mean_of(ramped(0.2, 0.6, 9, 4), "3L") == 0.6);
}

TEST_CASE("ramps of no quarter and of one quarter both mean at once")
{
    CHECK(mean_of(ramped(0.2, 0.6, 0, 0), "3L") == 0.6);
    CHECK(mean_of(ramped(0.2, 0.9, 0, 1), "3L") == 0.9);
    CHECK(mean_of(ramped(0.2, 0.6, 0, 2), "3L") == Approx(0.4));
}

TEST_CASE("a stage gives no more than it has, each instrument in proportion")
{
    // A tenth of all requests would be .26, but collection has .12.
    const PolicyMix mix = request_of(
        {{"1K", 0.08}, {"1L", 0.04}, {"4K", 0.62}, {"4L", 0.62}, {"4X", 0.62}, {"4D", 0.62}});
    const PolicyMix moved = shifted(mix, {1.0, 3.0, 2.0, 2.0}, {3.0, 1.0, 0.0, 0.0}, sectors);
    CHECK(mean_of(moved, "1K") == Approx(0.0).margin(1e-15));
    CHECK(mean_of(moved, "1L") == Approx(0.0).margin(1e-15));
    CHECK(mean_of(moved, "2K") == Approx(0.09));  // three quarters, by the weights of columns
    CHECK(mean_of(moved, "2L") == Approx(0.03));
    CHECK(mean_of(moved, "2X") == 0.0);
    CHECK(mean_of(moved, "4K") == 0.62);
}

TEST_CASE("what is more than an instrument has room for goes to others by their weights")
{
    const PolicyMix mix = request_of({{"1K", 0.5}, {"1L", 0.3}, {"3K", 0.95}, {"3L", 0.25}});
    const PolicyMix moved = shifted(mix, {1.0, 2.0, 3.0, 2.0}, {3.0, 1.0, 0.0, 0.0}, sectors);
    // .2 are moved: .05 to skills, which are full then, .05 to local content, then the rest there.
    CHECK(mean_of(moved, "3K") == Approx(1.0));
    CHECK(mean_of(moved, "3L") == Approx(0.4));
    CHECK(mean_of(moved, "3X") == 0.0);
    CHECK(mean_of(moved, "1K") == Approx(0.375));  // a quarter of .8 was given
    CHECK(mean_of(moved, "1L") == Approx(0.225));
}

TEST_CASE("what finds no room is not taken")
{
    const PolicyMix mix = request_of({{"1K", 0.5}, {"1L", 0.3}, {"3K", 0.9}, {"3L", 0.3}});
    const PolicyMix moved = shifted(mix, {1.0, 2.0, 3.0, 2.0}, {1.0, 0.0, 0.0, 0.0}, sectors);
    CHECK(mean_of(moved, "3K") == Approx(1.0));
    CHECK(mean_of(moved, "3L") == 0.3);
    CHECK(mean_of(moved, "1K") == Approx(0.4375));  // .1 of .8 was given, an eighth
    CHECK(mean_of(moved, "1L") == Approx(0.2625));
}

TEST_CASE("a stage gives to no instrument of a column without weight")
{
    const PolicyMix mix = request_of({{"1K", 0.5}});
    const PolicyMix moved = shifted(mix, {1.0, 2.0, 3.0, 2.0}, {0.0, 0.0, 0.0, 0.0}, sectors);
    CHECK(moved == mix);
}

TEST_CASE("a sector receives in proportion to its room, and gives in proportion to what it has")
{
    PolicyMix mix = request_of({{"1K", 1.0}, {"2K", 0.4}});
    const InstrumentId support = instrument_named("4L");
    std::ranges::copy(std::array{1.0, 0.0, 0.5, 0.5}, mix.row(support).begin());  // mean .6
    // A tenth of 2 finds half of the room of .4.
    const PolicyMix received = shifted(mix, {1.0, 2.0, 2.0, 3.0}, {0.0, 1.0, 0.0, 0.0}, sectors);
    CHECK(received(support, SectorId{0}) == Approx(1.0));
    CHECK(received(support, SectorId{1}) == Approx(0.5));
    CHECK(received(support, SectorId{2}) == Approx(0.75));
    CHECK(mean_of(received, "4L") == Approx(0.8));
    CHECK(mean_of(received, "1K") == Approx(0.8));
    // A third of what applications have.
    const PolicyMix given = shifted(mix, {3.0, 2.0, 2.0, 1.0}, alike, sectors);
    CHECK(given(support, SectorId{0}) == Approx(2.0 / 3.0));
    CHECK(given(support, SectorId{2}) == Approx(1.0 / 3.0));
    CHECK(mean_of(given, "1L") == Approx(0.2 / 3.0));  // of the three that have room
}

TEST_CASE("of equal stages the lower one counts, and equals exchange nothing")
{
    const PolicyMix half = request_of({{"1K", 0.5}, {"2K", 0.5}, {"3K", 0.5}, {"4K", 0.5}});
    const std::array<double, orientations> skills{1.0, 0.0, 0.0, 0.0};
    const PolicyMix moved = shifted(half, {1.0, 2.0, 2.0, 1.0}, skills, sectors);
    CHECK(mean_of(moved, "1K") == Approx(0.3));
    CHECK(mean_of(moved, "2K") == Approx(0.7));
    CHECK(mean_of(moved, "3K") == 0.5);
    CHECK(mean_of(moved, "4K") == 0.5);
    CHECK(shifted(half, {2.0, 2.0, 2.0, 2.0}, skills, sectors) == half);
}

TEST_CASE("a stage without requests has nothing to give")
{
    const PolicyMix mix = request_of({{"1K", 0.5}});
    CHECK(shifted(mix, {2.0, 1.0, 3.0, 2.0}, alike, sectors) == mix);
}

}  // namespace
}  // namespace latecomer::tests::government_test
