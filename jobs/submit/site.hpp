#pragma once

#include "core/declarations.hpp"

#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

namespace latecomer::jobs::submit {

enum class Scheduler : std::int64_t { slurm, pbs, none };
enum class Requeue : std::int64_t { allowed, forbidden };

inline constexpr Interval whole_positive{1.0, 1e9};
inline constexpr Interval whole_not_negative{0.0, 1e9};

/// What a place to compute offers.  A file jobs/sites/NAME.toml; 0 and "" mean: not known, no limit.
struct Site {
    Scheduler scheduler = Scheduler::none;
    Requeue requeue = Requeue::allowed;
    std::string account;
    std::string partition;
    std::string quality_of_service;
    std::vector<std::string> options;
    std::int64_t cores_per_node = 1;
    double memory_gib_per_node = 0.0;
    double hours_per_job = 0.0;
    std::int64_t nodes_per_job = 0;
    std::int64_t array_elements = 0;
    std::int64_t warning_seconds = 120;
    std::vector<std::string> launcher;
    std::vector<std::string> modules;
    std::string scratch;
    double hours_between_failures = 0.0;
    double price_per_node_hour = 0.0;
    std::string currency;

    static constexpr auto table = std::tuple{
        ChoiceParameter{"scheduler",
                        &Site::scheduler,
                        {"slurm", "pbs", "none"},
                        "",
                        "",
                        "What takes jobs: Slurm, PBS, or nothing."},
        ChoiceParameter{"requeue",
                        &Site::requeue,
                        {"allowed", "forbidden"},
                        "",
                        "",
                        "Whether a job may put itself into the queue again; if not, it submits "
                        "another one."},
        Parameter{"account", &Site::account, "", any_number, unexplored, "", "",
                  "Account that pays."},
        Parameter{"partition", &Site::partition, "", any_number, unexplored, "", "",
                  "Partition of Slurm, or queue of PBS."},
        Parameter{"quality_of_service", &Site::quality_of_service, "", any_number, unexplored, "",
                  "", "Quality of service, of Slurm."},
        Parameter{"options", &Site::options, "", any_number, unexplored, "", "",
                  "More options of sbatch or qsub, each one word."},
        Parameter{"cores_per_node", &Site::cores_per_node, "", whole_positive, unexplored, "", "",
                  "Cores of a node that a job may use."},
        Parameter{"memory_gib_per_node", &Site::memory_gib_per_node, "GiB", not_negative,
                  unexplored, "", "", "Memory of a node that a job may use."},
        Parameter{"hours_per_job", &Site::hours_per_job, "h", not_negative, unexplored, "", "",
                  "Longest job."},
        Parameter{"nodes_per_job", &Site::nodes_per_job, "", whole_not_negative, unexplored, "", "",
                  "Most nodes of a job."},
        Parameter{"array_elements", &Site::array_elements, "", whole_not_negative, unexplored, "",
                  "", "Most elements of a job array."},
        Parameter{"warning_seconds", &Site::warning_seconds, "s", whole_not_negative, unexplored,
                  "", "", "Time before the end of a job at which it is told to stop."},
        Parameter{"launcher", &Site::launcher, "", any_number, unexplored, "", "",
                  "The launcher, word by word, with {ranks}, {nodes}, {ranks_per_node} and "
                  "{threads}."},
        Parameter{"modules", &Site::modules, "", any_number, unexplored, "", "",
                  "Modules to load."},
        Parameter{"scratch", &Site::scratch, "", any_number, unexplored, "", "",
                  "Folder of the fast file system, where studies belong."},
        Parameter{"hours_between_failures", &Site::hours_between_failures, "h", not_negative,
                  unexplored, "", "", "Mean time between failures of one node."},
        Parameter{"price_per_node_hour", &Site::price_per_node_hour, "currency", not_negative,
                  unexplored, "", "", "What an hour of a node costs."},
        Parameter{"currency", &Site::currency, "", any_number, unexplored, "", "",
                  "Unit of the price, 'EUR' or 'credits'."},
    };
};
static_assert(fully_declared<Site>);

/// Reads a site: a file that ends in .toml, or the name of one that the program brings along.
/// @throws InputError that names place, reason and remedy
Site read_site(const std::string& name_or_path);

}  // namespace latecomer::jobs::submit
