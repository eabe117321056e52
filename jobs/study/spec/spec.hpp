#pragma once

#include "jobs/study/design/design_spec.hpp"
#include "mpi/communicator.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

/// A Monte Carlo study as its file tells it: scenarios x points of a design x replicates.
namespace latecomer::jobs::study {

/// One scenario of a study ("arm" of an experiment): what it changes in a file.
struct Arm {
    std::string name;
    std::vector<std::string> settings;  ///< "section.key=value" as on the command line
    std::vector<std::string> pathways;  ///< "COUNTRY=NAME" as on the command line
    std::filesystem::path file{};       ///< its own scenario file; empty: the model of the study
    bool operator==(const Arm&) const = default;
};

/// Which tasks share their random events.
enum class CommonRandomNumbers { scenarios_and_points, scenarios, off };

enum class Estimand { mean, share, difference };

/// A rule that says when an outcome is known well enough.
struct StopRule {
    std::string observable;  ///< key of an outcome, "gap_at_end.IDN" or "world.catch_ups"
    Estimand estimand = Estimand::mean;
    std::string versus;  ///< of a difference: the arm to compare with, by default the reference
    std::optional<double> half_width;
    std::optional<double> relative_half_width;
    double level = 0.95;
};

struct Replicates {
    std::int64_t min = 32;  ///< of the first look
    std::int64_t max = 32;
    CommonRandomNumbers common = CommonRandomNumbers::scenarios_and_points;
};

/// How large a study is once a wave has been added: one of the two is larger than before.
struct WaveSpec {
    std::int64_t points = 1;
    std::int64_t replicates = 1;
};

struct Budget {
    std::optional<double> core_hours;
    std::optional<double> task_seconds;  ///< a task that takes longer is given up as timed out
};

struct RunSpec {
    std::int64_t ranks_per_task = 1;
    std::int64_t threads = 1;
    double max_failed_share = 0.05;
    std::int64_t host_failures = 5;  ///< in a row on one host until it gets no more tasks
};

/// Which runs keep their country series in the result.
struct SeriesSpec {
    std::int64_t replicates = 0;         ///< replicate ids below this one; 0: none
    std::vector<std::string> variables;  ///< outputs of series.h5
};

/// A question asked as a 2 x 2 experiment: what each of two things does alone, and what they do
/// together beyond that.  Numbers of arms; neither of the two is the reference.
struct QuestionSpec {
    std::size_t first = 0;
    std::size_t second = 0;
    std::size_t both = 0;
    std::vector<std::string> outcomes;  ///< of an economy, "gap_at_end", or of the world
};

struct Spec {
    std::filesystem::path path;
    std::string text;  ///< of the file, as it stands
    std::string name;
    std::filesystem::path model;  ///< the scenario file below arms; empty: each has its own
    std::uint64_t seed = 1;
    std::optional<std::int64_t> quarters;
    std::vector<Arm> arms;  ///< at least one
    /// The number of the arm with which outcomes of others are compared.
    std::size_t reference = 0;
    bool moments = false;  ///< whether runs tell moments of firms, behind their outcomes
    std::optional<QuestionSpec> question;
    DesignSpec design;
    /// By arm and parameter of the design: whether runs of the arm read it.
    std::vector<std::vector<bool>> reads;
    Replicates replicates;          ///< with all waves
    std::vector<WaveSpec> waves{};  ///< the first is the study without any
    std::vector<StopRule> stops;
    Budget budget;
    RunSpec run;
    SeriesSpec series;
};

/// Reads a spec and checks it against what the model declares.  The root reads.  Collective.
/// @throws InputError on every rank with one line that names file, line, reason and remedy
Spec read_spec(const std::filesystem::path& path, const mpi::Communicator& comm);

/// The same with a text that is not in the file, or not yet; the same on all ranks.
Spec read_spec(const std::filesystem::path& path, std::string text, const mpi::Communicator& comm);

}  // namespace latecomer::jobs::study
