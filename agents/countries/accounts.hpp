#pragma once

#include "agents/world/tally.hpp"

namespace latecomer {

/// Takes the sums over firms of all ranks into the results of the quarter.
void take_results(World& world, const Tally& tally);

/// Closes the quarter's books: budgets, debt, incomes, trade balances, wealth of the rest of the
/// economy, mean capability (eq. 2, 20-22, 27-29); then checks every identity.
void close_accounts(World& world);

/// All money there is: firms' and lead firms' cash, wealth of the rest of the economy and clearing
/// accounts, less public debt.  Its change is zero over the world (A6).
double money_in_the_world(const World& world);

}  // namespace latecomer
