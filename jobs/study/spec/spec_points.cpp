#include "core/constants.hpp"
#include "core/text.hpp"
#include "jobs/study/design/design.hpp"
#include "jobs/study/design/sobol_numbers.hpp"
#include "jobs/study/spec/spec_design.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

/// The points of designs of kind list, file and ensemble.
namespace latecomer::jobs::study {
namespace {

/// A piece of a line between commas, without blanks and quotes around it.
struct Cell {
    std::string_view text;
    std::int64_t column = 1;
};

Cell cell_of(std::string_view line, std::size_t begin, std::size_t end)
{
    constexpr std::string_view around = " \t\"";
    const std::string_view piece = line.substr(begin, end - begin);
    const std::size_t first = piece.find_first_not_of(around);
    if (first == std::string_view::npos) {
        return {{}, static_cast<std::int64_t>(begin + 1)};
    }
    const std::size_t last = piece.find_last_not_of(around);
    return {piece.substr(first, last - first + 1), static_cast<std::int64_t>(begin + first + 1)};
}

std::vector<Cell> cells_of(std::string_view line)
{
    std::vector<Cell> cells;
    for (std::size_t begin = 0; begin <= line.size();) {
        const std::size_t end = std::min(line.find(',', begin), line.size());
        cells.push_back(cell_of(line, begin, end));
        begin = end + 1;
    }
    return cells;
}

/// Lines of a text that count, one by one.
class Lines {
public:
    explicit Lines(std::string_view text) : rest_{text}
    {
        constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
        if (rest_.starts_with(byte_order_mark)) {
            rest_.remove_prefix(byte_order_mark.size());
        }
    }

    /// Goes to the next; false at the end.
    bool next()
    {
        while (!rest_.empty()) {
            const std::size_t end = std::min(rest_.find('\n'), rest_.size());
            line_ = rest_.substr(0, end);
            rest_.remove_prefix(std::min(end + 1, rest_.size()));
            ++number_;
            if (line_.ends_with('\r')) {
                line_.remove_suffix(1);
            }
            if (line_.find_first_not_of(" \t") != std::string_view::npos && line_[0] != '#') {
                return true;
            }
        }
        return false;
    }

