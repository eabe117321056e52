#include "core/elementary.hpp"

#include "core/kernels/core_kernels.hpp"

namespace latecomer {

const CoreKernels& core_kernels()
{
    static const KernelChoice<CoreKernels> choice{LATECOMER_KERNEL_MAKERS(core_kernels)};
    return choice.running();
}

namespace elementary {

double exp(double x)
{
    return core_kernels().exp(x);
}

double expm1(double x)
{
    return core_kernels().expm1(x);
}

double log(double x)
{
    return core_kernels().log(x);
}

double log1p(double x)
{
    return core_kernels().log1p(x);
}

double pow(double x, double y)
{
    return core_kernels().pow(x, y);
}

SineAndCosine sincos_of_turn(double u)
{
    return core_kernels().sincos_of_turn(u);
}

}  // namespace elementary
}  // namespace latecomer
