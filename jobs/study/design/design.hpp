#pragma once

#include "jobs/study/design/design_spec.hpp"

#include <cstdint>
#include <vector>

namespace latecomer::jobs::study {

/// The points of a study: point i is a function of the spec and i, at a cost that grows with the
/// number of marginals only.
class Design {
public:
    /// Needs marginals as quantile() does; values in each for full; rows as long as the marginals
    /// are many; for methods that sample n >= 1, at most the method's most_n, and marginals; even
    /// levels for morris.
    explicit Design(DesignSpec spec);

    const DesignSpec& spec() const { return spec_; }
    const DesignMethod& method() const { return *spec_.method; }

    /// Number of points: those of the method, then rows that are written down.
    std::int64_t size() const;

    /// Number of points that the method gives; those behind were added by waves.
    std::int64_t planned() const { return blocks_ * block_size_; }

    /// Points that an estimator needs together: point i is number i % block_size() of block
    /// i / block_size().
    std::int64_t block_size() const { return block_size_; }

    /// One value per marginal; 0 <= i < size().
    std::vector<double> point(std::int64_t i) const;

    /// The same as probabilities, for 0 <= i < planned() of methods that sample.
    std::vector<double> unit_point(std::int64_t i) const;

private:
    DesignSpec spec_;
    std::int64_t blocks_ = 1;
    std::int64_t block_size_ = 1;
    PointMaker points_;  // none for methods without points of their own
};

}  // namespace latecomer::jobs::study
