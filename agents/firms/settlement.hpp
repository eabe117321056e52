#pragma once

#include "agents/kernels/firm_kernels.hpp"
#include "agents/world/block.hpp"
#include "agents/world/tally.hpp"

namespace latecomer {

SettlementTerms settlement_terms(const World& world, CountryId c, PositionId p);

/// Firms take up their new shares, adjust mark-ups, earn, pay and gather data (eq. 13, 14, 17, 18).
void settle(World& world, const Block& block, const SettlementTerms& terms, Tally& tally);

/// Counts the ln of capability of firms that sell, as files report it.
void count_capability(const Block& block, const BlockValues& log_capability, Tally& tally);

/// Books firms' wages, research, orders, taxes and dividends of all pools by country (eq. 17, 28).
void book_firms(World& world);

}  // namespace latecomer
