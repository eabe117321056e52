#include "agents/world/block.hpp"

namespace latecomer {

FirmValues values_of(Firms& firms, const Block& block)
{
    const std::size_t first = block.first;
    FirmValues values;
    values.size = block.size;
    values.ids = reinterpret_cast<const std::uint64_t*>(firms.id.data()) + first;
    for (std::size_t s = 0; s < stages; ++s) {
        values.capability[s] = firms.capability[s].data() + first;
        values.experience[s] = firms.experience[s].data() + first;
    }
    values.domestic_share = firms.domestic_share.data() + first;
    values.export_share = firms.export_share.data() + first;
    values.mark_up = firms.mark_up.data() + first;
    values.data_stock = firms.data_stock.data() + first;
    values.cash = firms.cash.data() + first;
    values.revenue = firms.revenue.data() + first;
    values.units = firms.units.data() + first;
    values.price = firms.price.data() + first;
    values.growth = firms.growth.data() + first;
    values.weak_quarters = firms.weak_quarters.data() + first;
    values.weak_exports = firms.weak_exports.data() + first;
    return values;
}

}  // namespace latecomer
