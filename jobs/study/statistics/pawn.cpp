#include "jobs/study/statistics/pawn.hpp"

#include "core/constants.hpp"
#include "core/elementary.hpp"
#include "jobs/study/design/design_random.hpp"
#include "jobs/study/statistics/resample.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <utility>

namespace latecomer::jobs::study {
namespace {

/// Places in ascending order of the values; equal ones as they stand.
std::vector<std::size_t> order_of(std::span<const double> values)
{
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return values[i]; });
    return order;
}

/// Distance of each slice from the whole, for points in ascending order of their outcome;
/// `is_last(k)`: the outcome after place k is larger.
template <class IsLast>
Pawn distances(std::span<const int> sorted_slices, const IsLast& is_last)
{
    const int slices = 1 + *std::ranges::max_element(sorted_slices);
    std::vector<double> sizes(static_cast<std::size_t>(slices), 0.0);
    for (const int slice : sorted_slices) {
        sizes[static_cast<std::size_t>(slice)] += 1.0;
    }
    std::vector<double> seen(sizes.size(), 0.0);
    std::vector<double> largest(sizes.size(), 0.0);
    for (std::size_t k = 0; k < sorted_slices.size(); ++k) {
        seen[static_cast<std::size_t>(sorted_slices[k])] += 1.0;
        if (!is_last(k)) {
            continue;
        }
        const double all = static_cast<double>(k + 1) / static_cast<double>(sorted_slices.size());
        for (std::size_t i = 0; i < sizes.size(); ++i) {
            largest[i] = std::max(largest[i], std::abs(seen[i] / sizes[i] - all));
        }
    }
    std::vector<double> of_slices;
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        if (sizes[i] > 0.0) {
            of_slices.push_back(largest[i]);
        }
    }
    return {empirical_quantile(of_slices, 0.5), *std::ranges::max_element(of_slices)};
}

/// The slices, numbered anew, with those joined to the one before that ties have left with too few points;
/// empty if one slice is left.
std::vector<int> joined(const std::vector<int>& slices, const std::vector<std::size_t>& order)
{
    std::vector<std::size_t> begins{0};  // places in the order
    for (std::size_t k = 1; k < order.size(); ++k) {
        if (slices[order[k]] != slices[order[k - 1]] && k - begins.back() >= points_of_slice &&
            order.size() - k >= points_of_slice) {
            begins.push_back(k);
        }
    }
    if (begins.size() < least_slices) {
        return {};
    }
    std::vector<int> result(slices.size());
    for (std::size_t k = 0, slice = 0; k < order.size(); ++k) {
        slice += slice + 1 < begins.size() && begins[slice + 1] == k ? 1 : 0;
        result[order[k]] = static_cast<int>(slice);
    }
    return result;
}

}  // namespace

std::vector<int> pawn_slices(std::span<const double> parameter)
{
    constexpr std::size_t most_slices = 10;
    const std::size_t n = parameter.size();
    const std::size_t count = std::min(most_slices, n / points_of_slice);
    if (count < least_slices) {
        return {};
    }
    std::vector<int> slices(n);
    const std::vector<std::size_t> order = order_of(parameter);
    for (std::size_t k = 0; k < n; ++k) {
        const bool is_tied = k > 0 && parameter[order[k]] == parameter[order[k - 1]];
        slices[order[k]] = is_tied ? slices[order[k - 1]] : static_cast<int>(k * count / n);
    }
    return joined(slices, order);
}

Pawn pawn(std::span<const int> slices, std::span<const double> outcome)
{
    if (slices.empty() ||
        std::ranges::any_of(outcome, [](double value) { return std::isnan(value); })) {
        return {not_a_number, not_a_number};
    }
    const std::vector<std::size_t> order = order_of(outcome);
    std::vector<int> sorted;
    for (const std::size_t i : order) {
        sorted.push_back(slices[i]);
    }
    return distances(sorted, [&](std::size_t k) {
        return k + 1 == order.size() || outcome[order[k]] < outcome[order[k + 1]];
    });
}

double pawn_floor(std::span<const int> slices, std::uint64_t seed)
{
    constexpr std::int64_t permutations = 200;
    constexpr double share_below = 0.95;
    if (slices.empty()) {
        return not_a_number;
    }
    std::vector<int> shuffled(slices.begin(), slices.end());
    std::vector<double> medians;
    for (std::int64_t permutation = 0; permutation < permutations; ++permutation) {
        for (std::size_t i = shuffled.size(); i > 1; --i) {  // Fisher and Yates
            const std::uint64_t bits = design_bits(seed, DesignDraw::permutation, permutation,
                                                   static_cast<std::int64_t>(i));
            const std::int64_t other = number_below(static_cast<std::int64_t>(i), bits);
            std::swap(shuffled[i - 1], shuffled[static_cast<std::size_t>(other)]);
        }
        medians.push_back(distances(shuffled, [](std::size_t) { return true; }).median);
    }
    return empirical_quantile(std::move(medians), share_below);
}

double two_sample_probability(std::vector<double> first, std::vector<double> second)
{
    std::ranges::sort(first);
    std::ranges::sort(second);
    double distance = 0.0;
    const auto n = static_cast<double>(first.size());
    const auto m = static_cast<double>(second.size());
    for (std::size_t i = 0, j = 0; i < first.size() && j < second.size();) {
        const double value = std::min(first[i], second[j]);
        while (i < first.size() && first[i] == value) {
            ++i;
        }
        while (j < second.size() && second[j] == value) {
            ++j;
        }
        distance =
            std::max(distance, std::abs(static_cast<double>(i) / n - static_cast<double>(j) / m));
    }
    const double root = std::sqrt(n * m / (n + m));
    const double x = distance * (root + 0.12 + 0.11 / root);
    constexpr double certain = 0.2;  // below, the probability is 1 to 10 digits
    if (x < certain) {
        return 1.0;
    }
    double probability = 0.0;
    for (int k = 1; k <= 100; ++k) {
        probability += (k % 2 == 1 ? 2.0 : -2.0) * elementary::exp(-2.0 * k * k * x * x);
    }
    return std::clamp(probability, 0.0, 1.0);
}

}  // namespace latecomer::jobs::study
