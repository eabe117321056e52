#include "agents/kernels/firm_kernels.hpp"

#include "core/kernels/instruction_set.hpp"

namespace latecomer::kernels::LATECOMER_INSTRUCTION_SET {

FirmKernels firm_kernels()
{
    return {learn_kernel(),       size_effects_kernel(),    compete_kernel(),   settle_kernel(),
            find_events_kernel(), shape_new_firms_kernel(), learning_formulas()};
}

}  // namespace latecomer::kernels::LATECOMER_INSTRUCTION_SET
