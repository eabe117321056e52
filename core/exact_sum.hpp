#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace latecomer {

/// The exact sum of any doubles, rounded once: the same in every order and grouping.
///
/// 70 integers; integer i weighs 2^(32 i - 1088), which reaches from below the smallest double to
/// above 2^40 times the largest.  Ranks are added by the integer sum of words().  Up to 2^20
/// accumulators of up to 2^40 values each cannot overflow.  A value that is not finite makes the
/// sum not finite, also after words were added.
class Superaccumulator {
public:
    static constexpr std::size_t size = 70;

    void add(double value);
    void add(std::span<const double> values);
    void merge(const Superaccumulator& other);

    /// The sum, correctly rounded (ties to even); NaN unless finite().
    double value() const;

    /// Whether every value was finite.
    bool finite() const;

    /// The integers, carries done, for an integer sum over ranks.  Writing other than such a sum
    /// of words() of accumulators is an error.
    std::span<std::int64_t, size> words();

private:
    [[nodiscard]] bool add_block(std::span<const double> values);
    void add_scaled(std::int64_t count, int exponent);
    void spend(std::uint64_t additions);
    void carry();
    void refuse();

    std::array<std::int64_t, size> words_{};
    std::uint64_t additions_ = 0;  // since the last carry
};

/// A sum in fixed point: whole + middle 2^-40 + fine 2^-80.  Its integers have no order.
///
/// A value with |x| < 2^50 is rounded to a multiple of 2^-80 (error at most 2^-81; none if
/// |x| >= 2^-28) and added exactly.  After carry() middle and fine lie in [0, 2^40), and equal
/// sums have equal integers.  Sums of up to 2^22 carried ones cannot overflow in them.
struct FixedSum {
    static constexpr double limit = 0x1p50;  ///< of the size of a value, and of a sum

    std::int64_t whole = 0;
    std::int64_t middle = 0;
    std::int64_t fine = 0;

    /// Adds a value and carries; false, and nothing added, if the value or the sum is not within
    /// the limit.
    [[nodiscard]] bool add(double x);

    FixedSum& operator+=(const FixedSum& other);
    FixedSum& operator-=(const FixedSum& other);
    bool operator==(const FixedSum&) const = default;

    /// Moves what exceeds a limb to the next one.
    void carry();

    /// The sum as the nearest double (ties to even).
    double value() const;

    /// Whether -limit <= sum < limit.  The sum must be carried.
    bool within_limit() const;
};

/// Adds n <= 1024 values and carries; false, and nothing added, if a value is not finite, or a
/// value or the sum is not within FixedSum::limit.
[[nodiscard]] bool add_block(FixedSum& sum, const double* values, std::size_t n);

/// An entry of a SumTable.
struct BadEntry {
    std::size_t row = 0;
    std::size_t quantity = 0;
    bool operator==(const BadEntry&) const = default;
};

/// Sums of several quantities by row, in fixed point, that add over threads and ranks in any order.
///
/// An entry whose values or sum are not within FixedSum::limit becomes bad and stays bad.  The mark
/// is part of its words, so after an integer sum of words() over (up to 4095) ranks all of them
/// find the same bad entries.
class SumTable {
public:
    SumTable(std::size_t rows, std::size_t quantities);

    std::size_t rows() const { return rows_; }
    std::size_t quantities() const { return quantities_; }

    /// Adds any number of values; false if the entry is bad afterwards.
    bool add(std::size_t row, std::size_t quantity, const double* values, std::size_t n);
    bool add(std::size_t row, std::size_t quantity, double value);
    /// Adds the same values to two quantities.
    bool add_twice(std::size_t row, std::size_t first, std::size_t second, const double* values,
                   std::size_t n);
    bool add(std::size_t row, std::size_t quantity, const FixedSum& sum);

    FixedSum at(std::size_t row, std::size_t quantity) const;

    /// The nearest double; NaN if the entry is bad.
    double value(std::size_t row, std::size_t quantity) const;

    /// The same of all quantities of a row; `to` has room for them.
    void values(std::size_t row, std::span<double> to) const;

    /// The first entry, row by row, that cannot be trusted.
    std::optional<BadEntry> bad() const;

    /// Adds a table of the same shape, such as another thread's.
    void merge(const SumTable& other);
    void clear();

    /// Clears the table.  From then on its sums are plain doubles, rounded in order and in parts as
    /// wide as vectors: only to measure, on one rank, what exact sums cost.
    void be_plain();

    /// Three integers per entry, row by row, for an integer sum over ranks.
    std::span<std::int64_t> words() { return words_; }

private:
    std::size_t offset(std::size_t row, std::size_t quantity) const;
    bool put(std::size_t row, std::size_t quantity, const FixedSum& sum);
    double plain(std::size_t row, std::size_t quantity) const;
    bool add_plain(std::size_t row, std::size_t quantity, double sum);

    std::size_t rows_;
    std::size_t quantities_;
    std::vector<std::int64_t> words_;
    bool is_plain_ = false;
};

}  // namespace latecomer
