#pragma once

#include "agents/kernels/firm_kernels.hpp"
#include "agents/world/block.hpp"

namespace latecomer {

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

/// Firms set prices from cost, mark-up and data, and compete for shares (eq. 10-13).  Adds what pools
/// need to `sums`; `values` also gives ln of capability.
void compete(World& world, const Block& block, const CompetitionTerms& terms,
             const SizeEffects& size, CompetitionValues& values, SumTable& sums);

/// Pool appeal, weights and unit indices from the sums over all ranks (eq. 13).
void update_pools(World& world, const SumTable& sums);

/// The part of what data can add to quality that so many usable data do add:
/// 1 - (1 + data/data_scale)^-returns_exponent (eq. 11).
double data_quality(double data, const DataParameters& p);

/// ln of the product of input price indices to the power of their cost shares (eq. 10); the storage price is
/// multiplied by `storage_price`.
double log_input_price(const World& world, CountryId c, const Position& position,
                       double storage_price);

}  // namespace latecomer
