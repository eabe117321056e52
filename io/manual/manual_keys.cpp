#include "io/manual/manual_keys.hpp"

#include "core/errors.hpp"
#include "core/suggest.hpp"
#include "core/text.hpp"
#include "io/manual/manual.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <iterator>
#include <optional>
#include <set>

namespace latecomer {
namespace {

/// Columns that call an entry by its key; a table without one of them is no list of entries.
constexpr std::array<std::string_view, 4> key_columns{"key", "name", "kind", "dist"};
/// Columns that call it by a code.
constexpr std::array<std::string_view, 2> code_columns{"cell", "number"};
/// Columns in which entries speak of others.
constexpr std::array<std::string_view, 5> speaking_columns{"levers", "public cost", "inputs",
                                                           "upgrade to", "countries"};

template <class Names>
std::optional<std::size_t> column_among(const ManualTable& table, const Names& names)
{
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        if (std::ranges::find(names, table.columns[i]) != names.end()) {
            return i;
        }
    }
    return std::nullopt;
}

std::string in_small_letters(std::string_view word)
{
    std::string small{word};
    std::ranges::transform(small, small.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return small;
}

/// Whether words of a text are this one, letters, digits, "_" and "." being parts of words.
bool speaks_of(std::string_view all, std::string_view word)
{
    const auto is_part = [&](std::size_t at) {
        return at < all.size() && (std::isalnum(static_cast<unsigned char>(all[at])) != 0 ||
                                   all[at] == '_' || all[at] == '.');
    };
    for (std::size_t at = all.find(word); at != std::string_view::npos;
         at = all.find(word, at + 1)) {
        if ((at == 0 || !is_part(at - 1)) && !is_part(at + word.size())) {
            return true;
        }
    }
    return false;
}

/// Whether a cell holds numbers of equations, not "none" or a section.
bool is_number(std::string_view cell)
{
    return !cell.empty() && std::isdigit(static_cast<unsigned char>(cell.front())) != 0;
}

std::string_view noun_of(const ManualEntry& entry)
{
    return entry.topic->entry.empty() ? std::string_view{entry.table->key}
                                      : std::string_view{entry.topic->entry};
}

/// "  default      0.5", long values going on below.
std::string line_of(const std::string& what, const std::string& value)
{
    constexpr std::size_t indent = 24;
    constexpr std::size_t width = 100;
    std::string lines;
    std::string line = "  " + what;
    line.append(std::max(indent, line.size() + 2) - line.size(), ' ');
    std::size_t begun = line.size();
    for (std::size_t at = 0; at < value.size();) {
        const std::size_t end = std::min(value.find(' ', at), value.size());
        if (line.size() > begun && line.size() + end - at > width) {
            lines += line.substr(0, line.find_last_not_of(' ') + 1) + '\n';
            line.assign(indent, ' ');
            begun = indent;
        }
        line += value.substr(at, end - at) + ' ';
        at = end + 1;
    }
    return lines + line.substr(0, line.find_last_not_of(' ') + 1) + '\n';
}

/// Steps of a quarter in which equations are worked out.
std::vector<std::string> steps_of(std::string_view equations,
                                  const std::vector<ManualTopic>& topics)
{
    std::vector<std::string> steps;
    for (const ManualTopic& topic : topics) {
        for (const ManualTable& table : topic.tables) {
            if (table.key != "event") {
                continue;
            }
            for (const std::vector<std::string>& row : table.rows) {
                std::string_view rest{row[2]};
                bool found = false;
                while (!rest.empty() && !found) {
                    const std::size_t end = std::min(rest.find(", "), rest.size());
                    found = speaks_of(equations, rest.substr(0, end));
                    rest.remove_prefix(std::min(end + 2, rest.size()));
                }
                if (found) {
                    steps.push_back(
                        text("step ", row[0], " of a quarter (", row[1], "): ", row[3]));
                }
            }
        }
    }
    return steps;
}

}  // namespace

ManualIndex::ManualIndex(std::vector<ManualTopic> topics, std::string_view country_table)
    : topics_{std::move(topics)}, countries_{country_listing(country_table)}
{
    for (const ManualTopic& topic : topics_) {
        for (const ManualTable& table : topic.tables) {
            const auto key = column_among(table, key_columns);
            const auto code = column_among(table, code_columns);
            for (std::size_t i = 0; key && i < table.rows.size(); ++i) {
                const std::vector<std::string>& row = table.rows[i];
                entries_.push_back({&topic, &table, &row, row[*key],
                                    text(table.key, '.', row[*key]),
                                    code && topic.key != "streams" ? row[*code] : std::string{}});
            }
        }
    }
}

std::vector<const ManualEntry*> ManualIndex::find(std::string_view word) const
{
    std::vector<const ManualEntry*> named;
    std::vector<const ManualEntry*> called;
    const std::string small = in_small_letters(word);
    for (const ManualEntry& entry : entries_) {
        if (entry.name == word) {
            named.push_back(&entry);
        } else if (entry.key == word ||
                   (!entry.code.empty() && in_small_letters(entry.code) == small)) {
            called.push_back(&entry);
        }
    }
    return named.empty() ? called : named;
}

const ListedEconomy* ManualIndex::economy(std::string_view word) const
{
    const std::string small = in_small_letters(word);
    const auto found = std::ranges::find_if(countries_.economies, [&](const ListedEconomy& one) {
        return in_small_letters(one.data.key) == small ||
               in_small_letters(one.data.name) == small || text("country.", one.data.key) == word;
    });
    return found != countries_.economies.end() ? &*found : nullptr;
}

bool ManualIndex::knows(std::string_view word) const
{
    return !find(word).empty() || economy(word) != nullptr;
}

std::vector<std::string> ManualIndex::used_by(const ManualEntry& entry) const
{
    std::vector<std::string> users;
    for (const ManualEntry& other : entries_) {
        for (std::size_t i = 0; i < other.row->size(); ++i) {
            const bool speaks = std::ranges::find(speaking_columns, other.table->columns[i]) !=
                                speaking_columns.end();
            const bool is_parameter = entry.topic->key == "parameters";
            if (&other != &entry && speaks &&
                speaks_of((*other.row)[i], is_parameter ? entry.name : entry.key)) {
                users.push_back(text(other.table->key, ' ', other.key,
                                     other.code.empty() ? "" : text(" (", other.code, ')'), ", ",
                                     other.table->columns[i]));
            }
        }
    }
    const auto equation = std::ranges::find(entry.table->columns, "equation");
    if (equation != entry.table->columns.end()) {
        const auto column = static_cast<std::size_t>(equation - entry.table->columns.begin());
        const std::string& equations = (*entry.row)[column];
        if (is_number(equations)) {
            std::ranges::move(steps_of(equations, topics_), std::back_inserter(users));
        }
    }
    return users;
}

std::string ManualIndex::as_text(const ManualEntry& entry) const
{
    std::string out = text("# ", entry.name, "\n\n");
    const std::string_view noun = noun_of(entry);
    const bool vowel = std::string_view{"aeio"}.find(noun.front()) != std::string_view::npos;
    out += line_of("what it is", text(vowel ? "an " : "a ", noun, " of 'latecomer describe ",
                                      entry.topic->key, "'"));
    for (std::size_t i = 0; i < entry.row->size(); ++i) {
        const std::string& cell = (*entry.row)[i];
        const std::string& column = entry.table->columns[i];
        if (!cell.empty()) {
            const bool is_equation = column == "equation" && is_number(cell);
            out += line_of(
                column, is_equation
                            ? text(cell, " (agents/MODEL.md, section 7, says where it is written)")
                            : cell);
        }
    }
    bool is_first = true;
    for (const std::string& user : used_by(entry)) {
        out += line_of(is_first ? "used by" : "", user);
        is_first = false;
    }
    const std::string where = text(entry.table->title, entry.table->title.empty() ? "" : ": ",
                                   entry.table->doc.empty() ? entry.topic->doc : entry.table->doc);
    return out + line_of("stands in", where);
}

std::string ManualIndex::describe(std::string_view word, std::string_view format) const
{
    check_format(format);
    const std::vector<const ManualEntry*> found = find(word);
    const ListedEconomy* const country = economy(word);
    if (found.empty() && country == nullptr) {
        std::vector<std::string> topics;
        std::string all;
        for (const ManualTopic& topic : topics_) {
            topics.push_back(topic.key);
            all += text(all.empty() ? "" : ", ", topic.key);
        }
        std::string meant = did_you_mean(word, topics);
        meant = meant.empty() ? did_you_mean(word, words()) : meant;
        throw InputError(text("unknown topic or key '", word, "' to describe.", meant, " Topics: ",
                              all, "; keys: those that topics list, economies such as IND."));
    }
    const std::size_t count = found.size() + (country != nullptr ? 1 : 0);
    if (format != "md") {
        ManualTopic topic{std::string{word},
                          std::string{word},
                          count > 1 ? text("It says ", count, " things.") : "",
                          {}};
        for (const ManualEntry* entry : found) {
            std::string key = entry->table->key;  // two tables of a topic have two keys
            while (std::ranges::find(topic.tables, key, &ManualTable::key) != topic.tables.end()) {
                key += text('_', entry->topic->key);
            }
            topic.tables.push_back(
                {key, entry->name, entry->table->doc, entry->table->columns, {*entry->row}});
        }
        if (country != nullptr) {
            const ManualTopic one = manual_economy(*country, countries_);
            topic.title = found.empty() ? one.title : topic.title;
            topic.doc = found.empty() ? one.doc : topic.doc;
            topic.tables.insert(topic.tables.end(), one.tables.begin(), one.tables.end());
        }
        return printed(topic, format);
    }
    std::string out;
    if (count > 1) {
        out = text('\'', word, "' says ", count, " things; a name says one of them:");
        for (const ManualEntry* entry : found) {
            out +=
                text(' ', entry->name, entry == found.back() && country == nullptr ? "\n\n" : ",");
        }
        out += country != nullptr ? text(" country.", country->data.key, "\n\n") : "";
    }
    for (const ManualEntry* entry : found) {
        out += as_text(*entry) + (entry == found.back() && country == nullptr ? "" : "\n");
    }
    return country != nullptr ? out + markdown_of(manual_economy(*country, countries_), 1) : out;
}

std::vector<std::string> ManualIndex::words() const
{
    std::set<std::string> all;
    for (const ManualEntry& entry : entries_) {
        all.insert(entry.key);
        all.insert(entry.name);
        if (!entry.code.empty()) {
            all.insert(entry.code);
        }
    }
    for (const ListedEconomy& one : countries_.economies) {
        all.insert(one.data.key);
    }
    return {all.begin(), all.end()};
}

}  // namespace latecomer
