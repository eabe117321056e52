#pragma once

#include "agents/world/outcomes_memory.hpp"
#include "agents/world/world.hpp"

#include <vector>

namespace latecomer {

/// What became of one country over a run (agents/MODEL.md, section 10).  NaN: it does not exist.
struct CountryOutcome {
    double gap_at_start = 0.0;  ///< ln of mean capability at applications over the frontier
    double gap_at_end = 0.0;
    double caught_up = 0.0;  ///< 1 if more than half of the gap was closed for 20 quarters
    double quarters_to_catch_up = 0.0;  ///< from the start to the first of these quarters
    double application_share = 0.0;     ///< of domestic firms in home spending, at the end
    double storage_share = 0.0;         ///< the same at storage: the rest is imported cloud
    double highest_stage = 0.0;         ///< last stage with at least half the frontier; 0: none
    double public_cost = 0.0;           ///< spending of the programme since the start, numeraire
    double cost_share = 0.0;            ///< of it, in demand since the start
    double welfare = 0.0;               ///< units of applications used, relative to the start
    double granted = 0.0;               ///< share of what the programme asked for since the start
    double moves_up = 0.0;              ///< firms that climbed to another position since the start
    double positions_led = 0.0;         ///< positions at which no economy sells more, at the end
};

/// What became of the world.
struct WorldOutcome {
    double analytics_share = 0.0;  ///< of latecomer economies in world sales, at the end
    double application_share = 0.0;
    double leadership_changes = 0.0;  ///< positions whose largest selling economy is another
    double catch_ups = 0.0;           ///< latecomer economies that caught up
    double takeovers =
        0.0;  ///< positions that an economy without lead firms took over since the start
};

/// An outcome with what files call it.
template <class Outcome>
struct OutcomeRow {
    std::string_view key;
    std::string_view unit;
    double Outcome::*member;
    std::string_view doc;
};
std::span<const OutcomeRow<CountryOutcome>> country_outcomes();
std::span<const OutcomeRow<WorldOutcome>> world_outcomes();

/// Watches a run and tells its outcomes.  The start is the end of the burn-in, or the first quarter
/// of a run that is not longer.
class Outcomes {
public:
    Outcomes() = default;
    explicit Outcomes(OutcomesMemory memory) : memory_{std::move(memory)} {}

    void observe(const World& world);
    std::vector<CountryOutcome> countries(const World& world) const;
    WorldOutcome of_world(const World& world) const;

    /// What it takes to go on after a restart.
    const OutcomesMemory& memory() const { return memory_; }

private:
    OutcomesMemory memory_;
};

}  // namespace latecomer
