#include "jobs/study/design/design_points.hpp"

#include "jobs/study/design/design_random.hpp"
#include "jobs/study/design/maximin.hpp"
#include "jobs/study/design/sobol_sequence.hpp"

#include <cstddef>

namespace latecomer::jobs::study {
namespace {

/// A key for each dimension of the unit hypercube.
std::vector<std::uint64_t> keys_of(const DesignSpec& spec, DesignDraw draw)
{
    std::vector<std::uint64_t> keys;
    for (std::int64_t j = 0; j < unit_dimensions(spec); ++j) {
        keys.push_back(design_bits(spec.seed, draw, j));
    }
    return keys;
}

/// The sequence, scrambled as the spec says it.
class Coordinates {
public:
    explicit Coordinates(const DesignSpec& spec)
        : sequence_{unit_dimensions(spec)}, scramble_{spec.scramble}, keys_{keys_of(
                                                                          spec,
                                                                          DesignDraw::scramble)}
    {}

    double at(std::int64_t dimension, std::int64_t index) const
    {
        const std::uint32_t bits = sequence_.bits(dimension, static_cast<std::uint32_t>(index));
        return scramble_ == Scramble::none
                   ? unit_of_bits(bits)
                   : owen_scrambled(bits, keys_[static_cast<std::size_t>(dimension)]);
    }

private:
    SobolSequence sequence_;
    Scramble scramble_;
    std::vector<std::uint64_t> keys_;  // by dimension
};

}  // namespace

PointMaker scenario_point(const DesignSpec&)
{
    return [](std::int64_t) { return std::vector<double>{}; };
}

PointMaker factorial_points(const DesignSpec& spec)
{
    return [marginals = spec.marginals](std::int64_t i) {
        std::vector<double> result(marginals.size());
        for (std::size_t j = result.size(); j-- > 0;) {
            const std::vector<double>& values = marginals[j].values;
            const auto levels = static_cast<std::int64_t>(values.size());
            result[j] = values[static_cast<std::size_t>(i % levels)];
            i /= levels;
        }
        return result;
    };
}

PointMaker latin_points(const DesignSpec& spec)
{
    return [n = spec.n, seed = spec.seed,
            keys = keys_of(spec, DesignDraw::latin_order)](std::int64_t i) {
        std::vector<double> result;
        for (const std::uint64_t key : keys) {
            const auto j = static_cast<std::int64_t>(result.size());
            const auto cell = static_cast<double>(place_in_order(i, n, key));
            // An odd multiple of 2^-21: no rounding carries it into the next of up to 2^31 cells.
            const std::uint64_t bits = design_bits(seed, DesignDraw::latin_place, i, j);
            const double place = static_cast<double>(bits >> 44 << 1 | 1) * 0x1p-21;
            result.push_back((cell + place) / static_cast<double>(n));
        }
        return result;
    };
}

PointMaker maximin_points(const DesignSpec& spec)
{
    return [cube = maximin_hypercube(spec.seed, spec.n, parameters_of(spec))](std::int64_t i) {
        std::vector<double> result;
        for (std::int64_t j = 0; j < cube.dimensions; ++j) {
            const auto slot = static_cast<std::size_t>(i * cube.dimensions + j);
            result.push_back((cube.cells[slot] + 0.5) / static_cast<double>(cube.points));
        }
        return result;
    };
}

PointMaker sobol_points(const DesignSpec& spec)
{
    return [coordinates = Coordinates{spec}, d = parameters_of(spec)](std::int64_t i) {
        std::vector<double> result;
        for (std::int64_t j = 0; j < d; ++j) {
            result.push_back(coordinates.at(j, i));
        }
        return result;
    };
}

PointMaker saltelli_points(const DesignSpec& spec)
{
    return [coordinates = Coordinates{spec}, d = parameters_of(spec)](std::int64_t i) {
        const std::int64_t block_size = d + 2;
        const std::int64_t place = i % block_size;
        const bool all_of_b = place == block_size - 1;
        std::vector<double> result;
        for (std::int64_t j = 0; j < d; ++j) {
            const bool of_b = all_of_b || place == j + 1;
            result.push_back(coordinates.at(of_b ? d + j : j, i / block_size));
        }
        return result;
    };
}

}  // namespace latecomer::jobs::study
