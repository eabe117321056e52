#include "jobs/study/design/maximin.hpp"

#include "core/elementary.hpp"
#include "core/errors.hpp"
#include "core/random.hpp"
#include "jobs/study/design/design_random.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>

namespace latecomer::jobs::study {
namespace {

using Row = const std::int32_t*;

/// The square of the distance of two points in units of cells: exact.
std::int64_t square_distance(Row a, Row b, std::int64_t dimensions)
{
    std::int64_t sum = 0;
    for (std::int64_t j = 0; j < dimensions; ++j) {
        const std::int64_t difference = a[j] - b[j];
        sum += difference * difference;
    }
    return sum;
}

Row row(const LatinHypercube& hypercube, std::int64_t point)
{
    return hypercube.cells.data() + point * hypercube.dimensions;
}

/// Simulated annealing by swaps of two points' cells in one dimension.
///
/// The crowding of a point is the sum over all others of 1 / distance^16; phi_p is the sixteenth
/// root of the sum of crowdings, but for a factor.
class Annealing {
public:
    Annealing(std::uint64_t seed, LatinHypercube start);

    /// Proposes one swap and takes it if it raises the sum of crowdings by less than a random share
    /// of about `tolerance`.
    void propose(std::int64_t proposal, double tolerance);

    const LatinHypercube& best() const { return best_; }

private:
    /// 1 / distance^16, in units that leave the result inside the range of a double.
    double repulsion(Row a, Row b) const;
    double crowding_of(std::int64_t point) const;
    void swap_cells(std::int64_t a, std::int64_t b, std::int64_t dimension);
    double try_swap(std::int64_t a, std::int64_t b, std::int64_t dimension);

