#include "jobs/summary.hpp"

#include "agents/outputs.hpp"
#include "core/errors.hpp"
#include "core/text.hpp"
#include "jobs/figures.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace latecomer::jobs {
namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

const Output& output_named(std::string_view key)
{
    for (const Output& output : outputs()) {
        if (output.key == key) {
            return output;
        }
    }
    fail(text("there is no output '", key, '\''));
}

/// ln(M/F) at applications: how far a country's firms are behind the frontier.
std::vector<double> application_gaps(const World& world)
{
    const std::vector<double> by_stage = values_of(world, "gap_by_stage");
    std::vector<double> gaps;
    for (const CountryId c : world.countries.indices()) {
        gaps.push_back(by_stage[c.at() * stages + at(Stage::applications)]);
    }
    return gaps;
}

/// The share of domestic firms in the country's demand for applications: its mean over sectors,
/// each weighted by its share of final demand.
double domestic_applications(std::span<const double> share_by_position, const World& world)
{
    double sum = 0.0;
    double weights = 0.0;
    for (const PositionId p : world.positions.indices()) {
        if (const auto sector = world.positions[p].sector) {
            const double weight = world.parameters().sectors[sector->at()].demand_share;
            sum += weight * share_by_position[p.at()];
            weights += weight;
        }
    }
    return weights > 0.0 ? sum / weights : none;
}

std::string row(const std::string& country, const std::string& start, const std::string& end,
                const std::string& share, const std::string& cost)
{
    return text(left(country, 10), right(start, 16), right(end, 16), right(share, 20),
                right(cost, 14), '\n');
}

}  // namespace

std::vector<double> values_of(const World& world, std::string_view key)
{
    const Output& output = output_named(key);
    std::vector<double> values(output_size(world, output), none);
    if (world.quarter > 0) {
        output.fill(world, values);
    }
    return values;
}

void Summary::observe(const World& world)
{
    const bool is_start = world.quarter == world.parameters().run.burn_in + 1;
    if (is_start || gap_at_start_.empty()) {
        gap_at_start_ = application_gaps(world);
    }
    const std::vector<double> spending = values_of(world, "public_spending");
    public_cost_.resize(spending.size());
    for (std::size_t c = 0; c < spending.size(); ++c) {
        public_cost_[c] += spending[c];
    }
}

std::string Summary::table(const World& world) const
{
    const std::vector<double> gaps = application_gaps(world);
    const std::vector<double> shares = values_of(world, "domestic_share");
    const std::span<const double> all_shares{shares};
    const std::size_t positions = world.positions.size();

    std::string table = row("country", "stage-4 gap:", "stage-4 gap:", "domestic share", "public");
    table += row("", "start", "end", "of applications", "cost");
    for (const CountryId c : world.countries.indices()) {
        const auto of_country = all_shares.subspan(c.at() * positions, positions);
        const double cost = public_cost_.empty() ? 0.0 : public_cost_[c.at()];
        const double start = gap_at_start_.empty() ? none : gap_at_start_[c.at()];
        table += row(world.countries.key[c], fixed(start, 3), fixed(gaps[c.at()], 3),
                     fixed(domestic_applications(of_country, world), 3), rounded(cost));
    }
    return table;
}

}  // namespace latecomer::jobs
