#include "jobs/run/summary.hpp"

#include "core/constants.hpp"
#include "core/text.hpp"
#include "jobs/terminal/figures.hpp"

#include <algorithm>
#include <cmath>

namespace latecomer::jobs {
namespace {

constexpr std::size_t shown_movers = 6;
constexpr std::size_t longest_name = 28;

struct Cells {
    std::string country, start, end, share, stage, catch_up, welfare, cost;
};

std::string row(const Cells& cells, std::size_t first_width)
{
    return text(left(cells.country, first_width), right(cells.start, 13), right(cells.end, 13),
                right(cells.share, 16), right(cells.stage, 9), right(cells.catch_up, 12),
                right(cells.welfare, 10), right(cells.cost, 12), '\n');
}

std::string catch_up_cell(const Summary& summary, double quarters)
{
    if (std::isnan(quarters)) {
        return "no";
    }
    const auto after = static_cast<std::int64_t>(quarters);
    return summary.start_year > 0
               ? text(summary.start_year + (summary.first_quarter + after) / quarters_a_year)
               : text("after ", after);
}

std::string row_of(const Summary& summary, const EconomySummary& economy, const std::string& called,
                   std::size_t first_width)
{
    const CountryOutcome& outcome = economy.outcome;
    return row({called, fixed(outcome.gap_at_start, 3), fixed(outcome.gap_at_end, 3),
                fixed(outcome.application_share, 3), fixed(outcome.highest_stage, 0),
                catch_up_cell(summary, outcome.quarters_to_catch_up), fixed(outcome.welfare, 2),
                rounded(outcome.public_cost)},
               first_width);
}

std::string heading(const Summary& summary, const std::string& first, std::size_t first_width)
{
    return row({first, "stage-4 gap:", "stage-4 gap:", "domestic share", "highest", "catch-up,",
                "use of", "public"},
               first_width) +
           row({"", "start", "end", "of applications", "stage",
                summary.start_year > 0 ? "year" : "quarters", "apps", "cost"},
               first_width);
}

std::string spaced(std::string words)
{
    std::ranges::replace(words, '_', ' ');
    return words;
}

/// What an economy is counted with: its income group, or where that is not known its role.
std::string group_of(const EconomySummary& economy)
{
    return economy.income_group.empty()
               ? text(country_role_names[static_cast<std::size_t>(economy.role)], " economies")
               : spaced(economy.income_group);
}

/// All groups that there may be, the rich first.
std::vector<std::string> all_groups()
{
    std::vector<std::string> groups;
    for (const std::string_view group : income_groups) {
        groups.insert(groups.begin(), spaced(std::string{group}));
    }
    for (const std::string_view role : country_role_names) {
        groups.push_back(text(role, " economies"));
    }
    return groups;
}

/// The middle of the values that exist; NaN if none does.
double median(std::vector<double> values)
{
    std::erase_if(values, [](double value) { return std::isnan(value); });
    if (values.empty()) {
        return std::nan("");
    }
    std::ranges::sort(values);
    const std::size_t half = values.size() / 2;
    return values.size() % 2 == 1 ? values[half] : 0.5 * (values[half - 1] + values[half]);
}

/// Medians over a group with the number that caught up of those that try to; public cost is that of all.
std::string group_row(const std::string& name, const std::vector<const EconomySummary*>& economies,
                      std::size_t first_width)
{
    const auto middle = [&](double CountryOutcome::*member) {
        std::vector<double> values;
        for (const EconomySummary* economy : economies) {
            values.push_back(economy->outcome.*member);
        }
        return median(std::move(values));
    };
    std::int64_t caught_up = 0;
    std::int64_t trying = 0;
    double cost = 0.0;
    for (const EconomySummary* economy : economies) {
        const bool tries = catches_up(economy->role);
        trying += tries ? 1 : 0;
        caught_up += tries && economy->outcome.caught_up > 0.0 ? 1 : 0;
        cost += economy->outcome.public_cost;
    }
    return row({text(name, ": ", economies.size()), fixed(middle(&CountryOutcome::gap_at_start), 3),
                fixed(middle(&CountryOutcome::gap_at_end), 3),
                fixed(middle(&CountryOutcome::application_share), 3),
                fixed(middle(&CountryOutcome::highest_stage), 0),
                trying > 0 ? text(caught_up, " of ", trying) : std::string{"-"},
                fixed(middle(&CountryOutcome::welfare), 2), rounded(cost)},
               first_width);
}

double moved(const EconomySummary& economy)
{
    return economy.outcome.gap_at_end - economy.outcome.gap_at_start;
}

/// "KHM Cambodia", whole letters of it only.
std::string called(const EconomySummary& economy)
{
    if (economy.name.empty() || economy.name == economy.key) {
        return economy.key;
    }
    std::string words = text(economy.key, ' ', economy.name);
    if (words.size() > longest_name) {
        std::size_t end = longest_name;
        while (end > 0 && (static_cast<unsigned char>(words[end]) & 0xc0) == 0x80) {
            --end;
        }
        words.resize(end);
    }
    return words;
}

std::string groups_and_movers(const Summary& summary)
{
    constexpr std::size_t first_width = longest_name + 2;
    std::string table = heading(summary, "medians of groups", first_width);
    for (const std::string& group : all_groups()) {
        std::vector<const EconomySummary*> members;
        for (const EconomySummary& economy : summary.economies) {
            if (group_of(economy) == group) {
                members.push_back(&economy);
            }
        }
        if (!members.empty()) {
            table += group_row(group, members, first_width);
        }
    }
    std::vector<const EconomySummary*> movers;
    for (const EconomySummary& economy : summary.economies) {
        if (!std::isnan(moved(economy))) {
            movers.push_back(&economy);
        }
    }
    std::ranges::stable_sort(movers, [](const EconomySummary* a, const EconomySummary* b) {
        return moved(*a) > moved(*b);
    });
    const auto add = [&](const char* title, auto first, auto end) {
        table += text(title, '\n');
        for (; first != end; ++first) {
            table += row_of(summary, **first, called(**first), first_width);
        }
    };
    const std::size_t up = std::min(shown_movers, movers.size());
    const std::size_t down = std::min(shown_movers, movers.size() - up);
    add("moved up most", movers.begin(), movers.begin() + static_cast<std::ptrdiff_t>(up));
    add("moved down most", movers.rbegin(), movers.rbegin() + static_cast<std::ptrdiff_t>(down));
    table += text("all ", summary.economies.size(),
                  " economies: 'latecomer inspect RUN --all', or outcomes.csv of the run\n");
    return table;
}

}  // namespace

Summary summary_of(const Outcomes& outcomes, const World& world)
{
    Summary summary;
    const std::vector<CountryOutcome> countries = outcomes.countries(world);
    for (const CountryId c : world.countries.indices()) {
        const auto& table = world.scenario.countries;
        const bool in_table = c.at() < table.size();
        summary.economies.push_back({world.countries.key[c], in_table ? table[c.at()].name : "",
                                     in_table ? table[c.at()].income_group : "",
                                     world.countries.role[c], countries[c.at()]});
    }
    const RunParameters& run = world.parameters().run;
    summary.world = outcomes.of_world(world);
    summary.start_year = run.start_year;
    summary.first_quarter = run.quarters > run.burn_in ? run.burn_in : 0;
    return summary;
}

std::string summary_table(const Summary& summary)
{
    std::string table;
    if (summary.economies.size() > most_rows) {
        table = groups_and_movers(summary);
    } else {
        constexpr std::size_t first_width = 10;
        table = heading(summary, "country", first_width);
        for (const EconomySummary& economy : summary.economies) {
            table += row_of(summary, economy, economy.key, first_width);
        }
    }
    const WorldOutcome& all = summary.world;
    table += text("latecomers: ", fixed(all.analytics_share, 3), " of analytics, ",
                  fixed(all.application_share, 3),
                  " of applications; caught up: ", fixed(all.catch_ups, 0),
                  "; positions with a new leader: ", fixed(all.leadership_changes, 0), '\n');
    return table;
}

}  // namespace latecomer::jobs
