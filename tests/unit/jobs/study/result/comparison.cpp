#include "jobs/study/result/comparison.hpp"

#include "jobs/study/journal/record_content.hpp"
#include "jobs/study/result/question.hpp"
#include "jobs/study/statistics/student.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/studies.hpp"

#include <array>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

namespace latecomer::tests::comparison_test {

using namespace latecomer::jobs::study;

namespace {

/// Four scenarios of a question, three replicates.
constexpr const char* four = R"([scenarios]
first = { "trade.barrier" = 0.1 }
none = {}
second = { "trade.barrier" = 0.2 }
both = { "trade.barrier" = 0.3 }
[question]
first = "first"
second = "second"
both = "both"
outcomes = ["gap_at_end", "welfare", "world.takeovers"]
[replicates]
min = 3
)";

/// A study whose outcomes are what a function says.
struct Made {
    using Value =
        std::function<double(const Task& task, const std::string& outcome, std::size_t economy)>;

    Made(const std::string& toml, const Value& value, const std::string& points = {})
        : plan{plan_of(toml, points)}
    {
        for (const Economy& economy : economies_of(plan.scenario_of_arm(0))) {
            table.economies.push_back(economy.key);
        }
        const std::vector<std::string> keys = outcome_keys(table.economies, false);
        table.width = keys.size();
        for (std::int64_t number = 0; number < plan.tasks(); ++number) {
            table.hashes.emplace(number, 1);
            for (std::size_t i = 0; i < keys.size(); ++i) {
                const bool is_of_world = keys[i].starts_with("world.");
                const std::string outcome =
                    is_of_world ? keys[i] : keys[i].substr(0, keys[i].find('.'));
                const std::size_t economy = is_of_world ? 0 : i % table.economies.size();
                table.values.push_back(value(plan.task(number), outcome, economy));
            }
        }
    }

