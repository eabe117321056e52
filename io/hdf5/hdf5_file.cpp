#include "io/hdf5/hdf5.hpp"

#include "core/errors.hpp"
#include "core/text.hpp"
#include "io/files/file_error.hpp"
#include "io/files/seal.hpp"
#include "io/hdf5/hdf5_native.hpp"

#include <hdf5.h>

#include <limits>

namespace latecomer::io {

using native::check;

namespace {

/// How files are accessed: the format of HDF5 1.8, no time of day, every write at once.
Hdf5Handle access_properties(const std::string& path)
{
    native::start_library();
    Hdf5Handle properties{check(H5Pcreate(H5P_FILE_ACCESS), "open", path, "")};
    expects(native::use_driver(properties.id()), "HDF5 takes a driver");
    check(H5Pset_libver_bounds(properties.id(), H5F_LIBVER_V18, H5F_LIBVER_V18), "open", path, "");
    check(H5Pset_fclose_degree(properties.id(), H5F_CLOSE_SEMI), "open", path, "");
    check(H5Pset_sieve_buf_size(properties.id(), 0), "open", path, "");
    // Values in one piece begin at whole words, of which the seal is made.
    check(H5Pset_alignment(properties.id(), 1, word_bytes), "open", path, "");
    return properties;
}

/// A lasting NaN where nothing was written.
void set_fill_value(std::int64_t properties, Type type)
{
    if (type == Type::f64 || type == Type::f32) {
        const double missing = std::numeric_limits<double>::quiet_NaN();
        H5Pset_fill_value(properties, H5T_NATIVE_DOUBLE, &missing);
    }
}

Hdf5Handle creation_properties(const DatasetShape& shape, const std::string& file)
{
    Hdf5Handle properties{check(H5Pcreate(H5P_DATASET_CREATE), "write", file, shape.name)};
    const std::int64_t id = properties.id();
    check(H5Pset_obj_track_times(id, false), "write", file, shape.name);
    set_fill_value(id, shape.type);

    bool has_values = !shape.extents.empty();
    for (const std::uint64_t extent : shape.extents) {
        has_values = has_values && extent > 0;
    }
    if (shape.storage == Storage::plain || shape.storage == Storage::raw || !has_values) {
        const bool is_raw = shape.storage == Storage::raw;
        H5Pset_alloc_time(id, H5D_ALLOC_TIME_EARLY);
        H5Pset_fill_time(id, is_raw ? H5D_FILL_TIME_NEVER : H5D_FILL_TIME_ALLOC);
        return properties;
    }
    const std::vector<hsize_t> chunk(shape.chunk.begin(), shape.chunk.end());
    check(H5Pset_chunk(id, static_cast<int>(chunk.size()), chunk.data()), "write", file,
          shape.name);
    constexpr unsigned deflate_level = 1;
    check(H5Pset_shuffle(id), "write", file, shape.name);
    check(H5Pset_deflate(id, deflate_level), "write", file, shape.name);
    check(H5Pset_fletcher32(id), "write", file, shape.name);
    return properties;
}

herr_t keep_name(hid_t, const char* name, const H5L_info_t*, void* names)
{
    static_cast<std::vector<std::string>*>(names)->emplace_back(name);
    return 0;
}

/// Gives back what HDF5 allocated for the texts it read.
class ReadText {
public:
    ReadText() = default;
    ~ReadText() { H5free_memory(words); }
    ReadText(const ReadText&) = delete;
    ReadText& operator=(const ReadText&) = delete;

