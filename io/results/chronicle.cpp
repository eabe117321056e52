#include "io/results/chronicle.hpp"

#include "agents/world/events.hpp"
#include "core/text.hpp"
#include "io/files/agreement.hpp"
#include "io/files/publish.hpp"
#include "io/files/raw_file.hpp"
#include "io/results/records.hpp"
#include "io/toml/toml_text.hpp"

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <sstream>

namespace latecomer::io {
namespace {

/// A cell as CSV wants it: in quotes where it holds a comma or quotes.
std::string cell(std::string_view words)
{
    if (words.find_first_of(",\"\n") == std::string_view::npos) {
        return std::string{words};
    }
    std::string quoted = "\"";
    for (const char letter : words) {
        quoted +=
            letter == '"' ? std::string{"\"\""} : std::string(1, letter == '\n' ? ' ' : letter);
    }
    return quoted + '"';
}

std::string number(double value)
{
    return std::isnan(value) ? std::string{} : toml_text(value);
}

std::vector<std::string> cells_of(const std::string& line)
{
    std::vector<std::string> cells(1);
    bool quoted = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (line[i] == '"' && quoted && i + 1 < line.size() && line[i + 1] == '"') {
            cells.back() += '"';
            ++i;
        } else if (line[i] == '"') {
            quoted = !quoted;
        } else if (line[i] == ',' && !quoted) {
            cells.emplace_back();
        } else {
            cells.back() += line[i];
        }
    }
    return cells;
}

constexpr std::string_view outcomes_header = "who,outcome,value,unit,meaning\n";
constexpr std::string_view header = "quarter,kind,who,where,value,label\n";

}  // namespace

Chronicle::Chronicle(const std::filesystem::path& path, std::uint32_t quarters,
                     const std::filesystem::path& earlier, const mpi::Communicator& comm)
    : path_{path}
{
    do_and_agree(comm, [&] {
        if (!comm.is_root()) {
            return;
        }
        std::string content{header};
        if (quarters > 0) {
            for (const std::string& line : read_event_lines(earlier, quarters)) {
                content += line;
            }
        }
        publish_text(path_, content);
        file_ = RawFile::open_to_write(path_);
        end_ = content.size();
    });
}

std::vector<std::string> event_lines(const World& world)
{
    std::vector<std::string> lines;
    for (const Event& event : world.results.events) {
        lines.push_back(text(event.quarter, ',', event_names[static_cast<std::size_t>(event.kind)],
                             ',', cell(event.who), ',', cell(event.where), ',', number(event.value),
                             ',', cell(event.label), '\n'));
    }
    return lines;
}

std::vector<std::string> read_event_lines(const std::filesystem::path& path, std::uint32_t quarters)
{
    std::istringstream content{bytes_of(path)};
    std::vector<std::string> kept;
    std::string line;
    std::getline(content, line);  // the header
    while (std::getline(content, line) && !content.eof()) {
        if (std::strtoul(line.c_str(), nullptr, 10) < quarters) {
            kept.push_back(line + '\n');
        }
    }
    return kept;
}

void Chronicle::record(std::span<const std::string> lines, const mpi::Communicator& comm)
{
    do_and_agree(comm, [&] {
        if (!comm.is_root()) {
            return;
        }
        std::string all;
        for (const std::string& line : lines) {
            all += line;
        }
        file_.write(end_, std::as_bytes(std::span{all}));
        end_ += all.size();
    });
}

void Chronicle::sync(const mpi::Communicator& comm)
{
    do_and_agree(comm, [&] {
        if (comm.is_root()) {
            file_.sync();
        }
    });
}

void write_outcomes(const std::filesystem::path& path, const Outcomes& outcomes, const World& world,
                    const mpi::Communicator& comm)
{
    do_and_agree(comm, [&] {
        if (!comm.is_root()) {
            return;
        }
        std::string out{outcomes_header};
        const auto add = [&](std::string_view who, const auto& rows, const auto& values) {
            for (const auto& row : rows) {
                out += text(cell(who), ',', row.key, ',', number(values.*row.member), ',', row.unit,
                            ',', cell(row.doc), '\n');
            }
        };
        const std::vector<CountryOutcome> countries = outcomes.countries(world);
        for (const CountryId c : world.countries.indices()) {
            add(world.countries.key[c], country_outcomes(), countries[c.at()]);
        }
        add("world", world_outcomes(), outcomes.of_world(world));
        publish_text(path, out);
    });
}

std::vector<std::vector<std::string>> read_table(const std::filesystem::path& path,
                                                 const mpi::Communicator& comm)
{
    const std::string_view expected_header =
        path.filename() == "events.csv" ? header : outcomes_header;
    std::string content;
    do_and_agree<InputError>(comm, [&] {
        if (comm.is_root()) {
            std::ifstream file{path};
            std::ostringstream all;
            all << file.rdbuf();
            if (!file || !all.str().starts_with(expected_header)) {
                throw InputError(
                    text("cannot read '", path.string(),
                         "' (there is no such table, or it is damaged); name the folder of a run "
                         "that this version has made"));
            }
            content = all.str();
        }
    });
    content = comm.broadcast(content);
    std::vector<std::vector<std::string>> rows;
    std::istringstream lines{content};
    for (std::string line; std::getline(lines, line);) {
        rows.push_back(cells_of(line));
    }
    return rows;
}

}  // namespace latecomer::io
