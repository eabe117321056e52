#include "agents/kernels/choose.hpp"
#include "agents/kernels/firm_kernels.hpp"
#include "core/kernels/multiply_add.hpp"
#include "core/kernels/random.hpp"

namespace latecomer::kernels::LATECOMER_INSTRUCTION_SET {
namespace {

/// Firms that pass a test, as sign bits.
struct Tested {
    BlockValues ends;    ///< exit, or stop exporting
    BlockValues climbs;  ///< could climb
    BlockValues starts;  ///< could begin to export
};

/// Counts the quarters in which firms were weak at home (eq. 25) and abroad (eq. 24a), and tests what may happen.
void test_firms(const FirmValues& firms, const EventTerms& terms, const MobilityParameters& p,
                Tested& tested)
{
    const double* next = firms.capability[terms.next_stage];
    const double* capability = firms.capability[terms.stage];
    const double* domestic = firms.domestic_share;
    const double* exported = firms.export_share;
    const double* mark_up = firms.mark_up;
    const double* cash = firms.cash;
    std::uint32_t* weak = firms.weak_quarters;
    std::uint32_t* weak_abroad = firms.weak_exports;
    const auto patience = static_cast<std::uint32_t>(p.exit_quarters);
    const auto patience_abroad = static_cast<std::uint32_t>(p.export_quarters);
    const double weak_share = terms.weak_share;
    const double climbing_cost = terms.climbing_cost;
    const double climbing_threshold = terms.climbing_threshold;
    const double export_threshold = terms.export_threshold;
    const double export_sales = terms.export_sales;
    const double export_cost = terms.export_cost;
    const double search_share = terms.search_share;
#pragma omp simd
    for (std::size_t i = 0; i < firms.size; ++i) {
        const std::uint64_t at_home = mask_of(!(exported[i] > 0.0));
        const std::uint64_t small = at_home & mask_of(domestic[i] < weak_share);
        const std::uint64_t weak_now = (std::uint64_t{weak[i]} + 1) & small;
        weak[i] = static_cast<std::uint32_t>(weak_now);
        const double margin = mark_up[i] / (1.0 + mark_up[i]) - search_share;
        const std::uint64_t losing =
            ~at_home & mask_of(exported[i] * export_sales * margin < export_cost);
        const std::uint64_t losing_now = (std::uint64_t{weak_abroad[i]} + 1) & losing;
        weak_abroad[i] = static_cast<std::uint32_t>(losing_now);
        const std::uint64_t exits = mask_of(cash[i] < 0.0) | mask_of(weak_now >= patience);
        const std::uint64_t stops = mask_of(losing_now >= patience_abroad);
        const std::uint64_t climbs =
            mask_of(cash[i] > climbing_cost) & mask_of(next[i] >= climbing_threshold);
        tested.ends[i] = from_bits(exits | stops);
        tested.climbs[i] = from_bits(climbs & ~exits);
        tested.starts[i] = from_bits(at_home & mask_of(capability[i] >= export_threshold) & ~exits);
    }
}

/// Adds the firms of a list whose draw is below a rate.
void add_lucky(const FirmValues& firms, const BlockPlaces& able, const Draws& draws, Stream stream,
               double rate, BlockBits& lucky)
{
    std::uint64_t ids[block_size];
    BlockValues chances;
    for (std::size_t k = 0; k < able.count; ++k) {
        ids[k] = firms.ids[able.places[k]];
    }
    fill_chances(chances.data(), chances.data(), able.count, draws.key, stream, ids, draws.quarter,
                 0, 0);
    for (std::size_t k = 0; k < able.count; ++k) {
        const std::uint32_t i = able.places[k];
        lucky.words[i / 64] |= std::uint64_t{chances[k] < rate ? 1U : 0U} << i % 64;
    }
}

/// Of the firms to which nothing happens: how many export, and the highest capability.
void count_others(const FirmValues& firms, std::size_t stage, Events& events)
{
    const double* capability = firms.capability[stage];
    const double* exported = firms.export_share;
    BlockValues eventful;
    for (std::size_t i = 0; i < firms.size; ++i) {
        eventful[i] = from_bits(0);
    }
    for (std::size_t k = 0; k < events.eventful.count; ++k) {
        eventful[events.eventful.places[k]] = from_bits(~std::uint64_t{0});
    }
    double best = 0.0;
    std::uint64_t exporters = 0;
#pragma omp simd reduction(max : best)
    for (std::size_t i = 0; i < firms.size; ++i) {
        const double staying = from_bits(bits_of(capability[i]) & ~bits_of(eventful[i]));
        best = best < staying ? staying : best;
    }
    for (std::size_t i = 0; i < firms.size; ++i) {
        exporters += mask_of(exported[i] > 0.0) & ~bits_of(eventful[i]) & 1;
    }
    events.best = best;
    events.exporters = static_cast<std::int64_t>(exporters);
}

/// Looks for firms that exit, climb, begin or stop to export (eq. 23-25).
void find_events(const FirmValues& firms, const EventTerms& terms, const MobilityParameters& p,
                 const Draws& draws, Events& events)
{
    Tested tested;
    BlockPlaces some;
    BlockBits eventful;
    eventful.clear();
    events.climbing.clear();
    events.starting.clear();
    test_firms(firms, terms, p, tested);
    const auto choose_by = [&](const BlockValues& test) {
        choose(firms.size, some,
               [&](std::size_t i) { return (Lanes)load_lanes<RealLanes>(&test.values[i]); });
    };
    if (terms.climbing_rate > 0.0) {
        choose_by(tested.climbs);
        add_lucky(firms, some, draws, Stream::upgrade, terms.climbing_rate, events.climbing);
    }
    if (terms.export_rate > 0.0) {
        choose_by(tested.starts);
        add_lucky(firms, some, draws, Stream::exporting, terms.export_rate, events.starting);
    }
    choose_by(tested.ends);
    for (std::size_t k = 0; k < some.count; ++k) {
        eventful.add(some.places[k]);
    }
    for (std::size_t word = 0; word < block_size / 64; ++word) {
        eventful.words[word] |= events.climbing.words[word] | events.starting.words[word];
    }
    list_bits(firms.size, eventful.words, events.eventful);
    count_others(firms, terms.stage, events);
}

}  // namespace

decltype(FirmKernels::find_events) find_events_kernel()
{
    return find_events;
}

}  // namespace latecomer::kernels::LATECOMER_INSTRUCTION_SET
