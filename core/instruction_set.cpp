#include "core/instruction_set.hpp"

#include "core/errors.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <cstdlib>
#include <vector>

namespace latecomer {
namespace {

std::vector<InstructionSet> found()
{
#if defined(__x86_64__)
    std::vector<InstructionSet> sets;
    __builtin_cpu_init();
    if (__builtin_cpu_supports("sse4.2") && __builtin_cpu_supports("popcnt")) {
        sets.push_back(InstructionSet::x86_64_v2);
    }
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
        __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2")) {
        sets.push_back(InstructionSet::x86_64_v3);
    }
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
        __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") &&
        __builtin_cpu_supports("avx512vl")) {
        sets.push_back(InstructionSet::x86_64_v4);
    }
    return sets;
#else
    return {InstructionSet::baseline};
#endif
}

}  // namespace

/// Before main(), so that nobody waits for it in a loop.  Without any, the first kernel would end the program.
InstructionSet detail::running_instruction_set =
    instruction_sets().empty() ? InstructionSet::count : instruction_sets().back();

std::string_view name_of(InstructionSet set)
{
    constexpr std::array<std::string_view, static_cast<std::size_t>(InstructionSet::count)> names{
        "baseline", "x86-64-v2", "x86-64-v3", "x86-64-v4"};
    return names[static_cast<std::size_t>(set)];
}

std::span<const InstructionSet> instruction_sets()
{
    static const std::vector<InstructionSet> sets = found();
    return sets;
}

void use_instruction_set(InstructionSet set)
{
    expects(std::ranges::count(instruction_sets(), set) == 1,
            "only an instruction set that the processor has can run");
    detail::running_instruction_set = set;
}

void use_instruction_set_of_environment()
{
    if (instruction_sets().empty()) {
        throw InputError("this processor lacks SSE4.2 (x86-64-v2, of 2009), which the program "
                         "needs; use a newer one");
    }
    const char* const wanted = std::getenv(instruction_set_variable);
    if (wanted == nullptr || *wanted == '\0') {
        return;
    }
    std::string possible;
    for (const InstructionSet set : instruction_sets()) {
        if (wanted == name_of(set)) {
            use_instruction_set(set);
            return;
        }
        possible += text(possible.empty() ? "" : ", ", name_of(set));
    }
    throw InputError(
        text("environment variable ", instruction_set_variable, ": '", wanted,
             "' is no instruction set that this program and this processor share; take one of: ",
             possible));
}

}  // namespace latecomer