    Plan plan;
    OutcomeTable table;
};

std::string with_reference(const std::string& toml)
{
    return "reference = \"none\"\n" + toml;
}

/// Scenarios 0 to 3 (first, none, second, both) add this to every outcome.
constexpr std::array<double, 4> added{0.5, 0.0, 0.25, 2.0};

double additive(const Task& task, const std::string& outcome, std::size_t economy)
{
    const double base =
        3.0 + static_cast<double>(task.replicate) + 0.1 * static_cast<double>(economy);
    if (outcome == "welfare") {
        return base * std::exp(added[task.arm]);
    }
    return base + added[task.arm];
}

TEST_CASE("scenarios are compared with the reference that the study names, pair by pair")
{
    const Made made{with_reference(four), additive};
    const Comparison comparison{made.plan, made.table};
    const auto at = [&](std::size_t arm, std::size_t what) {
        return comparison.at(arm, 0, 0, what);
    };
    // What replicates share drops out, so that nothing is left of the spread between them.
    for (const std::size_t arm : {0U, 2U, 3U}) {
        CHECK(at(arm, 0).value == Approx(added[arm]));
        CHECK(at(arm, 0).half_width() == Approx(0.0).margin(1e-12));
        CHECK(at(arm, 2).value == Approx(added[arm]));  // ln of welfare
    }
    CHECK(std::isnan(at(1, 0).value));  // the reference itself
}

TEST_CASE("the interval of a comparison is Student's t over replicates")
{
    const std::array<double, 3> gains{0.1, 0.2, 0.6};
    const Made made{with_reference(four), [&](const Task& task, const std::string&, std::size_t) {
                        return task.arm == 0 ? gains.at(static_cast<std::size_t>(task.replicate))
                                             : 0.0;
                    }};
    const Comparison comparison{made.plan, made.table};
    const Estimate gap = comparison.at(0, 0, 0, 0);
    const double deviation = std::sqrt((0.04 + 0.01 + 0.09) / 2.0);
    CHECK(gap.value == Approx(0.3));
    CHECK(gap.half_width() == Approx(student_quantile(0.975, 2) * deviation / std::sqrt(3.0)));
}

TEST_CASE("cost per gap is a ratio of means, and missing unless the gap was closed beyond doubt")
{
    const auto rows = compared_outcomes();
    const std::size_t ratio = rows.size() - 1;
    REQUIRE(rows[ratio].key == "cost_per_gap");
    const auto value = [](double closed) {
        return [closed](const Task& task, const std::string& outcome, std::size_t) {
            const double noise = 0.01 * static_cast<double>(task.replicate);
            return task.arm != 0 ? 0.0 : outcome == "public_cost" ? 8.0 : closed + noise;
        };
    };
    const Made clear{with_reference(four), value(0.5)};
    const Estimate known = Comparison{clear.plan, clear.table}.at(0, 0, 0, ratio);
    CHECK(known.value == Approx(8.0 / 0.51));
    CHECK(known.low >= 8.0 / 0.52 - 1e-9);
    CHECK(known.high <= 8.0 / 0.50 + 1e-9);
    const Made unclear{with_reference(four), value(-0.005)};
    CHECK(std::isnan(Comparison(unclear.plan, unclear.table).at(0, 0, 0, ratio).value));
}

TEST_CASE("what one scenario of a pair lacks is left out of both")
{
    const Made made{with_reference(four),
                    [](const Task& task, const std::string& outcome, std::size_t economy) {
                        const bool lacks = task.arm == 0 && task.replicate == 1;
                        const bool nowhere = economy == 0 && task.arm == 1 && task.replicate == 0;
                        return lacks || nowhere ? std::nan("") : additive(task, outcome, economy);
                    }};
    const Estimate gap = Comparison{made.plan, made.table}.at(0, 0, 0, 0);
    CHECK(gap.ids - gap.without == 2);
    CHECK(gap.value == Approx(added[0]));
}

TEST_CASE("a question tells effects alone, main effects, interaction and mixture")
{
    const Made made{with_reference(four), additive};
    const Answer answer = answer_question(made.plan, made.table);
    // 2 - .5 - .25 is more than both alone, and 2 - .375 more than half of each.
    const std::array<double, effects> wanted{0.5, 0.25, 2.0, 1.125, 0.875, 1.25, 1.625, 1.5, 1.75};
    const Contrasts contrasts{made.plan, made.table};
    for (std::size_t outcome = 0; outcome < 3; ++outcome) {
        for (std::size_t e = 0; e < effects; ++e) {
            CAPTURE(outcome, e);
            const std::size_t row = outcome * contrasts.groups().size();  // of all latecomers
            CHECK(answer.estimates[row * effects + e].value == Approx(wanted[e]));
        }
    }
}

TEST_CASE("groups are latecomers, income groups, and each economy; those of lead firms are in none")
{
    const Made made{with_reference(four), additive};
    const Contrasts contrasts{made.plan, made.table};
    CHECK(contrasts.groups().front().name == "latecomers");
    CHECK(contrasts.economies() == made.table.economies.size());
    std::size_t members = 0;
    for (std::size_t g = 1; g < contrasts.groups().size() - contrasts.economies(); ++g) {
        members += contrasts.groups()[g].economies.size();
        CHECK_FALSE(contrasts.groups()[g].economies.empty());
    }
    CHECK(members == contrasts.groups().front().economies.size());
    CHECK(members < made.table.economies.size());
}

TEST_CASE("points are told apart while they are few, and count together when they are many")
{
    const auto listed = [](std::size_t points) {
        std::string list;
        for (std::size_t i = 0; i < points; ++i) {
            list +=
                (i == 0 ? "[" : ", [") + std::to_string(0.001 * static_cast<double>(i + 1)) + "]";
        }
        return "[scenarios]\nnone = {}\nopen = { \"trade.barrier\" = 0.1 }\n[design]\nkind = "
               "\"list\"\npoints = [" +
               list +
               "]\n[[parameters]]\nname = \"learning.absorption_rate\"\n[replicates]\nmin = 2\n";
    };
    const Made few{listed(64), additive};
    const Made many{listed(65), additive};
    CHECK(Contrasts(few.plan, few.table).cells() == 64);
    CHECK(Contrasts(many.plan, many.table).cells() == 1);
    const Estimate gap = Comparison{many.plan, many.table}.at(1, 0, 0, 0);
    CHECK(gap.ids == 65);  // points, each a mean over replicates
    CHECK(gap.value == Approx(added[1] - added[0]));
    CHECK(std::isnan(gap.low));  // somebody chose them
}

TEST_CASE("points of a design that depend on each other count by block")
{
    const std::string toml =
        "[scenarios]\nnone = {}\nopen = { \"trade.barrier\" = 0.1 }\n[design]\nkind = "
        "\"saltelli\"\nn = 16\n[[parameters]]\nname = "
        "\"learning.absorption_rate\"\n[replicates]\nmin = 1\n";
    const Made made{toml, [](const Task& task, const std::string&, std::size_t) {
                        return task.arm == 0 ? 0.0 : static_cast<double>(task.point);
                    }};
    const Estimate gap = Comparison{made.plan, made.table}.at(1, 0, 0, 0);
    CHECK(gap.ids == 16);
    CHECK(gap.value == Approx(0.5 * static_cast<double>(made.plan.design().size() - 1)));
}

/// Forty points of a sample along one parameter.
constexpr const char* sampled = R"([scenarios]
none = {}
first = { "trade.barrier" = 0.1 }
second = { "trade.barrier" = 0.2 }
both = { "trade.barrier" = 0.3 }
[question]
first = "first"
second = "second"
both = "both"
outcomes = ["gap_at_end"]
[design]
kind = "sobol"
n = 64
[[parameters]]
name = "learning.absorption_rate"
low = 0.0
high = 0.01
[replicates]
min = 1
)";

