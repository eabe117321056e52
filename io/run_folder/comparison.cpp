#include "io/run_folder/comparison.hpp"

#include "agents/observation/outputs.hpp"
#include "core/errors.hpp"
#include "core/text.hpp"
#include "io/checkpoint/checkpoint.hpp"
#include "io/files/file_error.hpp"
#include "io/hdf5/hdf5.hpp"
#include "io/run_folder/comparison_sizes.hpp"
#include "io/run_folder/inspection.hpp"
#include "io/toml/toml_text.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <map>
#include <system_error>

namespace latecomer::io {
namespace {

namespace fs = std::filesystem;

using Labels = std::map<std::string, std::vector<std::string>>;

std::string key_of(Axis axis)
{
    for (const AxisRow& row : axes()) {
        if (row.axis == axis) {
            return std::string{row.key};
        }
    }
    return {};
}

/// The labels of the dimensions that have texts for coordinates.
Labels labels_in(const Hdf5File& file)
{
    Labels labels;
    for (const AxisRow& row : axes()) {
        const std::string key{row.key};
        const auto names = file.dataset_names();
        if (std::ranges::find(names, key) != names.end()) {
            const Dataset dataset = file.open_dataset(key);
            if (dataset.type() == Type::text) {
                labels[key] = dataset.read_texts();
            }
        }
    }
    auto suppliers = labels["country"];
    const auto& leads = labels["lead_firm"];
    suppliers.insert(suppliers.end(), leads.begin(), leads.end());
    labels["supplier"] = suppliers;
    return labels;
}

/// ", country IND, stage analytics" for entry number `index` of a list over these axes.
std::string place_of(const std::vector<std::string>& dimensions,
                     const std::vector<std::uint64_t>& extents, std::uint64_t index,
                     const Labels& labels)
{
    std::string words;
    for (std::size_t i = dimensions.size(); i-- > 0;) {
        const std::uint64_t extent = std::max<std::uint64_t>(1, extents[i]);
        const std::uint64_t number = index % extent;
        index /= extent;
        const auto found = labels.find(dimensions[i]);
        const bool known = found != labels.end() && number < found->second.size();
        words.insert(0,
                     text(", ", dimensions[i], ' ', known ? found->second[number] : text(number)));
    }
    return words;
}

std::string two(double a, double b)
{
    return text(": ", toml_text(a), " and ", toml_text(b));
}

/// One variable of two series.
struct Pair {
    const Output* output;
    std::vector<std::uint64_t> extents;  ///< without time
    std::uint64_t row = 1;               ///< values
    std::vector<double> first;
    std::vector<double> second;
};

std::uint64_t quarters_in(const Hdf5File& file)
{
    std::int64_t quarters = 0;
    file.open_dataset("n_valid").read(0, 1, &quarters);
    return static_cast<std::uint64_t>(std::max<std::int64_t>(0, quarters));
}

Pair read_pair(const Output& output, const Hdf5File& a, const Hdf5File& b, std::uint64_t rows)
{
    const Dataset first = a.open_dataset(std::string{output.key});
    const Dataset second = b.open_dataset(std::string{output.key});
    const auto tail = [](const Dataset& dataset) {
        return std::vector(dataset.extents().begin() + 1, dataset.extents().end());
    };
    if (first.type() != Type::f64 || second.type() != Type::f64 || first.extents().empty() ||
        second.extents().empty() || tail(first) != tail(second) || first.rows() < rows ||
        second.rows() < rows || tail(first).size() != output.dimensions.size()) {
        throw InputError(text("cannot compare '", output.key,
                              "' (it has different shapes); compare runs of the same economies"));
    }
    Pair pair{&output, tail(first), 1, {}, {}};
    for (const std::uint64_t extent : pair.extents) {
        pair.row *= extent;
    }
    pair.first.resize(rows * pair.row);
    pair.second.resize(rows * pair.row);
    if (!pair.first.empty()) {
        first.read(0, rows, pair.first.data());
        second.read(0, rows, pair.second.data());
    }
    return pair;
}

/// ", country IND": the entry of a quarter.
std::string place_in(const Pair& pair, std::uint64_t entry, const Labels& labels)
{
    std::vector<std::string> dimensions;
    for (const Axis axis : pair.output->dimensions) {
        dimensions.push_back(key_of(axis));
    }
    return place_of(dimensions, pair.extents, entry, labels);
}

Comparison compare_series(const fs::path& first, const fs::path& second)
{
    const Hdf5File a = Hdf5File::open(first);
    const Hdf5File b = Hdf5File::open(second);
    const Labels labels = labels_in(a);
    if (labels != labels_in(b)) {
        return {"series", Difference{-1, "they have other economies, sectors or lead firms"}};
    }
    const std::uint64_t rows = std::min(quarters_in(a), quarters_in(b));
    std::vector<Pair> pairs;
    for (const Output& output : outputs()) {
        pairs.push_back(read_pair(output, a, b, rows));
    }
    Comparison result{text(rows, " quarters of ", pairs.size(), " variables"), std::nullopt};
    const Pair* earliest = nullptr;
    for (const Pair& pair : pairs) {
        QuantityDifference size =
            difference_of(pair.output->key, pair.output->unit, pair.first, pair.second, pair.row,
                          [&](std::uint64_t entry) { return place_in(pair, entry, labels); });
        if (size.count > 0) {
            if (earliest == nullptr || size.quarter < result.difference->quarter) {
                earliest = &pair;
                result.difference = Difference{size.quarter, {}};
            }
            result.quantities.push_back(std::move(size));
        }
    }
    if (earliest != nullptr) {
        const auto begin = static_cast<std::uint64_t>(result.difference->quarter) * earliest->row;
        std::uint64_t i = begin;
        while (same_bits(earliest->first[i], earliest->second[i])) {
            ++i;
        }
        result.difference->words =
            text(earliest->output->key, place_in(*earliest, i - begin, labels),
                 two(earliest->first[i], earliest->second[i]));
    } else if (quarters_in(a) != quarters_in(b)) {
        result.difference =
            Difference{static_cast<std::int64_t>(rows),
                       text("one has ", quarters_in(a), " quarters, the other ", quarters_in(b))};
    }
    return result;
}

/// Bytes of all values of a dataset of numbers.
std::vector<std::byte> values_of(const Dataset& dataset)
{
    std::vector<std::byte> values(dataset.rows() * dataset.row_bytes());
    if (!values.empty()) {
        dataset.read(0, dataset.rows(), values.data());
    }
    return values;
}

std::string number_at(const std::vector<std::byte>& values, Type type, std::uint64_t index)
{
    const auto as = [&](auto number) {
        std::memcpy(&number, values.data() + index * sizeof(number), sizeof(number));
        return number;
    };
    switch (type) {
    case Type::f64:
        return toml_text(as(double{}));
    case Type::f32:
        return toml_text(static_cast<double>(as(float{})));
    case Type::u16:
        return text(as(std::uint16_t{}));
    case Type::u32:
        return text(as(std::uint32_t{}));
    default:
        return text(as(std::uint64_t{}));
    }
}

Comparison compare_snapshots(const fs::path& first, const fs::path& second, std::int64_t quarter)
{
    const Hdf5File a = Hdf5File::open(first);
    const Hdf5File b = Hdf5File::open(second);
    std::vector<std::string> names = a.dataset_names();
    if (names != b.dataset_names()) {
        return {"firms", Difference{quarter, "they hold other columns"}};
    }
    // Identities first: a firm that one lacks shifts all others.
    std::stable_partition(names.begin(), names.end(),
                          [](const std::string& name) { return name == "firm"; });
    std::vector<std::uint64_t> ids;
    for (const std::string& name : names) {
        const Dataset x = a.open_dataset(name);
        const Dataset y = b.open_dataset(name);
        if (x.type() == Type::text || y.type() == Type::text) {
            continue;
        }
        if (x.type() != y.type() || !std::ranges::equal(x.extents(), y.extents())) {
            return {"firms", Difference{quarter, text("'", name, "' has another shape")}};
        }
        const auto u = values_of(x);
        const auto v = values_of(y);
        if (name == "firm" && !u.empty()) {
            ids.resize(x.rows());
            std::memcpy(ids.data(), u.data(), u.size());
        }
        const auto differing = std::ranges::mismatch(u, v).in1 - u.begin();
        if (differing < static_cast<std::ptrdiff_t>(u.size())) {
            const std::uint64_t index = static_cast<std::uint64_t>(differing) / size_of(x.type());
            const std::uint64_t firm = static_cast<std::uint64_t>(differing) / x.row_bytes();
            return {"firms",
                    Difference{quarter, text(name, ", firm ", firm < ids.size() ? ids[firm] : firm,
                                             ": ", number_at(u, x.type(), index), " and ",
                                             number_at(v, x.type(), index))}};
        }
    }
    return {text(ids.size(), " firms"), std::nullopt};
}

/// A member of an entry of the shared state, by the number of its word.
std::string member_at(const StatePart& part, std::size_t word)
{
    for (const StateMember& member : part.members) {
        if (word < member.words) {
            return member.name.empty() ? std::string{} : text('.', member.name);
        }
        word -= member.words;
    }
    return {};
}

std::string word_text(std::uint64_t word, bool is_whole)
{
    return is_whole ? text(static_cast<std::int64_t>(word))
                    : toml_text(std::bit_cast<double>(word));
}

/// Extents of axes; the one without labels, if any, has what is left of the entries.
std::vector<std::uint64_t> extents_of(const std::vector<std::string>& axes, std::uint64_t entries,
                                      const Labels& labels)
{
    const auto size = [&](const std::string& axis) {
        const auto known = labels.find(axis);
        return known != labels.end() ? std::max<std::uint64_t>(1, known->second.size()) : 0;
    };
    std::uint64_t product = 1;
    for (const std::string& axis : axes) {
        product *= std::max<std::uint64_t>(1, size(axis));
    }
    std::vector<std::uint64_t> extents;
    for (const std::string& axis : axes) {
        extents.push_back(size(axis) > 0 ? size(axis) : entries / product);
    }
    return extents;
}

std::optional<std::string> difference_of(const StatePart& a, const StatePart& b,
                                         const Labels& labels)
{
    if (a.name != b.name || a.words.size() != b.words.size()) {
        return text("'", a.name, "' has another size");
    }
    const auto found = std::ranges::mismatch(a.words, b.words).in1;
    if (found == a.words.end()) {
        return std::nullopt;
    }
    const auto index = static_cast<std::size_t>(found - a.words.begin());
    const std::size_t per_entry = std::max<std::size_t>(1, a.words_per_entry());
    const std::vector<std::uint64_t> extents =
        extents_of(a.axes, a.words.size() / per_entry, labels);
    const bool is_whole = !a.members.empty() && a.members.front().is_whole;
    return text(a.name, member_at(a, index % per_entry),
                place_of(a.axes, extents, index / per_entry, labels), ": ",
                word_text(a.words[index], is_whole), " and ", word_text(b.words[index], is_whole));
}

Comparison compare_checkpoints(const fs::path& first, const fs::path& second)
{
    const CheckpointContent a = read_checkpoint_content(first);
    const CheckpointContent b = read_checkpoint_content(second);
    const Labels labels = labels_in(Hdf5File::open(first));
    const auto differ = [&](std::string words) {
        return Comparison{"checkpoint", Difference{a.head.quarters, std::move(words)}};
    };
    if (a.head.quarters != b.head.quarters) {
        return differ(
            text("one is of quarter ", a.head.quarters, ", the other of ", b.head.quarters));
    }
    if (a.parts.size() != b.parts.size()) {
        return differ("they have other lists of contents");
    }
    for (std::size_t i = 0; i < a.parts.size(); ++i) {
        if (const auto words = difference_of(a.parts[i], b.parts[i], labels)) {
            return differ(*words);
        }
    }
    for (std::size_t i = 0; i < a.columns.size(); ++i) {
        const auto& u = a.column_words[i];
        const auto& v = b.column_words[i];
        const auto found = std::ranges::mismatch(u, v);
        if (found.in1 != u.end() && found.in2 != v.end()) {
            const auto firm = static_cast<std::size_t>(found.in1 - u.begin());
            return differ(text(a.columns[i], ", firm ", a.column_words[0][firm], ": ",
                               word_text(*found.in1, a.is_whole[i]), " and ",
                               word_text(*found.in2, a.is_whole[i])));
        }
    }
    if (a.head.firms != b.head.firms) {
        return differ(text("one has ", a.head.firms, " firms, the other ", b.head.firms));
    }
    return {text(a.head.firms, " firms and the state of ", a.parts.size(), " lists"), std::nullopt};
}

FileReport whole_file(const fs::path& path)
{
    FileReport report = inspect_file(path);
    if (!report.damage.empty()) {
        throw InputError(text("cannot compare '", path.string(), "': ", report.damage));
    }
    return report;
}

}  // namespace

Comparison compare_files(const fs::path& first, const fs::path& second)
{
    const FileReport a = whole_file(first);
    const FileReport b = whole_file(second);
    if (a.kind != b.kind) {
        throw InputError(text("cannot compare a file of kind '", a.kind, "' with one of kind '",
                              b.kind, "'; name two of the same kind"));
    }
    try {
        if (a.kind == "series") {
            return compare_series(first, second);
        }
        if (a.kind == "firms") {
            return compare_snapshots(first, second, a.quarters);
        }
        if (a.kind == "checkpoint") {
            return compare_checkpoints(first, second);
        }
    } catch (const FileError& error) {
        throw InputError(error.what());
    }
    throw InputError(
        text("cannot compare files of kind '", a.kind, "'; name series, snapshots or checkpoints"));
}

}  // namespace latecomer::io
