#pragma once

#include "agents/kernels/firm_values.hpp"
#include "agents/kernels/terms.hpp"
#include "core/instruction_set.hpp"
#include "core/parameters_firms.hpp"
#include "core/parameters_mobility.hpp"

#include <cstddef>
#include <cstdint>

/// The loops over the firms of a block, by code for this processor.  What they compute is explained where
/// they are called, in agents/firms.
namespace latecomer {

/// What competing firms add up to, firm by firm (eq. 13), and ln of their capability.
struct CompetitionValues {
    BlockValues log_capability;
    BlockValues weight;         ///< stored share times growth
    BlockValues appeal;         ///< stored share times (relative competitiveness^strength - 1)
    BlockValues units;          ///< stored share times growth / price
    BlockValues export_weight;  ///< the same of shares abroad, if there are exporters
    BlockValues export_appeal;
    BlockValues export_units;
};

/// What firms that were paid add up to, firm by firm (eq. 17, 18).
struct SettlementValues {
    BlockValues cost;
    BlockValues profit;
    BlockValues tax;
    BlockValues dividends;
    BlockValues received;  ///< data
    BlockValues squared_share;
    BlockValues capability;           ///< at the pool's stage, over the frontier
    BlockValues weighted_capability;  ///< revenue times that
};

/// Some firms of a block: a bit for each.
struct BlockBits {
    std::uint64_t words[block_size / 64];

    void clear()
    {
        for (std::uint64_t& word : words) {
            word = 0;
        }
    }
    void add(std::uint32_t i) { words[i / 64] |= std::uint64_t{1} << i % 64; }
    bool has(std::uint32_t i) const { return (words[i / 64] >> i % 64 & 1) != 0; }
};

/// Firms to which something may happen, and what becomes of the others.
struct Events {
    BlockPlaces eventful;
    BlockBits climbing;          ///< may climb, and chance lets them
    BlockBits starting;          ///< may begin to export, and chance lets them
    std::int64_t exporters = 0;  ///< of the others
    double best = 0.0;           ///< their highest capability at the pool's stage
};

/// What chance gives new firms, firm by firm.
struct NewFirms {
    BlockValues capability
        [stages];      ///< factor on capability: exp(dispersion n), n clipped to two deviations
    BlockValues size;  ///< lognormal of mean one: exp(sd n - sd^2/2)
};

/// Which normal draw is for the size of a new firm; those before are for its capability by stage.
inline constexpr unsigned size_draw = 4;

/// Formulas of agents/kernels/learning.hpp for those who are not many.
struct LearningFormulas {
    double (*success_probability)(double hazard, double ceiling);
    double (*innovation_gain)(double draw, double step_low, double step_width, double step_shape);
    double (*absorption_gain)(double gap, double strength, double range);
};

struct FirmKernels {
    void (*learn)(const FirmValues&, const LearningTerms&, const LearningParameters&, const Draws&,
                  const SizeEffects&);
    void (*size_effects)(const FirmValues&, double size_per_share, double size_exponent,
                         double noise_exponent, SizeEffects&);
    void (*compete)(const FirmValues&, const CompetitionTerms&, const SelectionParameters&,
                    const DataParameters&, const Draws&, const SizeEffects&, CompetitionValues&);
    void (*settle)(const FirmValues&, const SettlementTerms&, const SelectionParameters&,
                   const FinanceParameters&, double data_decay, SettlementValues&);
    void (*find_events)(const FirmValues&, const EventTerms&, const MobilityParameters&,
                        const Draws&, Events&);
    void (*shape_new_firms)(const std::uint64_t* ids, std::size_t n, const Draws&, Stream,
                            double dispersion, double size_deviation, NewFirms&);
    LearningFormulas formulas;
};

// Each is made in a source of its own.
LATECOMER_KERNELS_OF_EACH_SET(decltype(FirmKernels::learn), learn_kernel)
LATECOMER_KERNELS_OF_EACH_SET(decltype(FirmKernels::size_effects), size_effects_kernel)
LATECOMER_KERNELS_OF_EACH_SET(decltype(FirmKernels::compete), compete_kernel)
LATECOMER_KERNELS_OF_EACH_SET(decltype(FirmKernels::settle), settle_kernel)
LATECOMER_KERNELS_OF_EACH_SET(decltype(FirmKernels::find_events), find_events_kernel)
LATECOMER_KERNELS_OF_EACH_SET(decltype(FirmKernels::shape_new_firms), shape_new_firms_kernel)
LATECOMER_KERNELS_OF_EACH_SET(LearningFormulas, learning_formulas)
LATECOMER_KERNELS_OF_EACH_SET(FirmKernels, firm_kernels)

/// Those of the instruction set that runs.
const FirmKernels& firm_kernels();

}  // namespace latecomer
