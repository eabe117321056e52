#include "jobs/study/result/merge_stops.hpp"

#include "core/constants.hpp"

namespace latecomer::jobs::study {

void write_stops(ResultFile& result, const Plan& plan, const Looks& looks)
{
    const std::vector<StopRule>& rules = plan.spec().stops;
    if (rules.empty()) {
        return;
    }
    std::vector<std::string> names;
    std::vector<double> value, low, high, replicates, point, met;
    for (std::size_t rule = 0; rule < rules.size(); ++rule) {
        names.push_back(describe_rule(rules[rule]));
        for (std::size_t arm = 0; arm < plan.spec().arms.size(); ++arm) {
            const RuleState& state = looks.state(rule, arm);
            const Estimate& estimate = state.estimate;
            value.push_back(state.applies ? estimate.value : not_a_number);
            low.push_back(state.applies ? estimate.low : not_a_number);
            high.push_back(state.applies ? estimate.high : not_a_number);
            replicates.push_back(state.applies ? static_cast<double>(estimate.ids) : not_a_number);
            point.push_back(state.applies ? static_cast<double>(state.point) : not_a_number);
            met.push_back(!state.applies ? not_a_number : state.is_met ? 1.0 : 0.0);
        }
    }
    result.add_names("stop_rule", names, "Stopping rule of the study");
    const auto add = [&](const std::string& name, const std::vector<double>& values,
                         const std::string& doc) {
        result.add(name, io::Type::f64, values, {"stop_rule", "scenario"}, "1", doc);
    };
    add("stop_value", value,
        "Estimate of the stopping rule at its last look, at the point where it is known least "
        "well");
    add("stop_low", low,
        "Estimate of the stopping rule at its last look, low end of the confidence interval");
    add("stop_high", high,
        "Estimate of the stopping rule at its last look, high end of the confidence interval");
    add("stop_replicates", replicates,
        "Replicates that the stopping rule rests on, those without a value included");
    add("stop_point", point, "Point of the design at which the stopping rule is known least well");
    add("stop_met", met, "Whether the stopping rule is met at all points: 1, else 0");
}

}  // namespace latecomer::jobs::study
