#include "io/toml/toml.hpp"

#include "core/errors.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <tuple>

#define TOML_ENABLE_FORMATTERS 0
#include <toml++/toml.h>

namespace latecomer {
namespace {

Place place_of(const std::string& file, const toml::source_region& region)
{
    return {file, static_cast<std::int64_t>(region.begin.line),
            static_cast<std::int64_t>(region.begin.column)};
}

TomlValue tree_of(const toml::node& node, const std::string& file);

std::vector<TomlEntry> entries_of(const toml::table& table, const std::string& file)
{
    std::vector<TomlEntry> entries;
    for (const auto& [key, node] : table) {
        entries.push_back(
            {std::string{key.str()}, place_of(file, key.source()), tree_of(node, file)});
    }
    // The library sorts by key; the first mistake in the file should be the one reported.
    std::stable_sort(entries.begin(), entries.end(), [](const TomlEntry& a, const TomlEntry& b) {
        return std::tie(a.place.line, a.place.column) < std::tie(b.place.line, b.place.column);
    });
    return entries;
}

TomlValue tree_of(const toml::node& node, const std::string& file)
{
    TomlValue value;
    value.place = place_of(file, node.source());
    switch (node.type()) {
    case toml::node_type::boolean:
        value.kind = TomlKind::boolean;
        value.integer = node.as_boolean()->get() ? 1 : 0;
        break;
    case toml::node_type::integer:
        value.kind = TomlKind::integer;
        value.integer = node.as_integer()->get();
        break;
    case toml::node_type::floating_point:
        value.kind = TomlKind::real;
        value.real = node.as_floating_point()->get();
        break;
    case toml::node_type::string:
        value.kind = TomlKind::text;
        value.text = node.as_string()->get();
        break;
    case toml::node_type::array:
        value.kind = TomlKind::array;
        for (const toml::node& item : *node.as_array()) {
            value.items.push_back(tree_of(item, file));
        }
        break;
    case toml::node_type::table:
        value.kind = TomlKind::table;
        value.entries = entries_of(*node.as_table(), file);
        break;
    default:
        value.kind = TomlKind::time;
        break;
    }
    return value;
}

/// Refuses keys of parts without number: they would use up the stack of the library that reads them.
void check_depth(std::string_view text, const std::string& file)
{
    constexpr int most_parts = 64;
    int parts = 1;
    Place place{file, 1, 0};
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char letter = text[i];
        ++place.column;
        if (letter == '"' || letter == '\'') {  // what is quoted is one part, or a value
            const std::string mark(text.substr(i, 3) == std::string(3, letter) ? 3 : 1, letter);
            std::size_t end = text.find(mark, i + mark.size());
            while (letter == '"' && end != std::string_view::npos && text[end - 1] == '\\') {
                end = text.find(mark, end + 1);
            }
            const std::string_view quoted = text.substr(i, end - i);
            place.line += std::ranges::count(quoted, '\n');
            i = end == std::string_view::npos ? text.size() : end + mark.size() - 1;
        } else if (letter == '#') {
            i = std::min(text.find('\n', i), text.size()) - 1;
        } else if (letter == '.') {
            ++parts;
        } else if (letter == '\n' ||
                   std::string_view{"=,{}[]"}.find(letter) != std::string_view::npos) {
            parts = 1;
            place.line += letter == '\n' ? 1 : 0;
            place.column = letter == '\n' ? 0 : place.column;
        }
        if (parts > most_parts) {
            reject(place, "a key has more than 64 parts; no key of this program has as many");
        }
    }
}

}  // namespace

TomlValue parse_toml(std::string_view text, const std::string& file)
{
    check_depth(text, file);
    try {
        return tree_of(toml::parse(text), file);
    } catch (const toml::parse_error& error) {
        reject(place_of(file, error.source()),
               latecomer::text("this is not TOML (", error.description(), ")"));
    }
}

TomlValue parse_toml_value(std::string_view text, const Place& place)
{
    if (text.find_first_of("\r\n") != std::string_view::npos) {
        reject(place, "the value has more than one line; write it into a file");
    }
    check_depth(text, place.file);
    TomlValue bare;
    bare.kind = TomlKind::bare;
    bare.place = place;
    bare.text = text;
    try {
        static_cast<void>(
            toml::parse(latecomer::text("# ", text)));  // as a comment: any UTF-8 text
    } catch (const toml::parse_error&) {
        reject(place, "the value is not UTF-8 text; write it into a file");
    }
    try {
        const toml::table table = toml::parse(latecomer::text("value = ", text));
        TomlValue value = tree_of(*table.get("value"), place.file);
        value.place = place;
        return value;
    } catch (const toml::parse_error&) {
        return bare;
    }
}

}  // namespace latecomer
