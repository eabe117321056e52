#include "io/hdf5/hdf5_native.hpp"

#include "core/errors.hpp"
#include "core/text.hpp"
#include "io/files/file_error.hpp"

#include <hdf5.h>

#include <charconv>
#include <cstdlib>
#include <type_traits>

#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

namespace latecomer::io {

static_assert(std::is_same_v<hid_t, std::int64_t>);

Hdf5Handle& Hdf5Handle::operator=(Hdf5Handle&& other) noexcept
{
    if (this != &other) {
        close();
        id_ = std::exchange(other.id_, -1);
    }
    return *this;
}

Hdf5Handle::~Hdf5Handle()
{
    close();
}

void Hdf5Handle::close()
{
    const std::int64_t id = std::exchange(id_, -1);
    if (id >= 0) {
        H5Idec_ref(id);
    }
}

std::size_t size_of(Type type)
{
    switch (type) {
    case Type::f64:
    case Type::i64:
    case Type::u64:
        return 8;
    case Type::f32:
    case Type::u32:
        return 4;
    case Type::u16:
        return 2;
    case Type::text:
        return 0;
    }
    fail("unknown type of values");
}

std::string hdf5_version()
{
    unsigned major = 0;
    unsigned minor = 0;
    unsigned release = 0;
    H5get_libversion(&major, &minor, &release);
    return text(major, '.', minor, '.', release);
}

namespace native {
namespace {

/// Keeps the description of the first error met and goes no further.
herr_t keep_innermost(unsigned, const H5E_error2_t* error, void* description)
{
    auto& kept = *static_cast<std::string*>(description);
    if (kept.empty() && error->desc != nullptr) {
        kept = error->desc;
    }
    return 0;
}

/// HDF5 puts the operating system's words among addresses and sizes; only they are worth reading.
std::string readable(const std::string& description)
{
    constexpr std::string_view mark = "errno = ";
    const std::size_t found = description.find(mark);
    int number = 0;
    if (found != std::string::npos) {
        const char* begin = description.data() + found + mark.size();
        std::from_chars(begin, description.data() + description.size(), number);
    }
    if (number > 0) {
        return reason(number);
    }
    return description.empty() ? "HDF5 gives no reason" : description;
}

/// A limit on the size of files binds files in memory too; the user's part of it can be lifted.
void lift_size_limit()
{
    rlimit limit{};
    if (getrlimit(RLIMIT_FSIZE, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_FSIZE, &limit);
        if (limit.rlim_max != RLIM_INFINITY) {
            note_stuck_file();
        }
    }
}

/// Sends what HDF5 still means to write to this file into memory.
void divert_writes(std::int64_t object)
{
    const Hdf5Handle file{H5Iget_file_id(object)};
    const Hdf5Handle access{file.is_open() ? H5Fget_access_plist(file.id()) : -1};
    if (!access.is_open() || H5Pget_driver(access.id()) != H5FD_SEC2) {
        return;
    }
    void* descriptor = nullptr;
    if (H5Fget_vfd_handle(file.id(), H5P_DEFAULT, &descriptor) >= 0 && descriptor != nullptr) {
        const int nowhere = memfd_create("latecomer-unwritten", MFD_CLOEXEC);
        if (nowhere >= 0) {
            dup2(nowhere, *static_cast<int*>(descriptor));
            ::close(nowhere);
            lift_size_limit();
        }
    }
}

/// What HDF5 says of the call that has just failed.
std::string last_reason()
{
    std::string description;
    H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, keep_innermost, &description);
    H5Eclear2(H5E_DEFAULT);
    return readable(description);
}

std::string after_colon(std::string_view what)
{
    return what.empty() ? std::string{} : text(": ", what);
}

bool prepare()
{
    setenv("HDF5_USE_FILE_LOCKING", "FALSE", 1);
    return H5open() >= 0 && H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr) >= 0;
}

Hdf5Handle text_type()
{
    Hdf5Handle type{H5Tcopy(H5T_C_S1)};
    H5Tset_size(type.id(), H5T_VARIABLE);
    H5Tset_cset(type.id(), H5T_CSET_UTF8);
    return type;
}

}  // namespace

void start_library()
{
    static const bool ready = prepare();
    expects(ready, "the HDF5 library does not start");
}

void throw_last_error(std::string_view verb, std::string_view file, std::string_view what)
{
    throw_file_error(verb, std::filesystem::path{file}, last_reason(), after_colon(what));
}

void throw_write_error(std::int64_t object, std::string_view file, std::string_view what)
{
    const std::string why = last_reason();  // before further calls replace it
    divert_writes(object);
    throw_file_error("write", std::filesystem::path{file}, why, after_colon(what));
}

Hdf5Handle native_type(Type type)
{
    switch (type) {
    case Type::f64:
        return Hdf5Handle{H5Tcopy(H5T_IEEE_F64LE)};
    case Type::f32:
        return Hdf5Handle{H5Tcopy(H5T_IEEE_F32LE)};
    case Type::i64:
        return Hdf5Handle{H5Tcopy(H5T_STD_I64LE)};
    case Type::u64:
        return Hdf5Handle{H5Tcopy(H5T_STD_U64LE)};
    case Type::u32:
        return Hdf5Handle{H5Tcopy(H5T_STD_U32LE)};
    case Type::u16:
        return Hdf5Handle{H5Tcopy(H5T_STD_U16LE)};
    case Type::text:
        return text_type();
    }
    fail("unknown type of values");
}

Type type_of(std::int64_t dataset, std::string_view file, std::string_view name)
{
    const Hdf5Handle found{check(H5Dget_type(dataset), "read", file, name)};
    for (const Type type : {Type::f64, Type::f32, Type::i64, Type::u64, Type::u32, Type::u16}) {
        if (H5Tequal(found.id(), native_type(type).id()) > 0) {
            return type;
        }
    }
    if (H5Tis_variable_str(found.id()) > 0) {
        return Type::text;
    }
    throw_file_error("read", std::filesystem::path{file},
                     text("dataset '", name, "' has a type that this program does not write"));
}

void write_attribute(std::int64_t object, const Attribute& attribute, std::string_view file)
{
    const char* const key = attribute.key.c_str();
    const auto write = [&](Type type, const Hdf5Handle& space, const void* value) {
        const Hdf5Handle native = native_type(type);
        const Hdf5Handle handle{
            check_write(H5Acreate2(object, key, native.id(), space.id(), H5P_DEFAULT, H5P_DEFAULT),
                        object, file, key)};
        check_write(H5Awrite(handle.id(), native.id(), value), object, file, key);
    };
    const hsize_t one = 1;
    if (const auto* words = std::get_if<std::string>(&attribute.value)) {
        const char* start = words->c_str();
        write(Type::text, Hdf5Handle{H5Screate(H5S_SCALAR)}, &start);
    } else if (const auto* whole = std::get_if<std::int64_t>(&attribute.value)) {
        write(Type::i64, Hdf5Handle{H5Screate_simple(1, &one, nullptr)}, whole);
    } else {
        const double number = std::get<double>(attribute.value);
        write(Type::f64, Hdf5Handle{H5Screate_simple(1, &one, nullptr)}, &number);
    }
}

}  // namespace native
}  // namespace latecomer::io