    char* words = nullptr;
};

}  // namespace

Hdf5File::Hdf5File(Hdf5Handle handle, std::string path)
    : handle_{std::move(handle)}, path_{std::move(path)}
{}

Hdf5File Hdf5File::create(const std::filesystem::path& path)
{
    const std::string name = path.string();
    const Hdf5Handle access = access_properties(name);
    const Hdf5Handle creation{check(H5Pcreate(H5P_FILE_CREATE), "create", name, "")};
    check(H5Pset_obj_track_times(creation.id(), false), "create", name, "");
    const std::int64_t file = H5Fcreate(name.c_str(), H5F_ACC_TRUNC, creation.id(), access.id());
    return {Hdf5Handle{check(file, "create", name, "")}, name};
}

Hdf5File Hdf5File::open(const std::filesystem::path& path)
{
    const std::string name = path.string();
    const Hdf5Handle access = access_properties(name);
    const std::int64_t file = H5Fopen(name.c_str(), H5F_ACC_RDONLY, access.id());
    return {Hdf5Handle{check(file, "open", name, "")}, name};
}

Dataset Hdf5File::create_dataset(const DatasetShape& shape)
{
    const int rank = static_cast<int>(shape.extents.size());
    const std::vector<hsize_t> extents(shape.extents.begin(), shape.extents.end());
    const Hdf5Handle space{rank == 0 ? H5Screate(H5S_SCALAR)
                                     : H5Screate_simple(rank, extents.data(), nullptr)};
    const Hdf5Handle properties = creation_properties(shape, path_);
    std::uint64_t bytes = size_of(shape.type);
    for (const std::uint64_t extent : shape.extents) {
        bytes *= extent;
    }
    const std::string wanted = text(bytes, " bytes wanted for '", shape.name, '\'');
    const Hdf5Handle type = native::native_type(shape.type);
    Hdf5Handle handle{
        native::check_write(H5Dcreate2(handle_.id(), shape.name.c_str(), type.id(), space.id(),
                                       H5P_DEFAULT, properties.id(), H5P_DEFAULT),
                            handle_.id(), path_, wanted)};
    return {std::move(handle), path_, shape.name};
}

Dataset Hdf5File::open_dataset(const std::string& name) const
{
    const std::int64_t dataset = H5Dopen2(handle_.id(), name.c_str(), H5P_DEFAULT);
    return {Hdf5Handle{check(dataset, "read", path_, name)}, path_, name};
}

std::vector<std::string> Hdf5File::dataset_names() const
{
    std::vector<std::string> names;
    check(H5Literate(handle_.id(), H5_INDEX_NAME, H5_ITER_INC, nullptr, keep_name, &names), "read",
          path_, "the list of datasets");
    return names;
}

void Hdf5File::set_attribute(const Attribute& attribute)
{
    native::write_attribute(handle_.id(), attribute, path_);
}

bool Hdf5File::has_attribute(const std::string& key) const
{
    return check(H5Aexists(handle_.id(), key.c_str()), "read", path_, key) > 0;
}

Attribute Hdf5File::attribute(const std::string& key) const
{
    const Hdf5Handle handle{
        check(H5Aopen(handle_.id(), key.c_str(), H5P_DEFAULT), "read", path_, key)};
    const Hdf5Handle type{check(H5Aget_type(handle.id()), "read", path_, key)};
    const Hdf5Handle space{check(H5Aget_space(handle.id()), "read", path_, key)};
    if (H5Sget_simple_extent_npoints(space.id()) != 1) {
        throw_file_error("read", path_, text("attribute '", key, "' is not one value"));
    }
    if (H5Tis_variable_str(type.id()) > 0) {
        ReadText value;
        check(H5Aread(handle.id(), type.id(), &value.words), "read", path_, key);
        return {key, std::string{value.words == nullptr ? "" : value.words}};
    }
    if (H5Tget_class(type.id()) == H5T_INTEGER) {
        std::int64_t value = 0;
        check(H5Aread(handle.id(), H5T_NATIVE_INT64, &value), "read", path_, key);
        return {key, value};
    }
    double value = 0.0;
    check(H5Aread(handle.id(), H5T_NATIVE_DOUBLE, &value), "read", path_, key);
    return {key, value};
}

void Hdf5File::flush()
{
    native::check_write(H5Fflush(handle_.id(), H5F_SCOPE_LOCAL), handle_.id(), path_, "");
}

void Hdf5File::close()
{
    flush();
    check(H5Fclose(handle_.id()), "write", path_, "");
    handle_.release();
    if (const int number = native::close_error(); number != 0) {
        native::throw_write_error(number, path_, "");
    }
}

}  // namespace latecomer::io
