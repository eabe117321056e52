#include "io/run_folder/comparison.hpp"

#include "core/text.hpp"
#include "io/files/text_file.hpp"
#include "io/toml/toml.hpp"
#include "io/toml/toml_text.hpp"

#include <map>
#include <system_error>

namespace latecomer::io {
namespace {

using Values = std::map<std::string, std::string, std::less<>>;

/// A value in full.
std::string value_text(const TomlValue& value)
{
    if (value.is(TomlKind::text)) {
        return toml_text(value.text);
    }
    if (!value.is(TomlKind::array)) {
        return shown(value);
    }
    std::string all;
    for (const TomlValue& item : value.items) {
        all += text(all.empty() ? "" : ", ", value_text(item));
    }
    return text('[', all, ']');
}

/// Values of a tree by their keys with dots between, entries of lists of tables by number.
void flatten(const TomlValue& value, const std::string& key, Values& values)
{
    if (value.is(TomlKind::table)) {
        for (const TomlEntry& entry : value.entries) {
            flatten(entry.value, key.empty() ? entry.key : text(key, '.', entry.key), values);
        }
    } else if (value.is(TomlKind::array) && !value.items.empty() &&
               value.items.front().is(TomlKind::table)) {
        for (std::size_t i = 0; i < value.items.size(); ++i) {
            flatten(value.items[i], text(key, '[', i, ']'), values);
        }
    } else {
        values[key] = value_text(value);
    }
}

Values values_of_run(const std::filesystem::path& run)
{
    Values values;
    const std::filesystem::path path = run / "run.toml";
    flatten(parse_toml(read_text_file(path, {}, scenario_limit), path.string()), {}, values);
    return values;
}

/// Texts of sources decide nothing.
bool decides(std::string_view key)
{
    return !key.starts_with("source.");
}

}  // namespace

std::vector<KeyDifference> differing_keys(const std::filesystem::path& first,
                                          const std::filesystem::path& second)
{
    std::vector<KeyDifference> found;
    std::error_code error;
    if (!std::filesystem::exists(first / "run.toml", error) ||
        !std::filesystem::exists(second / "run.toml", error)) {
        return found;
    }
    const Values a = values_of_run(first);
    const Values b = values_of_run(second);
    Values all = a;
    all.insert(b.begin(), b.end());
    for (const auto& [key, ignored] : all) {
        const auto in_a = a.find(key);
        const auto in_b = b.find(key);
        KeyDifference difference{key, in_a != a.end() ? in_a->second : "none",
                                 in_b != b.end() ? in_b->second : "none"};
        if (difference.first != difference.second && decides(key)) {
            found.push_back(std::move(difference));
        }
    }
    return found;
}

}  // namespace latecomer::io
