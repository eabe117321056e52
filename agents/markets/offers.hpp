#pragma once

#include "agents/kernels/market_kernels.hpp"
#include "agents/world/world.hpp"

#include <vector>

/// What suppliers offer in every market of the quarter: the appeal that shares respond to (eq. 15).
namespace latecomer {

ForeignMarket& foreign_market(World& world, PositionId p);
const ForeignMarket& foreign_market(const World& world, PositionId p);
ForeignOffers offers_of(const ForeignMarket& market);

/// Sets what pools offer abroad, the same in all countries: before tariffs.
void prepare_foreign_markets(World& world);

/// Sets the quality of what lead firms offer in some countries (eq. 11).
void set_lead_qualities(World& world, mpi::Range destinations);

/// Sets ln of the appeal of all suppliers of a market (eq. 15), -infinite for those that cannot supply.  After
/// prepare_foreign_markets() and set_lead_qualities().
/// @param log_appeal one value for each supplier
void set_log_appeals(const World& world, CountryId d, PositionId p,
                     std::vector<double>& log_appeal);

/// Barrier of country o's exports at position p (tau of eq. 15).
double export_barrier(const World& world, CountryId o, PositionId p);

}  // namespace latecomer
