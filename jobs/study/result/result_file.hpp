#pragma once

#include "core/errors.hpp"
#include "io/hdf5/hdf5.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace latecomer::jobs::study {

/// Writes study.h5: coordinates first, then variables, each with its dimensions.
class ResultFile {
public:
    explicit ResultFile(const std::filesystem::path& path) : file_{io::Hdf5File::create(path)} {}

    io::Hdf5File& file() { return file_; }

    /// A coordinate of texts.  What it counts is named by `doc`, as everywhere here: words that stand alone below an
    /// axis, without a full stop.
    void add_names(const std::string& name, const std::vector<std::string>& names,
                   const std::string& doc);

    /// A variable of texts over one dimension.
    void add_texts(const std::string& name, const std::vector<std::string>& values,
                   const std::string& dimension, const std::string& doc);

    /// Texts that describe a dimension besides its own coordinate: variables over it name them in `coordinates`.
    void add_description(const std::string& name, const std::vector<std::string>& values,
                         const std::string& dimension, const std::string& doc);

    /// A coordinate of numbers.
    void add_numbers(const std::string& name, const std::vector<double>& values,
                     const std::string& unit, const std::string& doc);
    void add_numbers(const std::string& name, const std::vector<std::int64_t>& values,
                     const std::string& doc);

    /// The coordinate of runs, their numbers.
    void add_runs(std::int64_t runs);

    /// A variable, with more attributes of its own; its dimensions are coordinates that were added before.
    template <class T>
    void add(const std::string& name, io::Type type, const std::vector<T>& values,
             const std::vector<std::string>& dimensions, const std::string& unit,
             const std::string& doc, const io::Attributes& more = {})
    {
        add(name, type, values.data(), values.size(), dimensions, unit, doc, more);
    }

    void close();

private:
    void add(const std::string& name, io::Type type, const void* values, std::size_t count,
             const std::vector<std::string>& dimensions, const std::string& unit,
             const std::string& doc, const io::Attributes& more);
    void add_scale(io::Dataset dataset, const std::string& doc);
    const io::Dataset& scale(const std::string& name) const;

    /// A text that describes a dimension.
    struct Description {
        std::string name;
        std::string dimension;
    };

    io::Hdf5File file_;
    std::vector<io::Dataset> scales_;
    std::vector<Description> descriptions_;
};

}  // namespace latecomer::jobs::study
