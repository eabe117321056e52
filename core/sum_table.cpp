#include "core/exact_sum.hpp"

#include "core/errors.hpp"
#include "core/kernels/core_kernels.hpp"
#include "core/kernels/grid.hpp"

#include <algorithm>
#include <bit>
#include <limits>

namespace latecomer {
namespace {

using detail::fine_grid;
using detail::limb_bits;
using detail::magnitude_bits;
using detail::middle_grid;
using detail::whole_grid;

constexpr std::int64_t whole_limit = std::int64_t{1} << 50;
constexpr std::int64_t bad_whole = std::int64_t{1} << 51;  // mark of a bad entry
constexpr std::size_t limbs = 3;
constexpr std::size_t fixed_block = 1024;

/// Takes any values; not valid if |x| >= FixedSum::limit for one, or x is not finite.
GridUnits count_units(const double* values, std::size_t n)
{
    GridUnits units;
    std::uint64_t beyond = 0;  // the sign bit tells
    for (std::size_t i = 0; i < n; ++i) {
        double x = values[i];
        beyond |= magnitude_bits(FixedSum::limit) - 1 - magnitude_bits(x);
        units.whole += whole_grid.take(x);
        units.middle += middle_grid.take(x);
        units.fine += fine_grid.take(x);
    }
    units.valid = beyond >> 63 == 0;
    return units;
}

FixedSum sum_of(const GridUnits& units)
{
    return {static_cast<std::int64_t>(units.whole), static_cast<std::int64_t>(units.middle),
            static_cast<std::int64_t>(units.fine)};
}

/// Adds what was counted and carries; false, and nothing added, if it is not within the limit.
bool add_units(FixedSum& sum, const GridUnits& units)
{
    FixedSum total = sum_of(units);
    total += sum;
    total.carry();
    if (!units.valid || !total.within_limit()) {
        return false;
    }
    sum = total;
    return true;
}

}  // namespace

bool FixedSum::add(double x)
{
    return add_units(*this, count_units(&x, 1));
}

FixedSum& FixedSum::operator+=(const FixedSum& other)
{
    whole += other.whole;
    middle += other.middle;
    fine += other.fine;
    return *this;
}

FixedSum& FixedSum::operator-=(const FixedSum& other)
{
    whole -= other.whole;
    middle -= other.middle;
    fine -= other.fine;
    return *this;
}

void FixedSum::carry()
{
    constexpr std::int64_t mask = (std::int64_t{1} << limb_bits) - 1;
    middle += fine >> limb_bits;
    fine &= mask;
    whole += middle >> limb_bits;
    middle &= mask;
}

bool FixedSum::within_limit() const
{
    return whole >= -whole_limit && whole < whole_limit;
}

namespace {

bool is_small(const FixedSum& sum)
{
    constexpr std::int64_t small = std::int64_t{1} << 25;
    return sum.whole > -small && sum.whole < small;
}

/// The nearest double to a small carried sum, without a branch.  whole + middle loses a rest of less than 2^-28, a
/// multiple of 2^-40, which holds fine as well without rounding: all is rounded once, at the end.
double value_of_small(const FixedSum& sum)
{
    const auto whole = static_cast<double>(sum.whole);
    const double middle = static_cast<double>(sum.middle) * 0x1p-40;
    const double upper = whole + middle;
    const double rest = middle - (upper - whole);
    return upper + (rest + static_cast<double>(sum.fine) * 0x1p-80);
}

}  // namespace

double FixedSum::value() const
{
    FixedSum sum = *this;
    sum.carry();
    if (is_small(sum)) {
        return value_of_small(sum);
    }
    constexpr std::int64_t narrow = std::int64_t{1} << 46;
    if (sum.whole > -narrow && sum.whole < narrow) {
        const detail::Wide upper = (static_cast<detail::Wide>(sum.whole) << limb_bits) + sum.middle;
        return static_cast<double>((upper << limb_bits) + sum.fine) * 0x1p-80;
    }
    // Units of 2^-64; of what is smaller, only whether there is any can matter.
    const std::uint64_t last =
        static_cast<std::uint64_t>(sum.middle) << 24 | static_cast<std::uint64_t>(sum.fine) >> 16;
    const detail::Wide units = (static_cast<detail::Wide>(sum.whole) << 64) + last;
    return static_cast<double>(units | ((sum.fine & 0xffff) != 0 ? 1 : 0)) * 0x1p-64;
}

bool add_block(FixedSum& sum, const double* values, std::size_t n)
{
    expects(n <= fixed_block, "a block has at most 1024 values");
    const GridUnits small = core_kernels().count_small_units(values, n);
    return add_units(sum, small.valid ? small : count_units(values, n));
}

SumTable::SumTable(std::size_t rows, std::size_t quantities)
    : rows_{rows}, quantities_{quantities}, words_(rows * quantities * limbs)
{}

std::size_t SumTable::offset(std::size_t row, std::size_t quantity) const
{
    expects(row < rows_ && quantity < quantities_, "an entry of a table of sums lies outside it");
    return (row * quantities_ + quantity) * limbs;
}

namespace {

FixedSum carried(const std::int64_t* entry)
{
    FixedSum sum{entry[0], entry[1], entry[2]};
    sum.carry();
    return sum;
}

}  // namespace

FixedSum SumTable::at(std::size_t row, std::size_t quantity) const
{
    return carried(words_.data() + offset(row, quantity));
}

/// Writes a carried sum, or the mark of a bad entry; true if it is good.
bool SumTable::put(std::size_t row, std::size_t quantity, const FixedSum& sum)
{
    const bool good = sum.within_limit();
    const FixedSum written = good ? sum : FixedSum{bad_whole, 0, 0};
    std::int64_t* entry = words_.data() + offset(row, quantity);
    entry[0] = written.whole;
    entry[1] = written.middle;
    entry[2] = written.fine;
    return good;
}

namespace {

/// Adds any number of values; the sum is out of its limit if it or one of them is.
void add_values(FixedSum& sum, const double* values, std::size_t n)
{
    for (std::size_t done = 0; done < n; done += fixed_block) {
        if (!add_block(sum, values + done, std::min(fixed_block, n - done))) {
            sum.whole = bad_whole;
            return;
        }
    }
}

}  // namespace

void SumTable::be_plain()
{
    is_plain_ = true;
    clear();
}

double SumTable::plain(std::size_t row, std::size_t quantity) const
{
    return std::bit_cast<double>(words_[offset(row, quantity)]);
}

bool SumTable::add_plain(std::size_t row, std::size_t quantity, double sum)
{
    words_[offset(row, quantity)] = std::bit_cast<std::int64_t>(plain(row, quantity) + sum);
    return true;
}

bool SumTable::add(std::size_t row, std::size_t quantity, const double* values, std::size_t n)
{
    if (is_plain_) {
        return add_plain(row, quantity, core_kernels().plain_sum(values, n));
    }
    FixedSum sum = at(row, quantity);
    add_values(sum, values, n);
    return put(row, quantity, sum);
}

bool SumTable::add_twice(std::size_t row, std::size_t first, std::size_t second,
                         const double* values, std::size_t n)
{
    if (is_plain_) {
        const double sum = core_kernels().plain_sum(values, n);
        return add_plain(row, first, sum) && add_plain(row, second, sum);
    }
    FixedSum sum;
    add_values(sum, values, n);
    const bool is_first_good = add(row, first, sum);
    return add(row, second, sum) && is_first_good;
}

bool SumTable::add(std::size_t row, std::size_t quantity, double value)
{
    if (is_plain_) {
        return add_plain(row, quantity, value);
    }
    FixedSum sum = at(row, quantity);
    if (!sum.add(value)) {
        sum.whole = bad_whole;
    }
    return put(row, quantity, sum);
}

bool SumTable::add(std::size_t row, std::size_t quantity, const FixedSum& sum)
{
    FixedSum total = at(row, quantity);
    total += sum;
    total.carry();
    return put(row, quantity, total);
}

double SumTable::value(std::size_t row, std::size_t quantity) const
{
    if (is_plain_) {
        return plain(row, quantity);
    }
    const FixedSum sum = at(row, quantity);
    return sum.within_limit() ? sum.value() : std::numeric_limits<double>::quiet_NaN();
}

void SumTable::values(std::size_t row, std::span<double> to) const
{
    expects(row < rows_ && to.size() >= quantities_, "a row of a table of sums lies outside it");
    const std::int64_t* entry = words_.data() + row * quantities_ * limbs;
    for (std::size_t quantity = 0; quantity < quantities_; ++quantity, entry += limbs) {
        const FixedSum sum = carried(entry);
        to[quantity] = is_small(sum) && !is_plain_ ? value_of_small(sum) : value(row, quantity);
    }
}

std::optional<BadEntry> SumTable::bad() const
{
    if (is_plain_) {
        return std::nullopt;
    }
    for (std::size_t entry = 0; entry < words_.size() / limbs; ++entry) {
        if (!carried(words_.data() + entry * limbs).within_limit()) {
            return BadEntry{entry / quantities_, entry % quantities_};
        }
    }
    return std::nullopt;
}

void SumTable::merge(const SumTable& other)
{
    expects(other.rows_ == rows_ && other.quantities_ == quantities_,
            "tables of sums that merge have the same shape");
    for (std::size_t row = 0; row < rows_; ++row) {
        for (std::size_t quantity = 0; quantity < quantities_; ++quantity) {
            if (is_plain_) {
                add_plain(row, quantity, other.plain(row, quantity));
                continue;
            }
            add(row, quantity, other.at(row, quantity));
        }
    }
}

void SumTable::clear()
{
    std::fill(words_.begin(), words_.end(), 0);
}

}  // namespace latecomer
