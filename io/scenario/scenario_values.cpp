#include "io/scenario/scenario_values.hpp"

#include "core/suggest.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <cmath>

namespace latecomer {
namespace {

/// The demand with what the value must be: a number of this kind in this range.
Demand in_range(Demand demand, std::string_view kind, const Interval& range)
{
    const std::string limits = range_text(range);
    demand.must_be = kind;
    if (!limits.empty()) {
        demand.must_be += text(limits.front() == '[' ? " in " : " ", limits);
    }
    return demand;
}

/// Texts between commas.
std::vector<std::string> split(const std::string& list)
{
    std::vector<std::string> parts;
    for (std::size_t begin = 0; begin <= list.size();) {
        const std::size_t end = std::min(list.find(',', begin), list.size());
        parts.push_back(list.substr(begin, end - begin));
        begin = end + 1;
    }
    return parts;
}

}  // namespace

void reject_value(const TomlValue& value, const Demand& demand)
{
    const bool has_unit = !demand.unit.empty() && demand.unit != "1";
    reject(value.place, text("bad value ", shown(value), " for '", demand.key, "' (must be ",
                             demand.must_be, has_unit ? ", unit " : "", has_unit ? demand.unit : "",
                             demand.doc.empty() ? ")" : "): ", demand.doc));
}

double read_number(const TomlValue& value, const Interval& range, const Demand& demand)
{
    double number = 0.0;
    if (value.is(TomlKind::integer)) {
        number = static_cast<double>(value.integer);
    } else if (value.is(TomlKind::real)) {
        number = value.real;
    } else {
        reject_value(value, in_range(demand, "a number", range));
    }
    if (!std::isfinite(number) || !range.contains(number)) {
        reject_value(value, in_range(demand, "a number", range));
    }
    return number;
}

std::int64_t read_whole(const TomlValue& value, const Interval& range, const Demand& demand)
{
    if (!value.is(TomlKind::integer) || !range.contains(static_cast<double>(value.integer))) {
        reject_value(value, in_range(demand, "a whole number", range));
    }
    return value.integer;
}

std::string read_text(const TomlValue& value, const Demand& demand)
{
    if (!value.is(TomlKind::text) && !value.is(TomlKind::bare)) {
        Demand text_wanted = demand;
        text_wanted.must_be = "a text in quotes";
        reject_value(value, text_wanted);
    }
    return value.text;
}

std::vector<std::string> read_texts(const TomlValue& value, const Demand& demand)
{
    Demand list_wanted = demand;
    list_wanted.must_be = "a list of texts in quotes";
    if (value.is(TomlKind::bare)) {
        return split(value.text);
    }
    if (!value.is(TomlKind::array)) {
        reject_value(value, list_wanted);
    }
    std::vector<std::string> texts;
    for (const TomlValue& item : value.items) {
        if (!item.is(TomlKind::text)) {
            reject_value(item, list_wanted);
        }
        texts.push_back(item.text);
    }
    return texts;
}

std::size_t read_word(const TomlValue& value, const std::vector<std::string>& words,
                      std::string_view key, std::string_view doc)
{
    const bool is_text = value.is(TomlKind::text) || value.is(TomlKind::bare);
    const auto found = is_text ? std::find(words.begin(), words.end(), value.text) : words.end();
    if (found == words.end()) {
        std::string must_be;
        for (const std::string& word : words) {
            must_be += text(must_be.empty() ? "'" : " or '", word, '\'');
        }
        const std::string hint = is_text ? did_you_mean(value.text, words) : std::string{};
        reject_value(value, {key, must_be, {}, text(doc, hint)});
    }
    return static_cast<std::size_t>(found - words.begin());
}

}  // namespace latecomer
