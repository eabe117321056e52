#include "jobs/terminal/figures.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <span>
#include <string_view>

namespace latecomer::jobs {
namespace {

/// Number of letters of an UTF-8 text: bytes that do not continue a letter.
std::size_t letters(std::string_view words)
{
    return static_cast<std::size_t>(std::ranges::count_if(
        words, [](char byte) { return (static_cast<unsigned char>(byte) & 0xc0) != 0x80; }));
}

/// The number in the largest unit that leaves at least 1, with one decimal if below 100.
std::string in_units(double number, double step, std::span<const std::string_view> units)
{
    std::size_t unit = 0;
    while (number >= step && unit + 1 < units.size()) {
        number /= step;
        ++unit;
    }
    return fixed(number, unit > 0 && number < 100 ? 1 : 0) + std::string{units[unit]};
}

}  // namespace

std::string grouped(std::int64_t number)
{
    std::string digits = std::to_string(number);
    const std::size_t sign = number < 0 ? 1 : 0;
    for (std::size_t place = digits.size(); place > sign + 3;) {
        place -= 3;
        digits.insert(place, 1, ',');
    }
    return digits;
}

std::string fixed(double number, int digits)
{
    std::array<char, 400> buffer{};  // the largest number has 309 digits before the point
    if (!std::isfinite(number)) {
        return "-";
    }
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number,
                                   std::chars_format::fixed, digits)
                         .ptr;
    return {buffer.data(), end};
}

std::string significant(double number)
{
    if (!std::isfinite(number)) {
        return "-";
    }
    if (std::abs(number) >= 100.0) {
        return grouped(std::llround(number));
    }
    const double size = std::max(1e-6, std::abs(number));
    return fixed(number, 2 - static_cast<int>(std::floor(std::log10(size))));
}

std::string rounded(double number)
{
    constexpr std::array<std::string_view, 4> units{"", " k", " M", " G"};
    return in_units(number, 1000.0, units);
}

std::string bytes(double number)
{
    constexpr std::array<std::string_view, 5> units{" B", " KiB", " MiB", " GiB", " TiB"};
    return in_units(number, 1024.0, units);
}

std::string duration(double seconds)
{
    if (!std::isfinite(seconds) || seconds > 1e15) {
        return "-";
    }
    const std::int64_t whole = std::llround(std::max(0.0, seconds));
    const auto two_digits = [](std::int64_t n) { return text(n < 10 ? "0" : "", n); };
    const std::int64_t minutes = whole / 60;
    if (minutes < 60) {
        return text(minutes, ':', two_digits(whole % 60));
    }
    return text(minutes / 60, ':', two_digits(minutes % 60), ':', two_digits(whole % 60));
}

std::string left(std::string words, std::size_t width)
{
    words.append(std::max(width, letters(words)) - letters(words), ' ');
    return words;
}

std::string right(std::string words, std::size_t width)
{
    words.insert(0, std::max(width, letters(words)) - letters(words), ' ');
    return words;
}

}  // namespace latecomer::jobs
