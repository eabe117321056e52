#include "io/manual/manual_table.hpp"

#include "core/text.hpp"
#include "io/toml/toml_text.hpp"

#include <charconv>
#include <system_error>

namespace latecomer {
namespace {

std::string in_quotes(std::string_view words)
{
    return toml_text(words);
}

/// The text with characters replaced: `special[i]` becomes `replacements[i]`.
std::string escaped(std::string_view words, std::string_view special,
                    const std::vector<std::string>& replacements)
{
    std::string result;
    for (const char c : words) {
        const std::size_t i = special.find(c);
        result += i == std::string_view::npos ? std::string{c} : replacements[i];
    }
    return result;
}

std::string for_markdown(std::string_view words)
{
    return escaped(words, "|", {"\\|"});
}

std::string for_tex(std::string_view words)
{
    return escaped(words, "\\{}$&#_%^~<>",
                   {"\\textbackslash{}", "\\{", "\\}", "\\$", "\\&", "\\#", "\\_", "\\%",
                    "\\textasciicircum{}", "\\textasciitilde{}", "\\textless{}",
                    "\\textgreater{}"});
}

/// Whether a cell is a value as JSON has them; words such as "needed" are none.
bool is_json(std::string_view cell)
{
    if (cell == "true" || cell == "false") {
        return true;
    }
    const bool is_list = cell.starts_with('[') && cell.ends_with(']');
    const bool is_text = cell.size() > 1 && cell.starts_with('"') && cell.ends_with('"');
    double number = 0.0;
    const char* const end = cell.data() + cell.size();
    const auto [stop, error] = std::from_chars(cell.data(), end, number);
    return is_list || is_text || (error == std::errc{} && stop == end && !cell.empty());
}

/// Cells of a row with something before, between and after them.
template <class Escape>
std::string joined(const std::vector<std::string>& cells, std::string_view before,
                   std::string_view between, std::string_view after, const Escape& escape)
{
    std::string line{before};
    for (std::size_t i = 0; i < cells.size(); ++i) {
        line += text(i == 0 ? std::string_view{} : between, escape(cells[i]));
    }
    return line += after;
}

std::string markdown_of(const ManualTable& table, std::size_t level)
{
    std::string out;
    if (!table.title.empty()) {
        out += text('\n', std::string(level, '#'), ' ', table.title, '\n');
    }
    if (!table.doc.empty()) {
        out += text('\n', table.doc, '\n');
    }
    out += '\n' + joined(table.columns, "| ", " | ", " |\n", for_markdown);
    out += joined(table.columns, "|", "|", "|\n", [](const auto&) { return " --- "; });
    for (const std::vector<std::string>& row : table.rows) {
        out += joined(row, "| ", " | ", " |\n", for_markdown);
    }
    return out;
}

std::string tex_of(const ManualTable& table)
{
    // Short columns, then a wide one for the last, which holds sentences.
    const std::string columns = std::string(table.columns.size() - 1, 'l') + "p{0.4\\textwidth}";
    std::string out;
    if (!table.title.empty()) {
        out += text("\n\\subsection*{", for_tex(table.title), "}\n");
    }
    out += text(for_tex(table.doc), "\n\\begin{longtable}{", columns, "}\n\\hline\n");
    out += joined(table.columns, "", " & ", " \\\\\n\\hline\n\\endhead\n", for_tex);
    for (const std::vector<std::string>& row : table.rows) {
        out += joined(row, "", " & ", " \\\\\n", for_tex);
    }
    return out + "\\hline\n\\end{longtable}\n";
}

}  // namespace

std::string markdown_of(const ManualTopic& topic, std::size_t level)
{
    std::string out = text(std::string(level, '#'), ' ', topic.title, "\n\n", topic.doc, '\n');
    for (const ManualTable& table : topic.tables) {
        out += markdown_of(table, level + 1);
    }
    return out;
}

std::string toml_of(const ManualTopic& topic)
{
    std::string out =
        text("title = ", in_quotes(topic.title), "\ndoc = ", in_quotes(topic.doc), '\n');
    for (const ManualTable& table : topic.tables) {
        for (const std::vector<std::string>& row : table.rows) {
            out += text("\n[[", table.key, "]]\n");
            for (std::size_t i = 0; i < row.size(); ++i) {
                out += text(in_quotes(table.columns[i]), " = ", in_quotes(row[i]), '\n');
            }
        }
    }
    return out;
}

std::string json_of(const ManualTopic& topic)
{
    std::string out =
        text("{\n  \"title\": ", in_quotes(topic.title), ",\n  \"doc\": ", in_quotes(topic.doc));
    for (const ManualTable& table : topic.tables) {
        out += text(",\n  ", in_quotes(table.key), ": [");
        for (const std::vector<std::string>& row : table.rows) {
            out += &row == &table.rows.front() ? "\n    {" : ",\n    {";
            for (std::size_t i = 0; i < row.size(); ++i) {
                const bool is_value = table.columns[i] == "default" && is_json(row[i]);
                out += text(i == 0 ? "" : ", ", in_quotes(table.columns[i]), ": ",
                            is_value ? row[i] : in_quotes(row[i]));
            }
            out += '}';
        }
        out += "\n  ]";
    }
    return out + "\n}\n";
}

std::string tex_of(const ManualTopic& topic)
{
    std::string out = text("% Needs \\usepackage{longtable}.\n\\section*{", for_tex(topic.title),
                           "}\n", for_tex(topic.doc), '\n');
    for (const ManualTable& table : topic.tables) {
        out += tex_of(table);
    }
    return out;
}

}  // namespace latecomer
