#pragma once

#include "agents/world/block.hpp"
#include "agents/world/tally.hpp"

namespace latecomer {

/// A window that is open at a stage, as the firms of one country see it (eq. 19).
struct WindowTerms {
    std::size_t window = 0;
    unsigned draw = 0;  ///< k of its draws: by the event, whatever other windows there are
    std::size_t stage = 0;
    double frontier = 1.0;    ///< F_s
    double visibility = 1.0;  ///< 1 - lam S^old
    double base = 1.0;        ///< k_b
    double gain = 0.0;        ///< psi
    double lock_in = 0.0;     ///< phi
};

/// Windows of technology whose quarter has come open.
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

/// Adds up revenue of firms of a block that have not adopted (S^old of eq. 19).
void count_old_technology(const World& world, const Block& block, Tally& tally);

/// Shares of revenue with the old technology, by country and window, for the next quarter (eq. 19).
void update_old_shares(World& world, const Tally& tally);

/// Change of ln capability from adopting; not above zero: no reason to adopt (eq. 19).
double adoption_gain(double capability, const WindowTerms& terms);

}  // namespace latecomer