    std::uint64_t seed_;
    LatinHypercube current_;
    LatinHypercube best_;
    double unit_;                   // a typical square distance
    std::vector<double> crowding_;  // by point
    std::vector<double> proposed_;  // crowding after a proposed swap
    double sum_;                    // of crowdings
    double best_sum_;
};

double sum_of(const std::vector<double>& values)
{
    double sum = 0.0;
    for (const double value : values) {
        sum += value;
    }
    return sum;
}

Annealing::Annealing(std::uint64_t seed, LatinHypercube start)
    : seed_{seed}, current_{std::move(start)}, best_{current_}
{
    const auto n = static_cast<double>(current_.points);
    unit_ = n * n / 6.0 * static_cast<double>(current_.dimensions);
    for (std::int64_t i = 0; i < current_.points; ++i) {
        crowding_.push_back(crowding_of(i));
    }
    sum_ = sum_of(crowding_);
    best_sum_ = sum_;
}

double Annealing::repulsion(Row a, Row b) const
{
    const std::int64_t square = square_distance(a, b, current_.dimensions);
    const double near2 = unit_ / static_cast<double>(square);
    const double near4 = near2 * near2;
    const double near8 = near4 * near4;
    return near8 * near8;
}

double Annealing::crowding_of(std::int64_t point) const
{
    double sum = 0.0;
    for (std::int64_t k = 0; k < current_.points; ++k) {
        if (k != point) {
            sum += repulsion(row(current_, k), row(current_, point));
        }
    }
    return sum;
}

void Annealing::swap_cells(std::int64_t a, std::int64_t b, std::int64_t dimension)
{
    std::swap(current_.cells[static_cast<std::size_t>(a * current_.dimensions + dimension)],
              current_.cells[static_cast<std::size_t>(b * current_.dimensions + dimension)]);
}

/// Swaps, fills proposed_, and returns its sum.
double Annealing::try_swap(std::int64_t a, std::int64_t b, std::int64_t dimension)
{
    proposed_ = crowding_;
    const auto add = [&](double factor) {
        for (std::int64_t k = 0; k < current_.points; ++k) {
            if (k != a && k != b) {
                proposed_[static_cast<std::size_t>(k)] +=
                    factor * (repulsion(row(current_, k), row(current_, a)) +
                              repulsion(row(current_, k), row(current_, b)));
            }
        }
    };
    add(-1.0);
    swap_cells(a, b, dimension);
    add(1.0);

    // Where a difference lost digits, the sum is taken anew.
    for (std::int64_t k = 0; k < current_.points; ++k) {
        const auto slot = static_cast<std::size_t>(k);
        if (k == a || k == b || proposed_[slot] < 0.5 * crowding_[slot]) {
            proposed_[slot] = crowding_of(k);
        }
    }
    return sum_of(proposed_);
}

void Annealing::propose(std::int64_t proposal, double tolerance)
{
    const auto bits = [&](std::int64_t purpose) {
        return design_bits(seed_, DesignDraw::annealing, proposal, purpose);
    };
    // Every other proposal moves the most crowded point: that is where there is most to gain.
    const std::int64_t n = current_.points;
    const auto crowded = std::max_element(crowding_.begin(), crowding_.end()) - crowding_.begin();
    const std::int64_t a = proposal % 2 == 0 ? crowded : number_below(n, bits(0));
    const std::int64_t b = (a + 1 + number_below(n - 1, bits(1))) % n;
    const std::int64_t dimension = number_below(current_.dimensions, bits(2));

    const double sum = try_swap(a, b, dimension);
    const std::uint64_t word = bits(3);
    const double u =
        detail::open_unit(static_cast<std::uint32_t>(word), static_cast<std::uint32_t>(word >> 32));
    if (sum > sum_ * (1.0 - tolerance * elementary::log(u))) {
        swap_cells(a, b, dimension);
        return;
    }
    crowding_.swap(proposed_);
    sum_ = sum;
    if (sum < best_sum_) {
        best_sum_ = sum;
        best_ = current_;
    }
}

}  // namespace

LatinHypercube latin_hypercube(std::uint64_t seed, std::int64_t points, std::int64_t dimensions)
{
    LatinHypercube result{points, dimensions, {}};
    for (std::int64_t i = 0; i < points; ++i) {
        for (std::int64_t j = 0; j < dimensions; ++j) {
            const std::uint64_t key = design_bits(seed, DesignDraw::latin_order, j);
            result.cells.push_back(static_cast<std::int32_t>(place_in_order(i, points, key)));
        }
    }
    return result;
}

LatinHypercube maximin_hypercube(std::uint64_t seed, std::int64_t points, std::int64_t dimensions)
{
    expects(points >= 1 && points <= most_maximin_points,
            "a maximin design has at most 4096 points");
    LatinHypercube start = latin_hypercube(seed, points, dimensions);
    if (points < 3 || dimensions < 2) {
        return start;  // all of them are equally good
    }

    // A proposal costs about 4 n d additions; 100 n d proposals are plenty for few points.
    constexpr std::int64_t affordable = 400'000'000;
    const std::int64_t size = points * dimensions;
    const std::int64_t proposals = std::min(100 * size, affordable / (4 * size));
    constexpr double first_tolerance = 1.0;
    constexpr double last_tolerance = 1e-3;
    Annealing annealing{seed, std::move(start)};
    for (std::int64_t k = 0; k < proposals; ++k) {
        const double passed = static_cast<double>(k) / static_cast<double>(proposals);
        const double tolerance =
            first_tolerance *
            elementary::exp(passed * elementary::log(last_tolerance / first_tolerance));
        annealing.propose(k, tolerance);
    }
    return annealing.best();
}

double smallest_distance(const LatinHypercube& hypercube)
{
    if (hypercube.points < 2) {
        return std::numeric_limits<double>::infinity();
    }
    std::int64_t least = std::numeric_limits<std::int64_t>::max();
    for (std::int64_t a = 0; a < hypercube.points; ++a) {
        for (std::int64_t b = 0; b < a; ++b) {
            least = std::min(
                least, square_distance(row(hypercube, a), row(hypercube, b), hypercube.dimensions));
        }
    }
    return std::sqrt(static_cast<double>(least)) / static_cast<double>(hypercube.points);
}

}  // namespace latecomer::jobs::study
