#include "agents/kernels/choose.hpp"
#include "agents/kernels/firm_kernels.hpp"
#include "core/kernels/multiply_add.hpp"

namespace latecomer::kernels::LATECOMER_INSTRUCTION_SET {
namespace {

/// Counts the quarters in which firms were weak (eq. 25) and looks for those that may exit, climb
/// or begin to export.
void find_events(const FirmValues& firms, const EventTerms& terms, std::uint32_t patience,
                 Events& events)
{
    const double* next = firms.capability[terms.next_stage];
    const double* capability = firms.capability[terms.stage];
    const double* domestic = firms.domestic_share;
    const double* exported = firms.export_share;
    const double* cash = firms.cash;
    std::uint32_t* weak = firms.weak_quarters;
    const double weak_share = terms.weak_share;
    const double climbing_cost = terms.climbing_cost;
    const double climbing_threshold = terms.climbing_threshold;
    const double export_cost = terms.export_cost;
    const double export_threshold = terms.export_threshold;
    BlockValues eventful;  // sign bits
    double best = 0.0;
    std::uint64_t exporting[block_size];  // and nothing happens to the firm
#pragma omp simd reduction(max : best)
    for (std::size_t i = 0; i < firms.size; ++i) {
        const std::uint64_t at_home = mask_of(!(exported[i] > 0.0));
        const std::uint64_t small = at_home & mask_of(domestic[i] < weak_share);
        const std::uint64_t weak_now = (std::uint64_t{weak[i]} + 1) & small;
        weak[i] = static_cast<std::uint32_t>(weak_now);
        const std::uint64_t exits = mask_of(cash[i] < 0.0) | mask_of(weak_now >= patience);
        const std::uint64_t climbs =
            mask_of(cash[i] > climbing_cost) & mask_of(next[i] >= climbing_threshold);
        const std::uint64_t starts =
            at_home & mask_of(cash[i] > export_cost) & mask_of(capability[i] >= export_threshold);
        const std::uint64_t event = exits | climbs | starts;
        eventful[i] = from_bits(event);
        exporting[i] = ~(at_home | event) & 1;
        const double staying = from_bits(bits_of(capability[i]) & ~event);
        best = best < staying ? staying : best;
    }
    std::uint64_t exporters = 0;
    for (std::size_t i = 0; i < firms.size; ++i) {
        exporters += exporting[i];
    }
    events.best = best;
    events.exporters = static_cast<std::int64_t>(exporters);
    choose(firms.size, events.eventful,
           [&](std::size_t i) { return (Lanes)load_lanes<RealLanes>(&eventful.values[i]); });
}

}  // namespace

decltype(FirmKernels::find_events) find_events_kernel()
{
    return find_events;
}

}  // namespace latecomer::kernels::LATECOMER_INSTRUCTION_SET
