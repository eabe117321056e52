#pragma once

#include "agents/world/block.hpp"

namespace latecomer {

/// What all firms of a pool have in common when they set prices and compete (eq. 10-13).
struct CompetitionTerms {
    double log_wage = 0.0;      ///< ln(w e)
    double wage_share = 1.0;    ///< 1 - A_p
    double input_price = 1.0;   ///< product of input prices to the power of their cost shares
    double quality_gain = 0.0;  ///< beta_p
    double pooled_data = 0.0;   ///< z_C (N + O)/n_0
    double collection_frontier = 1.0;
    double log_appeal = 0.0;  ///< lnE0
};

CompetitionTerms competition_terms(const World& world, CountryId c, PositionId p);

/// Quantities that pools add up when their firms compete.
enum class CompetitionSum : std::size_t {
    domestic_weight,  ///< stored share times growth
    export_weight,
    domestic_appeal,  ///< stored share times (relative competitiveness^chi - 1)
    export_appeal,
    domestic_units,  ///< stored share times growth / price
    export_units,
    count,
};

/// Below this strength of selection appeal is the share-weighted mean of ln E (eq. 13).
inline constexpr double weak_selection = 1e-9;

/// Scratch of competition.
struct CompetitionScratch {
    BlockValues log_competitiveness;
    BlockValues shock;
    BlockValues relative;
    BlockValues product;
};

/// Firms set prices from cost, mark-up and data, and compete for shares (eq. 10-13).  Adds to sums.
///
/// `log_size`: ln(rev/Rbar) of the last quarter.
void compete(World& world, const Block& block, const CompetitionTerms& terms,
             const BlockValues& log_size, CompetitionScratch& scratch, SumTable& sums);

/// Pool appeal, weights and unit indices from the sums over all ranks (eq. 13).
void update_pools(World& world, const SumTable& sums);

/// Returns to data: 1 - (1 + Z/Zbar)^-om (eq. 11).
double data_quality(double data, const DataParameters& p);

/// Product of input price indices to the power of their cost shares (eq. 10); the storage price is
/// multiplied by `storage_price`.
double input_price(const World& world, CountryId c, const Position& position, double storage_price);

}  // namespace latecomer
