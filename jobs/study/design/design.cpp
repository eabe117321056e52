#include "jobs/study/design/design.hpp"

#include "core/errors.hpp"
#include "jobs/study/design/design_random.hpp"
#include "jobs/study/design/marginal.hpp"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <utility>

namespace latecomer::jobs::study {
namespace {

std::int64_t count(const DesignSpec& spec)
{
    return static_cast<std::int64_t>(spec.marginals.size());
}

bool samples(DesignKind kind)
{
    return kind == DesignKind::lhs || kind == DesignKind::maximin || kind == DesignKind::sobol ||
           kind == DesignKind::saltelli || kind == DesignKind::morris;
}

/// Number of combinations of all values.
std::int64_t combinations(const std::vector<Marginal>& marginals)
{
    std::int64_t product = 1;
    for (const Marginal& marginal : marginals) {
        const auto levels = static_cast<std::int64_t>(marginal.values.size());
        expects(levels > 0, "a full design needs values of each marginal");
        expects(product <= std::numeric_limits<std::int64_t>::max() / levels,
                "a full design has more combinations than can be counted");
        product *= levels;
    }
    return product;
}

std::int64_t blocks_of(const DesignSpec& spec)
{
    switch (spec.kind) {
    case DesignKind::none:
        return 1;
    case DesignKind::full:
        return combinations(spec.marginals);
    case DesignKind::list:
    case DesignKind::file:
        return 0;
    case DesignKind::lhs:
    case DesignKind::maximin:
    case DesignKind::sobol:
    case DesignKind::saltelli:
    case DesignKind::morris:
        return spec.n;
    }
    fail("unknown kind of design");
}

std::int64_t block_size_of(const DesignSpec& spec)
{
    return spec.kind == DesignKind::saltelli ? count(spec) + 2
           : spec.kind == DesignKind::morris ? count(spec) + 1
                                             : 1;
}

void check(const DesignSpec& spec)
{
    if (samples(spec.kind)) {
        expects(spec.n >= 1 && !spec.marginals.empty(), "a design needs points and marginals");
        expects(spec.n <= std::int64_t{1} << (spec.kind == DesignKind::lhs ? 31 : 32),
                "a design has more points than its kind can have");
    }
    expects(spec.kind != DesignKind::morris || (spec.levels >= 2 && spec.levels % 2 == 0),
            "a Morris design has an even number of levels");
    expects(std::all_of(spec.rows.begin(), spec.rows.end(),
                        [&](const auto& row) { return row.size() == spec.marginals.size(); }),
            "a point needs a value per marginal");
}

}  // namespace

std::int64_t unit_dimensions(const DesignSpec& spec)
{
    return spec.kind == DesignKind::saltelli ? 2 * count(spec)
           : samples(spec.kind)              ? count(spec)
                                             : 0;
}

Design::Design(DesignSpec spec) : spec_{std::move(spec)}
{
    check(spec_);
    blocks_ = blocks_of(spec_);
    block_size_ = block_size_of(spec_);
    if (spec_.kind == DesignKind::sobol || spec_.kind == DesignKind::saltelli) {
        sequence_.emplace(unit_dimensions(spec_));
    }
    if (spec_.kind == DesignKind::maximin) {
        hypercube_ = maximin_hypercube(spec_.seed, spec_.n, dimensions());
    }
    const DesignDraw draw =
        spec_.kind == DesignKind::lhs ? DesignDraw::latin_order : DesignDraw::scramble;
    for (std::int64_t j = 0; j < unit_dimensions(spec_); ++j) {
        keys_.push_back(design_bits(spec_.seed, draw, j));
    }
}

std::int64_t Design::dimensions() const
{
    return count(spec_);
}

std::int64_t Design::size() const
{
    return planned() + static_cast<std::int64_t>(spec_.rows.size());
}

std::vector<double> Design::point(std::int64_t i) const
{
    expects(i >= 0 && i < size(), "a design has no such point");
    if (i >= planned()) {
        return spec_.rows[static_cast<std::size_t>(i - planned())];
    }
    switch (spec_.kind) {
    case DesignKind::none:
        return {};
    case DesignKind::full:
        return factorial_point(i);
    default:
        break;
    }
    std::vector<double> values = unit_point(i);
    for (std::size_t j = 0; j < values.size(); ++j) {
        values[j] = quantile(spec_.marginals[j], values[j]);
    }
    return values;
}

std::vector<double> Design::unit_point(std::int64_t i) const
{
    expects(i >= 0 && i < planned(), "a design has no such point");
    switch (spec_.kind) {
    case DesignKind::lhs:
        return latin_point(i);
    case DesignKind::maximin:
        return maximin_point(i);
    case DesignKind::sobol: {
        std::vector<double> result;
        for (std::int64_t j = 0; j < dimensions(); ++j) {
            result.push_back(sobol_coordinate(j, i));
        }
        return result;
    }
    case DesignKind::saltelli:
        return saltelli_point(i / block_size_, i % block_size_);
    case DesignKind::morris:
        return morris_point(i / block_size_, i % block_size_);
    default:
        fail("only designs that sample have points of the unit hypercube");
    }
}

/// The last marginal changes fastest.
std::vector<double> Design::factorial_point(std::int64_t i) const
{
    std::vector<double> result(spec_.marginals.size());
    for (std::size_t j = result.size(); j-- > 0;) {
        const std::vector<double>& values = spec_.marginals[j].values;
        const auto levels = static_cast<std::int64_t>(values.size());
        result[j] = values[static_cast<std::size_t>(i % levels)];
        i /= levels;
    }
    return result;
}

std::vector<double> Design::latin_point(std::int64_t i) const
{
    std::vector<double> result;
    for (std::int64_t j = 0; j < dimensions(); ++j) {
        const auto slot = static_cast<std::size_t>(j);
        const auto cell = static_cast<double>(place_in_order(i, spec_.n, keys_[slot]));
        // An odd multiple of 2^-21: no rounding carries it into the next of up to 2^31 cells.
        const std::uint64_t bits = design_bits(spec_.seed, DesignDraw::latin_place, i, j);
        const double place = static_cast<double>(bits >> 44 << 1 | 1) * 0x1p-21;
        result.push_back((cell + place) / static_cast<double>(spec_.n));
    }
    return result;
}

std::vector<double> Design::maximin_point(std::int64_t i) const
{
    std::vector<double> result;
    for (std::int64_t j = 0; j < dimensions(); ++j) {
        const auto slot = static_cast<std::size_t>(i * dimensions() + j);
        result.push_back((hypercube_->cells[slot] + 0.5) / static_cast<double>(spec_.n));
    }
    return result;
}

double Design::sobol_coordinate(std::int64_t dimension, std::int64_t index) const
{
    const std::uint32_t bits = sequence_->bits(dimension, static_cast<std::uint32_t>(index));
    return spec_.scramble == Scramble::none
               ? unit_of_bits(bits)
               : owen_scrambled(bits, keys_[static_cast<std::size_t>(dimension)]);
}

/// A is the first half of the dimensions of the sequence, B the second.
std::vector<double> Design::saltelli_point(std::int64_t block, std::int64_t role) const
{
    const bool all_of_b = role == block_size_ - 1;
    std::vector<double> result;
    for (std::int64_t j = 0; j < dimensions(); ++j) {
        const bool of_b = all_of_b || role == j + 1;
        result.push_back(sobol_coordinate(of_b ? dimensions() + j : j, block));
    }
    return result;
}

std::vector<double> Design::morris_point(std::int64_t trajectory, std::int64_t role) const
{
    const MorrisTrajectory path{spec_.seed, trajectory, dimensions(), spec_.levels};
    const auto levels = static_cast<double>(spec_.levels);
    std::vector<double> result;
    for (const std::int64_t level : path.levels_at(role)) {
        const auto j = static_cast<std::int64_t>(result.size());
        const auto rank = static_cast<double>(level);
        result.push_back(has_ends(j) ? rank / (levels - 1.0) : (rank + 0.5) / levels);
    }
    return result;
}

bool Design::has_ends(std::int64_t dimension) const
{
    return spec_.marginals[static_cast<std::size_t>(dimension)].kind != MarginalKind::normal;
}

MorrisStep Design::morris_step(std::int64_t trajectory, std::int64_t step) const
{
    expects(spec_.kind == DesignKind::morris, "only a Morris design has steps");
    expects(trajectory >= 0 && trajectory < spec_.n && step >= 0 && step < dimensions(),
            "a Morris design has no such step");
    const MorrisTrajectory path{spec_.seed, trajectory, dimensions(), spec_.levels};
    const std::int64_t moving = path.moving(step);
    const auto levels = static_cast<double>(spec_.levels);
    return {moving, has_ends(moving) ? levels / (2.0 * (levels - 1.0)) : 0.5, path.sign(moving)};
}

std::optional<double> Design::smallest_distance() const
{
    if (!hypercube_) {
        return std::nullopt;
    }
    return study::smallest_distance(*hypercube_);
}

}  // namespace latecomer::jobs::study
