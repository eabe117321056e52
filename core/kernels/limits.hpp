#pragma once

#include "core/kernels/instruction_set.hpp"

namespace latecomer::kernels::LATECOMER_INSTRUCTION_SET {

/// std::max and std::min, always inlined.
[[gnu::always_inline]] inline double larger(double a, double b)
{
    return a < b ? b : a;
}
[[gnu::always_inline]] inline double smaller(double a, double b)
{
    return b < a ? b : a;
}

}  // namespace latecomer::kernels::LATECOMER_INSTRUCTION_SET
