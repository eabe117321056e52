#include "agents/world/state_hash.hpp"

#include "core/hash.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <type_traits>

namespace latecomer {

namespace {

std::uint64_t bits_of(double value)
{
    return std::bit_cast<std::uint64_t>(value);
}
std::uint64_t bits_of(std::uint32_t value)
{
    return value;
}
std::uint64_t bits_of(std::int64_t value)
{
    return static_cast<std::uint64_t>(value);
}
std::uint64_t bits_of(std::uint8_t value)
{
    return value;
}
std::uint64_t bits_of(FirmId id)
{
    return identity::bits(id);
}
std::uint64_t bits_of(Presence presence)
{
    return static_cast<std::uint64_t>(presence);
}

/// Calls `visit(column)` for every column of the state; a column by stage is four.
template <class Visit>
void for_each_state_column(const Firms& firms, const Visit& visit)
{
    for_each(Firms::table, [&](const auto& field) {
        if (field.role != Role::state) {
            return;
        }
        const auto& values = firms.*field.member;
        if constexpr (std::is_same_v<std::remove_cvref_t<decltype(values)>, StageColumns>) {
            for (const auto& column : values) {
                visit(column);
            }
        } else {
            visit(values);
        }
    });
}

/// Takes one more word into what is known of a firm; one to one in each of both.
std::uint64_t absorb(std::uint64_t known, std::uint64_t word)
{
    const std::uint64_t next = (known ^ word) * 0x9e3779b97f4a7c15;
    return next ^ next >> 32;
}

/// Firms' part: pool and identity, then the columns in their order, absorbed one by one; the sum
/// over firms has no order.  Blocks of firms keep what is known of them in the cache.
std::uint64_t hash_firms(const World& world)
{
    constexpr std::size_t block = 512;
    const Firms& firms = world.firms.columns;
    std::array<std::uint64_t, block> known{};
    std::uint64_t sum = 0;
    for (const PoolId pool : world.pool_indices()) {
        const PoolSlots& slots = world.firms.slots(pool);
        for (std::size_t done = 0; done < slots.count; done += block) {
            const std::size_t first = slots.begin + done;
            const std::size_t count = std::min(block, slots.count - done);
            known.fill(mix64(pool.at()));
            for_each_state_column(firms, [&](const auto& column) {
                for (std::size_t k = 0; k < count; ++k) {
                    known[k] = absorb(known[k], bits_of(column[FirmIndex{first + k}]));
                }
            });
            for (std::size_t k = 0; k < count; ++k) {
                sum += mix64(known[k]);
            }
        }
    }
    return sum;
}

/// What all ranks share, in an order that the program fixes.
class SharedHash {
public:
    template <class Value>
    void add(const Value& value)
    {
        sum_ += hash_entry(number_++, bits_of(value));
    }
    template <class Values>
    void add_all(const Values& values)
    {
        for (const auto& value : values) {
            add(value);
        }
    }
    void add_stages(const auto& column)
    {
        for (const ByStage<double>& by_stage : column) {
            add_all(by_stage);
        }
    }
    std::uint64_t sum() const { return sum_; }

private:
    std::uint64_t sum_ = 0;
    std::uint64_t number_ = 1;
};

void add_countries(const World& world, SharedHash& hash)
{
    const Countries& c = world.countries;
    hash.add_all(c.row);
    for (const auto* column :
         {&c.wage, &c.exchange_rate, &c.adoption, &c.mean_capability, &c.mean_capability_before,
          &c.trade_balance, &c.income, &c.tax_revenue, &c.public_debt, &c.other_wealth,
          &c.processing_orders}) {
        hash.add_all(*column);
    }
    hash.add_stages(c.skill);
    hash.add_all(c.orders.span());
    hash.add_all(c.commons.span());
    hash.add_all(c.open_data.span());
}

void add_leads(const World& world, SharedHash& hash)
{
    const Leads& l = world.leads;
    hash.add_stages(l.capability);
    hash.add_stages(l.experience);
    hash.add_all(l.cash);
    for (const auto* table : {&l.mark_up, &l.units, &l.world_share}) {
        hash.add_all(table->span());
    }
    hash.add_all(l.data_stock.span());
    hash.add_all(l.localised);
    hash.add_all(l.presence.span());
}

/// Governments' requests are state: they say where ramps and reviews stand.  Without any policy,
/// and without losses and windows, nothing is added: zero requests and no policy are the same.
void add_policy(const World& world, SharedHash& hash)
{
    for (const Government& government : world.governments) {
        const auto add_mix = [&](const PolicyMix& mix) {
            for (std::size_t i = 0; i < mix.span().size(); ++i) {
                if (mix.span()[i] != 0.0) {
                    hash.add(static_cast<std::int64_t>(i));
                    hash.add(mix.span()[i]);
                }
            }
        };
        for (const auto* mix : {&government.target, &government.origin, &government.requested,
                                &government.effective}) {
            add_mix(*mix);
        }
        if (government.required > 0.0) {
            hash.add(government.since);
            hash.add_all(government.spent);
        }
    }
    for (const Levers& levers : world.levers) {
        hash.add_all(levers.search);
        hash.add_all(levers.lead_wedge);
        hash.add_all(levers.offshore_wedge);
        hash.add_all(levers.no_venture_wedge);
        hash.add_all(levers.licence_fee);
    }
    hash.add_all(world.tariff_end.span());
    for (const auto& losses : world.losses) {
        hash.add_all(losses.span());
    }
    hash.add_all(world.window_base);
    hash.add_all(world.old_shares);
    hash.add_all(world.leads.windows);
    hash.add_all(world.data_generated);
    hash.add_all(world.data_held);
    hash.add_all(world.climbed.span());
    hash.add_all(world.final_demand);
}

void add_markets(const World& world, SharedHash& hash)
{
    hash.add_all(world.markets.share.span());
    hash.add_all(world.markets.processing_share);
    hash.add_all(world.markets.price_index.span());
    hash.add(world.markets.processing_price_index);
    hash.add_all(world.tariffs.span());
    hash.add(world.world_exports);
    hash.add_all(world.references.mean_revenue);
    hash.add_all(world.references.frontier);
    for (const PoolState& pool : world.pools) {
        hash.add(pool.log_appeal);
        hash.add(pool.domestic_scale);
        hash.add(pool.export_scale);
    }
    for (const PoolStatistics& pool : world.statistics) {
        hash.add(pool.firms);
        hash.add(pool.exporters);
        hash.add(pool.mean_capability);
        hash.add(pool.best_capability);
    }
}

}  // namespace

std::uint64_t state_hash(const World& world, const mpi::Communicator& comm)
{
    std::array<std::uint64_t, 1> firms{hash_firms(world)};
    comm.sum(firms);
    SharedHash shared;
    shared.add(static_cast<std::int64_t>(world.quarter));
    add_countries(world, shared);
    add_leads(world, shared);
    add_markets(world, shared);
    add_policy(world, shared);
    return mix64(firms[0] ^ mix64(shared.sum()));
}

}  // namespace latecomer
