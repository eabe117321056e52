#include "agents/kernels/firm_kernels.hpp"
#include "agents/kernels/market_kernels.hpp"

namespace latecomer {

const FirmKernels& firm_kernels()
{
    static const KernelChoice<FirmKernels> choice{LATECOMER_KERNEL_MAKERS(firm_kernels)};
    return choice.running();
}

const MarketKernels& market_kernels()
{
    static const KernelChoice<MarketKernels> choice{LATECOMER_KERNEL_MAKERS(market_kernels)};
    return choice.running();
}

}  // namespace latecomer
