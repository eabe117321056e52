#pragma once

#include "agents/world/block.hpp"

namespace latecomer {

/// What all firms of a pool have in common when they set prices and compete (eq. 10-13).
struct CompetitionTerms {
    double log_wage = 0.0;      ///< ln of wage times exchange rate
    double wage_share = 1.0;    ///< 1 - input share
    double input_price = 1.0;   ///< product of input prices to the power of their cost shares
    double quality_gain = 0.0;  ///< most that data can add to quality
    double pooled_data = 0.0;   ///< weighted commons and open data, for a firm at the frontier
    double collection_frontier = 1.0;
    double log_appeal = 0.0;  ///< of the last quarter, origin of the expansion
};

CompetitionTerms competition_terms(const World& world, CountryId c, PositionId p);

/// Quantities that pools add up when their firms compete.
enum class CompetitionSum : std::size_t {
    domestic_weight,  ///< stored share times growth
    export_weight,
    domestic_appeal,  ///< stored share times (relative competitiveness^strength - 1)
    export_appeal,
    domestic_units,  ///< stored share times growth / price
    export_units,
    count,
};

/// Below this strength of selection appeal is the share-weighted mean of ln competitiveness (eq. 13).
inline constexpr double weak_selection = 1e-9;

/// Scratch of competition.
struct CompetitionScratch {
    BlockValues log_competitiveness;
    BlockValues shock;
    BlockValues relative;
    BlockValues product;
};

/// Firms set prices from cost, mark-up and data, and compete for shares (eq. 10-13).  Adds what pools
/// need to `sums`.
///
/// `log_size`: ln of revenue of the last quarter over mean revenue at the position.
void compete(World& world, const Block& block, const CompetitionTerms& terms,
             const BlockValues& log_size, CompetitionScratch& scratch, SumTable& sums);

/// Pool appeal, weights and unit indices from the sums over all ranks (eq. 13).
void update_pools(World& world, const SumTable& sums);

/// The part of what data can add to quality that so many usable data do add:
/// 1 - (1 + data/data_scale)^-returns_exponent (eq. 11).
double data_quality(double data, const DataParameters& p);

/// Product of input price indices to the power of their cost shares (eq. 10); the storage price is
/// multiplied by `storage_price`.
double input_price(const World& world, CountryId c, const Position& position, double storage_price);

}  // namespace latecomer
