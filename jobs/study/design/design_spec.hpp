#pragma once

#include "jobs/study/design/design_methods.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace latecomer::jobs::study {

enum class MarginalKind { uniform, log_uniform, normal, triangular, discrete };

/// The distribution of one parameter over the points of a design.
struct Marginal {
    std::string parameter;  ///< "section.key"; empty: the dummy, which no run reads
    MarginalKind kind = MarginalKind::uniform;
    double low = 0.0;            ///< of uniform, log_uniform, triangular
    double high = 1.0;           ///< the same
    double mode = 0.5;           ///< of triangular
    double mean = 0.0;           ///< of normal
    double sd = 1.0;             ///< of normal, > 0
    std::vector<double> values;  ///< of discrete: equally likely; also the levels of a factorial
    bool is_whole = false;       ///< values are rounded to whole numbers, halves upwards
};

enum class Scramble { none, owen };

/// A design as the study's file tells it.
struct DesignSpec {
    const DesignMethod* method = &design_methods().front();  ///< a row of the table
    std::int64_t n = 1;       ///< points (lhs, maximin, sobol), blocks (saltelli), trajectories
    std::int64_t levels = 4;  ///< of morris; even
    Scramble scramble = Scramble::owen;
    std::vector<Marginal> marginals;
    /// A row a point, a column a marginal: all points of list and file, of other kinds those that
    /// waves have added behind.
    std::vector<std::vector<double>> rows;
    std::vector<double> weights;  ///< of the rows of an ensemble; they sum to 1
    std::int64_t sets = 0;        ///< drawn from an ensemble by weight; 0: all of the file
    std::uint64_t seed = 0;
};

/// Number of parameters that the design varies, the dummy included.
std::int64_t parameters_of(const DesignSpec& spec);

/// Dimensions of the unit hypercube from which the design takes its points: as many as marginals,
/// twice as many for saltelli (at most most_sobol_dimensions), none where values are written down.
std::int64_t unit_dimensions(const DesignSpec& spec);

/// Points that an estimator needs together: d + 2 for saltelli: A, then A with one column after the
/// other from B, then B; d + 1 for morris: the points of a trajectory; else 1.
std::int64_t block_size_of(const DesignSpec& spec);

/// Number of combinations of all values; 2^63 - 1 if there are more.
std::int64_t combinations(const DesignSpec& spec);

/// Number of points of the design, those of waves included; 2^63 - 1 if there are more.
std::int64_t point_count(const DesignSpec& spec);

/// The product of numbers that are not negative, or 2^63 - 1 if it is larger.
std::int64_t capped_product(std::int64_t a, std::int64_t b);

}  // namespace latecomer::jobs::study
