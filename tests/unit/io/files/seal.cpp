#include "io/files/seal.hpp"

#include "io/files/file_error.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/scratch.hpp"
#include "tests/support/write_file.hpp"

#include <cstring>
#include <fstream>
#include <sstream>

namespace latecomer::tests::seal_test {

using namespace latecomer::io;
using latecomer::tests::Scratch;
using latecomer::tests::write_file;

// Numbers of seals were computed by a script of 40 lines in Python that follows io/FORMAT.md and
// core/hash.hpp with whole numbers of any size, and derives the three constants of the mixing from
// e, pi and the golden ratio; never by the program.

namespace {

using Words = std::vector<std::uint64_t>;

/// Forty bytes: five words.
const std::string five_words = "0123456789abcdefghijklmnopqrstuvwxyzABCD";
const std::vector<ByteRange> two_open{{8, 16}, {24, 40}};

std::string content_of(const std::filesystem::path& path)
{
    std::ifstream file{path, std::ios::binary};
    std::ostringstream all;
    all << file.rdbuf();
    return all.str();
}

/// The words of a file from a place on.
Words words_from(std::size_t at, const std::string& content)
{
    Words words((content.size() - at) / sizeof(std::uint64_t));
    std::memcpy(words.data(), content.data() + at, words.size() * sizeof(std::uint64_t));
    return words;
}

/// Why a file of these bytes and these words behind them cannot be trusted.
std::string damage_of(const std::string& bytes, const Words& words)
{
    const Scratch scratch;
    std::string content = bytes;
    content.append(reinterpret_cast<const char*>(words.data()), words.size() * sizeof(words[0]));
    return damage(write_file(scratch / "file", content));
}

bool says(const std::string& reason, const std::string& words)
{
    return reason.find(words) != std::string::npos;
}

/// A little more than the mebibyte that is read at a time; not whole words.
std::string large_content()
{
    std::string bytes((1 << 20) + 29, '\0');
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        bytes[i] = static_cast<char>((7 * i + i / 256) % 251);
    }
    return bytes;
}

TEST_CASE("a seal has the bytes that it always had")
{
    const Scratch scratch;
    const auto path = write_file(scratch / "file", "Latecomer, sealed\n");
    seal(path);
    const std::string content = content_of(path);
    CHECK(content.substr(0, 24) == std::string("Latecomer, sealed\n\0\0\0\0\0\0", 24));
    CHECK(words_from(24, content) ==
          Words{24, 0, 0xac53f7c8797c8620, 0x3b926d27057b316b, 1, 0x4c4145534d43544c});
    CHECK(content.substr(content.size() - 8) == "LTCMSEAL");
    CHECK(damage(path).empty());

    const auto empty = write_file(scratch / "empty", "");
    seal(empty);
    CHECK(words_from(0, content_of(empty)) ==
          Words{0, 0, 0, 0xa12c67a1c40287d6, 1, 0x4c4145534d43544c});
    CHECK(damage(empty).empty());
}

TEST_CASE("the seal of a file with open ranges has the bytes that it always had")
{
    const Scratch scratch;
    const auto path = write_file(scratch / "file", five_words);
    seal(path, two_open);
    CHECK(content_of(path).substr(0, 40) == five_words);
    CHECK(words_from(40, content_of(path)) == Words{8, 16, 24, 40, 40, 2, 0x3d1afdb9a0fac4d5,
                                                    0x99fbbbee55b88409, 1, 0x4c4145534d43544c});
    CHECK(damage(path).empty());
}

TEST_CASE("a file larger than what is read at a time has the seal that it always had")
{
    const Scratch scratch;
    const auto path = write_file(scratch / "file", large_content());
    seal(path);
    CHECK(words_from(0x100020, content_of(path)) ==
          Words{0x100020, 0, 0x97c1f8e527037fcf, 0xe3501753d2c6a680, 1, 0x4c4145534d43544c});
    CHECK(damage(path).empty());
    const auto together = write_file(scratch / "together", large_content());
    seal(together, latecomer::mpi::Communicator{});
    CHECK(content_of(together) == content_of(path));
}

TEST_CASE("each word counts with its place, and a part of one as if zeros followed")
{
    const auto sum_of = [](std::uint64_t at, std::string_view bytes) {
        return checksum_of(at, std::as_bytes(std::span{bytes}));
    };
    CHECK(sum_of(0, "12345678") == 0x1108f7eb83db1de6);
    CHECK(sum_of(24, "12345678") == 0x3ab986d467f6c859);
    CHECK(sum_of(0, "123") == 0xa192779872be44f6);
    CHECK(sum_of(24, "123456789") == 0xc1f7e8d96f1ecf0c);
    CHECK(sum_of(8, "") == 0);
}

TEST_CASE("what the writer knows of the checksum is not read again, in whatever order it comes")
{
    const Scratch scratch;
    const auto path = write_file(scratch / "file", five_words);
    seal(path, two_open);
    const auto sum = [](std::uint64_t begin, std::uint64_t end) {
        return checksum_of(begin, std::as_bytes(std::span{five_words}.subspan(begin, end - begin)));
    };
    const auto part = write_file(scratch / "part", five_words);
    seal(part, two_open, {{16, 24}}, sum(16, 24));
    CHECK(content_of(part) == content_of(path));
    const auto all = write_file(scratch / "all", five_words);
    seal(all, two_open, {{16, 24}, {0, 8}}, sum(0, 8) + sum(16, 24));
    CHECK(content_of(all) == content_of(path));

    // A word within what was named already ends nothing: {0, 24} holds {8, 16}.
    const auto within = write_file(scratch / "within", five_words);
    seal(within, {{8, 16}}, {{0, 24}}, sum(0, 8) + sum(16, 24));
    CHECK(damage(within).empty());
}

TEST_CASE("every byte is covered but those of open ranges, and those of the seal cover themselves")
{
    const Scratch scratch;
    const auto path = write_file(scratch / "file", five_words);
    seal(path, two_open);
    const std::string whole = content_of(path);
    REQUIRE(whole.size() == 120);
    for (std::size_t i = 0; i < whole.size(); ++i) {
        std::string changed = whole;
        changed[i] = static_cast<char>(changed[i] ^ 4);
        write_file(path, changed);
        CAPTURE(i, damage(path));
        const bool is_open = (8 <= i && i < 16) || (24 <= i && i < 40);
        CHECK(damage(path).empty() == is_open);
    }
    write_file(path, whole + "12345678");
    CHECK(says(damage(path), "no seal"));
    write_file(path, whole.substr(0, 112));
    CHECK(says(damage(path), "no seal"));
    write_file(path, "");
    CHECK(says(damage(path), "no seal"));
    CHECK(says(damage(scratch / "nowhere"), "nowhere"));
}

TEST_CASE("the reason says what of a file cannot be trusted")
{
    const std::uint64_t magic = 0x4c4145534d43544c;
    const Words sound{40, 0, 0x4d4e995b624bed36, 0xcf0406caad622c74, 1, magic};
    REQUIRE(damage_of(five_words, sound).empty());
    std::string other = five_words;
    other[0] = '1';
    CHECK(says(damage_of(other, sound), "content does not agree"));
    CHECK(says(damage_of(five_words, {40, 0, 0x4d4e995b624bed36, 1, 1, magic}),
               "its seal is damaged"));
    CHECK(says(damage_of(five_words, {40, 0, 0x4d4e995b624bed36, 0xcf0406caad622c74, 2, magic}),
               "version 2, not 1"));
    for (const std::uint64_t covered : {std::uint64_t{32}, std::uint64_t{48}, std::uint64_t{36}}) {
        CHECK(says(damage_of(five_words, {covered, 0, 0, 0, 1, magic}), "does not fit its length"));
    }
    CHECK(says(damage_of(five_words.substr(0, 36), {36, 0, 0, 0, 1, magic}),
               "does not fit its length"));
}

TEST_CASE("open ranges that are none are refused, though their own checksum is right")
{
    const std::uint64_t magic = 0x4c4145534d43544c;
    const std::vector<Words> seals{
        {16, 8, 40, 1, 0x4d4e995b624bed36, 0x29fa842ac843dbad, 1, magic},   // ends before it begins
        {8, 48, 40, 1, 0xb653a03cc07f880e, 0xd04971c868d9be09, 1, magic},   // ends behind all
        {4, 16, 40, 1, 0xee75b727ce930615, 0xa56f63720b0dec07, 1, magic},   // begins within a word
        {8, 12, 40, 1, 0xee75b727ce930615, 0x078dc3f2612b0ff8, 1, magic}};  // ends within one
    for (const Words& words : seals) {
        CAPTURE(words[0], words[1]);
        CHECK(says(damage_of(five_words, words), "its seal is damaged"));
    }
}

TEST_CASE("a seal has room for 4096 open ranges and not for one more")
{
    const Scratch scratch;
    const auto path = write_file(scratch / "file", five_words);
    seal(path, std::vector<ByteRange>(4096, {8, 16}));
    CHECK(damage(path).empty());
    const auto more = write_file(scratch / "more", five_words);
    seal(more, std::vector<ByteRange>(4097, {8, 16}));
    CHECK(says(damage(more), "does not fit its length"));
}

}  // namespace

}  // namespace latecomer::tests::seal_test
