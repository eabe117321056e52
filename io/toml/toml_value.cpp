#include "core/errors.hpp"
#include "core/text.hpp"
#include "io/toml/toml.hpp"

#include <algorithm>

namespace latecomer {
namespace {

std::string shortened(std::string_view text)
{
    constexpr std::size_t longest = 60;
    if (text.size() <= longest) {
        return std::string{text};
    }
    std::size_t end = longest;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) {
        --end;  // not inside a character of UTF-8
    }
    return latecomer::text(text.substr(0, end), "...");
}

}  // namespace

const TomlValue* TomlValue::find(std::string_view key) const
{
    for (const TomlEntry& entry : entries) {
        if (entry.key == key) {
            return &entry.value;
        }
    }
    return nullptr;
}

std::string shown(const TomlValue& value)
{
    switch (value.kind) {
    case TomlKind::boolean:
        return value.integer != 0 ? "true" : "false";
    case TomlKind::integer:
        return text(value.integer);
    case TomlKind::real:
        return shortest(value.real);
    case TomlKind::text:
    case TomlKind::bare:
        return text('"', shortened(value.text), '"');
    case TomlKind::time:
        return "a date or time";
    case TomlKind::array:
        return text("a list of ", value.items.size());
    case TomlKind::table:
        return "a table";
    }
    fail("a value of no kind");
}

}  // namespace latecomer
