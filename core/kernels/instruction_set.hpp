#pragma once

/// Names the instruction set that a source of kernels is compiled for.
///
/// Sources that end in _kernels.cpp are compiled once for each instruction set, and CMakeLists.txt says which
/// by LATECOMER_INSTRUCTION_SET.  Whatever else includes these headers sees the baseline.  Everything
/// here is always inlined and in a namespace of the set, so that no linker takes code for one processor into
/// what another runs.
#ifndef LATECOMER_INSTRUCTION_SET
#define LATECOMER_INSTRUCTION_SET baseline
#endif