    std::string_view line() const { return line_; }
    std::int64_t number() const { return number_; }

private:
    std::string_view rest_;
    std::string_view line_;
    std::int64_t number_ = 0;
};

double read_cell(const Cell& cell, const Declared& declared, const Place& place)
{
    double number = 0.0;
    const char* const end = cell.text.data() + cell.text.size();
    const auto [stop, error] = std::from_chars(cell.text.data(), end, number);
    if (error != std::errc{} || stop != end || !std::isfinite(number)) {
        reject(place, text("'", cell.text.substr(0, 60), "' is no number for '", declared.name,
                           "'; write numbers between commas"));
    }
    const bool is_wrong_whole =
        declared.kind == Declared::Kind::whole && std::floor(number) != number;
    if (is_wrong_whole || !declared.range.contains(number)) {
        TomlValue value;
        value.kind = TomlKind::real;
        value.real = number;
        value.place = place;
        return read_value(value, declared);  // says what is wrong
    }
    return number;
}

constexpr std::string_view weight_name = "weight";
constexpr std::string_view implausibility_name = "implausibility";

/// The column of weights of an ensemble.
std::size_t weight_column(const std::vector<Cell>& header, const Place& line)
{
    const auto found = std::ranges::find(header, weight_name, &Cell::text);
    if (found == header.end()) {
        reject(line,
               text("no column is called '", weight_name,
                    "', which an ensemble has; take the file that analysis/calibrate wrote, or "
                    "kind = \"file\" for points without weights"));
    }
    return static_cast<std::size_t>(found - header.begin());
}

double read_weight(const Cell& cell, const Place& place)
{
    Declared declared;
    declared.name = weight_name;
    declared.range = {0.0, infinity};
    return read_cell(cell, declared, place);
}

/// Divides by the sum.
void normalise(std::vector<double>& weights, const Place& place)
{
    double sum = 0.0;
    for (const double weight : weights) {
        sum += weight;
    }
    if (!(sum > 0.0) || !std::isfinite(sum)) {
        reject(place, text("the weights of the ensemble add up to ", sum,
                           "; they must have a sum above 0"));
    }
    for (double& weight : weights) {
        weight /= sum;
    }
}

/// Draws so many sets by weight, systematically (Kitagawa 1996): draw i takes the set in which the running sum of weights
/// passes (i + 1/2)/draws, so that a set of weight w comes draws*w times, rounded up or down.  Each draw counts the same; a set
/// that comes more than once is kept once, with the weight of its draws.  No randomness is used.
void draw_sets(PointFile& points, std::int64_t draws)
{
    PointFile drawn;
    double sum = 0.0;
    std::int64_t next = 0;
    for (std::size_t set = 0; set < points.rows.size(); ++set) {
        sum += points.weights[set];
        const bool is_last = set + 1 == points.rows.size();  // whatever rounding left
        const std::int64_t before = next;
        while (next < draws &&
               (is_last || static_cast<double>(next) + 0.5 < sum * static_cast<double>(draws))) {
            ++next;
        }
        if (next > before) {
            drawn.rows.push_back(std::move(points.rows[set]));
            drawn.weights.push_back(static_cast<double>(next - before) /
                                    static_cast<double>(draws));
        }
    }
    points = std::move(drawn);
}

/// The column of each parameter; header.size() of those of an ensemble that have a distribution instead.  Parameters that the
/// header alone names are added, where there are none or to an ensemble.
std::vector<std::size_t> read_header(const std::vector<Cell>& header, const Place& line,
                                     const std::vector<SaidArm>& arms, const Spec& spec,
                                     std::vector<SaidMarginal>& marginals)
{
    const bool is_ensemble = spec.design.method->has_weights;
    const bool takes_new = marginals.empty() || is_ensemble;
    std::vector<std::size_t> columns(marginals.size(), header.size());
    for (std::size_t i = 0; i < header.size(); ++i) {
        const Place place{line.file, line.line, header[i].column};
        const std::string name{header[i].text};
        if (is_ensemble && (name == weight_name || name == implausibility_name)) {
            continue;
        }
        SaidMarginal said{};
        said.declared = declared_for(name, place, spec);
        said.place = place;
        said.marginal.parameter = name;
        said.reads = default_readers(said.declared, arms, spec);
        const auto same = [&](const SaidMarginal& other) {
            return other.marginal.parameter == name;
        };
        const auto known = std::ranges::find_if(marginals, same);
        const auto at = static_cast<std::size_t>(known - marginals.begin());
        if (known == marginals.end() && !takes_new) {
            reject(place, text("'", name,
                               "' is no parameter of the study; add [[parameters]] with "
                               "this name, or take the column out"));
        }
        if (known != marginals.end() && columns[at] < header.size()) {
            reject(place, text("'", name, "' has two columns; take one out"));
        }
        if (known != marginals.end() && is_ensemble && known->has_distribution) {
            reject(known->place, text("'", name, "' has values in the ensemble '", line.file,
                                      "'; take its distribution out"));
        }
        if (known == marginals.end()) {
            check_not_set(said, arms);
            marginals.push_back(std::move(said));
            columns.push_back(i);
        } else {
            columns[at] = i;
        }
    }
    for (std::size_t at = 0; at < columns.size(); ++at) {
        if (columns[at] == header.size() && !(is_ensemble && marginals[at].has_distribution)) {
            reject(line, text("no column is called '", marginals[at].marginal.parameter,
                              "', a parameter of the study; add the column",
                              is_ensemble ? ", or give it low and high" : ""));
        }
    }
    return columns;
}

/// Gives parameters that an ensemble has no column for values of their distributions, spread evenly over its sets.
void spread_others(std::vector<std::vector<double>>& rows, const std::vector<std::size_t>& columns,
                   std::size_t no_column, const std::vector<SaidMarginal>& marginals,
                   const DesignSpec& design)
{
    DesignSpec others;
    others.method = &*std::ranges::find(design_methods(), "sobol", &DesignMethod::kind);
    others.n = std::ssize(rows);
    others.seed = design.seed;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (columns[i] == no_column) {
            others.marginals.push_back(marginals[i].marginal);
        }
    }
    if (others.marginals.empty()) {
        return;
    }
    if (unit_dimensions(others) > most_sobol_dimensions) {
        reject(marginals.front().place, text("an ensemble may have at most ", most_sobol_dimensions,
                                             " parameters besides its own; take some out"));
    }
    const Design spread{others};
    for (std::size_t row = 0; row < rows.size(); ++row) {
        const std::vector<double> values = spread.point(static_cast<std::int64_t>(row));
        std::size_t next = 0;
        for (std::size_t i = 0; i < columns.size(); ++i) {
            if (columns[i] == no_column) {
                rows[row][i] = values[next++];
            }
        }
    }
}

}  // namespace

