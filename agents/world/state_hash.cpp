#include "agents/world/state_hash.hpp"

#include "agents/world/state_visitors.hpp"
#include "core/errors.hpp"
#include "core/hash.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

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
std::uint64_t bits_of(FirmId id)
{
    return identity::bits(id);
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
            for_each_column(firms, [&](const auto& field, std::size_t, const auto& column) {
                for (std::size_t k = 0; k < count && field.role == Role::state; ++k) {
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

}  // namespace

void StateHash::add(const void* words, std::size_t count)
{
    const auto* from = static_cast<const unsigned char*>(words);
    std::array<std::uint64_t, lanes> next;
    auto known = known_;
    for (; count >= lanes; count -= lanes, from += sizeof next) {
        std::memcpy(next.data(), from, sizeof next);
        for (std::size_t i = 0; i < lanes; ++i) {
            known[i] = absorb(known[i], next[i]);
        }
    }
    if (count > 0) {
        std::memcpy(next.data(), from, count * sizeof next[0]);
    }
    for (std::size_t i = 0; i < count; ++i) {
        known[i] = absorb(known[i], next[i]);
    }
    known_ = known;
}

std::uint64_t StateHash::value() const
{
    std::uint64_t hash = 0;
    for (const std::uint64_t known : known_) {
        hash = mix64(hash ^ known);
    }
    return hash;
}

std::uint64_t firm_hash(const World& world, const mpi::Communicator& comm)
{
    std::array<std::uint64_t, 1> sum{hash_firms(world)};
    comm.sum(sum);
    return sum[0];
}

std::uint64_t state_hash(std::uint64_t firms, std::uint64_t shared)
{
    return mix64(firms ^ mix64(shared));
}

std::uint64_t state_hash(const World& world, const mpi::Communicator& comm)
{
    expects(world.observation.distributions && world.observation.identities,
            "a state is compared after a quarter that works everything out");
    StateHash shared;
    walk_state(world, shared);
    return state_hash(firm_hash(world, comm), shared.value());
}

}  // namespace latecomer
