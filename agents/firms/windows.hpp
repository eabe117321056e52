#pragma once

#include "agents/world/block.hpp"
#include "agents/world/tally.hpp"

namespace latecomer {

/// A window that is open at a stage, as the firms of one country see it (eq. 19).
struct WindowTerms {
    std::size_t window = 0;
    unsigned draw = 0;  ///< k of its draws: it depends on this window only, not on the others
    std::size_t stage = 0;
    double frontier = 1.0;
    double visibility = 1.0;  ///< 1 - perception_loss * share of revenue with the old technology
    double base = 1.0;        ///< capability up to which nothing locks a firm in
    double gain = 0.0;
    double lock_in = 0.0;
};

/// Opens the technology windows whose quarter has come.
void open_windows(World& world);

/// The windows that firms of a pool may perceive; `reused` is memory for them.
std::vector<WindowTerms> window_terms(const World& world, CountryId c, PositionId p,
                                      std::vector<WindowTerms> reused);

/// Firms that perceive a window, and whose old capability does not hold them back, adopt it: their
/// capability at its stage changes (eq. 19).
void adopt_windows(World& world, const Block& block, const std::vector<WindowTerms>& terms);

/// Lead firms do the same.
void lead_firms_adopt_windows(World& world);

/// What an entrant of a country gains from windows that are open: it starts with the new technology,
/// and gains as far as the firms that it imitates still use the old one (eq. 19).
void equip_entrant(const World& world, CountryId c, FirmRecord& firm);

/// Adds up revenue of firms of a block that have not adopted (`old_share` of eq. 19).
void count_old_technology(const World& world, const Block& block, Tally& tally);

/// Shares of revenue with the old technology, by country and window, for the next quarter (eq. 19).
void update_old_shares(World& world, const Tally& tally);

/// Change of ln capability from adopting; not above zero: no reason to adopt (eq. 19).
double adoption_gain(double capability, const WindowTerms& terms);

}  // namespace latecomer
