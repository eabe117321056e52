#include "jobs/program/study_remarks.hpp"

#include "core/text.hpp"
#include "io/scenario/scenario_remarks.hpp"

#include <algorithm>
#include <utility>

namespace latecomer::jobs {
namespace {

/// Why intervals will be missing; empty: they will not.
std::string no_interval(const study::Plan& plan)
{
    const study::Spec& spec = plan.spec();
    const bool is_over_points =
        plan.design().method().is_told_over_points() && plan.design().size() > 1;
    if (spec.arms.size() > 1 && spec.replicates.max < 2 && !is_over_points) {
        return "differences between scenarios rest on 1 replicate, so that nothing tells them from "
               "chance; set replicates.min to 2 or more, 4 for a first look";
    }
    if (!spec.design.weights.empty() && spec.replicates.max < 2) {
        return "effects over the ensemble rest on 1 replicate a set, so that chance is not told "
               "apart from "
               "parameters; set replicates.min to 2 or more";
    }
    return {};
}

}  // namespace

std::vector<std::string> remarks_on(const study::Plan& plan)
{
    std::vector<std::string> remarks;
    if (std::string words = no_interval(plan); !words.empty()) {
        remarks.push_back(std::move(words));
    }
    std::vector<std::pair<std::string, std::string>> of_arms;  // remark, names of scenarios
    for (std::size_t arm = 0; arm < plan.spec().arms.size(); ++arm) {
        for (std::string& remark : remarks_on_course(plan.scenario_of_arm(arm))) {
            const auto known =
                std::ranges::find(of_arms, remark, &std::pair<std::string, std::string>::first);
            if (known != of_arms.end()) {
                known->second += text(", ", plan.spec().arms[arm].name);
            } else {
                of_arms.emplace_back(std::move(remark), plan.spec().arms[arm].name);
            }
        }
    }
    for (const auto& [remark, names] : of_arms) {
        remarks.push_back(text("scenario ", names, ": ", remark));
    }
    return remarks;
}

}  // namespace latecomer::jobs
