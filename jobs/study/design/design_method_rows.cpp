#include "jobs/study/design/design_methods.hpp"
#include "jobs/study/design/design_points.hpp"
#include "jobs/study/design/design_spec.hpp"
#include "jobs/study/design/maximin.hpp"
#include "jobs/study/design/morris.hpp"

#include <algorithm>

namespace latecomer::jobs::study {
namespace {

using enum DesignKey;
using enum Statistic;

std::int64_t no_block(const DesignSpec&)
{
    return 0;
}

std::int64_t one_block(const DesignSpec&)
{
    return 1;
}

std::int64_t n_blocks(const DesignSpec& spec)
{
    return spec.n;
}

/// A, A with one column after the other from B, B.
std::int64_t saltelli_block(std::int64_t parameters)
{
    return parameters + 2;
}

/// The points of a trajectory, one more than its steps.
std::int64_t trajectory(std::int64_t parameters)
{
    return parameters + 1;
}

/// A and B; what lies between shares all columns but one with A.
bool is_end(std::int64_t place, std::int64_t block_size)
{
    return place == 0 || place == block_size - 1;
}

/// Those that have all their points in the file, or that make each point of values of the file.
std::vector<DesignMethod> listed_rows()
{
    return {
        {.kind = "none",
         .need = MarginalNeed::nothing,
         .keys = {},
         .blocks = one_block,
         .points = scenario_point},
        {.kind = "full",
         .need = MarginalNeed::values,
         .keys = {},
         .blocks = combinations,
         .points = factorial_points},
        {.kind = "list",
         .need = MarginalNeed::names,
         .keys = {points},
         .blocks = no_block,
         .points = nullptr},
        {.kind = "file",
         .need = MarginalNeed::names,
         .keys = {file},
         .blocks = no_block,
         .points = nullptr},
        {.kind = "ensemble",
         .need = MarginalNeed::names,
         .keys = {file, sets},
         .blocks = no_block,
         .points = nullptr,
         .has_weights = true},
    };
}

/// Those that sample the unit hypercube.
std::vector<DesignMethod> sampling_rows()
{
    return {
        {.kind = "lhs",
         .need = MarginalNeed::distribution,
         .keys = {n, seed, dummy},
         .blocks = n_blocks,
         .points = latin_points,
         .n_counts = "number of points",
         .most_n = std::int64_t{1} << 31,
         .statistics = {pawn}},
        {.kind = "maximin",
         .need = MarginalNeed::distribution,
         .keys = {n, seed},
         .blocks = n_blocks,
         .points = maximin_points,
         .n_counts = "number of points",
         .most_n = most_maximin_points,
         .statistics = {pawn}},
        {.kind = "sobol",
         .need = MarginalNeed::distribution,
         .keys = {n, scramble, seed, dummy},
         .blocks = n_blocks,
         .points = sobol_points,
         .n_counts = "number of points",
         .grows = true,
         .needs_power_of_two = true,
         .statistics = {pawn}},
        {.kind = "saltelli",
         .need = MarginalNeed::distribution,
         .keys = {n, scramble, seed, dummy},
         .blocks = n_blocks,
         .points = saltelli_points,
         .n_counts = "number of blocks",
         .dimensions_each = 2,
         .block_size = saltelli_block,
         .is_sample = is_end,
         .grows = true,
         .needs_power_of_two = true,
         .has_dummy = true,
         .statistics = {sobol_indices, pawn}},
        {.kind = "morris",
         .need = MarginalNeed::ends,
         .keys = {n, levels, seed, dummy},
         .blocks = n_blocks,
         .points = morris_points,
         .n_counts = "number of trajectories",
         .block_size = trajectory,
         .grows = true,
         .has_dummy = true,
         .statistics = {morris_effects}},
    };
}

}  // namespace

bool DesignMethod::takes(DesignKey key) const
{
    return std::ranges::find(keys, key) != keys.end();
}

std::vector<DesignMethod> design_method_rows()
{
    std::vector<DesignMethod> rows = listed_rows();
    for (DesignMethod& row : sampling_rows()) {
        rows.push_back(std::move(row));
    }
    return rows;
}

}  // namespace latecomer::jobs::study
