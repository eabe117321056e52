#pragma once

#include "agents/observation/outcomes.hpp"

#include <string>
#include <vector>

namespace latecomer::jobs {

/// An economy, what people call it, and what became of it.
struct EconomySummary {
    std::string key;
    std::string name;
    std::string income_group;  ///< one of `income_groups`; empty: not known
    CountryRole role = CountryRole::latecomer;
    CountryOutcome outcome;
};

/// What became of every economy, and of the world.
struct Summary {
    std::vector<EconomySummary> economies;
    WorldOutcome world;
    std::int64_t start_year = 0;     ///< of quarter 0; 0: the run has no calendar
    std::int64_t first_quarter = 0;  ///< from which outcomes count
};

Summary summary_of(const Outcomes& outcomes, const World& world);

/// More economies than this are told by groups, as nobody reads so many rows.
inline constexpr std::size_t most_rows = 30;

/// The table with which a run ends: a row an economy; or of many economies their groups, and those that moved most.
std::string summary_table(const Summary& summary);

}  // namespace latecomer::jobs
