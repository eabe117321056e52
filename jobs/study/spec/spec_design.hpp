#pragma once

#include "io/toml/toml.hpp"
#include "jobs/study/spec/declared.hpp"
#include "jobs/study/spec/spec.hpp"
#include "jobs/study/spec/spec_arms.hpp"
#include "jobs/study/spec/spec_table.hpp"
#include "mpi/communicator.hpp"

#include <cstdint>
#include <functional>
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
};

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
Declared declared_for(const std::string& name, const Place& place, const std::vector<SaidArm>& arms,
                      const Spec& spec);

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

/// The points of a file: numbers between commas below a row of names of parameters; empty lines and
/// those that begin with '#' do not count.
///
/// Without [[parameters]] the names become those of the study, else they must be the same, and
/// points have the order of [[parameters]].
/// @throws InputError with line and column
std::vector<std::vector<double>> read_point_file(std::string_view content, const std::string& file,
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
/// @throws InputError on every rank
void read_design(const TomlValue& root, const std::vector<SaidArm>& arms, Spec& spec,
                 const mpi::Communicator& comm);

}  // namespace latecomer::jobs::study
