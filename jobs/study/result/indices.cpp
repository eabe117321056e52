#include "jobs/study/result/indices.hpp"

#include "core/constants.hpp"
#include "core/errors.hpp"
#include "core/text.hpp"
#include "jobs/study/journal/record_content.hpp"
#include "jobs/study/result/point_means.hpp"
#include "jobs/study/statistics/morris_effects.hpp"
#include "jobs/study/statistics/pawn.hpp"
#include "jobs/study/statistics/resample.hpp"
#include "jobs/study/statistics/sobol_indices.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace latecomer::jobs::study {
namespace {

/// Computes the indices of one scenario after another into the variables.
class Computation {
public:
    Computation(const Plan& plan, const Looks& looks, const OutcomeTable& table)
        : plan_{plan}, looks_{looks}, table_{table}
    {
        result_.outcomes = outcome_keys(table.economies, table.moments);
        result_.parameters = parameter_names(plan);
    }

    Indices all()
    {
        for (arm_ = 0; arm_ < plan_.spec().arms.size(); ++arm_) {
            const PointMeans runs{plan_, looks_, table_, arm_};
            for (const Statistic statistic : plan_.design().method().statistics) {
                add(statistic, runs);
            }
        }
        return std::move(result_);
    }

private:
    void add(Statistic statistic, const PointMeans& runs)
    {
        switch (statistic) {
        case Statistic::sobol_indices:
            add_sobol(runs);
            break;
        case Statistic::morris_effects:
            add_morris(runs);
            break;
        case Statistic::pawn:
            add_pawn(runs);
            warn_of_failures(runs);
            break;
        }
    }

    /// Adds a value to a variable of (scenario, outcome, parameter), or of the first of these.
    void add(const std::string& name, const std::string& doc, double value,
             std::size_t dimensions = 3)
    {
        const std::vector<std::string> all{"scenario", "outcome", "parameter"};
        auto found = std::ranges::find(result_.variables, name, &IndexVariable::name);
        if (found == result_.variables.end()) {
            const auto end = all.begin() + static_cast<std::ptrdiff_t>(dimensions);
            result_.variables.push_back({name, {all.begin(), end}, doc, {}});
            found = result_.variables.end() - 1;
        }
        found->values.push_back(value);
    }

    void add(const std::string& name, const std::string& doc, const IndexEstimate& estimate)
    {
        add(name, doc, estimate.value);
        add(name + "_low", text(doc, ", low end of the 95 % interval"), estimate.low);
        add(name + "_high", text(doc, ", high end of the 95 % interval"), estimate.high);
    }

    /// Blocks all of whose points are whole.
    std::vector<std::int64_t> whole_blocks(const PointMeans& runs) const
    {
        const std::int64_t size = plan_.design().block_size();
        std::vector<std::int64_t> blocks;
        for (std::int64_t block = 0; block < plan_.design().size() / size; ++block) {
            bool is_whole = true;
            for (std::int64_t i = 0; i < size; ++i) {
                is_whole = is_whole && runs.is_whole(block * size + i);
            }
            if (is_whole) {
                blocks.push_back(block);
            }
        }
        return blocks;
    }

    std::vector<std::int64_t> points_of(const std::vector<std::int64_t>& blocks) const
    {
        const std::int64_t size = plan_.design().block_size();
        std::vector<std::int64_t> points;
        for (const std::int64_t block : blocks) {
            for (std::int64_t i = 0; i < size; ++i) {
                points.push_back(block * size + i);
            }
        }
        return points;
    }

    void add_counts(const std::string& used, const std::string& dropped, std::size_t blocks)
    {
        const std::int64_t all = plan_.design().size() / plan_.design().block_size();
        add(used, "Blocks of the design that indices of sensitivity rest on",
            static_cast<double>(blocks), 1);
        add(dropped, "Blocks of the design left out whole, as a run of theirs is not done",
            static_cast<double>(all) - static_cast<double>(blocks), 1);
    }

    void add_sobol(const PointMeans& runs)
    {
        const std::vector<std::int64_t> blocks = whole_blocks(runs);
        const std::vector<std::int64_t> points = points_of(blocks);
        const auto counts = resample_counts(plan_.spec().seed, std::ssize(blocks));
        add_counts("sobol_blocks", "sobol_blocks_dropped", blocks.size());
        std::vector<std::string> noisy;
        for (std::size_t outcome = 0; outcome < result_.outcomes.size(); ++outcome) {
            const SobolIndices indices =
                sobol_indices(runs.means(outcome, points), std::ssize(result_.parameters), counts);
            for (const IndexEstimate& index : indices.first) {
                add("sobol_first",
                    "Share of the variance of the outcome that the parameter makes alone (Sobol)",
                    index);
            }
            for (const IndexEstimate& index : indices.total) {
                add("sobol_total",
                    "Share of the variance of the outcome that needs the parameter (Sobol)", index);
            }
            const double noise = runs.noise_variance(outcome, points) / indices.variance;
            add("sobol_noise_share",
                "Share of the variance of the outcome that is chance, not averaged out by "
                "replicates",
                indices.variance > 0.0 ? noise : not_a_number, 2);
            constexpr double large = 0.2;
            if (indices.variance > 0.0 && noise > large) {
                noisy.push_back(result_.outcomes[outcome]);
            }
        }
        warn_of_noise(noisy);
    }

