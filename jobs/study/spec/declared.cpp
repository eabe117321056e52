#include "jobs/study/spec/declared.hpp"

#include "core/parameters.hpp"
#include "core/text.hpp"

#include <concepts>
#include <cstdint>
#include <utility>

namespace latecomer::jobs::study {
namespace {

template <class Owner, class Value>
Declared declared_of(std::string name, const Parameter<Owner, Value>& row)
{
    constexpr auto kind = std::same_as<Value, double>         ? Declared::Kind::number
                          : std::same_as<Value, std::int64_t> ? Declared::Kind::whole
                                                              : Declared::Kind::other;
    return {std::move(name), kind, row.range, row.explored, {}};
}
template <class Owner, class Choice>
Declared declared_of(std::string name, const ChoiceParameter<Owner, Choice>&)
{
    return {std::move(name), Declared::Kind::other, {}, unexplored, {}};
}

/// Calls `visit(declared)` for every parameter of every section.
template <class Visit>
void for_each_declared(Visit&& visit)
{
    const Parameters parameters;
    for_each(Parameters::sections, [&](const auto& section) {
        const auto& values = parameters.*section.member;
        for_each(values.table, [&](const auto& row) {
            visit(declared_of(text(section.key, '.', row.key), row));
        });
    });
}

}  // namespace

std::optional<Declared> find_declared(std::string_view name)
{
    if (const auto number = scenario_number(name)) {
        const auto kind = number->is_whole ? Declared::Kind::whole : Declared::Kind::number;
        return Declared{std::string{name}, kind, number->range, number->explored, number};
    }
    std::optional<Declared> found;
    for_each_declared([&](const Declared& declared) {
        if (declared.name == name) {
            found = declared;
        }
    });
    return found;
}

std::vector<std::string> declared_numbers()
{
    std::vector<std::string> names;
    for_each_declared([&](const Declared& declared) {
        if (declared.kind != Declared::Kind::other) {
            names.push_back(declared.name);
        }
    });
    return names;
}

}  // namespace latecomer::jobs::study
