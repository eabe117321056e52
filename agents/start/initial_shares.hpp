#pragma once

#include "agents/world/world.hpp"

namespace latecomer {

/// Positions whose products pools sell abroad at the start: what is counted as exports of services.
bool is_exported(const Position& position);

/// Part of a lead firm in what lead firms sell at first, at every position: by its rank, proportional to
/// l^-trade.lead_concentration.
double lead_weight(const World& world, LeadId l);

/// Shares in all markets: pools at home, foreign pools as `abroad` says, and lead firms with the rest.
void set_market_shares(World& world, const Column<CountryId, double>& abroad);

/// Shares in the world market for processing: of economies that export and are far from the frontier, or by firms
/// where nothing is known of exports.  Whoever has firms sells a little, a hundredth of an equal share.
void set_processing_shares(World& world);

/// Shares abroad with which economies export what they are known to: of all exports `export_level` says how large they
/// are, the table who makes them; what lead firms order of processing counts, the rest is sold abroad (eq. 34).
/// `contestable`: demand for what is exported, by destination.
Column<CountryId, double> shares_abroad(const World& world,
                                        const Column<CountryId, double>& contestable);

/// Fixed tastes are the shares of the start.
void set_tastes(World& world);

}  // namespace latecomer
