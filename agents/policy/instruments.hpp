#pragma once

#include "agents/economy/policy_terms.hpp"
#include "agents/economy/positions.hpp"
#include "agents/policy/levers.hpp"
#include "core/column.hpp"
#include "core/parameters.hpp"

#include <span>
#include <string_view>
#include <variant>
#include <vector>

/// The instruments of policy: what they move, what they cost.  Governments know instruments; firms
/// and markets know levers only.
namespace latecomer {

/// Whether an instrument belongs to industrial policy or to data policy.
enum class Tool : std::uint8_t { industrial, data };
inline constexpr std::array<std::string_view, 2> tool_names{"industrial", "data"};

/// The positions on which an effect bears.
enum class Scope : std::uint8_t {
    country,
    collection,
    storage,
    processing,
    analytics,
    applications
};
inline constexpr std::array<std::string_view, 6> scope_names{"country", "COL", "STO",
                                                             "PRL",     "ANA", "APP"};

/// How an effect of size x at intensity I changes a lever.
enum class Shape : std::uint8_t {
    add,     ///< + x I
    raise,   ///< times 1 + x I
    reduce,  ///< times 1 - x I
    divide,  ///< divided by 1 + x I
    hump,    ///< + 4 x I (1 - I): most at half intensity
};
inline constexpr std::array<std::string_view, 5> shape_names{"+ x I", "* (1 + x I)", "* (1 - x I)",
                                                             "/ (1 + x I)", "+ 4 x I (1 - I)"};

/// A parameter, wherever it is declared; null stands for one.
using Size = const double& (*)(const Parameters&);

/// One lever that an instrument moves, and how far.
struct Effect {
    using Lever =
        std::variant<double Levers::*, ByPosition Levers::*, std::array<double, stages> Levers::*>;
    Lever member;
    Scope scope;
    Shape shape;
    Size size;
};

/// The name of a lever in its table.
std::string_view lever_name(const Effect::Lever& lever);

/// What the public cost of an instrument is proportional to (eq. 20).
enum class CostBase : std::uint8_t {
    demand,           ///< final demand of the country
    administration,   ///< the same over administrative capacity
    search,           ///< what firms spend on search at the instrument's stage
    storage_orders,   ///< what latecomer firms spend on storage
    reserved_demand,  ///< final demand; reserved for domestic firms if there are any
};
inline constexpr std::array<std::string_view, 5> cost_base_names{
    "demand", "demand / capacity", "search at the stage", "storage orders", "reserved demand"};

struct Cost {
    CostBase base;
    Size size;
};

/// A cell of Table 1: an instrument with intensity between 0 and 1.
struct Instrument {
    std::string_view key;   ///< in files
    std::string_view cell;  ///< stage and column, "2X"
    Stage stage;
    Orientation orientation;
    Tool tool;
    bool sectoral;  ///< its intensity may differ between application sectors
    std::vector<Effect> effects;
    std::vector<Cost> costs;
    std::string_view title;         ///< what Table 1 puts there, in short
    std::string_view doc;           ///< what it does here
    std::string_view side_effects;  ///< in one sentence
    std::string_view evidence;      ///< for the size of its effects
};

/// The table of instruments.  A new one is a row in instrument_rows.cpp and nothing else.
std::vector<Instrument> instrument_rows();

/// The rows in memory; what everybody walks.
std::span<const Instrument> instruments();
inline Range<InstrumentId> instrument_indices()
{
    return Range<InstrumentId>(instruments().size());
}
const Instrument& instrument(InstrumentId id);

/// No instrument at work.
PolicyMix no_policy(std::size_t sectors);

/// Intensity of an instrument over the country: its mean over sectors by demand.
double mean_intensity(const PolicyMix& mix, InstrumentId id, const std::vector<Sector>& sectors);

/// What a mix of instruments amounts to.  Effects of several instruments on a lever combine.
Levers levers_of(const PolicyMix& mix, const Positions& positions, const Parameters& parameters);

/// What the public cost of a country's instruments depends on, from the quarter before (eq. 20).
struct CostBasis {
    double demand = 0.0;                  ///< Y, numeraire per quarter
    double capacity = 1.0;                ///< administrative capacity
    std::array<double, stages> search{};  ///< firms' spending on search by stage
    ByPosition search_in_sector{};        ///< at the stage of applications; room for all sectors
    double storage_orders = 0.0;          ///< of latecomer firms
    std::array<bool, 16> has_firms{};     ///< by position
};

/// Writes planned spending by instrument (rows) and sector, numeraire per quarter (eq. 20).
///
/// Linear in the mix.  `cost` has the shape of the mix.
void plan_spending(const PolicyMix& mix, const CostBasis& basis, const Parameters& parameters,
                   Table<InstrumentId, SectorId, double>& cost);

/// The sum of what plan_spending() writes, by the same additions.
double planned_cost(const PolicyMix& mix, const CostBasis& basis, const Parameters& parameters);

/// Sum over all instruments and sectors, in their order.
double total(const Table<InstrumentId, SectorId, double>& cost);

/// Scales a mix to a planned cost: min(1, x mix) with x found by bisection; if even full intensity
/// of everything in the mix is cheaper, that.  The shortfall shows in the planned cost.
void scale_to_cost(PolicyMix& mix, double wanted, const CostBasis& basis,
                   const Parameters& parameters);

}  // namespace latecomer