std::vector<std::vector<double>> read_points(const TomlValue& list,
                                             const std::vector<SaidMarginal>& marginals)
{
    const std::string each = text("a list of points, each a list of ", marginals.size(),
                                  marginals.size() == 1 ? " number" : " numbers");
    if (!list.is(TomlKind::array) || list.items.empty()) {
        reject_value(list, {"design.points", each, {}, "In the order of [[parameters]]."});
    }
    std::vector<std::vector<double>> rows;
    for (const TomlValue& item : list.items) {
        if (!item.is(TomlKind::array) || item.items.size() != marginals.size()) {
            reject_value(item, {"design.points", each, {}, "In the order of [[parameters]]."});
        }
        std::vector<double> row;
        for (std::size_t i = 0; i < marginals.size(); ++i) {
            row.push_back(read_value(item.items[i], marginals[i].declared));
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

void take_ends(const std::vector<std::vector<double>>& rows, std::size_t column, Marginal& marginal)
{
    marginal.low = marginal.high = rows.front()[column];
    for (const std::vector<double>& row : rows) {
        marginal.low = std::min(marginal.low, row[column]);
        marginal.high = std::max(marginal.high, row[column]);
    }
}

PointFile read_point_file(std::string_view content, const std::string& file,
                          const std::vector<SaidArm>& arms, const Spec& spec,
                          std::vector<SaidMarginal>& marginals)
{
    Lines lines{content};
    if (!lines.next()) {
        reject({file, 1, 1}, "the file of points is empty; begin with the names of parameters, "
                             "separated by commas");
    }
    const std::vector<Cell> header = cells_of(lines.line());
    const std::vector<std::size_t> columns =
        read_header(header, {file, lines.number(), 1}, arms, spec, marginals);
    const bool has_weights = spec.design.method->has_weights;
    const Place names{file, lines.number(), 1};
    const std::size_t weights = has_weights ? weight_column(header, names) : 0;
    PointFile points;
    while (lines.next()) {
        const std::vector<Cell> cells = cells_of(lines.line());
        if (cells.size() != header.size()) {
            reject({file, lines.number(), 1},
                   text("this point has ", cells.size(), " values, but the header names ",
                        header.size(), has_weights ? " columns" : " parameters",
                        "; give one for each"));
        }
        std::vector<double> row;
        for (std::size_t i = 0; i < columns.size(); ++i) {
            const bool is_told = columns[i] < cells.size();
            row.push_back(is_told ? read_cell(cells[columns[i]], marginals[i].declared,
                                              {file, lines.number(), cells[columns[i]].column})
                                  : not_a_number);
        }
        points.rows.push_back(std::move(row));
        if (has_weights) {
            points.weights.push_back(
                read_weight(cells[weights], {file, lines.number(), cells[weights].column}));
        }
    }
    if (points.rows.empty()) {
        reject({file, lines.number(), 1}, "no point stands below the names; add a line for each");
    }
    if (has_weights) {
        normalise(points.weights, names);
        if (spec.design.sets > 0) {
            draw_sets(points, spec.design.sets);
        }
        spread_others(points.rows, columns, header.size(), marginals, spec.design);
    }
    return points;
}

}  // namespace latecomer::jobs::study
