#pragma once

#include "agents/world/world.hpp"

#include <array>

namespace latecomer {

/// Lead firms learn at every stage: by doing, by innovation and from the frontier (eq. 5, 7-9).
void lead_firms_learn(World& world);

/// Lead firms set one price for each position, wherever they sell, from cost at home (eq. 10, 11).
void lead_firms_set_prices(World& world);

/// Data that a lead firm can use at a position in a country, in units of the reference resolution (eq. 11).
double lead_usable_data(const World& world, LeadId l, CountryId d, PositionId p);

/// What barriers and policy leave of a lead firm's appeal and deliveries in a country, by its mode of presence there: 1
/// at home, less elsewhere, 0 where it is absent (eq. 15).
std::array<double, presence_names.size()> lead_wedges(const World& world, CountryId d,
                                                      PositionId p);

/// The same for a mode of presence abroad under given levers.
double lead_wedge(const World& world, const Levers& levers, Presence presence, PositionId p);

/// Part of what buyers of a country pay to a lead firm that is tariff (eq. 15): none where it is present.
double lead_tariff_part(const World& world, const Levers& levers, Presence presence, PositionId p);
double lead_tariff_part(const World& world, LeadId l, CountryId d, PositionId p);

/// What a mode of presence costs a lead firm in a country a quarter (eq. 17).
double presence_cost(const World& world, Presence presence, CountryId d);

/// Lead firms earn, pay and adjust mark-ups (eq. 14, 17).  Adds to flows and clearing accounts.
void settle_lead_firms(World& world);

}  // namespace latecomer
