#include "io/hdf5/hdf5.hpp"

#include "core/errors.hpp"
#include "core/text.hpp"
#include "io/hdf5/hdf5_native.hpp"

#include <hdf5.h>
#include <hdf5_hl.h>

#include <algorithm>
#include <limits>

namespace latecomer::io {

using native::check;

namespace {

/// Selects rows of a dataset in its file and in memory, where they lie one after another.
class Selection {
public:
    Selection(std::int64_t dataset, std::span<const std::uint64_t> extents, std::uint64_t first,
              std::uint64_t count)
        : on_disk{H5Dget_space(dataset)}
    {
        std::vector<hsize_t> begin(extents.size(), 0);
        std::vector<hsize_t> size(extents.begin(), extents.end());
        if (extents.empty()) {
            in_memory = Hdf5Handle{H5Screate(H5S_SCALAR)};
        } else {
            begin[0] = first;
            size[0] = count;
            in_memory =
                Hdf5Handle{H5Screate_simple(static_cast<int>(size.size()), size.data(), nullptr)};
        }
        if (count == 0) {
            H5Sselect_none(on_disk.id());
            H5Sselect_none(in_memory.id());
        } else if (!extents.empty()) {
            H5Sselect_hyperslab(on_disk.id(), H5S_SELECT_SET, begin.data(), nullptr, size.data(),
                                nullptr);
        }
    }

    Hdf5Handle on_disk;
    Hdf5Handle in_memory;
};

/// Texts that HDF5 has allocated while reading; gives them back.
class ReadTexts {
public:
    explicit ReadTexts(std::size_t count) : words(count, nullptr) {}
    ~ReadTexts()
    {
        for (char* const word : words) {
            H5free_memory(word);
        }
    }
    ReadTexts(const ReadTexts&) = delete;
    ReadTexts& operator=(const ReadTexts&) = delete;

    std::vector<char*> words;
};

/// How texts move.  HDF5 would convert them in two buffers of 1 MiB each, filled with zeros at every call: more than half of
/// the time of a small run.
Hdf5Handle transfer_of_texts(std::size_t count, const std::string& file, const std::string& name)
{
    constexpr std::size_t text = 32;  // bytes; a reference to one has 16 on disk
    constexpr std::size_t most = std::size_t{1} << 20;
    Hdf5Handle properties{check(H5Pcreate(H5P_DATASET_XFER), "use", file, name)};
    check(H5Pset_buffer(properties.id(), std::min(count * text, most), nullptr, nullptr), "use",
          file, name);
    return properties;
}

}  // namespace

Dataset::Dataset(Hdf5Handle handle, std::string file, std::string name)
    : handle_{std::move(handle)}, file_{std::move(file)}, name_{std::move(name)},
      type_{native::type_of(handle_.id(), file_, name_)}
{
    const Hdf5Handle space{check(H5Dget_space(handle_.id()), "read", file_, name_)};
    const int rank = check(H5Sget_simple_extent_ndims(space.id()), "read", file_, name_);
    std::vector<hsize_t> extents(static_cast<std::size_t>(rank));
    check(H5Sget_simple_extent_dims(space.id(), extents.data(), nullptr), "read", file_, name_);
    extents_.assign(extents.begin(), extents.end());
}

std::size_t Dataset::row_bytes() const
{
    std::uint64_t bytes = size_of(type_);
    for (std::size_t i = 1; i < extents_.size(); ++i) {
        bytes *= extents_[i];
    }
    return bytes;
}

void Dataset::write(std::uint64_t first, std::uint64_t count, const void* values)
{
    expects(first + count <= rows() && type_ != Type::text, "rows lie within their dataset");
    const Selection selection{handle_.id(), extents_, first, count};
    const Hdf5Handle type = native::native_type(type_);
    native::check_write(H5Dwrite(handle_.id(), type.id(), selection.in_memory.id(),
                                 selection.on_disk.id(), H5P_DEFAULT, values),
                        handle_.id(), file_,
                        text(count * row_bytes(), " bytes wanted for '", name_, '\''));
}

void Dataset::read(std::uint64_t first, std::uint64_t count, void* values) const
{
    expects(first + count <= rows() && type_ != Type::text, "rows lie within their dataset");
    const Selection selection{handle_.id(), extents_, first, count};
    const Hdf5Handle type = native::native_type(type_);
    check(H5Dread(handle_.id(), type.id(), selection.in_memory.id(), selection.on_disk.id(),
                  H5P_DEFAULT, values),
          "read", file_, name_);
}

void Dataset::write_texts(std::span<const std::string> values)
{
    expects(type_ == Type::text && values.size() == rows(), "one text per row");
    std::vector<const char*> words;
    for (const std::string& value : values) {
        words.push_back(value.c_str());
    }
    if (!words.empty()) {
        const Hdf5Handle type = native::native_type(type_);
        const Hdf5Handle transfer = transfer_of_texts(words.size(), file_, name_);
        native::check_write(
            H5Dwrite(handle_.id(), type.id(), H5S_ALL, H5S_ALL, transfer.id(), words.data()),
            handle_.id(), file_, name_);
    }
}

std::vector<std::string> Dataset::read_texts() const
{
    expects(type_ == Type::text, "the dataset holds texts");
    ReadTexts read{rows()};
    if (rows() > 0) {
        const Hdf5Handle type = native::native_type(type_);
        const Hdf5Handle transfer = transfer_of_texts(read.words.size(), file_, name_);
        check(H5Dread(handle_.id(), type.id(), H5S_ALL, H5S_ALL, transfer.id(), read.words.data()),
              "read", file_, name_);
    }
    std::vector<std::string> values;
    for (const char* const word : read.words) {
        values.emplace_back(word == nullptr ? "" : word);
    }
    return values;
}

std::optional<std::uint64_t> Dataset::place() const
{
    const haddr_t place = H5Dget_offset(handle_.id());
    return place == HADDR_UNDEF ? std::nullopt : std::optional<std::uint64_t>{place};
}

void Dataset::set_attribute(const Attribute& attribute)
{
    native::write_attribute(handle_.id(), attribute, file_);
}

void Dataset::set_fill_attribute()
{
    const hsize_t one = 1;
    const double missing = std::numeric_limits<double>::quiet_NaN();
    const Hdf5Handle space{H5Screate_simple(1, &one, nullptr)};
    const Hdf5Handle type = native::native_type(type_);
    const Hdf5Handle attribute{native::check_write(
        H5Acreate2(handle_.id(), "_FillValue", type.id(), space.id(), H5P_DEFAULT, H5P_DEFAULT),
        handle_.id(), file_, name_)};
    native::check_write(H5Awrite(attribute.id(), H5T_NATIVE_DOUBLE, &missing), handle_.id(), file_,
                        name_);
}

void Dataset::make_scale()
{
    native::check_write(H5DSset_scale(handle_.id(), name_.c_str()), handle_.id(), file_, name_);
}

void Dataset::attach_scale(std::size_t extent, const Dataset& scale)
{
    native::check_write(
        H5DSattach_scale(handle_.id(), scale.handle_.id(), static_cast<unsigned>(extent)),
        handle_.id(), file_, name_);
}

void Dataset::close()
{
    native::check_write(H5Dflush(handle_.id()), handle_.id(), file_, name_);
    check(H5Dclose(handle_.id()), "write", file_, name_);
    handle_.release();
}

}  // namespace latecomer::io
