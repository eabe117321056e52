#pragma once

#include "agents/observation/chain_moments.hpp"
#include "agents/world/world.hpp"
#include "mpi/communicator.hpp"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

/// Moments: statistics of a run that are compared with what is known of firms and of the chain (agents/MODEL.md, section 10).
/// Country facts are computed by `analysis`, from series that a study keeps.
namespace latecomer {

/// A moment with what files call it.
struct MomentRow {
    std::string_view key;
    std::string_view unit;
    std::string_view doc;  ///< ends with the pattern of the battery that it belongs to, if any
};
std::span<const MomentRow> moment_rows();

/// Firms as moments see them, a line each in order of identity.
struct FirmLines {
    std::vector<std::int64_t> id;
    std::vector<std::uint32_t> pool;
    std::vector<double> revenue;
    std::vector<double> log_capability;  ///< at the stage where the firm sells
    std::vector<double> exports;         ///< 1 if it exports, else 0
};

/// Watches a run and tells its moments, as `analysis/latecomer/statistics` does from series and snapshots every four quarters.
///
/// Firms are gathered at the root twice, a year before the end and at the end (the last quarters that are whole years), in
/// order of identity, so that no moment depends on ranks.  The end of the burn-in is where watching begins.
class Moments {
public:
    /// Who asks for moments of more firms is refused: the root would need too much memory.
    static constexpr std::int64_t most_firms = 5'000'000;

    explicit Moments(const World& world);

    /// What the coming quarter must work out for it.
    Observation needed(const World& world) const;

    /// Takes the quarter just ended.  Collective.
    void observe(const World& world, const mpi::Communicator& comm);

    /// The moments in the order of the rows, on every rank; NaN where the run cannot tell.  Collective.
    std::vector<double> values(const World& world, const mpi::Communicator& comm) const;

private:
    void count_cohort(const World& world, const mpi::Communicator& comm);
    std::vector<double> compute(const World& world) const;

    std::int64_t last_year_ = 0;  ///< the last quarter that ends a year
    FirmLines before_;            ///< at the root: a year earlier
    FirmLines latest_;
    ChainMoments chain_;
    std::vector<double> turnover_;        ///< of each quarter watched
    std::int64_t firms_ = -1;             ///< at the end of the last quarter watched; -1: none
    std::vector<std::int64_t> entrants_;  ///< of each quarter
    std::int64_t born_ = 0;           ///< entrants whose cohort was seen at the age of two years
    std::int64_t kept_ = 0;           ///< of them, still there
    std::vector<double> largest_;     ///< by pool, sum over the years seen
    std::vector<double> pool_firms_;  ///< the same of firms
    std::vector<double> years_;       ///< by pool, years with a largest share
    double seen_ = 0.0;
};

}  // namespace latecomer
