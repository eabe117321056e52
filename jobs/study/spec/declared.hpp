#pragma once

#include "core/declarations.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace latecomer::jobs::study {

/// What the model declares of a parameter that a study may vary.
struct Declared {
    enum class Kind { number, whole, other };  ///< other: a choice, a text or a list

    std::string name;  ///< "section.key"
    Kind kind = Kind::number;
    Interval range;     ///< what a scenario accepts
    Interval explored;  ///< over which sensitivity is studied; empty: none stated
};

/// The parameter called "section.key", if the model has it.
std::optional<Declared> find_declared(std::string_view name);

/// Names of all parameters that are numbers, in the order of their declaration.
std::vector<std::string> declared_numbers();

}  // namespace latecomer::jobs::study
