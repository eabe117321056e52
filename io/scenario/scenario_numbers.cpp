#include "io/scenario/scenario_numbers.hpp"

#include "agents/economy/country_table.hpp"
#include "core/errors.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <array>

namespace latecomer {
namespace {

constexpr Interval range_of_quarters{0, 4000};
constexpr Interval range_of_weights{0, 1000};

constexpr std::array numbers_of_plans{
    PlanNumber{"start", true, false, range_of_quarters, unexplored, 0.0,
               "First quarter of the policy."},
    PlanNumber{"end", true, false, range_of_quarters, unexplored, 4000.0,
               "Quarter in which it is over."},
    PlanNumber{"ramp", true, false, range_of_quarters, unexplored, 0.0,
               "Quarters to reach the request."},
    PlanNumber{"equal_cost", false, false, Interval{1e-9, 10}, unexplored, 0.01,
               "Planned spending, as a share of demand."},
    PlanNumber{"stance", false, false, share, unexplored, 1.0, "Selectivity."},
    PlanNumber{"instruments", false, true, share, share, 0.0, "Requested intensities."},
    PlanNumber{"tariff", false, true, Interval{0, 10}, unexplored, 0.0, "Tariffs by stage."},
    PlanNumber{"goals", false, true, range_of_weights, unexplored, 1.0, "Weights of goals."},
    PlanNumber{"orientation", false, true, range_of_weights, unexplored, 1.0,
               "Weights of orientations."},
};

/// The pieces of a name between dots.
std::vector<std::string> pieces_of(std::string_view name)
{
    std::vector<std::string> pieces;
    for (std::size_t begin = 0; begin <= name.size();) {
        const std::size_t end = std::min(name.find('.', begin), name.size());
        pieces.emplace_back(name.substr(begin, end - begin));
        begin = end + 1;
    }
    return pieces;
}

std::optional<ScenarioNumber> number_of_plan(const std::vector<std::string>& pieces)
{
    const auto row = std::ranges::find(numbers_of_plans, pieces[2], &PlanNumber::key);
    if (row == numbers_of_plans.end()) {
        return std::nullopt;
    }
    // An instrument may have a sector behind it.
    const std::size_t most = row->key == "instruments" ? 5 : row->is_table ? 4 : 3;
    if (pieces.size() > most || pieces.size() < (row->is_table ? 4U : 3U)) {
        return std::nullopt;
    }
    return ScenarioNumber{ScenarioNumber::Of::plan,
                          pieces[1],
                          row->is_whole,
                          row->range,
                          row->explored,
                          row->neutral};
}

std::optional<ScenarioNumber> number_of_economy(const std::vector<std::string>& pieces)
{
    const auto row = std::ranges::find(indicators, pieces[2], &IndicatorRow::key);
    if (row == indicators.end() || pieces.size() != 3) {
        return std::nullopt;
    }
    return ScenarioNumber{
        ScenarioNumber::Of::economy, pieces[1], false, row->range, unexplored, 0.0};
}

}  // namespace

std::vector<PlanNumber> plan_numbers()
{
    return {numbers_of_plans.begin(), numbers_of_plans.end()};
}

Interval plan_range(std::string_view key)
{
    const auto row = std::ranges::find(numbers_of_plans, key, &PlanNumber::key);
    expects(row != numbers_of_plans.end(), "a plan has a number of this name");
    return row->range;
}

std::optional<ScenarioNumber> scenario_number(std::string_view name)
{
    const std::vector<std::string> pieces = pieces_of(name);
    const bool is_empty_somewhere = std::ranges::any_of(pieces, &std::string::empty);
    if (pieces.size() < 3 || is_empty_somewhere) {
        return std::nullopt;
    }
    return pieces[0] == "policy"    ? number_of_plan(pieces)
           : pieces[0] == "country" ? number_of_economy(pieces)
                                    : std::nullopt;
}

std::vector<std::string> scenario_numbers_like(std::string_view name)
{
    std::vector<std::string> names;
    const std::vector<std::string> pieces = pieces_of(name);
    const std::string who = pieces.size() > 1 && !pieces[1].empty() ? pieces[1] : "IDN";
    if (pieces[0] == "policy") {
        for (const PlanNumber& row : numbers_of_plans) {
            const std::string_view example = row.key == "instruments" ? ".3L"
                                             : row.key == "tariff"    ? ".analytics"
                                             : row.key == "goals"     ? ".growth"
                                                                      : ".skills";
            names.push_back(text("policy.", who, '.', row.key, row.is_table ? example : ""));
        }
    } else if (pieces[0] == "country") {
        for (const IndicatorRow& row : indicators) {
            names.push_back(text("country.", who, '.', row.key));
        }
    }
    return names;
}

}  // namespace latecomer
