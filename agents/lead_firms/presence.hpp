#pragma once

#include "agents/world/world.hpp"

namespace latecomer {

/// What a lead firm would earn in one country under each mode of presence (eq. 30).
struct PresenceChoice {
    std::array<double, 4> profit{};  ///< offshore, local region, joint venture, exit
    double scale = 0.0;  ///< profit on last sales; not above zero: there is nothing to review
};

/// Expected profit of a lead firm in a country that is not its home, by mode.
///
/// `before`: levers of the last quarter, under which its sales came about.  `margin`: see net_margins().
PresenceChoice presence_choice(const World& world, LeadId l, CountryId d, const Levers& before,
                               double margin);

/// Mean gross margin of each lead firm over all its sales, net of research (gm of eq. 30); valid until the next call
/// for this world.
const Column<LeadId, double>& net_margins(World& world);

/// The mode drawn with a uniform number u by multinomial logit; without noise the most profitable.
Presence chosen_presence(const PresenceChoice& choice, double noise, double u);

/// Lead firms whose turn it is choose how to be present abroad (eq. 30).
void review_presence(World& world, const Column<CountryId, Levers>& before);

}  // namespace latecomer
