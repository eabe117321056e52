#pragma once

#include "core/errors.hpp"

#include <string>
#include <string_view>

namespace latecomer::tests {

/// What a refusal of the user's input says; "accepted" if there is none.
template <class Work>
std::string refusal_by(const Work& work)
{
    try {
        work();
    } catch (const InputError& error) {
        return error.what();
    }
    return "accepted";
}

/// Whether the work is refused with these words.
template <class Work>
bool is_refused_with(std::string_view words, const Work& work)
{
    return refusal_by(work).find(words) != std::string::npos;
}

}  // namespace latecomer::tests
