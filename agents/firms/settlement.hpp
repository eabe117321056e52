#pragma once

#include "agents/world/block.hpp"
#include "agents/world/tally.hpp"

namespace latecomer {

/// What all firms of a pool have in common when they are paid and pay (eq. 13, 14, 17, 18).
struct SettlementTerms {
    double inverse_weight = 0.0;         ///< normalises domestic shares
    double inverse_export_weight = 0.0;  ///< normalises export shares
    double domestic_scale = 1.0;         ///< of the shares stored before
    double domestic_sales = 0.0;
    double export_sales = 0.0;
    double search_share = 0.0;
    double fixed_cost = 0.0;
    double compliance_cost = 0.0;
    double kept_data = 0.0;       ///< data kept per unit sold at home
    double collected_data = 0.0;  ///< data gathered per unit produced
    double exported_data = 0.0;   ///< data that the pool brings home from abroad
    std::size_t stage = 0;
    bool exports = false;  ///< whether the pool has exporters
};

SettlementTerms settlement_terms(const World& world, CountryId c, PositionId p);

/// Firms take up their new shares, adjust mark-ups, earn, pay and gather data (eq. 13, 14, 17, 18).
void settle(World& world, const Block& block, const SettlementTerms& terms, Tally& tally);

/// Books firms' wages, research, orders, taxes and dividends of all pools by country (eq. 17, 28).
void book_firms(World& world);

}  // namespace latecomer
