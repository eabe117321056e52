#include "jobs/study/result/result_file.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace latecomer::jobs::study {

void ResultFile::add_names(const std::string& name, const std::vector<std::string>& names,
                           const std::string& doc)
{
    io::Dataset dataset = file_.create_dataset({name, io::Type::text, {names.size()}});
    dataset.write_texts(names);
    add_scale(std::move(dataset), doc);
}

void ResultFile::add_texts(const std::string& name, const std::vector<std::string>& values,
                           const std::string& dimension, const std::string& doc)
{
    expects(values.size() == scale(dimension).rows(), "a variable has a value for every place");
    io::Dataset dataset = file_.create_dataset({name, io::Type::text, {values.size()}});
    dataset.write_texts(values);
    dataset.set_attribute({"long_name", doc});
    dataset.attach_scale(0, scale(dimension));
    dataset.close();
}

void ResultFile::add_description(const std::string& name, const std::vector<std::string>& values,
                                 const std::string& dimension, const std::string& doc)
{
    add_texts(name, values, dimension, doc);
    descriptions_.push_back({name, dimension});
}

void ResultFile::add_numbers(const std::string& name, const std::vector<double>& values,
                             const std::string& unit, const std::string& doc)
{
    io::Dataset dataset = file_.create_dataset({name, io::Type::f64, {values.size()}});
    dataset.write(0, dataset.rows(), values.data());
    dataset.set_attribute({"units", unit});
    add_scale(std::move(dataset), doc);
}

void ResultFile::add_numbers(const std::string& name, const std::vector<std::int64_t>& values,
                             const std::string& doc)
{
    io::Dataset dataset = file_.create_dataset({name, io::Type::i64, {values.size()}});
    dataset.write(0, dataset.rows(), values.data());
    dataset.set_attribute({"units", std::string{"1"}});
    add_scale(std::move(dataset), doc);
}

void ResultFile::add_scale(io::Dataset dataset, const std::string& doc)
{
    dataset.set_attribute({"long_name", doc});
    dataset.make_scale();
    scales_.push_back(std::move(dataset));
}

void ResultFile::add_runs(std::int64_t runs)
{
    std::vector<std::int64_t> numbers(static_cast<std::size_t>(runs));
    std::iota(numbers.begin(), numbers.end(), std::int64_t{0});
    add_numbers("run", numbers, "Number of the run in the plan of the study");
}

void ResultFile::add(const std::string& name, io::Type type, const void* values, std::size_t count,
                     const std::vector<std::string>& dimensions, const std::string& unit,
                     const std::string& doc, const io::Attributes& more)
{
    io::DatasetShape shape{name, type, {}};
    std::uint64_t expected = 1;
    for (const std::string& dimension : dimensions) {
        shape.extents.push_back(scale(dimension).rows());
        expected *= shape.extents.back();
    }
    expects(count == expected, "a variable has a value for every place of its dimensions");
    io::Dataset dataset = file_.create_dataset(shape);
    dataset.write(0, dataset.rows(), values);
    dataset.set_attribute({"units", unit});
    dataset.set_attribute({"long_name", doc});
    if (type == io::Type::f64) {
        dataset.set_fill_attribute();
    }
    std::string coordinates;
    for (const Description& description : descriptions_) {
        if (std::ranges::find(dimensions, description.dimension) != dimensions.end()) {
            coordinates += (coordinates.empty() ? "" : " ") + description.name;
        }
    }
    if (!coordinates.empty()) {
        dataset.set_attribute({"coordinates", coordinates});
    }
    for (const io::Attribute& attribute : more) {
        dataset.set_attribute(attribute);
    }
    for (std::size_t i = 0; i < dimensions.size(); ++i) {
        dataset.attach_scale(i, scale(dimensions[i]));
    }
    dataset.close();
}

void ResultFile::close()
{
    for (io::Dataset& scale : scales_) {
        scale.close();
    }
    file_.close();
}

const io::Dataset& ResultFile::scale(const std::string& name) const
{
    for (const io::Dataset& dataset : scales_) {
        if (dataset.name() == name) {
            return dataset;
        }
    }
    fail("a variable needs its dimensions first");
}

}  // namespace latecomer::jobs::study
