#pragma once

#include "agents/economy/stages.hpp"
#include "core/column.hpp"
#include "core/parameters.hpp"

#include <array>
#include <optional>
#include <string>

namespace latecomer {

/// What a firm sells: a row of the table of positions.
struct Position {
    std::string key;                 ///< "COL", "STO", "PRL", "ANA", "APP_<sector>"
    Stage stage;                     ///< stage whose capability it uses
    std::optional<SectorId> sector;  ///< of an application position
    bool world_market = false;       ///< sold to lead firms on one world market, not by country
    PositionParameters parameters;   ///< as the scenario gives them for all of its kind
    double initial_firms = 0.0;      ///< share of firms that start and enter here
    double quality_gain = 0.0;       ///< beta_p of eq. 11
    std::vector<double> inputs;      ///< cost share of each position's product, latecomer firm
    std::vector<PositionId> ladder;  ///< where a firm can upgrade to; several: by home demand

    /// Share of cost that is not wages, for a latecomer firm (A_p).
    double input_share() const;
};

/// The table of positions of a run: COL, STO, PRL, ANA and one application position per sector.
class Positions {
public:
    static constexpr PositionId collection{0};
    static constexpr PositionId storage{1};
    static constexpr PositionId processing{2};
    static constexpr PositionId analytics{3};
    static constexpr std::size_t before_applications = 4;

    Positions() = default;
    explicit Positions(const Parameters& parameters);

    static PositionId application(SectorId j) { return PositionId{before_applications + j.at()}; }

    std::size_t size() const { return rows_.size(); }
    std::size_t sectors() const { return rows_.size() - before_applications; }
    const Position& operator[](PositionId p) const { return rows_[p]; }
    Range<PositionId> indices() const { return rows_.indices(); }

    /// Positions from the final product upstream: every position comes after all its buyers.
    const std::vector<PositionId>& downwards() const { return downwards_; }

private:
    Column<PositionId, Position> rows_;
    std::vector<PositionId> downwards_;
};

}  // namespace latecomer
