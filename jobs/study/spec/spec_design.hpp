#pragma once

#include "io/toml/toml.hpp"
#include "jobs/study/spec/declared.hpp"
#include "jobs/study/spec/spec.hpp"
#include "jobs/study/spec/spec_arms.hpp"
#include "jobs/study/spec/spec_table.hpp"
#include "mpi/communicator.hpp"

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// The parts of the reader of a design.
namespace latecomer::jobs::study {

/// A parameter of a study with what the model declares of it.
struct SaidMarginal {
    Marginal marginal;
    Declared declared;
    Place place;                    ///< of the name
    bool has_distribution = false;  ///< else a design that lists its points tells the ends
    std::vector<bool> reads{};      ///< by arm; empty: every one reads it
};

/// A distribution with the keys that say it.
struct DistributionWord {
    std::string_view word;
    std::vector<std::string_view> keys;
};

/// In the order of MarginalKind.
std::span<const DistributionWord> distribution_words();

inline constexpr std::int64_t most_points = std::int64_t{1} << 40;

/// The kinds of methods for which this holds, in the order of the table.
std::vector<std::string> kinds_where(const std::function<bool(const DesignMethod&)>& holds);

/// The number that a parameter may take; whole numbers for parameters that are.
/// @throws InputError
double read_value(const TomlValue& value, const Declared& declared);

/// Whether an entry of [[parameters]] says more than the name.
bool says_distribution(const SpecTable& table);

/// Reads how a parameter is distributed; ends that the file lacks are those of the explored range.
/// @throws InputError
void read_distribution(const SpecTable& table, SaidMarginal& said);

/// What the model declares of a parameter that a study names, if it may vary it.
/// @throws InputError with what may have been meant, or why not
Declared declared_for(const std::string& name, const Place& place, const Spec& spec);

/// Refuses a parameter that an arm sets and reads from the design, too.
/// @throws InputError
void check_not_set(const SaidMarginal& said, const std::vector<SaidArm>& arms);

/// Which arms read a parameter that does not say it: all; of a plan, those that have it, and if none
/// has it, all but the reference, which thereby gain it.
std::vector<bool> default_readers(const Declared& declared, const std::vector<SaidArm>& arms,
                                  const Spec& spec);

/// Which arms read a parameter: those that 'scenarios' of its table names, else as by default.
/// @throws InputError
std::vector<bool> read_readers(const SpecTable& table, const Declared& declared,
                               const std::vector<SaidArm>& arms, const Spec& spec);

/// [[parameters]] in their order.
/// @throws InputError
std::vector<SaidMarginal> read_marginals(const TomlValue& root, const DesignMethod& method,
                                         const std::vector<SaidArm>& arms, const Spec& spec);

/// The points that a study lists, a column for each parameter.
/// @throws InputError
std::vector<std::vector<double>> read_points(const TomlValue& list,
                                             const std::vector<SaidMarginal>& marginals);

/// The ends of a parameter whose points are all that the study says of it.
void take_ends(const std::vector<std::vector<double>>& rows, std::size_t column,
               Marginal& marginal);

/// Points of a file, and the weights of an ensemble, which sum to 1.
struct PointFile {
    std::vector<std::vector<double>> rows;
    std::vector<double> weights;  ///< none but of an ensemble
};

/// The points of a file: numbers between commas below a row of names of parameters; empty lines and
/// those that begin with '#' do not count.  An ensemble has a column `weight`, too, and may have `implausibility`; parameters
/// for which it has no column, but which have a distribution, are spread evenly over its sets.
///
/// Without [[parameters]] the names become those of the study, else they must be the same, and
/// points have the order of [[parameters]].
/// @throws InputError with line and column
PointFile read_point_file(std::string_view content, const std::string& file,
                          const std::vector<SaidArm>& arms, const Spec& spec,
                          std::vector<SaidMarginal>& marginals);

/// Reads [[wave]]: what was added to the study once it had begun.  Collective.
/// @throws InputError on every rank
void read_waves(const TomlValue& root, const std::vector<SaidArm>& arms, Spec& spec,
                std::vector<SaidMarginal>& marginals, const mpi::Communicator& comm);

/// Refuses a design with too many dimensions, points or runs.
/// @throws InputError
void check_sizes(const SpecTable& table, const Spec& spec);

/// Reads [design] and [[parameters]] into the spec.  Collective.
/// @return where the names of the parameters stand
/// @throws InputError on every rank
std::vector<Place> read_design(const TomlValue& root, const std::vector<SaidArm>& arms, Spec& spec,
                               const mpi::Communicator& comm);

}  // namespace latecomer::jobs::study
