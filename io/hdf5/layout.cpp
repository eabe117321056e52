#include "io/hdf5/layout.hpp"

#include "core/errors.hpp"

#include <algorithm>
#include <type_traits>

namespace latecomer::io {
namespace {

Type type_of(const Labels& labels)
{
    constexpr Type types[] = {Type::f64, Type::i64, Type::text, Type::u64};
    return types[labels.index()];
}

const Coordinate& dimension(const std::string& key, const std::vector<Coordinate>& coordinates)
{
    const auto found = std::ranges::find_if(coordinates, [&](const Coordinate& coordinate) {
        return coordinate.along.empty() && coordinate.key == key;
    });
    expects(found != coordinates.end(), "every dimension of a variable has a coordinate");
    return *found;
}

void describe(Dataset& dataset, const std::string& unit, const std::string& long_name)
{
    if (!unit.empty()) {
        dataset.set_attribute({"units", unit});
    }
    dataset.set_attribute({"long_name", long_name});
}

/// The coordinates that describe a variable's dimensions besides their own: CF, section 5.
std::string auxiliary(const Variable& variable, const std::vector<Coordinate>& coordinates)
{
    std::string keys;
    for (const Coordinate& coordinate : coordinates) {
        if (std::ranges::find(variable.dimensions, coordinate.along) != variable.dimensions.end()) {
            keys += (keys.empty() ? "" : " ") + coordinate.key;
        }
    }
    return keys;
}

void write_labels(Dataset& dataset, const std::vector<std::string>& labels)
{
    dataset.write_texts(labels);
}

template <class Number>
void write_labels(Dataset& dataset, const std::vector<Number>& labels)
{
    dataset.write(0, labels.size(), labels.data());
}

void write_labels(Dataset&, Identities) {}  // later

Dataset create_coordinate(Hdf5File& file, const Coordinate& coordinate, Storage storage,
                          std::uint64_t chunk_values)
{
    const std::vector<std::uint64_t> extents{size_of(coordinate.labels)};
    const bool is_long = std::holds_alternative<Identities>(coordinate.labels);
    Dataset dataset = file.create_dataset({coordinate.key, type_of(coordinate.labels), extents,
                                           is_long ? storage : Storage::plain,
                                           chunk_of_rows(extents, chunk_values)});
    std::visit([&](const auto& labels) { write_labels(dataset, labels); }, coordinate.labels);
    if (coordinate.along.empty()) {
        dataset.make_scale();
    }
    describe(dataset, coordinate.unit, coordinate.long_name);
    return dataset;
}

}  // namespace

std::uint64_t size_of(const Labels& labels)
{
    if (const auto* identities = std::get_if<Identities>(&labels)) {
        return identities->count;
    }
    if (const auto* texts = std::get_if<std::vector<std::string>>(&labels)) {
        return texts->size();
    }
    if (const auto* numbers = std::get_if<std::vector<double>>(&labels)) {
        return numbers->size();
    }
    return std::get<std::vector<std::int64_t>>(labels).size();
}

std::vector<std::uint64_t> extents_of(const Variable& variable,
                                      const std::vector<Coordinate>& coordinates)
{
    std::vector<std::uint64_t> extents;
    for (const std::string& key : variable.dimensions) {
        extents.push_back(size_of(dimension(key, coordinates).labels));
    }
    return extents;
}

std::vector<std::uint64_t> chunk_of_rows(const std::vector<std::uint64_t>& extents,
                                         std::uint64_t values)
{
    std::vector<std::uint64_t> chunk = extents;
    if (chunk.empty()) {
        return chunk;
    }
    std::uint64_t row = 1;
    for (std::size_t i = 1; i < extents.size(); ++i) {
        row *= std::max<std::uint64_t>(1, extents[i]);
    }
    const std::uint64_t rows = std::max<std::uint64_t>(1, values / row);
    chunk.front() = std::min(rows, std::max<std::uint64_t>(1, extents.front()));
    return chunk;
}

std::vector<Dataset> create_layout(Hdf5File& file, const std::vector<Coordinate>& coordinates,
                                   const std::vector<Variable>& variables,
                                   const Attributes& attributes, Storage storage,
                                   std::uint64_t chunk_values)
{
    for (const Attribute& attribute : attributes) {
        file.set_attribute(attribute);
    }
    std::vector<Dataset> scales;
    for (const Coordinate& coordinate : coordinates) {
        scales.push_back(create_coordinate(file, coordinate, storage, chunk_values));
    }
    const auto tie = [&](Dataset& dataset, const std::vector<std::string>& dimensions) {
        for (std::size_t i = 0; i < dimensions.size(); ++i) {
            const Coordinate& scale = dimension(dimensions[i], coordinates);
            dataset.attach_scale(i, scales[static_cast<std::size_t>(&scale - coordinates.data())]);
        }
    };
    for (std::size_t i = 0; i < coordinates.size(); ++i) {
        if (!coordinates[i].along.empty()) {
            tie(scales[i], {coordinates[i].along});
        }
    }

    std::vector<Dataset> datasets;
    for (const Variable& variable : variables) {
        const auto extents = extents_of(variable, coordinates);
        Dataset dataset = file.create_dataset({variable.key, variable.type, extents,
                                               extents.empty() ? Storage::plain : storage,
                                               chunk_of_rows(extents, chunk_values)});
        describe(dataset, variable.unit, variable.long_name);
        if (!variable.equation.empty()) {
            dataset.set_attribute({"equation", variable.equation});
        }
        if (const std::string keys = auxiliary(variable, coordinates); !keys.empty()) {
            dataset.set_attribute({"coordinates", keys});
        }
        if (variable.type == Type::f64 || variable.type == Type::f32) {
            dataset.set_fill_attribute();
        }
        for (const Attribute& attribute : variable.more) {
            dataset.set_attribute(attribute);
        }
        tie(dataset, variable.dimensions);
        datasets.push_back(std::move(dataset));
    }
    for (Dataset& scale : scales) {
        scale.close();
    }
    return datasets;
}

std::vector<std::uint64_t> create_raw_layout(Hdf5File& file,
                                             const std::vector<Coordinate>& coordinates,
                                             const std::vector<Variable>& variables,
                                             const Attributes& attributes)
{
    std::vector<Dataset> datasets =
        create_layout(file, coordinates, variables, attributes, Storage::raw, 0);
    datasets.insert(datasets.begin(), file.open_dataset("firm"));
    std::vector<std::uint64_t> places;
    for (Dataset& dataset : datasets) {
        places.push_back(dataset.place().value_or(0));
        dataset.close();
    }
    return places;
}

}  // namespace latecomer::io
