#include "jobs/study/archive/tar_file.hpp"

#include "core/errors.hpp"
#include "core/text.hpp"
#include "io/files/file_error.hpp"

#include <algorithm>
#include <cstdint>

namespace latecomer::jobs::study {
namespace {

constexpr std::size_t block_bytes = 512;
constexpr std::uint64_t most_bytes = std::uint64_t{1} << 33;  // 11 octal digits

/// A field of a header.
struct Field {
    std::size_t at;
    std::size_t size;
};
constexpr Field name_field{0, 100};
constexpr Field mode_field{100, 8};
constexpr Field owner_field{108, 8};
constexpr Field group_field{116, 8};
constexpr Field size_field{124, 12};
constexpr Field time_field{136, 12};
constexpr Field checksum_field{148, 8};
constexpr Field type_field{156, 1};
constexpr Field magic_field{257, 8};
constexpr Field prefix_field{345, 155};

void put(std::string& header, Field field, std::string_view words)
{
    expects(words.size() <= field.size, "a field of a tar file has room for its text");
    header.replace(field.at, words.size(), words);
}

/// Octal digits that fill the field up to a zero byte.
void put_number(std::string& header, Field field, std::uint64_t number)
{
    std::string digits(field.size - 1, '0');
    for (std::size_t i = digits.size(); i-- > 0; number /= 8) {
        digits[i] = static_cast<char>('0' + number % 8);
    }
    put(header, field, digits);
}

/// The folders of a name, and its last part.
struct Parts {
    std::string_view prefix;
    std::string_view last;
};

Parts parts_of(std::string_view name)
{
    const std::size_t slash = name.find_last_of('/');
    return slash == std::string_view::npos ? Parts{{}, name}
                                           : Parts{name.substr(0, slash), name.substr(slash + 1)};
}

/// Whether a header says the name as every reader understands it.
bool fits_header(std::string_view name)
{
    const Parts parts = parts_of(name);
    const auto is_ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
    return parts.last.size() <= name_field.size && parts.prefix.size() <= prefix_field.size &&
           std::ranges::all_of(name, is_ascii);
}

/// A record of an extended header, "<bytes of the record> path=<name>\n".
std::string path_record(std::string_view name)
{
    const std::string rest = text(" path=", name, '\n');
    std::size_t bytes = rest.size();
    while (text(bytes).size() + rest.size() != bytes) {
        bytes = text(bytes).size() + rest.size();
    }
    return text(bytes, rest);
}

std::string header_of(std::string_view name, std::uint64_t bytes, std::string_view type)
{
    std::string header(block_bytes, '\0');
    const Parts parts = parts_of(name);
    put(header, name_field, parts.last.substr(0, name_field.size));
    put(header, prefix_field, parts.prefix.substr(0, prefix_field.size));
    constexpr std::uint64_t readable = 0644;
    put_number(header, mode_field, readable);
    put_number(header, owner_field, 0);
    put_number(header, group_field, 0);
    put_number(header, size_field, bytes);
    put_number(header, time_field, 0);
    put(header, type_field, type);
    put(header, magic_field, std::string_view{"ustar\00000", 8});
    put(header, checksum_field, std::string(checksum_field.size, ' '));  // as the sum takes it
    std::uint64_t sum = 0;
    for (const char byte : header) {
        sum += static_cast<unsigned char>(byte);
    }
    put_number(header, {checksum_field.at, 7}, sum);
    return header;
}

}  // namespace

TarFile::TarFile(const std::filesystem::path& path) : path_{path}, file_{path} {}

void TarFile::add(const std::string& name, std::string_view content)
{
    if (content.size() >= most_bytes) {
        io::throw_file_error("write", path_, text(name, " is larger than 8 GiB"));
    }
    const auto add_entry = [&](std::string_view bytes, std::string_view type) {
        file_.add(header_of(name, bytes.size(), type));
        file_.add(bytes);
        file_.add(std::string((block_bytes - bytes.size() % block_bytes) % block_bytes, '\0'));
    };
    if (!fits_header(name)) {
        add_entry(path_record(name), "x");
    }
    add_entry(content, "0");
}

void TarFile::finish()
{
    file_.add(std::string(2 * block_bytes, '\0'));
    file_.publish();
}

}  // namespace latecomer::jobs::study
