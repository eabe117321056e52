#pragma once

#include "agents/policy/levers.hpp"
#include "core/column.hpp"

#include <vector>

namespace latecomer {

/// Appeal, units per value and the tariff part of a purchase, of every supplier of a market.
struct Offers {
    std::vector<double> appeal;
    std::vector<double> index;
    std::vector<double> tariff;
};

/// Memory that a quarter works with and leaves to the next, which would else allocate it again.
///
/// No part of the state: whoever reads a member has written it in the same call, so it is neither
/// hashed nor saved, and a world without it goes on alike.
struct Workspace {
    Column<CountryId, Levers> levers_before;  ///< of the quarter before
    Offers offers;                            ///< in the market that is being cleared
    std::vector<double> log_weight;           ///< of its suppliers
    std::vector<double> shares_before;        ///< a content rule
    std::vector<double> wedge;                ///< by country, on the world market
};

}  // namespace latecomer
