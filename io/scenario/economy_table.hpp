#pragma once

#include "io/scenario/scenario_draft.hpp"

#include <cstdint>
#include <vector>

namespace latecomer {

/// The country table with figures of one year, and what it was made of.
struct EconomyTable {
    CopyOnWrite<CountryDrafts> countries;
    CopyOnWrite<SourceTexts> sources;
    std::int64_t base_year = 0;
    std::vector<CountryData> rows;        ///< of all economies, in their order
    double productivity_per_head = 0.0;   ///< per GDP a head, in the mean of ln; thousands
    double reference_productivity = 0.0;  ///< at which initial capability is one
};

/// Makes it.
/// @throws InputError with the place of an economy that is not whole or contradicts another
EconomyTable economy_table(const ScenarioDraft& draft);

/// Whether it would come out the same for this draft.
bool is_table_of(const EconomyTable& table, const ScenarioDraft& draft);

/// Whether enough is known of an economy to start with.
bool can_start(const CountryData& country);

/// USD thousand.
double gdp_per_head(const CountryData& country);

}  // namespace latecomer
