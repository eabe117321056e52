#include "jobs/study/statistics/sobol_indices.hpp"

#include "core/constants.hpp"
#include "core/errors.hpp"
#include "jobs/study/statistics/resample.hpp"

#include <cstddef>

namespace latecomer::jobs::study {
namespace {

/// What each block adds to the estimators, and their value for blocks with weights.
class Contributions {
public:
    Contributions(std::span<const double> values, std::size_t dimensions)
        : blocks_{values.size() / (dimensions + 2)}, dimensions_{dimensions}
    {
        double mean = 0.0;
        const double* block = values.data();
        for (std::size_t i = 0; i < blocks_; ++i, block += dimensions + 2) {
            mean += (block[0] + block[dimensions + 1]) / (2.0 * static_cast<double>(blocks_));
        }
        block = values.data();
        for (std::size_t i = 0; i < blocks_; ++i, block += dimensions + 2) {
            const double a = block[0] - mean;
            const double b = block[dimensions + 1] - mean;
            sums_.push_back(0.5 * (a + b));
            sums_.push_back(0.5 * (a * a + b * b));
            for (std::size_t j = 1; j <= dimensions; ++j) {
                const double change = block[j] - block[0];
                sums_.push_back(b * change);
                sums_.push_back(0.5 * change * change);
            }
        }
    }

    std::size_t blocks() const { return blocks_; }

    /// Variance, then first and total index of each dimension in turn.
    template <class Weight>
    std::vector<double> estimate(const Weight& weight) const
    {
        std::vector<double> means(2 * dimensions_ + 2, 0.0);
        for (std::size_t i = 0; i < blocks_; ++i) {
            const double w = static_cast<double>(weight(i)) / static_cast<double>(blocks_);
            for (std::size_t k = 0; k < means.size() && w > 0.0; ++k) {
                means[k] += w * sums_[i * means.size() + k];
            }
        }
        std::vector<double> result{means[1] - means[0] * means[0]};
        for (std::size_t k = 2; k < means.size(); ++k) {
            result.push_back(result[0] > 0.0 ? means[k] / result[0] : not_a_number);
        }
        return result;
    }

private:
    std::size_t blocks_;
    std::size_t dimensions_;
    std::vector<double> sums_;  // by block, as `estimate` has them
};

}  // namespace

SobolIndices sobol_indices(std::span<const double> values, std::int64_t dimensions,
                           std::span<const std::uint16_t> counts)
{
    const auto d = static_cast<std::size_t>(dimensions);
    const Contributions contributions{values, d};
    const std::size_t blocks = contributions.blocks();
    expects(values.size() == blocks * (d + 2) &&
                counts.size() == blocks * static_cast<std::size_t>(resamples),
            "Sobol' indices need whole blocks and as many counts");
    if (blocks == 0) {
        const std::vector<IndexEstimate> none(d, {not_a_number, not_a_number, not_a_number});
        return {none, none, not_a_number};
    }
    const std::vector<double> all = contributions.estimate([](std::size_t) { return 1; });
    std::vector<std::vector<double>> again(all.size());
    for (std::size_t sample = 0; sample < static_cast<std::size_t>(resamples); ++sample) {
        const std::vector<double> one =
            contributions.estimate([&](std::size_t i) { return counts[sample * blocks + i]; });
        for (std::size_t k = 0; k < one.size(); ++k) {
            again[k].push_back(one[k]);
        }
    }
    SobolIndices result;
    result.variance = all[0];
    for (std::size_t k = 1; k < all.size(); ++k) {
        const Bounds bounds =
            blocks > 1 ? percentile_bounds(std::move(again[k]))
                       : Bounds{not_a_number, not_a_number};  // resampled, it is the same
        (k % 2 == 1 ? result.first : result.total).push_back({all[k], bounds.low, bounds.high});
    }
    return result;
}

}  // namespace latecomer::jobs::study
