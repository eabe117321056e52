#pragma once

#include "mpi/partition.hpp"

#include <cstdint>

namespace latecomer::mpi {

/// How uneven the firms of ranks are at the end of a quarter.
struct Loads {
    std::int64_t all = 0;      ///< firms
    std::int64_t fullest = 0;  ///< firms of the rank that has most
    std::int64_t moved = 0;    ///< by the busiest rank, if firms were shared out now
    int ranks = 1;
};

// What a share-out takes, in firm-quarters: the time for one firm in one quarter.  Measured, see tests/bench/README.md.
inline constexpr double cost_of_agreeing =
    1000.0;  ///< 50 us of messages: assumed of a cluster, less between two cores
inline constexpr double cost_of_looking = 0.06;  ///< at a firm, to learn whether it moves
inline constexpr double cost_of_moving = 3.5;    ///< a firm: to pack, send and store it

/// The fullest rank has no more than this above the mean, and 64 firms; assumed.
inline constexpr double most_imbalance = 0.5;

/// When ranks should share firms out anew.  All give the same numbers and get the same answers.
///
/// A quarter waits for what the fullest rank has more than the mean; a share-out takes as long as a rank looks at its firms
/// and the busiest one sends and receives.  It is due
/// - when its cost and what was waited since the last one, by quarter, begin to rise (Nicol and Saltz 1988, "Dynamic
///   remapping of parallel computations with varying resource demands": stop at rise); or
/// - when as much was waited as it costs, which loads that are uneven and stay so never make rise; or
/// - when the fullest rank has half as many firms again as the mean, for whose memory a job must ask.
/// The constants are of one thread a rank: with more, a firm-quarter is shorter and a share-out is not.  Stop at rise
/// ends at the first least cost, which may be of few quarters where later ones would cost less (up to 2.8 times).
class ShareOutRule {
public:
    /// Whether a share-out is due at the end of a quarter with these loads.  Called once a quarter.
    bool is_due(const Loads& loads);

    /// Firms were shared out.
    void begin_anew();

private:
    int quarters_ = 0;             // since the last share-out
    double waited_ = 0.0;          // firm-quarters, in all of them
    double cost_a_quarter_ = 0.0;  // if the last quarter had ended with a share-out
};

/// How many firms a rank sends or receives, whichever are more, if its run of the line becomes another.
std::int64_t moved_between(const Range& now, const Range& next);

}  // namespace latecomer::mpi
