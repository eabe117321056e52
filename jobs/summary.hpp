#pragma once

#include "agents/world.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace latecomer::jobs {

/// What a finished run tells a person: a line per country.
class Summary {
public:
    /// Looks at the quarter just ended.  The first after burn-in is the start of the comparison;
    /// in a run that ends before, the first of all.
    void observe(const World& world);

    /// The table, with dashes where there is no number.
    std::string table(const World& world) const;

private:
    std::vector<double> gap_at_start_;  // by country; empty: no quarter yet
    std::vector<double> public_cost_;   // spending so far, by country
};

/// The values of an output in the quarter just ended; NaN in a world without one.
std::vector<double> values_of(const World& world, std::string_view key);

}  // namespace latecomer::jobs
