#include "jobs/study/spec/spec_table.hpp"

#include "core/suggest.hpp"
#include "core/text.hpp"
#include "jobs/study/spec/spec_grammar.hpp"

#include <algorithm>

namespace latecomer::jobs::study {
namespace {

std::string listed(const std::vector<std::string>& words)
{
    std::string all;
    for (const std::string& word : words) {
        all += text(all.empty() ? "" : ", ", word);
    }
    return all;
}

/// "[a] and [b]": other sections with a key of this name.
std::string sections_with(std::string_view key, std::string_view but)
{
    std::string result;
    for (const StudySection& section : study_sections()) {
        const bool has_names = section.shape == SectionShape::named;
        if (section.name != but && !has_names &&
            std::ranges::find(section.keys, key, &StudyKey::key) != section.keys.end()) {
            result += text(result.empty() ? "[" : " and [", section.name, ']');
        }
    }
    return result;
}

[[noreturn]] void reject_section(const TomlEntry& entry)
{
    std::vector<std::string> known;
    for (const StudySection& section : study_sections()) {
        known.emplace_back(section.name);
    }
    std::string hint = did_you_mean(entry.key, known);
    const std::string home = sections_with(entry.key, {});
    if (hint.empty() && !home.empty()) {
        hint = text(" This key is in section ", home, '.');
    } else if (hint.empty()) {
        hint = text(" A study has: ", listed(known), '.');
    }
    const bool is_section = entry.value.is(TomlKind::table) || entry.value.is(TomlKind::array);
    reject(entry.place, text("unknown ", is_section ? "section" : "key", " '", entry.key,
                             "' of a study.", hint));
}

void check_keys(const TomlValue& table, const StudySection& section)
{
    for (const TomlEntry& entry : table.entries) {
        if (std::ranges::find(section.keys, entry.key, &StudyKey::key) != section.keys.end()) {
            continue;
        }
        const std::vector<std::string> known = section.key_names();
        std::string hint = did_you_mean(entry.key, known);
        const std::string home = sections_with(entry.key, section.name);
        if (!home.empty()) {
            hint = text(" In a study this key is in section ", home, '.');
        } else if (hint.empty()) {
            hint = text(" Known here: ", listed(known), '.');
        }
        reject(entry.place, text("unknown key '", section.name, '.', entry.key, "'.", hint));
    }
}

void check_section(const TomlEntry& entry, const StudySection& section)
{
    const auto is_table = [](const TomlValue& value) { return value.is(TomlKind::table); };
    if (section.shape == SectionShape::list) {
        if (!entry.value.is(TomlKind::array) || !std::ranges::all_of(entry.value.items, is_table)) {
            reject(entry.place, text("'", section.name, "' is a list of tables: write [[",
                                     section.name, "]] above the keys of each"));
        }
        for (const TomlValue& item : entry.value.items) {
            check_keys(item, section);
        }
    } else if (!is_table(entry.value)) {
        reject(entry.place, text("bad value ", shown(entry.value), " for '", section.name,
                                 "' (it is a section: write [", section.name, "] above its keys)"));
    } else if (section.shape == SectionShape::table) {
        check_keys(entry.value, section);
    }
}

}  // namespace

void check_sections(const TomlValue& root)
{
    for (const TomlEntry& entry : root.entries) {
        const auto section = std::ranges::find(study_sections(), entry.key, &StudySection::name);
        if (section == study_sections().end()) {
            reject_section(entry);
        }
        check_section(entry, *section);
    }
}

bool is_label(std::string_view text)
{
    constexpr std::size_t longest = 64;
    constexpr std::string_view allowed =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
    return !text.empty() && text.size() <= longest &&
           text.find_first_not_of(allowed) == std::string_view::npos;
}

SpecTable::SpecTable(const TomlValue& root, std::string_view name)
    : SpecTable{name, root.find(name), Place{root.place.file}}
{
    if (table_ != nullptr) {
        place_ = table_->place;
    }
}

std::vector<SpecTable> SpecTable::list(const TomlValue& root, std::string_view name)
{
    std::vector<SpecTable> tables;
    if (const TomlValue* all = root.find(name)) {
        for (const TomlValue& item : all->items) {
            tables.push_back(SpecTable{name, &item, item.place});
        }
    }
    return tables;
}

const TomlValue* SpecTable::find(std::string_view key) const
{
    return table_ == nullptr ? nullptr : table_->find(key);
}

const TomlValue& SpecTable::need(std::string_view key, std::string_view doc) const
{
    const TomlValue* value = find(key);
    if (value == nullptr) {
        reject(place_, text("'", full(key), "' is missing; add it: ", doc));
    }
    return *value;
}

void SpecTable::read(double& to, std::string_view key, const Interval& range,
                     std::string_view doc) const
{
    if (const TomlValue* value = find(key)) {
        to = read_number(*value, range, {full(key), {}, {}, doc});
    }
}

void SpecTable::read(std::int64_t& to, std::string_view key, const Interval& range,
                     std::string_view doc) const
{
    if (const TomlValue* value = find(key)) {
        to = read_whole(*value, range, {full(key), {}, {}, doc});
    }
}

void SpecTable::read(std::optional<double>& to, std::string_view key, const Interval& range,
                     std::string_view doc) const
{
    if (find(key) != nullptr) {
        double number = 0.0;
        read(number, key, range, doc);
        to = number;
    }
}

std::string SpecTable::full(std::string_view key) const
{
    return text(name_, '.', key);
}

}  // namespace latecomer::jobs::study
