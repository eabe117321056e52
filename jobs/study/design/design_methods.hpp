#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

/// The ways to choose the points of a study, a row each.
namespace latecomer::jobs::study {

struct DesignSpec;

/// Keys of [design] besides the kind, in the order in which they are checked.
enum class DesignKey { n, levels, scramble, points, file, sets, seed, dummy };
inline constexpr std::array<std::string_view, 8> design_key_words{
    "n", "levels", "scramble", "points", "file", "sets", "seed", "dummy"};

/// What a method must know of the parameters that it varies.
enum class MarginalNeed {
    nothing,       ///< it varies none
    names,         ///< its points are written down
    values,        ///< it combines them
    distribution,  ///< it samples the unit hypercube, whose points become values by quantiles
    ends,          ///< the same, and it visits the lowest and the highest value
};

/// What is computed of the outcomes at all points together.
enum class Statistic {
    sobol_indices,   ///< blocks are A, A with one column after the other from B, B
    morris_effects,  ///< blocks are trajectories of morris
    pawn,            ///< points are a sample; and whether it depends on a parameter that runs fail
};

/// One value per parameter at the i-th point.
using PointMaker = std::function<std::vector<double>(std::int64_t)>;

/// A way to choose the points of a study.
///
/// Points come in blocks, all of which an estimator needs together.  From the row follow what a
/// study's file may say, how many runs there are, which values they take, and what the result has
/// of them.
struct DesignMethod {
    std::string_view kind;  ///< its word in a study's file, kind = "lhs"
    MarginalNeed need;
    std::vector<DesignKey> keys;                  ///< those that say something to it
    std::int64_t (*blocks)(const DesignSpec&);    ///< how many; 2^63 - 1 if there are more
    PointMaker (*points)(const DesignSpec&);      ///< null: it has only those that are written down
    std::string_view n_counts = {};               ///< "number of blocks"
    std::int64_t most_n = std::int64_t{1} << 32;  ///< above this points are not distinct
    std::int64_t dimensions_each = 1;             ///< of the unit hypercube, for each parameter

    /// Points of a block for so many parameters; null: one.
    std::int64_t (*block_size)(std::int64_t parameters) = nullptr;
    /// Whether the points at this place of blocks are a sample of the whole space; null: all are.
    bool (*is_sample)(std::int64_t place, std::int64_t block_size) = nullptr;

    bool grows = false;               ///< the first points stay the same if n grows
    bool needs_power_of_two = false;  ///< a Sobol' sequence is balanced only then
    bool has_dummy = false;           ///< unless the file says otherwise
    bool has_weights = false;  ///< of its points: an ensemble, as analysis/calibrate finds it
    std::vector<Statistic> statistics = {};  ///< in the order of study.h5

    bool takes(DesignKey key) const;
    bool has_blocks() const { return block_size != nullptr; }

    /// Whether its points are written down in full, so that parameters need no distribution.
    bool is_given() const { return need == MarginalNeed::names; }

    /// Whether its points are many and differ in all parameters, so that each says little by itself.
    bool samples() const
    {
        return need == MarginalNeed::distribution || need == MarginalNeed::ends;
    }

    /// Whether results are told over points, not of each.
    bool is_told_over_points() const { return samples() || has_weights; }
};

/// The table of methods.  A new one is a row in design_method_rows.cpp, with a function that makes
/// its points, and nothing else.
std::vector<DesignMethod> design_method_rows();

/// The rows in memory; what everybody walks.  The first varies nothing.
std::span<const DesignMethod> design_methods();

}  // namespace latecomer::jobs::study
