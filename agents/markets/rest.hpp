#pragma once

#include "agents/world/world.hpp"

#include <vector>

/// Markets at rest: in a spin-up shares stay what they were at the start, and tastes become such that they would stay
/// so of themselves.
namespace latecomer {

/// Gives all markets but that for processing their shares of the start.  Who has nothing to sell in one has none there;
/// the others' rise alike.
void hold_shares(World& world);

/// The same for the world market for processing.  @return whether anybody supplies
bool hold_processing(World& world);

/// Tastes under which eq. 15 leaves shares as they are, from these and ln of appeals (eq. 36):
/// ln taste = ln share - sensitivity / (1 - habit) * (ln appeal - mean), with shares of at least `floor`, a tenth of it
/// where there is none.  Who has no appeal (-infinite) counts as one of mean appeal.  The mean, weighted by shares, only
/// keeps numbers moderate: tastes count relative to each other.
/// @param log_taste gets the result; as long as the others
/// Source: residuals of gravity equations, which trade models keep as fixed tastes.
void resting_tastes(std::span<const double> shares, std::span<const double> log_appeal,
                    const TradeParameters& trade, double floor, std::span<double> log_taste);

/// Sets the tastes of all markets at the appeals of the quarter just ended.  habit < 1.
void let_tastes_rest(World& world);

/// Least taste of a supplier (eq. 15).
double least_taste(const World& world);

}  // namespace latecomer
