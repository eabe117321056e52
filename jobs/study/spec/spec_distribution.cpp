#include "core/text.hpp"
#include "io/toml/toml_text.hpp"
#include "jobs/study/spec/spec_design.hpp"
#include "jobs/study/spec/spec_table.hpp"

#include <algorithm>
#include <array>

namespace latecomer::jobs::study {
namespace {

/// Draws of a normal distribution lie within so many standard deviations: 2^-33 of it lies beyond
/// 6.24 of them on each side, and no uniform of a design is nearer to 0 or 1.
constexpr double widest_deviation = 6.3;

/// The words of the kinds, in the order of MarginalKind.
std::vector<std::string> words()
{
    std::vector<std::string> all;
    for (const DistributionWord& row : distribution_words()) {
        all.emplace_back(row.word);
    }
    return all;
}

/// Keys that say how a parameter is distributed, by kind.
const std::vector<std::string_view>& keys_of(MarginalKind kind)
{
    return distribution_words()[static_cast<std::size_t>(kind)].keys;
}

constexpr std::array<std::string_view, 6> all_keys{"low", "high", "mode", "mean", "sd", "values"};

void check_keys(const SpecTable& table, MarginalKind kind)
{
    const std::vector<std::string_view>& known = keys_of(kind);
    for (const std::string_view key : all_keys) {
        const TomlValue* value = table.find(key);
        if (value == nullptr || std::ranges::find(known, key) != known.end()) {
            continue;
        }
        std::string wanted;
        for (const std::string_view other : known) {
            wanted += text(wanted.empty() ? "" : ", ", other);
        }
        reject(value->place,
               text("'", key, "' says nothing of a ", words()[static_cast<std::size_t>(kind)],
                    " distribution, which has: ", wanted, "; take it out"));
    }
}

/// The ends, where the file lacks them those of the range that is explored.
void read_ends(const SpecTable& table, const Declared& declared, Marginal& marginal)
{
    const auto read_end = [&](std::string_view key, double explored, double& to) {
        if (const TomlValue* value = table.find(key)) {
            to = read_value(*value, declared);
        } else if (!declared.explored.empty()) {
            to = explored;
        } else {
            reject(table.place(), text("'", declared.name,
                                       "' needs 'low' and 'high': the model states no range over "
                                       "which it is explored"));
        }
    };
    read_end("low", declared.explored.low, marginal.low);
    read_end("high", declared.explored.high, marginal.high);
    const TomlValue* said = table.find("high") != nullptr ? table.find("high") : table.find("low");
    const Place place = said != nullptr ? said->place : table.place();
    if (!(marginal.low < marginal.high)) {
        reject(place, text("'", declared.name, "' would lie between ", marginal.low, " and ",
                           marginal.high, "; let 'low' be less than 'high'"));
    }
    if (marginal.kind == MarginalKind::log_uniform && !(marginal.low > 0.0)) {
        const TomlValue* low = table.find("low");
        reject(low != nullptr ? low->place : table.place(),
               text("'", declared.name, "' would begin at ", marginal.low,
                    ", which has no logarithm; give a 'low' greater than 0, or use dist = "
                    "\"uniform\""));
    }
}

void read_mode(const SpecTable& table, const Declared& declared, Marginal& marginal)
{
    const Interval between{marginal.low, marginal.high};
    const TomlValue& mode = table.need("mode", "where a triangular distribution has its peak");
    marginal.mode = read_number(
        mode, between, {table.full("mode"), {}, {}, text("Peak of '", declared.name, "'.")});
}

void read_normal(const SpecTable& table, const Declared& declared, Marginal& marginal)
{
    const TomlValue& mean = table.need("mean", "of the normal distribution");
    const TomlValue& sd = table.need("sd", "standard deviation of the normal distribution");
    marginal.mean = read_number(mean, any_number, {table.full("mean"), {}, {}, {}});
    marginal.sd = read_number(sd, positive, {table.full("sd"), {}, {}, "Standard deviation."});
    const double reach = widest_deviation * marginal.sd;
    if (!declared.range.contains(marginal.mean - reach) ||
        !declared.range.contains(marginal.mean + reach)) {
        reject(sd.place,
               text("draws of '", declared.name, "' could reach ", marginal.mean - reach, " or ",
                    marginal.mean + reach, ", 6.3 standard deviations away, but it must be ",
                    range_text(declared.range),
                    "; take a smaller sd, or a triangular distribution"));
    }
}

void read_values(const SpecTable& table, const Declared& declared, Marginal& marginal)
{
    const TomlValue& list = table.need("values", "the numbers that a discrete parameter takes");
    if (!list.is(TomlKind::array) || list.items.empty()) {
        reject_value(list, {table.full("values"), "a list of numbers, not empty", {}, {}});
    }
    for (const TomlValue& item : list.items) {
        const double value = read_value(item, declared);
        if (std::ranges::find(marginal.values, value) != marginal.values.end()) {
            reject(item.place, text("'", declared.name, "' has the value ", shown(item),
                                    " twice; values are equally likely, take one out"));
        }
        marginal.values.push_back(value);
    }
}

}  // namespace

std::span<const DistributionWord> distribution_words()
{
    static const std::vector<DistributionWord> all{{"uniform", {"low", "high"}},
                                                   {"loguniform", {"low", "high"}},
                                                   {"normal", {"mean", "sd"}},
                                                   {"triangular", {"low", "mode", "high"}},
                                                   {"discrete", {"values"}}};
    return all;
}

double read_value(const TomlValue& value, const Declared& declared)
{
    const Demand demand{declared.name, {}, {}, "A study may use what a scenario may set."};
    return declared.kind == Declared::Kind::whole
               ? static_cast<double>(read_whole(value, declared.range, demand))
               : read_number(value, declared.range, demand);
}

bool says_distribution(const SpecTable& table)
{
    return table.find("dist") != nullptr ||
           std::ranges::any_of(all_keys, [&](auto key) { return table.find(key) != nullptr; });
}

void read_distribution(const SpecTable& table, SaidMarginal& said)
{
    Marginal& marginal = said.marginal;
    marginal.kind =
        table.find("values") != nullptr ? MarginalKind::discrete : MarginalKind::uniform;
    table.read(marginal.kind, "dist", words(), "Distribution of the parameter.");
    check_keys(table, marginal.kind);
    marginal.is_whole = said.declared.kind == Declared::Kind::whole;
    switch (marginal.kind) {
    case MarginalKind::uniform:
    case MarginalKind::log_uniform:
        return read_ends(table, said.declared, marginal);
    case MarginalKind::triangular:
        read_ends(table, said.declared, marginal);
        return read_mode(table, said.declared, marginal);
    case MarginalKind::normal:
        return read_normal(table, said.declared, marginal);
    case MarginalKind::discrete:
        return read_values(table, said.declared, marginal);
    }
}

}  // namespace latecomer::jobs::study
