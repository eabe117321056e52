#pragma once

#include <charconv>
#include <concepts>
#include <string>
#include <string_view>

namespace latecomer {

/// The shortest decimal form that reads back as the same number.
inline std::string shortest(double value)
{
    char buffer[32];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, value).ptr;
    return {buffer, end};
}

namespace detail {

inline void append(std::string& to, std::string_view part)
{
    to += part;
}
inline void append(std::string& to, char part)
{
    to += part;
}
inline void append(std::string& to, double part)
{
    to += shortest(part);
}
template <std::integral Number>
    requires(!std::same_as<Number, char> && !std::same_as<Number, bool>)
void append(std::string& to, Number part)
{
    to += std::to_string(part);
}

}  // namespace detail

/// The arguments one after another as one string; numbers in their shortest exact form.
template <class... Parts>
std::string text(const Parts&... parts)
{
    std::string result;
    (detail::append(result, parts), ...);
    return result;
}

/// Sixteen lower-case hexadecimal digits.
inline std::string hexadecimal(unsigned long long value)
{
    std::string digits(16, '0');
    for (int i = 15; i >= 0; --i, value >>= 4) {
        digits[static_cast<std::size_t>(i)] = "0123456789abcdef"[value & 15];
    }
    return digits;
}

}  // namespace latecomer
