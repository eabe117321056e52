#pragma once

#include <cstdint>
#include <initializer_list>

namespace latecomer::mpi {

/// What one kind of collective call has cost this rank so far.
struct TrafficCount {
    std::int64_t calls = 0;     ///< calls made, each on all ranks of the communicator
    std::int64_t messages = 0;  ///< pieces they were cut into; in an exchange, messages to one rank
    std::int64_t bytes = 0;     ///< payload that this rank put in, control words not counted

    friend bool operator==(const TrafficCount&, const TrafficCount&) = default;
};

/// Counts what a communicator has sent, by kind of call; benchmarks report it.
///
/// Bytes are what this rank contributes, not what the library makes of it on the wire.
struct Traffic {
    TrafficCount barriers;
    TrafficCount broadcasts;
    TrafficCount reductions;
    TrafficCount gathers;
    TrafficCount exchanges;

    friend bool operator==(const Traffic&, const Traffic&) = default;
};

/// Adds up all kinds of call.
constexpr TrafficCount total(const Traffic& traffic)
{
    TrafficCount all;
    for (const TrafficCount& kind : {traffic.barriers, traffic.broadcasts, traffic.reductions,
                                     traffic.gathers, traffic.exchanges}) {
        all.calls += kind.calls;
        all.messages += kind.messages;
        all.bytes += kind.bytes;
    }
    return all;
}

}  // namespace latecomer::mpi
