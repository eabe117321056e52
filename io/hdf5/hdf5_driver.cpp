#include "io/hdf5/hdf5_driver.hpp"

#include "io/files/system_call.hpp"
#include "io/hdf5/hdf5.hpp"

#include <hdf5.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <map>
#include <memory>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace latecomer::io::native {
namespace {

constexpr haddr_t most_bytes = haddr_t{1} << 62;

/// A file of this driver.  HDF5 fills in the first member and hands out pointers to it.
struct File {
    H5FD_t of_library{};
    int number = -1;
    dev_t device = 0;
    ino_t inode = 0;
    haddr_t end_of_space = 0;  ///< as HDF5 gives it out
    haddr_t end_of_file = 0;
    int error = 0;                                          ///< the first of writing
    std::map<haddr_t, std::vector<std::byte>> unwritten{};  ///< since then, by place
};

File& file_of(H5FD_t* file)
{
    return *reinterpret_cast<File*>(file);
}

const File& file_of(const H5FD_t* file)
{
    return *reinterpret_cast<const File*>(file);
}

int& last_close_error()
{
    static thread_local int error = 0;
    return error;
}

/// Tells HDF5 why a call failed, in the way in which its own drivers do.
void push(hid_t kind, int number)
{
    H5Epush2(H5E_DEFAULT, __FILE__, __func__, __LINE__, H5E_ERR_CLS, H5E_VFL, kind, "errno = %d",
             number);
}

int flags_of(unsigned flags)
{
    return ((flags & H5F_ACC_RDWR) != 0 ? O_RDWR : O_RDONLY) |
           ((flags & H5F_ACC_TRUNC) != 0 ? O_TRUNC : 0) |
           ((flags & H5F_ACC_CREAT) != 0 ? O_CREAT : 0) |
           ((flags & H5F_ACC_EXCL) != 0 ? O_EXCL : 0) | O_CLOEXEC;
}

H5FD_t* open_file(const char* name, unsigned flags, hid_t, haddr_t)
{
    auto file = std::make_unique<File>();
    file->number = uninterrupted([&] { return ::open(name, flags_of(flags), 0666); });
    struct stat status {};
    if (file->number < 0 || ::fstat(file->number, &status) != 0) {
        push(H5E_CANTOPENFILE, errno);
        if (file->number >= 0) {
            ::close(file->number);
        }
        return nullptr;
    }
    file->device = status.st_dev;
    file->inode = status.st_ino;
    file->end_of_file = static_cast<haddr_t>(status.st_size);
    return &file.release()->of_library;
}

herr_t close_file(H5FD_t* file)
{
    const std::unique_ptr<File> own{&file_of(file)};
    if (::close(own->number) != 0 && errno != EINTR && own->error == 0) {
        own->error = errno;
    }
    last_close_error() = own->error;
    return 0;
}

int compare_files(const H5FD_t* first, const H5FD_t* second)
{
    const File& a = file_of(first);
    const File& b = file_of(second);
    if (a.device != b.device) {
        return a.device < b.device ? -1 : 1;
    }
    return a.inode < b.inode ? -1 : a.inode > b.inode ? 1 : 0;
}

herr_t tell_features(const H5FD_t*, unsigned long* flags)
{
    if (flags != nullptr) {
        *flags = H5FD_FEAT_AGGREGATE_METADATA | H5FD_FEAT_ACCUMULATE_METADATA |
                 H5FD_FEAT_DATA_SIEVE | H5FD_FEAT_AGGREGATE_SMALLDATA |
                 H5FD_FEAT_DEFAULT_VFD_COMPATIBLE;
    }
    return 0;
}

haddr_t end_of_space(const H5FD_t* file, H5FD_mem_t)
{
    return file_of(file).end_of_space;
}

herr_t set_end_of_space(H5FD_t* file, H5FD_mem_t, haddr_t end)
{
    file_of(file).end_of_space = end;
    return 0;
}

haddr_t end_of_file(const H5FD_t* file, H5FD_mem_t)
{
    return file_of(file).end_of_file;
}

/// What HDF5 calls the handle of a file is the place of its error.
herr_t tell_handle(H5FD_t* file, hid_t, void** handle)
{
    *handle = &file_of(file).error;
    return 0;
}

/// The parts of [at, at + bytes.size()) that never reached the disk.
void add_unwritten(const File& file, haddr_t at, std::byte* bytes, std::size_t size)
{
    for (const auto& [begin, content] : file.unwritten) {
        const haddr_t from = std::max(begin, at);
        const haddr_t to = std::min(begin + content.size(), at + size);
        if (from < to) {
            std::memcpy(bytes + (from - at), content.data() + (from - begin), to - from);
        }
    }
}

herr_t read_bytes(H5FD_t* file, H5FD_mem_t, hid_t, haddr_t at, std::size_t size, void* buffer)
{
    const File& own = file_of(file);
    auto* const bytes = static_cast<std::byte*>(buffer);
    std::size_t done = 0;
    while (done < size) {
        const ssize_t got = uninterrupted([&] {
            return ::pread(own.number, bytes + done, size - done, static_cast<off_t>(at + done));
        });
        if (got < 0) {
            push(H5E_READERROR, errno);
            return -1;
        }
        if (got == 0) {  // behind its end a file holds zeros
            std::memset(bytes + done, 0, size - done);
            break;
        }
        done += static_cast<std::size_t>(got);
    }
    add_unwritten(own, at, bytes, size);
    return 0;
}

/// @return the system's number of the error; 0: all is written
int write_all(int number, haddr_t at, const std::byte* bytes, std::size_t size)
{
    while (size > 0) {
        const ssize_t written =
            uninterrupted([&] { return ::pwrite(number, bytes, size, static_cast<off_t>(at)); });
        if (written < 0) {
            return errno;
        }
        at += static_cast<haddr_t>(written);
        bytes += written;
        size -= static_cast<std::size_t>(written);
    }
    return 0;
}

herr_t write_bytes(H5FD_t* file, H5FD_mem_t type, hid_t, haddr_t at, std::size_t size,
                   const void* buffer)
{
    File& own = file_of(file);
    const auto* const bytes = static_cast<const std::byte*>(buffer);
    if (own.error == 0) {
        own.error = write_all(own.number, at, bytes, size);
    }
    if (own.error != 0 && type != H5FD_MEM_DRAW) {
        std::vector<std::byte> content(bytes, bytes + size);
        // What was kept before of the same place is older; later entries win when they are read.
        const auto begin = own.unwritten.find(at);
        if (begin != own.unwritten.end() && begin->second.size() > size) {
            std::ranges::copy(content, begin->second.begin());
        } else {
            own.unwritten[at] = std::move(content);
        }
    }
    own.end_of_file = std::max(own.end_of_file, at + size);
    return 0;
}

herr_t cut_off(H5FD_t* file, hid_t, hbool_t)
{
    File& own = file_of(file);
    if (own.end_of_space == own.end_of_file) {
        return 0;
    }
    const auto end = static_cast<off_t>(own.end_of_space);
    if (own.error == 0 && uninterrupted([&] { return ::ftruncate(own.number, end); }) != 0) {
        own.error = errno;
    }
    own.end_of_file = own.end_of_space;
    return 0;
}

H5FD_class_t make_driver()
{
    H5FD_class_t driver{};
#if H5_VERSION_GE(1, 14, 0)
    driver.version = H5FD_CLASS_VERSION;
    driver.value = static_cast<H5FD_class_value_t>(600);  // for drivers of programs: from 512 on
#endif
    driver.name = "latecomer";
    driver.maxaddr = most_bytes;
    driver.fc_degree = H5F_CLOSE_WEAK;
    driver.open = open_file;
    driver.close = close_file;
    driver.cmp = compare_files;
    driver.query = tell_features;
    driver.get_eoa = end_of_space;
    driver.set_eoa = set_end_of_space;
    driver.get_eof = end_of_file;
    driver.get_handle = tell_handle;
    driver.read = read_bytes;
    driver.write = write_bytes;
    driver.truncate = cut_off;
    const H5FD_mem_t kinds[] = H5FD_FLMAP_DICHOTOMY;
    std::ranges::copy(kinds, driver.fl_map);
    return driver;
}

hid_t driver()
{
    static const H5FD_class_t functions = make_driver();
    static const hid_t number = H5FDregister(&functions);
    return number;
}

}  // namespace

bool use_driver(std::int64_t access_properties)
{
    return driver() >= 0 && H5Pset_driver(access_properties, driver(), nullptr) >= 0;
}

int write_error(std::int64_t object)
{
    const Hdf5Handle file{H5Iget_file_id(object)};
    void* error = nullptr;
    if (!file.is_open() || H5Fget_vfd_handle(file.id(), H5P_DEFAULT, &error) < 0 ||
        error == nullptr) {
        return 0;
    }
    return *static_cast<int*>(error);
}

int close_error()
{
    return last_close_error();
}

}  // namespace latecomer::io::native
