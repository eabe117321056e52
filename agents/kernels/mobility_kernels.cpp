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
    BlockValues abroad;  ///< exports
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
        // Eq. 24a times 1 + mark-up, which spares a division.
        const double gross = 1.0 + mark_up[i];
        const double margin = mark_up[i] - search_share * gross;
        const std::uint64_t losing =
            ~at_home & mask_of(exported[i] * export_sales * margin < export_cost * gross);
        const std::uint64_t losing_now = (std::uint64_t{weak_abroad[i]} + 1) & losing;
        weak_abroad[i] = static_cast<std::uint32_t>(losing_now);
        const std::uint64_t exits = mask_of(cash[i] < 0.0) | mask_of(weak_now >= patience);
        const std::uint64_t stops = mask_of(losing_now >= patience_abroad);
        const std::uint64_t climbs =
            mask_of(cash[i] > climbing_cost) & mask_of(next[i] >= climbing_threshold);
        tested.ends[i] = from_bits(exits | stops);
        tested.climbs[i] = from_bits(climbs & ~exits);
        tested.abroad[i] = from_bits(~at_home);
        tested.starts[i] = from_bits(at_home & mask_of(capability[i] >= export_threshold) & ~exits);
    }
}

/// Reads the outcome of a test for choose().
auto test_of(const BlockValues& passed)
{
    return [&](std::size_t i) { return (Lanes)load_lanes<RealLanes>(&passed.values[i]); };
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
    fill_chances(chances.data(), able.count, draws.key, stream, ids, draws.quarter, 0);
    // Rates are small: a walk over the few that are lucky, not over all that could be.
    BlockPlaces few;
    choose(able.count, few, [&](std::size_t k) {
        return (Lanes)(load_lanes<RealLanes>(chances.data() + k) < rate);
    });
    for (std::size_t k = 0; k < few.count; ++k) {
        lucky.add(able.places[few.places[k]]);
    }
}

/// The highest capability of the firms of a block to which nothing happens; 0: there are none.
double best_of_others(const FirmValues& firms, std::size_t stage, const Events& events)
{
    const double* capability = firms.capability[stage];
    BlockValues staying;
    for (std::size_t i = 0; i < firms.size; ++i) {
        staying[i] = capability[i];
    }
    for (std::size_t k = 0; k < events.eventful.count; ++k) {
        staying[events.eventful.places[k]] = 0.0;
    }
    double best = 0.0;
#pragma omp simd reduction(max : best)
    for (std::size_t i = 0; i < firms.size; ++i) {
        best = best < staying[i] ? staying[i] : best;
    }
    return best;
}

/// Looks for firms that exit, climb, begin or stop to export (eq. 23-25).
void find_events(const FirmValues& firms, const EventTerms& terms, const MobilityParameters& p,
                 const Draws& draws, Events& events)
{
    Tested tested;
    BlockPlaces some;
    BlockBits eventful;
    events.climbing.clear();
    events.starting.clear();
    test_firms(firms, terms, p, tested);
    if (terms.climbing_rate > 0.0) {
        choose(firms.size, some, test_of(tested.climbs));
        add_lucky(firms, some, draws, Stream::upgrade, terms.climbing_rate, events.climbing);
    }
    if (terms.export_rate > 0.0) {
        choose(firms.size, some, test_of(tested.starts));
        add_lucky(firms, some, draws, Stream::exporting, terms.export_rate, events.starting);
    }
    find_bits(firms.size, eventful.words, test_of(tested.ends));
    for (std::size_t word = 0; word < block_size / 64; ++word) {
        eventful.words[word] |= events.climbing.words[word] | events.starting.words[word];
    }
    list_bits(firms.size, eventful.words, events.eventful);
    events.best = best_of_others(firms, terms.stage, events);
    BlockBits abroad;
    find_bits(firms.size, abroad.words, test_of(tested.abroad));
    events.exporters = 0;
    for (std::size_t word = 0; word < block_size / 64; ++word) {
        events.exporters += __builtin_popcountll(abroad.words[word] & ~eventful.words[word]);
    }
}

}  // namespace

decltype(FirmKernels::find_events) find_events_kernel()
{
    return find_events;
}

}  // namespace latecomer::kernels::LATECOMER_INSTRUCTION_SET
