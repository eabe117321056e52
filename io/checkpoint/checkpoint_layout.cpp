#include "io/checkpoint/checkpoint_layout.hpp"

#include "core/text.hpp"
#include "io/checkpoint/checkpoint_columns.hpp"

#include <charconv>

namespace latecomer::io {
namespace {

std::vector<std::string_view> split(std::string_view words, char at)
{
    std::vector<std::string_view> parts;
    while (true) {
        const std::size_t end = words.find(at);
        parts.push_back(words.substr(0, end));
        if (end == std::string_view::npos) {
            return parts;
        }
        words.remove_prefix(end + 1);
    }
}

std::size_t number(std::string_view digits)
{
    std::size_t value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
}

}  // namespace

std::string layout_text(const std::vector<StatePart>& parts)
{
    std::string lines;
    for (const StatePart& part : parts) {
        lines += text(part.name, ';', part.words.size(), ';');
        for (const std::string& axis : part.axes) {
            lines += text(&axis == &part.axes.front() ? "" : ",", axis);
        }
        lines += ';';
        for (const StateMember& member : part.members) {
            lines += text(&member == &part.members.front() ? "" : ",", member.name, ':',
                          member.words, member.is_whole ? ":whole" : ":double");
        }
        lines += '\n';
    }
    return lines;
}

std::vector<StatePart> parts_of(std::string_view layout, const std::vector<std::uint64_t>& words,
                                std::string& why)
{
    std::vector<StatePart> parts;
    std::size_t next = 0;
    for (const std::string_view line : split(layout, '\n')) {
        if (line.empty()) {
            continue;
        }
        const auto cells = split(line, ';');
        const std::size_t count = cells.size() == 4 ? number(cells[1]) : words.size() + 1;
        if (count > words.size() - next) {
            why = "its list of contents does not fit its contents";
            return {};
        }
        StatePart part{std::string{cells[0]}, {}, {}, {}};
        for (const std::string_view axis : split(cells[2], ',')) {
            if (!axis.empty()) {
                part.axes.emplace_back(axis);
            }
        }
        for (const std::string_view member : split(cells[3], ',')) {
            const auto fields = split(member, ':');
            if (fields.size() != 3 || number(fields[1]) == 0) {
                why = "its list of contents cannot be understood";
                return {};
            }
            part.members.push_back(
                {std::string{fields[0]}, number(fields[1]), fields[2] == "whole"});
        }
        const auto begin = words.begin() + static_cast<std::ptrdiff_t>(next);
        part.words.assign(begin, begin + static_cast<std::ptrdiff_t>(count));
        next += count;
        parts.push_back(std::move(part));
    }
    if (next != words.size()) {
        why = "its list of contents does not fit its contents";
    }
    return parts;
}

std::size_t column_count()
{
    std::size_t columns = 0;
    const Firms none;
    for_each_state_column(none, [&](const std::string& key, auto, auto, const auto&) {
        columns += key == "id" ? 0 : 1;
    });
    return columns;
}

}  // namespace latecomer::io
