#pragma once

#include "core/declarations.hpp"

namespace latecomer {

/// What identifies a run and how long it is.  TOML section [run].
struct RunParameters {
    std::int64_t seed = 1;
    std::int64_t replicate = 0;
    std::int64_t start_year = 0;
    std::int64_t spin_up = 0;
    std::int64_t quarters = 300;
    std::int64_t burn_in = 100;

    static constexpr auto table = std::tuple{
        Parameter{"seed", &RunParameters::seed, "1", Interval{0, 9007199254740992.0}, unexplored,
                  "", "choice", "Seed of all random numbers."},
        Parameter{"replicate", &RunParameters::replicate, "1", Interval{0, 4294967295.0},
                  unexplored, "", "choice",
                  "Number of the Monte Carlo replicate: another world, same seed."},
        Parameter{"start_year", &RunParameters::start_year, "year", Interval{0, 3000}, unexplored,
                  "", "choice", "Year of the first four quarters; 0: quarters have no date."},
        Parameter{"spin_up", &RunParameters::spin_up, "quarter", Interval{0, 1000}, unexplored, "",
                  "choice",
                  "Quarters before the first, in which firms settle while their economies stand "
                  "still.  Not part of `quarters`."},
        Parameter{"quarters", &RunParameters::quarters, "quarter", Interval{0, 4000}, unexplored,
                  "", "choice", "Length of the run, burn-in included."},
        Parameter{"burn_in", &RunParameters::burn_in, "quarter", Interval{0, 4000}, unexplored, "",
                  "choice", "Quarters at the start that statistics over time leave out."},
    };
};
static_assert(fully_declared<RunParameters>);

enum class InitialWorld : std::int64_t { table, synthetic };

/// What happens when an economy lacks a figure that the start needs.
enum class MissingFigure : std::int64_t { fill, refuse };

/// Which economies there are and how finely they are resolved.  TOML section [world].
struct WorldParameters {
    InitialWorld initial = InitialWorld::table;
    std::vector<std::string> countries{};
    std::int64_t base_year = 2019;
    MissingFigure missing = MissingFigure::fill;
    std::int64_t firms_per_country = 200;
    double firm_exponent = 1.0;
    std::int64_t least_firms = 0;
    std::int64_t synthetic_latecomers = 8;
    std::int64_t synthetic_lead_economies = 2;
    std::int64_t synthetic_lead_firms = 8;

    static constexpr auto table = std::tuple{
        ChoiceParameter{"initial",
                        &WorldParameters::initial,
                        {"table", "synthetic"},
                        "",
                        "choice",
                        "Where the economies come from: the country table or random draws."},
        Parameter{"countries", &WorldParameters::countries, "1", any_number, unexplored, "",
                  "choice",
                  "Keys of the economies to take from the country table; empty: all that have "
                  "figures of the base year."},
        Parameter{"base_year", &WorldParameters::base_year, "year", Interval{0, 3000}, unexplored,
                  "", "choice", "Year whose figures in the country table economies start from."},
        ChoiceParameter{"missing",
                        &WorldParameters::missing,
                        {"fill", "refuse"},
                        "",
                        "choice",
                        "Whether something stands in for a figure that the start needs and an "
                        "economy lacks, or the scenario is refused."},
        Parameter{"firms_per_country", &WorldParameters::firms_per_country, "firm",
                  Interval{1, 1e8}, Interval{1, 1e7}, "", "scale",
                  "Latecomer firms at the start in the mean of economies that have such firms.  A "
                  "resolution: demand, lead firms and pooled data scale with it."},
        Parameter{"firm_exponent", &WorldParameters::firm_exponent, "1", share, unexplored, "",
                  "choice",
                  "Elasticity of an economy's number of firms to its market, size times adoption.  "
                  "Below 1 small ones have more firms, each of which stands for a part of one."},
        Parameter{"least_firms", &WorldParameters::least_firms, "firm", Interval{0, 1e6},
                  unexplored, "", "scale", "Firms that each position has at least at the start."},
        Parameter{"synthetic_latecomers", &WorldParameters::synthetic_latecomers, "country",
                  Interval{0, 1000}, Interval{1, 300}, "", "scale",
                  "Latecomer economies of the synthetic world."},
        Parameter{"synthetic_lead_economies", &WorldParameters::synthetic_lead_economies, "country",
                  Interval{0, 1000}, Interval{0, 20}, "", "scale",
                  "Lead economies of the synthetic world."},
        Parameter{"synthetic_lead_firms", &WorldParameters::synthetic_lead_firms, "firm",
                  Interval{0, 1000}, Interval{0, 1000}, "", "scale",
                  "Lead firms of the synthetic world, dealt to its lead economies in turn."},
    };
};
static_assert(fully_declared<WorldParameters>);

enum class Precision : std::int64_t { f64, f32 };

/// When a run writes checkpoints.
enum class CheckpointRule : std::int64_t { automatic, quarters, minutes, none };

/// What a run does when a snapshot or checkpoint finds no room.
enum class WhenFull : std::int64_t { stop, go_on };

/// What a run writes besides its series; never changes a result.  TOML section [output].
struct OutputParameters {
    std::int64_t snapshot_every = 0;
    Precision snapshot_precision = Precision::f64;
    std::vector<std::string> snapshot_fields{};
    std::vector<std::string> snapshot_countries{};
    double snapshot_sample = 1.0;
    CheckpointRule checkpoint_rule = CheckpointRule::automatic;
    std::int64_t checkpoint_every = 50;
    double checkpoint_minutes = 60.0;
    double hours_between_failures = 24.0;
    WhenFull when_full = WhenFull::stop;
    std::int64_t flow_matrix_countries = 32;

