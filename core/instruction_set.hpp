#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

namespace latecomer {

/// Instruction sets that kernels are compiled for: on x86-64 the levels of its psABI, elsewhere what the
/// compiler takes for granted.  Results are the same bytes on all of them.
enum class InstructionSet : std::size_t {
    baseline,
    x86_64_v2,  ///< SSE4.2: from 2009.  It has no fused multiply-add, which is emulated: slow
    x86_64_v3,  ///< AVX2 and FMA: from 2013
    x86_64_v4,  ///< AVX-512: servers from 2017
    count,
};

/// "x86-64-v3", ...
std::string_view name_of(InstructionSet set);

/// Those that this program has kernels for and this processor can run, the fastest last.
std::span<const InstructionSet> instruction_sets();

namespace detail {
extern InstructionSet running_instruction_set;
}

/// The one whose kernels run: the fastest, unless another was chosen.
inline InstructionSet instruction_set()
{
    return detail::running_instruction_set;
}

/// Runs the kernels of another one of instruction_sets() from now on.  Not while threads compute.
void use_instruction_set(InstructionSet set);

/// The environment variable that names an instruction set to run instead of the fastest.
inline constexpr const char* instruction_set_variable = "LATECOMER_INSTRUCTION_SET";

/// Obeys that variable.  Throws InputError if it names none that runs here.
void use_instruction_set_of_environment();

/// Kernels of one kind for each instruction set that the processor has, of which one runs.  `Kernels` is a
/// struct of pointers to functions.
template <class Kernels>
class KernelChoice {
public:
    /// Takes functions that give the kernels of each set; null: there are none.  They are kernels themselves, so
    /// only those that can run are called.
    using Makers = std::array<Kernels (*)(), static_cast<std::size_t>(InstructionSet::count)>;
    explicit KernelChoice(const Makers& makers)
    {
        for (const InstructionSet set : instruction_sets()) {
            of_set_[static_cast<std::size_t>(set)] = makers[static_cast<std::size_t>(set)]();
        }
    }

    const Kernels& running() const { return of_set_[static_cast<std::size_t>(instruction_set())]; }

private:
    std::array<Kernels, static_cast<std::size_t>(InstructionSet::count)> of_set_{};
};

}  // namespace latecomer

/// The function `name` in the namespace of each instruction set that kernels are compiled for.
#if defined(__x86_64__)
#define LATECOMER_KERNEL_MAKERS(name)                                                              \
    {                                                                                              \
        nullptr, kernels::x86_64_v2::name, kernels::x86_64_v3::name, kernels::x86_64_v4::name      \
    }
#else
#define LATECOMER_KERNEL_MAKERS(name)                                                              \
    {                                                                                              \
        kernels::baseline::name, nullptr, nullptr, nullptr                                         \
    }
#endif

/// Declares the function `name` in the namespace of each instruction set.
#define LATECOMER_KERNELS_OF_EACH_SET(Kernels, name)                                               \
    namespace kernels::baseline {                                                                  \
    Kernels name();                                                                                \
    }                                                                                              \
    namespace kernels::x86_64_v2 {                                                                 \
    Kernels name();                                                                                \
    }                                                                                              \
    namespace kernels::x86_64_v3 {                                                                 \
    Kernels name();                                                                                \
    }                                                                                              \
    namespace kernels::x86_64_v4 {                                                                 \
    Kernels name();                                                                                \
    }
