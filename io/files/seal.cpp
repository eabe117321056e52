#include "io/files/seal.hpp"

#include "core/hash.hpp"
#include "core/text.hpp"
#include "io/files/agreement.hpp"
#include "io/files/file_error.hpp"
#include "io/files/raw_file.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>

namespace latecomer::io {
namespace {

constexpr std::uint64_t magic = 0x4c4145534d43544c;  // "LTCMSEAL"
constexpr std::uint64_t version = 1;
constexpr std::uint64_t most_open = 4096;  ///< ranges
constexpr std::size_t buffer_bytes = 1 << 20;

/// The last bytes of a sealed file; the list of open ranges stands before it.
struct Tail {
    std::uint64_t covered = 0;       ///< bytes of the file before list and tail, a multiple of 8
    std::uint64_t open_ranges = 0;   ///< length of the list
    std::uint64_t checksum = 0;      ///< of the bytes that are covered
    std::uint64_t own_checksum = 0;  ///< of list and tail before this word
    std::uint64_t version = 0;
    std::uint64_t magic = 0;
};

std::uint64_t own_checksum(std::span<const ByteRange> open, const Tail& tail)
{
    std::uint64_t sum =
        mix64(tail.covered) + mix64(~tail.open_ranges) + mix64(tail.checksum ^ magic);
    for (std::size_t i = 0; i < open.size(); ++i) {
        sum += hash_entry(2 * i, open[i].begin) + hash_entry(2 * i + 1, open[i].end);
    }
    return sum;
}

/// The parts of [0, end) that are in none of the ranges.
std::vector<ByteRange> rest_of(std::uint64_t end, std::vector<ByteRange> ranges)
{
    std::ranges::sort(ranges, {}, &ByteRange::begin);
    std::vector<ByteRange> rest;
    std::uint64_t begin = 0;
    for (const ByteRange& range : ranges) {
        if (begin < range.begin) {
            rest.push_back({begin, range.begin});
        }
        begin = std::max(begin, range.end);
    }
    if (begin < end) {
        rest.push_back({begin, end});
    }
    return rest;
}

std::uint64_t checksum_of(const RawFile& file, const std::vector<ByteRange>& ranges)
{
    std::vector<std::byte> buffer(buffer_bytes);
    std::uint64_t sum = 0;
    for (const ByteRange& range : ranges) {
        for (std::uint64_t at = range.begin; at < range.end; at += buffer_bytes) {
            const auto bytes =
                static_cast<std::size_t>(std::min<std::uint64_t>(buffer_bytes, range.end - at));
            const std::span<std::byte> part{buffer.data(), bytes};
            file.read(at, part);
            sum += io::checksum_of(at, part);
        }
    }
    return sum;
}

struct SealRead {
    Tail tail;
    std::vector<ByteRange> open;
};

/// Reads the seal without what it covers.  @return nothing, with the reason, if there is none
std::optional<SealRead> read_seal(const RawFile& file, std::string& why)
{
    const std::uint64_t bytes = file.bytes();
    SealRead read;
    if (bytes >= sizeof(Tail)) {
        file.read(bytes - sizeof(Tail), std::as_writable_bytes(std::span{&read.tail, 1}));
    }
    if (read.tail.magic != magic) {
        why = "it has no seal: it is cut off, damaged, or another program wrote or changed it";
        return std::nullopt;
    }
    if (read.tail.version != version) {
        why = text("its seal has version ", read.tail.version, ", not ", version,
                   ": another version of this program wrote it, or it is damaged");
        return std::nullopt;
    }
    if (read.tail.open_ranges > most_open || read.tail.covered % word_bytes != 0 ||
        read.tail.covered + read.tail.open_ranges * sizeof(ByteRange) + sizeof(Tail) != bytes) {
        why = "its seal does not fit its length: it is damaged";
        return std::nullopt;
    }
    read.open.resize(read.tail.open_ranges);
    file.read(read.tail.covered, std::as_writable_bytes(std::span{read.open}));
    const bool in_order = std::ranges::all_of(read.open, [&](const ByteRange& range) {
        return range.begin <= range.end && range.end <= read.tail.covered &&
               range.begin % word_bytes == 0 && range.end % word_bytes == 0;
    });
    if (read.tail.own_checksum != own_checksum(read.open, read.tail) || !in_order) {
        why = "its seal is damaged";
        return std::nullopt;
    }
    return read;
}

/// A rank's share of ranges, by whole words.
std::vector<ByteRange> part_of(const std::vector<ByteRange>& ranges, int rank, int ranks)
{
    std::vector<ByteRange> parts;
    const auto r = static_cast<std::uint64_t>(rank);
    const auto n = static_cast<std::uint64_t>(ranks);
    for (const ByteRange& range : ranges) {
        const std::uint64_t words = (range.end - range.begin) / word_bytes;
        parts.push_back({range.begin + words * r / n * word_bytes,
                         range.begin + words * (r + 1) / n * word_bytes});
    }
    return parts;
}

}  // namespace

std::uint64_t checksum_of(std::uint64_t at, std::span<const std::byte> bytes)
{
    std::uint64_t sum = 0;
    std::uint64_t number = at / word_bytes;
    const std::size_t whole = bytes.size() / word_bytes;
    for (std::size_t i = 0; i < whole; ++i) {
        std::uint64_t bits;
        std::memcpy(&bits, bytes.data() + i * word_bytes, word_bytes);
        sum += hash_entry(number++, bits);
    }
    if (const std::size_t left = bytes.size() % word_bytes; left > 0) {
        std::uint64_t bits = 0;
        std::memcpy(&bits, bytes.data() + whole * word_bytes, left);
        sum += hash_entry(number, bits);
    }
    return sum;
}

void seal(const std::filesystem::path& path, const std::vector<ByteRange>& open,
          const std::vector<ByteRange>& known, std::uint64_t known_sum)
{
    RawFile file = RawFile::open_to_write(path);
    Tail tail;
    tail.covered = (file.bytes() + word_bytes - 1) / word_bytes * word_bytes;
    file.resize(tail.covered);
    std::vector<ByteRange> unread = open;
    unread.insert(unread.end(), known.begin(), known.end());
    tail.open_ranges = open.size();
    tail.checksum = known_sum + checksum_of(file, rest_of(tail.covered, unread));
    tail.own_checksum = own_checksum(open, tail);
    tail.version = version;
    tail.magic = magic;
    file.write(tail.covered, std::as_bytes(std::span{open}));
    file.write(tail.covered + open.size() * sizeof(ByteRange), std::as_bytes(std::span{&tail, 1}));
    file.close();
}

void seal(const std::filesystem::path& path, const mpi::Communicator& comm)
{
    std::array<std::uint64_t, 1> sum{0};
    std::uint64_t covered = 0;
    do_and_agree(comm, [&] {
        const RawFile file = RawFile::open_to_read(path);
        covered = file.bytes() / word_bytes * word_bytes;  // rank 0 adds the last part of a word
        sum[0] = checksum_of(file, part_of({{0, covered}}, comm.rank(), comm.size()));
    });
    comm.sum(std::span{sum});
    do_and_agree(comm, [&] {
        if (comm.is_root()) {
            seal(path, {}, {{0, covered}}, sum[0]);
        }
    });
}

std::uint64_t seal_of(const std::filesystem::path& path)
{
    std::string why;
    if (const auto read = read_seal(RawFile::open_to_read(path), why)) {
        return read->tail.own_checksum;
    }
    throw_file_error("use", path, why);
}

std::string damage(const std::filesystem::path& path, const mpi::Communicator& comm)
{
    std::string why;
    std::array<std::uint64_t, 1> sum{0};
    std::uint64_t expected = 0;
    try {
        const RawFile file = RawFile::open_to_read(path);
        if (const auto read = read_seal(file, why)) {
            const auto covered = rest_of(read->tail.covered, read->open);
            sum[0] = checksum_of(file, part_of(covered, comm.rank(), comm.size()));
            expected = read->tail.checksum;
        }
    } catch (const FileError& error) {
        why = error.what();
    }
    comm.sum(std::span{sum});
    if (why.empty() && sum[0] != expected) {
        why = "its content does not agree with its checksum: it is damaged";
    }
    return comm.first_error(std::move(why));
}

std::string damage(const std::filesystem::path& path)
{
    return damage(path, mpi::Communicator{});
}

}  // namespace latecomer::io
