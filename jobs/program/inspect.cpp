#include "core/constants.hpp"
#include "core/errors.hpp"
#include "core/suggest.hpp"
#include "core/text.hpp"
#include "io/files/agreement.hpp"
#include "io/results/chronicle.hpp"
#include "io/run_folder/inspection.hpp"
#include "io/toml/toml_text.hpp"
#include "jobs/command_line/commands.hpp"
#include "jobs/run/recorded.hpp"
#include "jobs/terminal/figures.hpp"
#include "jobs/terminal/json.hpp"
#include "jobs/terminal/terminal.hpp"

#include <algorithm>
#include <cstdlib>
#include <system_error>

namespace latecomer::jobs {
namespace {

using Rows = std::vector<std::vector<std::string>>;

/// The words without what would confuse a terminal.
std::string printable(std::string words)
{
    std::ranges::replace_if(
        words, [](char letter) { return static_cast<unsigned char>(letter) < ' '; }, '?');
    return words;
}

std::string table_text(const Rows& rows)
{
    std::vector<std::size_t> width;
    for (const auto& row : rows) {
        width.resize(std::max(width.size(), row.size()));
        for (std::size_t i = 0; i < row.size(); ++i) {
            width[i] = std::max(width[i], row[i].size() + 2);
        }
    }
    std::string out;
    for (const auto& row : rows) {
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i) {
            line += left(printable(row[i]), width[i]);
        }
        line.erase(line.find_last_not_of(' ') + 1);
        out += line + '\n';
    }
    return out;
}

/// A list of objects that have the columns of the first row.
std::string table_json(const Rows& rows)
{
    std::string out = "[";
    for (std::size_t r = 1; r < rows.size(); ++r) {
        out += r == 1 ? "\n" : ",\n";
        for (std::size_t i = 0; i < rows[0].size() && i < rows[r].size(); ++i) {
            out += text(i == 0 ? "  {" : ", ", json_text(rows[0][i]), ": ", json_text(rows[r][i]));
        }
        out += '}';
    }
    return out + "\n]\n";
}

std::string words_on(const io::FileReport& file)
{
    std::string words = text(left(file.kind.empty() ? "unknown" : file.kind, 12),
                             right(bytes(static_cast<double>(file.bytes)), 10));
    words += file.quarters < 0 ? std::string{}
                               : text("  ", file.quarters,
                                      file.kind == "series" ? " quarters" : " quarters completed");
    words += file.state_hash.empty() ? std::string{} : text("  state hash ", file.state_hash);
    return words + (file.damage.empty() ? "  whole" : text("  DAMAGED: ", file.damage));
}

std::string json_on(const io::FileReport& file)
{
    std::string out =
        text("{\"path\": ", json_text(file.path.string()), ", \"kind\": ", json_text(file.kind),
             ", \"bytes\": ", file.bytes, ", \"quarters\": ", file.quarters,
             ", \"state_hash\": ", json_text(file.state_hash),
             ", \"scenario\": ", json_text(file.scenario), ", \"source\": ", json_text(file.source),
             ", \"damage\": ", json_text(file.damage), ", \"contents\": [");
    for (const std::string& content : file.contents) {
        out += text(&content == &file.contents.front() ? "" : ", ", json_text(content));
    }
    return out + "]}";
}

/// What there is to print, and what is wrong with it.
struct Report {
    std::string words;
    std::string trouble;
};

Report report_on_file(const InspectOptions& options)
{
    const io::FileReport file = io::inspect_file(options.path);
    Report report{{}, file.damage.empty() ? std::string{} : text(options.path, ": ", file.damage)};
    if (options.json) {
        report.words = json_on(file) + '\n';
        return report;
    }
    report.words = text(options.path, "  ", words_on(file), '\n');
    if (!file.scenario.empty()) {
        report.words += text("scenario ", file.scenario, ", written by ", file.source, '\n');
    }
    for (const std::string& content : file.contents) {
        report.words += text("  ", content, '\n');
    }
    return report;
}

/// Economies that were asked for must be in the run.
void check_countries(const std::filesystem::path& run, const std::vector<std::string>& countries)
{
    if (countries.empty()) {
        return;
    }
    const std::vector<std::string> known = recorded_economies(run);
    for (const std::string& key : countries) {
        if (std::ranges::find(known, key) == known.end()) {
            throw InputError(text("the run has no economy '", key, "'.", did_you_mean(key, known)));
        }
    }
}

/// The header and the lines in one of whose columns stands one of the countries; all lines if none is named.
Rows lines_of(Rows rows, const std::vector<std::string>& countries,
              const std::vector<std::size_t>& columns)
{
    const auto names_one = [&](const std::vector<std::string>& row) {
        return std::ranges::any_of(columns, [&](std::size_t column) {
            return column < row.size() &&
                   std::ranges::find(countries, row[column]) != countries.end();
        });
    };
    Rows kept;
    for (std::vector<std::string>& row : rows) {
        if (kept.empty() || countries.empty() || names_one(row)) {
            kept.push_back(std::move(row));
        }
    }
    return kept;
}

/// Outcomes line by line; of many economies only groups and those that moved most, unless all or some are asked for.
std::string outcomes_text(const io::RunReport& run, const InspectOptions& options)
{
    const mpi::Communicator alone;
    const bool chosen = options.all || !options.countries.empty();
    if (!chosen && run.trouble.empty() && recorded_economies(run.path).size() > most_rows) {
        return summary_table(recorded_summary(run.path));
    }
    check_countries(run.path, options.countries);
    const Rows rows = io::read_table(run.path / "outcomes.csv", alone);
    return table_text(
        lines_of(rows, options.all ? std::vector<std::string>{} : options.countries, {0}));
}

/// Events with their year behind the quarter, if the run has a calendar.
Rows with_years(Rows rows, std::int64_t start_year)
{
    if (start_year <= 0) {
        return rows;
    }
    for (std::vector<std::string>& row : rows) {
        const bool is_header = &row == &rows.front();
        const std::string year =
            is_header ? "year"
                      : text(start_year + std::atoll(row.front().c_str()) / quarters_a_year);
        row.insert(row.begin() + 1, year);
    }
    return rows;
}

/// The chronicle; the year of an event is told to people only, as files of other programs have columns of their own.
std::string events_text(const InspectOptions& options)
{
    const std::filesystem::path run{options.path};
    const mpi::Communicator alone;
    check_countries(run, options.countries);
    const Rows rows =
        lines_of(io::read_table(run / "events.csv", alone), options.countries, {2, 3});
    return options.json ? table_json(rows) : table_text(with_years(rows, recorded_start_year(run)));
}

Report report_on_run(const InspectOptions& options)
{
    const io::RunReport run = io::inspect_run(options.path);
    Report report{{}, run.trouble};
    if (options.json) {
        report.words =
            text("{\"path\": ", json_text(options.path), ", \"state\": ", json_text(run.state),
                 ", \"hash\": ", json_text(run.hash), ", \"trouble\": ", json_text(run.trouble),
                 ", \"files\": [");
        for (const io::FileReport& file : run.files) {
            report.words += text(&file == &run.files.front() ? "\n  " : ",\n  ", json_on(file));
        }
        report.words += "\n]}\n";
        return report;
    }
    report.words = text(options.path, ": ", run.state, '\n');
    for (const io::FileReport& file : run.files) {
        report.words += text("  ", left(file.path.filename().string(), 16), words_on(file), '\n');
    }
    if (!run.hash.empty()) {
        report.words += text('\n', outcomes_text(run, options), run.hash, '\n');
    }
    return report;
}

}  // namespace

int inspect(const InspectOptions& options, const mpi::Communicator& comm)
{
    std::string trouble;
    io::do_and_agree<InputError>(comm, [&] {
        if (comm.is_root() && options.events) {
            print(events_text(options), comm);
        } else if (comm.is_root()) {
            std::error_code error;
            const bool is_run = std::filesystem::is_directory(options.path, error);
            if (!is_run && (options.all || !options.countries.empty())) {
                throw InputError(text("--all and --countries need the folder of a run, and '",
                                      options.path, "' is none"));
            }
            const Report report = is_run ? report_on_run(options) : report_on_file(options);
            print(report.words, comm);
            trouble = report.trouble;
        }
    });
    trouble = comm.broadcast(std::move(trouble));
    if (io::tells_of_the_machine(trouble)) {
        throw io::OutputError(trouble);
    }
    if (!trouble.empty()) {
        throw InputError(trouble);
    }
    return 0;
}

}  // namespace latecomer::jobs