    static constexpr auto table = std::tuple{
        Parameter{"snapshot_every", &OutputParameters::snapshot_every, "quarter", Interval{0, 4000},
                  unexplored, "", "choice", "Quarters between firm snapshots; 0: none."},
        ChoiceParameter{"snapshot_precision",
                        &OutputParameters::snapshot_precision,
                        {"f64", "f32"},
                        "",
                        "choice",
                        "Floating-point format of firm snapshots."},
        Parameter{"snapshot_fields", &OutputParameters::snapshot_fields, "1", any_number,
                  unexplored, "", "choice", "Columns of firm snapshots; empty: all of them."},
        Parameter{"snapshot_countries", &OutputParameters::snapshot_countries, "1", any_number,
                  unexplored, "", "choice",
                  "Economies of the run whose firms are in firm snapshots; empty: all of them."},
        Parameter{"snapshot_sample", &OutputParameters::snapshot_sample, "1", Interval{1e-6, 1},
                  unexplored, "", "choice",
                  "Share of firms that are in firm snapshots, drawn by their identity: the same in "
                  "every snapshot, and a smaller share is part of a larger one."},
        ChoiceParameter{"checkpoint_rule",
                        &OutputParameters::checkpoint_rule,
                        {"auto", "quarters", "minutes", "none"},
                        "",
                        "choice",
                        "When checkpoints are written; auto: as often as pays, from the time that "
                        "one takes and the time between failures."},
        Parameter{"checkpoint_every", &OutputParameters::checkpoint_every, "quarter",
                  Interval{1, 4000}, unexplored, "", "choice",
                  "Quarters between checkpoints, by the rule of that name."},
        Parameter{"checkpoint_minutes", &OutputParameters::checkpoint_minutes, "minute",
                  Interval{0.001, 100000}, unexplored, "", "choice",
                  "Minutes between checkpoints, by the rule of that name."},
        Parameter{"hours_between_failures", &OutputParameters::hours_between_failures, "hour",
                  Interval{0.001, 1000000}, unexplored, "", "choice",
                  "Mean time between failures of the machine, for the rule 'auto'."},
        ChoiceParameter{"when_full",
                        &OutputParameters::when_full,
                        {"stop", "go_on"},
                        "",
                        "choice",
                        "What happens when there is no room for a snapshot or checkpoint: the run "
                        "stops, or goes on without it."},
        Parameter{"flow_matrix_countries", &OutputParameters::flow_matrix_countries, "country",
                  Interval{0, 1022}, unexplored, "", "choice",
                  "Most countries for which flows between all pairs are recorded."},
    };
};
static_assert(fully_declared<OutputParameters>);

}  // namespace latecomer
