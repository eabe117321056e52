#include "core/exact_sum.hpp"

#include "core/constants.hpp"
#include "core/errors.hpp"
#include "core/hash.hpp"
#include "tests/support/catch.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <numeric>
#include <vector>

namespace latecomer::tests::sum_table_test {
namespace {

__extension__ using Wide = __int128;

constexpr std::int64_t limb = std::int64_t{1} << 40;

/// Numbers of either sign with |x| < 2^high of which few are multiples of 2^-80.
std::vector<double> amounts(std::size_t n, int high)
{
    std::vector<double> values;
    for (std::size_t i = 0; i < n; ++i) {
        const std::uint64_t bits = mix64(i);
        const double digits = static_cast<double>(bits >> 11) * 0x1p-53;
        const int exponent = high - static_cast<int>(bits % 90);
        values.push_back(std::ldexp((bits >> 10 & 1) != 0 ? -digits : digits, exponent));
    }
    return values;
}

FixedSum sum_in_blocks(const std::vector<double>& values, std::size_t block)
{
    FixedSum sum;
    bool good = true;
    for (std::size_t done = 0; done < values.size(); done += block) {
        good &= add_block(sum, values.data() + done, std::min(block, values.size() - done));
    }
    CHECK(good);
    return sum;
}

/// |x| < 2^46 as the nearest multiple of 2^-80 (ties to even).
Wide units_of(double x)
{
    const auto scaled = static_cast<long double>(x) * 0x1p80L;
    const auto whole = static_cast<Wide>(std::floor(scaled));
    const long double rest = scaled - std::floor(scaled);
    const bool up = rest > 0.5L || (rest == 0.5L && (whole & 1) != 0);
    return up ? whole + 1 : whole;
}

FixedSum of_units(Wide units)
{
    FixedSum sum;
    sum.fine = static_cast<std::int64_t>(units & (limb - 1));
    sum.middle = static_cast<std::int64_t>(units >> 40 & (limb - 1));
    sum.whole = static_cast<std::int64_t>(units >> 80);
    return sum;
}

void add_words(SumTable& to, SumTable& from)
{
    std::ranges::transform(to.words(), from.words(), to.words().begin(), std::plus<>{});
}

}  // namespace

TEST_CASE("a fixed-point sum agrees with integers of 128 bits", "[exact_sum]")
{
    const std::vector<double> values = amounts(50000, 30);
    Wide units = 0;
    for (const double x : values) {
        units += units_of(x);
    }
    CHECK(sum_in_blocks(values, 1024) == of_units(units));
}

TEST_CASE("neither order nor grouping changes the integers of a fixed-point sum", "[exact_sum]")
{
    std::vector<double> values = amounts(10007, 45);
    const FixedSum sum = sum_in_blocks(values, 1024);
    CHECK(sum_in_blocks(values, 1) == sum);
    CHECK(sum_in_blocks(values, 13) == sum);
    std::ranges::reverse(values);
    CHECK(sum_in_blocks(values, 1000) == sum);

    FixedSum single;
    bool good = true;
    for (const double x : values) {
        good &= single.add(x);
    }
    CHECK(good);
    CHECK(single == sum);
}

TEST_CASE("a value enters a fixed-point sum with an error of at most 2^-81", "[exact_sum]")
{
    for (const double x : amounts(10000, -20)) {
        FixedSum sum;
        REQUIRE(sum.add(x));
        const double error = std::fabs(sum.value() - x);
        CHECK(error <= (std::fabs(x) >= 0x1p-28 ? 0.0 : 0x1p-81));
    }
}

TEST_CASE("a fixed-point sum gives the nearest double", "[exact_sum]")
{
    CHECK(FixedSum{1, 0, 1}.value() == 1.0);
    CHECK(FixedSum{0, 0, 1}.value() == 0x1p-80);
    CHECK(FixedSum{-1, limb - 1, limb - 1}.value() == -0x1p-80);
    CHECK(FixedSum{-1, limb / 2, 0}.value() == -0.5);
    CHECK(FixedSum{1, 0, std::int64_t{1} << 27}.value() == 1.0);                  // tie
    CHECK(FixedSum{1, 0, (std::int64_t{1} << 27) + 1}.value() == 1.0 + 0x1p-52);  // above
    constexpr std::int64_t large = std::int64_t{1} << 48;
    CHECK(FixedSum{large, limb / 32, 0}.value() == 0x1p48);               // tie
    CHECK(FixedSum{large, limb / 32, 1}.value() == 0x1p48 + 0x1p-4);      // above
    CHECK(FixedSum{-large - 1, limb - limb / 32, 0}.value() == -0x1p48);  // tie
    CHECK(FixedSum{-large - 1, limb - limb / 32 - 1, 0}.value() == -0x1p48 - 0x1p-4);
    CHECK(FixedSum{0, 3 * limb, -limb}.value() == 3.0 - 0x1p-40);  // not carried
}

TEST_CASE("sums of 2^22 carried fixed-point sums are exact", "[exact_sum]")
{
    FixedSum most;
    REQUIRE(most.add(3.0 - 0x1p-40));
    REQUIRE(most.add(0x1p-40 - 0x1p-80));
    CHECK(most == FixedSum{2, limb - 1, limb - 1});
    FixedSum sum;
    for (int i = 0; i < 1 << 22; ++i) {
        sum += most;
    }
    sum.carry();
    CHECK(sum.value() == 3.0 * 0x1p22);  // less 2^-58: rounded
    CHECK(sum.whole == 3 * (1 << 22) - 1);
    for (int i = 0; i < 1 << 22; ++i) {
        sum -= most;
    }
    sum.carry();
    CHECK(sum == FixedSum{});
}

TEST_CASE("values that are too large or not finite leave a fixed-point sum as it was",
          "[exact_sum]")
{
    const double bad = GENERATE(0x1p50, -0x1p50, 1e300, infinity, -infinity, not_a_number);
    const std::size_t place = GENERATE(0u, 1u, 500u, 1023u);
    std::vector<double> values(1024, 1.0);
    values[place] = bad;
    FixedSum sum;
    REQUIRE(sum.add(0.75));
    CHECK_FALSE(add_block(sum, values.data(), values.size()));
    CHECK_FALSE(sum.add(bad));
    CHECK(sum.value() == 0.75);
}

TEST_CASE("values just below the limit are exact and sums beyond it are refused", "[exact_sum]")
{
    const double most = 0x1p50 - 0x1p-3;
    FixedSum sum;
    REQUIRE(sum.add(most));
    CHECK(sum.value() == most);
    CHECK_FALSE(sum.add(0x1p-3));
    CHECK(sum.value() == most);
    const std::vector<double> alternating{-most, -most, most, most, -most};
    REQUIRE(add_block(sum, alternating.data(), alternating.size()));
    CHECK(sum == FixedSum{});
    const std::vector<double> many(1024, -most);
    CHECK_FALSE(add_block(sum, many.data(), many.size()));
    CHECK(sum == FixedSum{});
}

TEST_CASE("values on either side of what the quick way takes are summed alike", "[exact_sum]")
{
    const double edge = GENERATE(0x1p49, -0x1p49, 0x1p49 - 0x1p-4, -0x1p49 - 0x1p-3, 0x1p49 + 1.0,
                                 0x1p50 - 0x1p12, -0x1p50 + 0x1p-3);
    const std::size_t n = GENERATE(1u, 3u, 8u, 255u, 1024u);
    std::vector<double> values(n, 0.1);
    values[n / 2] = edge;
    FixedSum by_block;
    REQUIRE(add_block(by_block, values.data(), n));
    FixedSum one_by_one;
    bool good = true;
    for (const double value : values) {
        good &= one_by_one.add(value);
    }
    CHECK(good);
    CHECK(by_block == one_by_one);

    FixedSum expected = of_units(units_of(0.1) * static_cast<Wide>(n - 1));
    expected.whole += static_cast<std::int64_t>(std::floor(edge));
    expected.middle += static_cast<std::int64_t>((edge - std::floor(edge)) * 0x1p40);
    expected.carry();
    CHECK(by_block == expected);
}

TEST_CASE("values can be added to two quantities at once", "[exact_sum]")
{
    const std::vector<double> values = amounts(2000, 20);
    SumTable twice{2, 3};
    SumTable singly{2, 3};
    CHECK(twice.add(1, 2, 0.5));
    CHECK(singly.add(1, 2, 0.5));
    CHECK(twice.add_twice(1, 0, 2, values.data(), values.size()));
    CHECK(singly.add(1, 0, values.data(), values.size()));
    CHECK(singly.add(1, 2, values.data(), values.size()));
    CHECK(std::ranges::equal(twice.words(), singly.words()));
    CHECK_FALSE(twice.add_twice(1, 0, 2, &infinity, 1));
    CHECK(twice.bad() == BadEntry{1, 0});
    CHECK(std::isnan(twice.value(1, 2)));
}

TEST_CASE("plain sums come near exact ones", "[exact_sum]")
{
    const std::vector<double> values = amounts(1001, 20);
    SumTable exact{1, 2};
    SumTable plain{1, 2};
    REQUIRE(plain.add(0, 0, 1e9));
    plain.be_plain();
    SumTable other = plain;
    for (SumTable* table : {&exact, &other}) {
        table->add_twice(0, 0, 1, values.data(), values.size());
        table->add(0, 1, 0.25);
    }
    plain.merge(other);
    CHECK(plain.value(0, 0) == Approx(exact.value(0, 0)).margin(1e-6));
    CHECK(plain.value(0, 1) == Approx(exact.value(0, 1)).margin(1e-6));
    CHECK_FALSE(plain.bad());
}

TEST_CASE("a block of more than 1024 values is our mistake", "[exact_sum]")
{
    const std::vector<double> values(1025, 1.0);
    FixedSum sum;
    CHECK_THROWS_AS(add_block(sum, values.data(), values.size()), InternalError);
}

TEST_CASE("a table keeps its sums apart", "[exact_sum]")
{
    SumTable table{3, 2};
    std::vector<double> values(3000);
    std::iota(values.begin(), values.end(), 0.25);
    CHECK(table.add(1, 0, values.data(), values.size()));
    CHECK(table.add(1, 0, 0.5));
    CHECK(table.add(2, 1, -8.0));
    CHECK(table.add(0, 1, FixedSum{7, limb / 2, 0}));
    CHECK(table.value(0, 0) == 0.0);
    CHECK(table.value(0, 1) == 7.5);
    CHECK(table.value(1, 0) == 4499250.5);
    CHECK(table.value(1, 1) == 0.0);
    CHECK(table.value(2, 0) == 0.0);
    CHECK(table.value(2, 1) == -8.0);
    CHECK(table.words().size() == 18);
    CHECK_FALSE(table.bad().has_value());
    table.clear();
    CHECK(table.value(1, 0) == 0.0);
    CHECK_THROWS_AS(table.value(3, 0), InternalError);
    CHECK_THROWS_AS(table.value(0, 2), InternalError);
}

TEST_CASE("tables of threads and words of ranks add up to the whole", "[exact_sum]")
{
    const std::vector<double> values = amounts(9000, 40);
    SumTable whole{2, 2};
    SumTable first{2, 2};
    SumTable second{2, 2};
    for (std::size_t i = 0; i < values.size(); ++i) {
        whole.add(i % 2, i / 2 % 2, values[i]);
        (i % 7 < 3 ? first : second).add(i % 2, i / 2 % 2, values[i]);
    }
    SumTable merged = first;
    merged.merge(second);
    CHECK(std::ranges::equal(merged.words(), whole.words()));
    add_words(first, second);
    for (std::size_t row = 0; row < 2; ++row) {
        CHECK(first.at(row, 0) == whole.at(row, 0));
        CHECK(first.value(row, 1) == whole.value(row, 1));
    }
}

TEST_CASE("a table names its first bad entry, also after merging and adding words", "[exact_sum]")
{
    SumTable mine{4, 3};
    SumTable other{4, 3};
    mine.add(3, 2, 1.0);
    CHECK_FALSE(other.add(3, 2, not_a_number));
    CHECK_FALSE(other.add(2, 1, infinity));
    CHECK_FALSE(other.add(2, 1, 5.0));
    CHECK_FALSE(other.add(2, 1, -0x1p49));
    CHECK(other.bad() == BadEntry{2, 1});
    CHECK(std::isnan(other.value(2, 1)));
    CHECK(other.value(0, 0) == 0.0);

    SumTable merged = mine;
    merged.merge(other);
    CHECK(merged.bad() == BadEntry{2, 1});
    SumTable ranks = mine;
    for (int rank = 1; rank < 4095; ++rank) {
        add_words(ranks, other);
        REQUIRE(ranks.bad() == BadEntry{2, 1});
    }
    ranks.clear();
    CHECK_FALSE(ranks.bad().has_value());
}

TEST_CASE("an entry whose sum passes the limit is bad although its values are not", "[exact_sum]")
{
    SumTable table{1, 1};
    CHECK(table.add(0, 0, 0x1p49));
    CHECK_FALSE(table.add(0, 0, 0x1p49));
    CHECK(table.bad() == BadEntry{0, 0});

    table.clear();
    CHECK_FALSE(table.add(0, 0, FixedSum{std::int64_t{1} << 50, 0, 0}));
    CHECK_FALSE(table.add(0, 0, FixedSum{-(std::int64_t{1} << 49), 0, 0}));
}

TEST_CASE("tables of different shapes do not merge", "[exact_sum]")
{
    SumTable table{2, 3};
    CHECK_THROWS_AS(table.merge(SumTable{3, 3}), InternalError);
    CHECK_THROWS_AS(table.merge(SumTable{2, 2}), InternalError);
}

TEST_CASE("the value of a fixed sum is its nearest double, whatever its size", "[exact_sum]")
{
    constexpr std::int64_t mask = (std::int64_t{1} << 40) - 1;
    bool is_nearest = true;
    for (std::uint64_t i = 0; i < 400'000; ++i) {
        const std::uint64_t a = mix64(3 * i);
        const std::uint64_t b = mix64(3 * i + 1);
        const std::uint64_t c = mix64(3 * i + 2);
        // Wholes of 0 to 45 bits and either sign; rests of which many end in ones or zeros, where ties are.
        const auto size = static_cast<unsigned>(a % 46);
        const auto whole = static_cast<std::int64_t>(a >> 8 & ((std::uint64_t{1} << size) - 1));
        FixedSum sum{(a >> 7 & 1) != 0 ? -whole : whole, static_cast<std::int64_t>(b) & mask,
                     static_cast<std::int64_t>(c) & mask};
        const auto cut = static_cast<unsigned>(c >> 58);
        sum.middle &= (c >> 57 & 1) != 0 ? mask << cut % 41 & mask : mask;
        sum.fine &= (c >> 56 & 1) != 0 ? mask << cut % 41 & mask : mask;
        if ((c >> 55 & 1) != 0) {
            sum.fine = static_cast<std::int64_t>(c >> 54 & 1);
        }
        const Wide units =
            ((static_cast<Wide>(sum.whole) << 40) + sum.middle) * (Wide{1} << 40) + sum.fine;
        is_nearest = is_nearest && sum.value() == static_cast<double>(units) * 0x1p-80;
    }
    CHECK(is_nearest);
}

TEST_CASE("the values of a row of sums are those of its entries", "[exact_sum]")
{
    SumTable sums(2, 4);
    CHECK(sums.add(1, 0, 0.1));
    CHECK(sums.add(1, 1, -0x1p40 - 0x1p-13));
    CHECK_FALSE(sums.add(1, 2, not_a_number));
    std::vector<double> values(4, 7.0);
    sums.values(1, values);
    CHECK(values[0] == sums.value(1, 0));
    CHECK(values[1] == -0x1p40 - 0x1p-13);
    CHECK(std::isnan(values[2]));
    CHECK(values[3] == 0.0);
    CHECK_THROWS_AS(sums.values(2, values), InternalError);
}

}  // namespace latecomer::tests::sum_table_test
