#include "jobs/run/summary.hpp"

#include "core/text.hpp"
#include "jobs/terminal/figures.hpp"

#include <cmath>

namespace latecomer::jobs {
namespace {

struct Cells {
    std::string country, start, end, share, stage, catch_up, welfare, cost;
};

std::string row(const Cells& cells)
{
    return text(left(cells.country, 10), right(cells.start, 13), right(cells.end, 13),
                right(cells.share, 16), right(cells.stage, 9), right(cells.catch_up, 12),
                right(cells.welfare, 10), right(cells.cost, 12), '\n');
}

Cells cells_of(const std::string& country, const CountryOutcome& outcome)
{
    return {country,
            fixed(outcome.gap_at_start, 3),
            fixed(outcome.gap_at_end, 3),
            fixed(outcome.application_share, 3),
            fixed(outcome.highest_stage, 0),
            std::isnan(outcome.quarters_to_catch_up)
                ? std::string{"no"}
                : text("after ", static_cast<std::int64_t>(outcome.quarters_to_catch_up)),
            fixed(outcome.welfare, 2),
            rounded(outcome.public_cost)};
}

}  // namespace

std::string summary_table(const Outcomes& outcomes, const World& world)
{
    std::string table = row({"country", "stage-4 gap:", "stage-4 gap:", "domestic share", "highest",
                             "catch-up,", "use of", "public"});
    table += row({"", "start", "end", "of applications", "stage", "quarters", "apps", "cost"});
    const std::vector<CountryOutcome> countries = outcomes.countries(world);
    for (const CountryId c : world.countries.indices()) {
        table += row(cells_of(world.countries.key[c], countries[c.at()]));
    }
    const WorldOutcome all = outcomes.of_world(world);
    table += text("latecomers: ", fixed(all.analytics_share, 3), " of analytics, ",
                  fixed(all.application_share, 3),
                  " of applications; caught up: ", fixed(all.catch_ups, 0),
                  "; positions with a new leader: ", fixed(all.leadership_changes, 0), '\n');
    return table;
}

}  // namespace latecomer::jobs
