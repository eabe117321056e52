#include "jobs/study/journal/record_content.hpp"

#include "agents/observation/outcomes.hpp"
#include "core/build_info.hpp"
#include "core/text.hpp"
#include "jobs/study/spec/spec_rules.hpp"

namespace latecomer::jobs::study {

std::vector<std::string> outcome_keys(const std::vector<std::string>& countries, bool moments)
{
    std::vector<std::string> keys;
    for (const OutcomeRow<CountryOutcome>& row : country_outcomes()) {
        for (const std::string& country : countries) {
            keys.push_back(text(row.key, '.', country));
        }
    }
    const std::vector<std::string> of_world = world_outcome_keys(moments);
    keys.insert(keys.end(), of_world.begin(), of_world.end());
    return keys;
}

std::string this_build()
{
    return std::string{build_info().git_commit};
}

}  // namespace latecomer::jobs::study
