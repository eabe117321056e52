#pragma once

#include "core/column.hpp"
#include "core/declarations.hpp"
#include "core/elementary.hpp"

#include <algorithm>
#include <span>
#include <tuple>
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
    /// A supplier's place in a market.
    std::size_t supplier(CountryId o) const { return o.at(); }
    std::size_t supplier(LeadId l) const { return processing_share.size() + l.at(); }

    /// Fixed weight of a supplier in a market (A0 of eq. 15).
    double taste(CountryId d, PositionId p, std::size_t k) const
    {
        return elementary::exp(log_taste(d, p)[k]);
    }

    SupplierTable share;      ///< of the contestable part of the market (eq. 15)
    SupplierTable log_taste;  ///< ln of fixed weights A0: what markets compute with
    SupplierTable sales;      ///< value sold this quarter, tariffs included
    SupplierTable index;      ///< units delivered per value paid this quarter (eq. 16)

    Column<CountryId, double> processing_share;  ///< of each country in the world market
    Column<CountryId, double> processing_taste;
    Column<CountryId, double> processing_sales;
    Column<CountryId, double> processing_index;

    Table<CountryId, PositionId, double> price_index;  ///< PI[d][p]
    double processing_price_index = 1.0;               ///< PI of the world market
    Table<CountryId, PositionId, double> demand;       ///< D[d][p] of this quarter
    Table<CountryId, PositionId, double> spending;     ///< what was paid, procurement included
    Table<CountryId, PositionId, double> procurement;  ///< GP[d][p]: reserved demand, if paid

    static constexpr auto table = std::tuple{
        Shared{"market.share", &Markets::share},
        Shared{"market.log_taste", &Markets::log_taste},
        Shared{"market.sales", &Markets::sales},
        Shared{"market.index", &Markets::index},
        Shared{"processing.share", &Markets::processing_share},
        Shared{"processing.taste", &Markets::processing_taste},
        Shared{"processing.sales", &Markets::processing_sales},
        Shared{"processing.index", &Markets::processing_index},
        Shared{"processing.price_index", &Markets::processing_price_index},
        Shared{"market.price_index", &Markets::price_index},
        Shared{"market.demand", &Markets::demand},
        Shared{"market.spending", &Markets::spending},
        Shared{"market.procurement", &Markets::procurement},
    };
};
static_assert(fully_declared<Markets>);

/// What a spin-up keeps markets at: the shares of the start.
struct HeldState {
    SupplierTable share;
    Column<CountryId, double> processing_share;

    static constexpr auto table = std::tuple{
        Shared{"spin_up.share", &HeldState::share},
        Shared{"spin_up.processing_share", &HeldState::processing_share},
    };
};
static_assert(fully_declared<HeldState>);

/// Markets in which nothing has been sold.
inline Markets make_markets(std::size_t countries, std::size_t positions, std::size_t lead_firms)
{
    const SupplierTable by_supplier{countries, positions, countries + lead_firms};
    const Column<CountryId, double> by_country(countries);
    const Table<CountryId, PositionId, double> by_position{countries, positions};
    Markets markets{by_supplier, by_supplier, by_supplier, by_supplier, by_country,
                    by_country,  by_country,  by_country,  by_position, 1.0,
                    by_position, by_position, by_position};
    std::ranges::fill(markets.price_index.span(), 1.0);
    return markets;
}

}  // namespace latecomer
