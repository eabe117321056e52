#pragma once

#include "core/declarations.hpp"
#include "io/scenario/scenario_numbers.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace latecomer::jobs::study {

/// What is declared of a number that a study may vary: a parameter of the model, a number of a plan or
/// a figure of an economy.
struct Declared {
    enum class Kind { number, whole, other };  ///< other: a choice, a text or a list

    std::string name;  ///< "section.key", "policy.IND.instruments.3L" or "country.IND.schooling"
    Kind kind = Kind::number;
    Interval range;     ///< what a scenario accepts
    Interval explored;  ///< over which sensitivity is studied; empty: none stated
    std::optional<ScenarioNumber> number;  ///< none: a parameter of the model

    bool is_of_plan() const { return number && number->of == ScenarioNumber::Of::plan; }
};

/// What is declared under this name, if anything is.
std::optional<Declared> find_declared(std::string_view name);

/// Names of all parameters that are numbers, in the order of their declaration.
std::vector<std::string> declared_numbers();

}  // namespace latecomer::jobs::study
