#include "io/toml/toml_text.hpp"

#include "core/text.hpp"

#include <cmath>

namespace latecomer {
namespace {

/// A bound as people write it: whole numbers without an exponent.
std::string bound(double x)
{
    if (std::abs(x) < 1e16 && std::floor(x) == x) {
        return text(static_cast<std::int64_t>(x));
    }
    return shortest(x);
}

}  // namespace

std::string toml_text(double value)
{
    std::string result = shortest(value);
    if (result.find_first_of(".en") == std::string::npos) {
        result += ".0";
    }
    return result;
}

std::string toml_text(std::int64_t value)
{
    return text(value);
}

std::string toml_text(std::string_view value)
{
    std::string result = "\"";
    for (const char c : value) {
        const auto code = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            result += text('\\', c);
        } else if (code < 0x20 || code == 0x7f) {
            result += text("\\u", hexadecimal(code).substr(12));
        } else {
            result += c;
        }
    }
    return result + '"';
}

std::string toml_text(const std::vector<std::string>& value)
{
    std::string result = "[";
    for (const std::string& item : value) {
        result += text(result.size() > 1 ? ", " : "", toml_text(std::string_view{item}));
    }
    return result + ']';
}

std::string range_text(const Interval& range)
{
    const bool low = range.low > any_number.low;
    const bool high = range.high < any_number.high;
    if (low && high) {
        return text('[', bound(range.low), ", ", bound(range.high), ']');
    }
    if (low) {
        return range.low == positive.low ? "greater than 0" : text("at least ", bound(range.low));
    }
    return high ? text("at most ", bound(range.high)) : std::string{};
}

std::string words_text(const std::array<std::string_view, 4>& words)
{
    std::string result;
    for (const std::string_view word : words) {
        if (!word.empty()) {
            result += text(result.empty() ? "" : ", ", '\'', word, '\'');
        }
    }
    return result;
}

}  // namespace latecomer
