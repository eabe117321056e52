#pragma once

#include "core/column.hpp"

#include <span>
#include <vector>

namespace latecomer {

/// One value per (destination, position, supplier): a vector over suppliers for each market.
class SupplierTable {
public:
    SupplierTable() = default;
    SupplierTable(std::size_t countries, std::size_t positions, std::size_t suppliers)
        : positions_{positions}, suppliers_{suppliers}, values_(countries * positions * suppliers)
    {}

    std::span<double> operator()(CountryId d, PositionId p)
    {
        return {values_.data() + offset(d, p), suppliers_};
    }
    std::span<const double> operator()(CountryId d, PositionId p) const
    {
        return {values_.data() + offset(d, p), suppliers_};
    }
    std::span<const double> span() const { return values_; }
    std::span<double> span() { return values_; }

private:
    std::size_t offset(CountryId d, PositionId p) const
    {
        return (d.at() * positions_ + p.at()) * suppliers_;
    }

    std::size_t positions_ = 0;
    std::size_t suppliers_ = 0;
    std::vector<double> values_;
};

/// Who sells how much to whom: every market (destination, position), and the one world market for
/// processing.  Suppliers of a market are the pools of all countries at its position, then all lead
/// firms.  The same on every rank.
struct Markets {
    Markets() = default;
    Markets(std::size_t countries, std::size_t positions, std::size_t lead_firms)
        : share{countries, positions, countries + lead_firms}, taste{countries, positions,
                                                                     countries + lead_firms},
          sales{countries, positions, countries + lead_firms}, index{countries, positions,
                                                                     countries + lead_firms},
          processing_share(countries), processing_taste(countries), processing_sales(countries),
          processing_index(countries), price_index{countries, positions, 1.0}, demand{countries,
                                                                                      positions},
          spending{countries, positions}, procurement{countries, positions}, countries_{countries}
    {}

    /// A supplier's place in a market.
    std::size_t supplier(CountryId o) const { return o.at(); }
    std::size_t supplier(LeadId l) const { return countries_ + l.at(); }

    SupplierTable share;  ///< of the contestable part of the market (eq. 15)
    SupplierTable taste;  ///< fixed weights A0
    SupplierTable sales;  ///< value sold this quarter, tariffs included
    SupplierTable index;  ///< units delivered per value paid this quarter (eq. 16)

    Column<CountryId, double> processing_share;  ///< of each country in the world market
    Column<CountryId, double> processing_taste;
    Column<CountryId, double> processing_sales;
    Column<CountryId, double> processing_index;

    Table<CountryId, PositionId, double> price_index;  ///< PI[d][p]
    double processing_price_index = 1.0;               ///< PI of the world market
    Table<CountryId, PositionId, double> demand;       ///< D[d][p] of this quarter
    Table<CountryId, PositionId, double> spending;     ///< what was paid, procurement included
    Table<CountryId, PositionId, double> procurement;  ///< GP[d][p]: reserved demand, if paid

private:
    std::size_t countries_ = 0;
};

}  // namespace latecomer
