#pragma once

#include "core/column.hpp"
#include "core/declarations.hpp"

#include <array>
#include <tuple>

namespace latecomer {

/// Trade between countries: what stands in its way, what it lost, and its size.
struct Trade {
    Table<CountryId, CountryId, double> tariffs;           ///< levied by the row on the column
    Table<CountryId, CountryId, std::int64_t> tariff_end;  ///< quarter from which it is gone
    /// What lead firms of the row's country lost to policy of the column's, in four quarters.
    std::array<Table<CountryId, CountryId, double>, 4> losses;
    double exports = 0.0;  ///< of the whole world in the last quarter, numeraire

    static constexpr auto table = std::tuple{
        Shared{"tariffs", &Trade::tariffs},
        Shared{"tariff_end", &Trade::tariff_end},
        Shared{"losses", &Trade::losses},
        Shared{"world.exports", &Trade::exports},
    };
};
static_assert(fully_declared<Trade>);

}  // namespace latecomer