    void warn_of_noise(const std::vector<std::string>& noisy)
    {
        if (!noisy.empty()) {
            warn(text("chance makes more than 20 % of the variance of ", noisy.size(),
                      " outcomes (", noisy.front(), noisy.size() > 1 ? ", ..." : "",
                      "); total indices are too large there, take more replicates"));
        }
        if (plan_.spec().replicates.max == 1) {
            warn("one replicate a point: how much is chance is not known, compare with the dummy");
        }
    }

    void add_morris(const PointMeans& runs)
    {
        const std::vector<std::int64_t> trajectories = whole_blocks(runs);
        const std::vector<std::int64_t> points = points_of(trajectories);
        const auto counts = resample_counts(plan_.spec().seed, std::ssize(trajectories));
        add_counts("morris_trajectories", "morris_trajectories_dropped", trajectories.size());
        for (std::size_t outcome = 0; outcome < result_.outcomes.size(); ++outcome) {
            for (const MorrisEffects& effects : morris_effects(
                     plan_.design(), runs.means(outcome, points), trajectories, counts)) {
                add("morris_mu",
                    "Mean effect on the outcome of moving the parameter over its range (Morris)",
                    effects.mu);
                add("morris_mu_star",
                    "Mean size of the effect on the outcome of moving the parameter over its range "
                    "(Morris)",
                    effects.mu_star);
                add("morris_sigma",
                    "Standard deviation of the effect on the outcome of moving the parameter "
                    "(Morris)",
                    effects.sigma);
            }
        }
    }

    /// Points that are a sample of the whole space.
    std::vector<std::int64_t> sampled_points() const
    {
        const auto is_sample = plan_.design().method().is_sample;
        const std::int64_t size = plan_.design().block_size();
        std::vector<std::int64_t> points;
        for (std::int64_t point = 0; point < plan_.design().size(); ++point) {
            if (is_sample == nullptr || is_sample(point % size, size)) {
                points.push_back(point);
            }
        }
        return points;
    }

    void add_pawn(const PointMeans& runs)
    {
        std::vector<std::int64_t> points = sampled_points();
        std::erase_if(points, [&](std::int64_t point) { return !runs.is_whole(point); });
        std::vector<std::vector<int>> slices;
        std::vector<double> floors;
        for (std::size_t j = 0; j < result_.parameters.size(); ++j) {
            slices.push_back(pawn_slices(column(points, j)));
            floors.push_back(pawn_floor(slices.back(), plan_.spec().seed));
        }
        for (std::size_t outcome = 0; outcome < result_.outcomes.size(); ++outcome) {
            const std::vector<double> means = runs.means(outcome, points);
            for (std::size_t j = 0; j < slices.size(); ++j) {
                const Pawn index = pawn(slices[j], means);
                add("pawn_median",
                    "Median distance of distributions of the outcome over slices of the parameter "
                    "(PAWN)",
                    index.median);
                add("pawn_max",
                    "Largest distance of distributions of the outcome over slices of the parameter "
                    "(PAWN)",
                    index.max);
                add("pawn_floor",
                    "Median distance that a parameter without influence exceeds in 1 of 20 cases "
                    "(PAWN)",
                    floors[j]);
            }
        }
    }

    std::vector<double> column(const std::vector<std::int64_t>& points, std::size_t j) const
    {
        std::vector<double> values;
        for (const std::int64_t point : points) {
            values.push_back(plan_.design().point(point)[j]);
        }
        return values;
    }

    /// Says so if it depends on a parameter whether runs fail.
    void warn_of_failures(const PointMeans& runs)
    {
        constexpr std::size_t least = 5;
        constexpr double rare = 0.05;
        std::vector<std::int64_t> good = sampled_points();
        std::vector<std::int64_t> bad;
        std::erase_if(good, [&](std::int64_t point) {
            const bool is_bad = !runs.is_whole(point);
            if (is_bad) {
                bad.push_back(point);
            }
            return is_bad;
        });
        if (bad.size() < least || good.size() < least) {
            return;
        }
        for (std::size_t j = 0; j < result_.parameters.size(); ++j) {
            const double probability = two_sample_probability(column(good, j), column(bad, j));
            if (probability * static_cast<double>(result_.parameters.size()) < rare) {
                warn(text("whether runs are done depends on ", result_.parameters[j],
                          "; indices hold for the runs that are done only"));
            }
        }
    }

    void warn(const std::string& words)
    {
        result_.warnings.push_back(text(plan_.spec().arms[arm_].name, ": ", words));
    }

    const Plan& plan_;
    const Looks& looks_;
    const OutcomeTable& table_;
    std::size_t arm_ = 0;
    Indices result_;
};

}  // namespace

const IndexVariable* Indices::find(const std::string& name) const
{
    const auto found = std::ranges::find(variables, name, &IndexVariable::name);
    return found == variables.end() ? nullptr : &*found;
}

std::vector<std::string> parameter_names(const Plan& plan)
{
    std::vector<std::string> names;
    for (const Marginal& marginal : plan.spec().design.marginals) {
        names.push_back(marginal.parameter.empty() ? "dummy" : marginal.parameter);
    }
    return names;
}

Indices compute_indices(const Plan& plan, const Looks& looks, const OutcomeTable& table)
{
    return Computation{plan, looks, table}.all();
}

void write_indices(ResultFile& result, const Indices& indices)
{
    for (const IndexVariable& variable : indices.variables) {
        result.add(variable.name, io::Type::f64, variable.values, variable.dimensions, "1",
                   variable.doc);
    }
}

}  // namespace latecomer::jobs::study
