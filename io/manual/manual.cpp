#include "io/manual/manual.hpp"

#include "core/errors.hpp"
#include "core/suggest.hpp"
#include "core/text.hpp"
#include "io/manual/manual_table.hpp"
#include "io/scenario/resolved.hpp"
#include "io/scenario/scenario.hpp"

#include <algorithm>
#include <array>

namespace latecomer {
namespace {

struct TopicRow {
    std::string_view key;
    ManualTopic (*topic)();
    bool in_reference;
};

constexpr std::array topic_rows{
    TopicRow{"parameters", manual_parameters, true},
    TopicRow{"instruments", manual_instruments, true},
    TopicRow{"pathways", manual_pathways, true},
    TopicRow{"positions", manual_positions, true},
    TopicRow{"outputs", manual_outputs, true},
    TopicRow{"streams", manual_streams, true},
    TopicRow{"model", manual_model, false},
    TopicRow{"outcomes", manual_outcomes, false},
    TopicRow{"moments", manual_moments, false},
};

const std::array<std::string, 4> formats{"md", "toml", "json", "tex"};
const std::array<std::string, topic_rows.size()> topic_names = [] {
    std::array<std::string, topic_rows.size()> names;
    std::transform(topic_rows.begin(), topic_rows.end(), names.begin(),
                   [](const TopicRow& row) { return std::string{row.key}; });
    return names;
}();

/// Refuses a word that is not in a list.
void check_word(std::string_view word, std::span<const std::string> words, std::string_view what)
{
    if (std::find(words.begin(), words.end(), word) != words.end()) {
        return;
    }
    std::string all;
    for (const std::string& known : words) {
        all += text(all.empty() ? "" : ", ", known);
    }
    throw InputError(text("unknown ", what, " '", word, "' to describe.", did_you_mean(word, words),
                          " Known: ", all, '.'));
}

}  // namespace

std::span<const std::string> manual_topics()
{
    return topic_names;
}

std::span<const std::string> manual_formats()
{
    return formats;
}

std::string manual(std::string_view topic, std::string_view format,
                   std::string_view builtin_countries, std::span<const ManualTopic> more)
{
    std::vector<std::string> known{topic_names.begin(), topic_names.end()};
    for (const ManualTopic& other : more) {
        known.push_back(other.key);
    }
    check_word(topic, known, "topic");
    check_format(format);
    if (topic == "parameters" && format == "toml") {
        return resolved_toml(default_scenario(builtin_countries), Comments::full);
    }
    const auto row = std::find_if(topic_rows.begin(), topic_rows.end(),
                                  [&](const TopicRow& other) { return other.key == topic; });
    const auto other = std::find_if(more.begin(), more.end(),
                                    [&](const ManualTopic& one) { return one.key == topic; });
    return printed(row != topic_rows.end() ? row->topic() : *other, format);
}

std::vector<ManualTopic> all_topics(std::span<const ManualTopic> more)
{
    std::vector<ManualTopic> all;
    for (const TopicRow& row : topic_rows) {
        all.push_back(row.topic());
    }
    all.insert(all.end(), more.begin(), more.end());
    return all;
}

std::string printed(const ManualTopic& topic, std::string_view format)
{
    if (format == "toml") {
        return toml_of(topic);
    }
    if (format == "json") {
        return json_of(topic);
    }
    return format == "tex" ? tex_of(topic) : markdown_of(topic, 1);
}

void check_format(std::string_view format)
{
    check_word(format, manual_formats(), "format");
}

std::string reference_manual()
{
    std::string out =
        "# Reference\n\n"
        "Written from the declarations in the code; a test compares this file with them.  After a "
        "change of these: `latecomer describe all --out .` in the folder of the sources.\n";
    for (const TopicRow& row : topic_rows) {
        if (row.in_reference) {
            out += '\n' + markdown_of(row.topic(), 2);
        }
    }
    return out;
}

}  // namespace latecomer
