#include "core/parameters.hpp"
#include "core/text.hpp"
#include "tests/support/catch.hpp"

#include <concepts>
#include <string>
#include <vector>

/// Ranges over which sensitivity is studied: where the model runs.
namespace latecomer::tests::explored_test {
namespace {

/// Adds what lies outside of the explored range of a row to a list.
template <class Owner, class Value>
void list_outside(const Parameter<Owner, Value>& row, const Owner& values, std::string_view section,
                  std::vector<std::string>& outside)
{
    if constexpr (std::same_as<Value, double> || std::same_as<Value, std::int64_t>) {
        const auto value = static_cast<double>(values.*row.member);
        if (!row.explored.empty() && !row.explored.contains(value)) {
            outside.push_back(text(section, '.', row.key, " = ", value, ", explored from ",
                                   row.explored.low, " to ", row.explored.high));
        }
    }
}
template <class Owner, class Choice>
void list_outside(const ChoiceParameter<Owner, Choice>&, const Owner&, std::string_view,
                  std::vector<std::string>&)
{}

}  // namespace

TEST_CASE("a parameter's value lies in the range that is explored")
{
    const Parameters parameters;
    std::vector<std::string> outside;
    for_each(Parameters::sections, [&](const auto& section) {
        const auto& values = parameters.*section.member;
        for_each(values.table,
                 [&](const auto& row) { list_outside(row, values, section.key, outside); });
    });
    CHECK(outside == std::vector<std::string>{});
}

}  // namespace latecomer::tests::explored_test