TEST_CASE(
    "over a sampled design intervals are over points, and a sign that flips along a parameter "
    "is found")
{
    const Plan design = plan_of(sampled);
    const auto rate = [&](const Task& task) { return design.design().point(task.point)[0]; };
    const Made made{sampled, [&](const Task& task, const std::string&, std::size_t) {
                        return task.arm == 1 ? rate(task) - 0.004 : 0.0;
                    }};
    const Contrasts contrasts{made.plan, made.table};
    CHECK(contrasts.cells() == 1);
    CHECK(contrasts.is_over_points());
    const Answer answer = answer_question(made.plan, made.table);
    CHECK(answer.estimates[0].ids == 64);
    CHECK(answer.estimates[0].value == Approx(0.001).margin(1e-4));
    REQUIRE(answer.conditions[0].name == "learning.absorption_rate");
    CHECK(answer.signs[0].flips_at == Approx(0.004).margin(4e-4));
    CHECK(answer.signs[0].share_low == 0.0);
    CHECK(answer.signs[0].share_high == 1.0);
    const std::string words = describe_answer(made.plan, answer);
    CHECK(words.find("gap_at_end, first:\n  learning.absorption_rate") != std::string::npos);
}

TEST_CASE("an ensemble of one set has no band, but chance")
{
    const Made made{with_reference(four) + "[design]\nkind = \"ensemble\"\nfile = \"points.csv\"\n",
                    [](const Task& task, const std::string&, std::size_t) {
                        return task.arm == 0 ? 1.0 + 0.1 * static_cast<double>(task.replicate)
                                             : 0.0;
                    },
                    "entry.rate,weight\n0.01,2\n"};
    const Comparison comparison{made.plan, made.table};
    const ContrastEstimate gap = comparison.at(0, 0, 0, 0);
    CHECK(gap.value == Approx(1.1));
    CHECK(gap.low == gap.high);
    CHECK(gap.chance == Approx(student_quantile(0.975, 2) * 0.1 / std::sqrt(3.0)));
    CHECK(gap.agreement == 1.0);
}

TEST_CASE("over an ensemble effects are weighted means with a band over sets, and chance apart")
{
    const std::string ensemble = "[design]\nkind = \"ensemble\"\nfile = \"points.csv\"\n";
    // Three sets; the first scenario adds this to all outcomes, and a part of it by chance.
    constexpr std::array<double, 3> gain{-0.1, 0.2, 0.4};
    constexpr std::array<double, 3> noise{-0.03, 0.0, 0.03};
    const Made made{with_reference(four) + ensemble,
                    [&](const Task& task, const std::string& outcome, std::size_t) {
                        const auto point = static_cast<std::size_t>(task.point);
                        const auto replicate = static_cast<std::size_t>(task.replicate);
                        const double effect = gain.at(point) + noise.at(replicate);
                        return outcome == "public_cost" ? (task.arm == 0 ? 5.0 : 1.0)
                               : task.arm == 0          ? 7.0 + effect
                               : task.arm == 2          ? 7.5
                                                        : 7.0;
                    },
                    "entry.rate,weight\n0.01,2\n0.02,1\n0.03,97\n"};
    const Comparison comparison{made.plan, made.table};
    const Contrasts& contrasts = comparison.contrasts();
    REQUIRE(contrasts.cells() == 1);
    CHECK(contrasts.has_point_units());
    const ContrastEstimate gap = comparison.at(0, 0, 0, 0);
    CHECK(gap.value == Approx(0.02 * -0.1 + 0.01 * 0.2 + 0.97 * 0.4));
    CHECK(gap.low == Approx(0.2 + 0.2 * (0.025 - 0.025) / (0.515 - 0.025)));  // 2.5 % of the weight
    CHECK(gap.high == Approx(0.4));
    CHECK(gap.agreement == Approx(0.98));
    CHECK(is_robust(gap));
    CHECK(gap.chance == Approx(student_quantile(0.975, 2) * 0.03 / std::sqrt(3.0)));
    CHECK_FALSE(is_robust({{0.1, 0.05, 0.2, 3, 0}, 0.11, 1.0}));  // all sets agree, by chance
    CHECK_FALSE(is_robust({{0.1, -0.05, 0.2, 3, 0}, 0.01, 0.94}));
    CHECK(comparison.at(2, 0, 0, 0).value == Approx(0.5));
    CHECK(comparison.at(2, 0, 0, 0).chance == Approx(0.0).margin(1e-12));
    const std::size_t ratio = compared_outcomes().size() - 1;
    CHECK(comparison.at(0, 0, 0, ratio).value == Approx(4.0 / gap.value));
    CHECK(std::isnan(comparison.at(0, 0, 0, ratio).low));
    CHECK(contrast_text(contrasts, gap) == "0.388 +- 0.075 [0.2, 0.4]*");
    CHECK(describe_comparison(made.plan, comparison).find("weight of 3 sets") != std::string::npos);
    OutcomeTable begun = made.table;
    std::erase_if(begun.hashes,
                  [&](const auto& run) { return made.plan.task(run.first).point == 1; });
    const Comparison of_two{made.plan, begun};
    CHECK(describe_comparison(made.plan, of_two).find("weight of 2 sets") != std::string::npos);
    const Answer answer = answer_question(made.plan, made.table);
    CHECK(answer.estimates[0].value == Approx(gap.value));
    CHECK(answer.estimates[0].agreement == Approx(0.98));
    CHECK(describe_answer(made.plan, answer).find("0.388 +- 0.075 [0.2, 0.4]*") !=
          std::string::npos);
}

}  // namespace
}  // namespace latecomer::tests::comparison_test
