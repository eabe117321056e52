#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

/// HDF5 as this program needs it.  Every failure throws FileError with the file and the reason.
namespace latecomer::io {

/// Something that a file says of itself or of one of its variables.
struct Attribute {
    std::string key;
    std::variant<std::string, std::int64_t, double> value;
};
using Attributes = std::vector<Attribute>;

/// The type of the values of a dataset, on disk and in memory.  Texts are UTF-8 of any length.
enum class Type { f64, f32, i64, u64, u32, u16, text };

/// Bytes of one value; 0 for texts.
std::size_t size_of(Type type);

/// How the values of a dataset lie on disk.
enum class Storage {
    plain,       ///< one piece, allocated and filled at creation
    raw,         ///< one piece, allocated but not filled: all of it will be written
    compressed,  ///< in chunks, shuffled, deflated, each with a checksum
};

/// What it takes to create a dataset.
struct DatasetShape {
    std::string name;
    Type type = Type::f64;
    std::vector<std::uint64_t> extents;  ///< empty: a single value
    Storage storage = Storage::plain;
    std::vector<std::uint64_t> chunk{};  ///< unless plain; one number per extent
};

/// Owns one HDF5 identifier.
class Hdf5Handle {
public:
    Hdf5Handle() = default;
    explicit Hdf5Handle(std::int64_t id) : id_{id} {}
    Hdf5Handle(Hdf5Handle&& other) noexcept : id_{std::exchange(other.id_, -1)} {}
    Hdf5Handle& operator=(Hdf5Handle&& other) noexcept;
    ~Hdf5Handle();  ///< gives the identifier back; where failure matters, that is done before

    std::int64_t id() const { return id_; }
    bool is_open() const { return id_ >= 0; }

    /// Forgets the identifier, which has been given back already.
    void release() { id_ = -1; }

private:
    void close();

    std::int64_t id_ = -1;
};

/// A dataset of an open file, or (default) none.  Rows are counted along the first extent; a single value is one row.
class Dataset {
public:
    Dataset() = default;
    const std::string& name() const { return name_; }
    Type type() const { return type_; }
    std::span<const std::uint64_t> extents() const { return extents_; }
    std::uint64_t rows() const { return extents_.empty() ? 1 : extents_.front(); }
    std::size_t row_bytes() const;  ///< not for texts

    /// Writes rows [first, first + count).
    void write(std::uint64_t first, std::uint64_t count, const void* values);

    /// Reads rows [first, first + count).
    void read(std::uint64_t first, std::uint64_t count, void* values) const;

    /// Writes all values of a dataset of texts.
    void write_texts(std::span<const std::string> values);
    std::vector<std::string> read_texts() const;

    /// Where in the file the values lie, a multiple of 8, if they do in one piece and there are any.
    std::optional<std::uint64_t> place() const;

    void set_attribute(const Attribute& attribute);

    /// Says that NaN stands for a value that does not exist: _FillValue, of the type of the data.
    void set_fill_attribute();

    /// Makes this one-dimensional dataset the coordinate of the dimension that has its name.
    void make_scale();

    /// Ties extent number `extent` of this dataset to a scale.
    void attach_scale(std::size_t extent, const Dataset& scale);

    void close();

private:
    friend class Hdf5File;
    Dataset(Hdf5Handle handle, std::string file, std::string name);

    Hdf5Handle handle_;
    std::string file_;
    std::string name_;
    Type type_ = Type::f64;
    std::vector<std::uint64_t> extents_;
};

/// An open HDF5 file; all datasets are in its root group.
///
/// Files hold no time of day and are closed in HDF5's "semi" way: closing fails while a dataset is
/// open.  Call close() at the end of work: only then is it known that everything was written.
class Hdf5File {
public:
    /// Creates a file, in place of what may stand there, for one process.
    static Hdf5File create(const std::filesystem::path& path);

    /// Opens an existing file for reading by one process.
    static Hdf5File open(const std::filesystem::path& path);

    Dataset create_dataset(const DatasetShape& shape);
    Dataset open_dataset(const std::string& name) const;
    std::vector<std::string> dataset_names() const;  ///< in alphabetical order

    void set_attribute(const Attribute& attribute);
    bool has_attribute(const std::string& key) const;
    Attribute attribute(const std::string& key) const;

    /// Hands everything to the operating system: what follows cannot harm what is there.
    void flush();
    void close();

private:
    Hdf5File(Hdf5Handle handle, std::string path);

    Hdf5Handle handle_;
    std::string path_;
};

/// Version of the HDF5 library in use, "1.10.8".
std::string hdf5_version();

}  // namespace latecomer::io
