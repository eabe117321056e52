#pragma once

#include "io/files/place.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// TOML as a plain tree that remembers where everything was written.
namespace latecomer {

enum class TomlKind {
    boolean,
    integer,
    real,
    text,
    bare,  ///< text of the command line that is no TOML value; becomes what its target is
    time,
    array,
    table,
};

struct TomlEntry;

/// A value of a TOML file.
struct TomlValue {
    TomlKind kind = TomlKind::table;
    Place place;
    std::int64_t integer = 0;  ///< also of a boolean: 0 or 1
    double real = 0.0;
    std::string text;
    std::vector<TomlValue> items;    ///< of an array
    std::vector<TomlEntry> entries;  ///< of a table, in the order in which they were written

    bool is(TomlKind which) const { return kind == which; }
    const TomlValue* find(std::string_view key) const;  ///< of a table; null if absent
};

struct TomlEntry {
    std::string key;
    Place place;  ///< of the key
    TomlValue value;
};

/// Parses a text that the user knows as `file`.
/// @throws InputError with line and column if it is not TOML.
TomlValue parse_toml(std::string_view text, const std::string& file);

/// Parses the value of `--set KEY=VALUE`; what is not a TOML value becomes `TomlKind::bare`.
/// @throws InputError if it is not one line of UTF-8 text.
TomlValue parse_toml_value(std::string_view text, const Place& place);

/// The value as a message shows it, shortened.
std::string shown(const TomlValue& value);

}  // namespace latecomer
