#pragma once

#include "agents/world/firms.hpp"
#include "core/text.hpp"

#include <bit>
#include <string>

/// Columns of firms as 64-bit words, one by one, for checkpoints.
namespace latecomer::io {

inline std::uint64_t to_word(double value)
{
    return std::bit_cast<std::uint64_t>(value);
}
inline std::uint64_t to_word(std::uint32_t value)
{
    return value;
}
inline std::uint64_t to_word(FirmId id)
{
    return identity::bits(id);
}
inline void from_word(std::uint64_t word, double& value)
{
    value = std::bit_cast<double>(word);
}
inline void from_word(std::uint64_t word, std::uint32_t& value)
{
    value = static_cast<std::uint32_t>(word);
}
inline void from_word(std::uint64_t word, FirmId& id)
{
    id = FirmId{word};
}

/// Calls `visit(key, unit, doc, column)` for every column of the state; a column by stage is four,
/// "capability_storage" one of them.  The identity is the first.
template <class Firms_, class Visit>
void for_each_state_column(Firms_& firms, const Visit& visit)
{
    for_each_column(firms, [&](const auto& field, std::size_t stage, auto& column) {
        if (field.role == Role::state) {
            const bool by_stage = columns_of(firms.*field.member).size() > 1;
            visit(by_stage ? text(field.key, '_', stage_names[stage]) : text(field.key), field.unit,
                  field.doc, column);
        }
    });
}

}  // namespace latecomer::io
