#pragma once

#include "core/declarations.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Numbers that a scenario says of plans and of economies, as it says parameters of the model.
namespace latecomer {

/// A number of a plan below [policy.WHO], or a table of numbers by name: "instruments", "tariff".
struct PlanNumber {
    std::string_view key;
    bool is_whole = false;
    bool is_table = false;
    Interval range;
    Interval explored;     ///< over which sensitivity is studied; empty: none stated
    double neutral = 0.0;  ///< asks for nothing: with it a plan is sound whatever else it says
    std::string_view doc;
};

/// All of them, in the order in which a plan is described.
std::vector<PlanNumber> plan_numbers();

/// The range of one of them.  @throws InternalError if there is no such key
Interval plan_range(std::string_view key);

/// A number that a study may vary besides parameters of the model: "policy.IND.instruments.3L" or
/// "country.IND.internet_users".
struct ScenarioNumber {
    enum class Of { plan, economy };

    Of of = Of::plan;
    std::string who;  ///< an economy, or a group that has a plan
    bool is_whole = false;
    Interval range;
    Interval explored;     ///< as PlanNumber; of figures of economies empty
    double neutral = 0.0;  ///< of a plan, as PlanNumber
};

/// Reads the name of such a number; nothing if it is none, whatever it begins with.  Whether there is
/// such an economy, instrument or stage is seen when a scenario takes the number.
std::optional<ScenarioNumber> scenario_number(std::string_view name);

/// Names that may have been meant by one that `scenario_number` does not know: with the same beginning,
/// one for each number that an economy or a plan can have.
std::vector<std::string> scenario_numbers_like(std::string_view name);

}  // namespace latecomer
