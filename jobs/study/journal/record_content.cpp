#include "jobs/study/journal/record_content.hpp"

#include "agents/observation/moments.hpp"
#include "agents/observation/outcomes.hpp"
#include "core/build_info.hpp"
#include "core/text.hpp"

namespace latecomer::jobs::study {

std::vector<std::string> outcome_keys(const std::vector<std::string>& countries, bool moments)
{
    std::vector<std::string> keys;
    for (const OutcomeRow<CountryOutcome>& row : country_outcomes()) {
        for (const std::string& country : countries) {
            keys.push_back(text(row.key, '.', country));
        }
    }
    for (const OutcomeRow<WorldOutcome>& row : world_outcomes()) {
        keys.push_back(text("world.", row.key));
    }
    for (const MomentRow& row : moment_rows()) {
        if (moments) {
            keys.push_back(text("moment.", row.key));
        }
    }
    return keys;
}

std::string this_build()
{
    return std::string{build_info().git_commit};
}

}  // namespace latecomer::jobs::study
