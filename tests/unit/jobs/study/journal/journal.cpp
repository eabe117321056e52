#include "jobs/study/journal/journal.hpp"

#include "core/errors.hpp"
#include "core/text.hpp"
#include "io/files/file_error.hpp"
#include "io/files/raw_file.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/scratch.hpp"
#include "tests/support/write_file.hpp"

#include <chrono>
#include <cstddef>
#include <fstream>
#include <iterator>
#include <limits>
#include <set>
#include <span>

namespace latecomer::jobs::study::journal_test {
namespace {

using tests::FullDisk;
using tests::Scratch;
using tests::write_file;

JournalHeader some_header()
{
    return {.study = "00ff", .build = "abc+dirty", .job = "job 7", .host = {}};
}

std::string some_key(std::int64_t task)
{
    return hexadecimal(static_cast<unsigned long long>(task) * 77 + 5) + hexadecimal(1234567);
}

Record done(std::int64_t task)
{
    return {.kind = RecordKind::done,
            .task = task,
            .key = some_key(task),
            .core_seconds = 0.1 * static_cast<double>(task),
            .host = "node 1",
            .build = "abc",
            .state_hash = 0xfedcba9876543210,
            .reason = {},
            .outcomes = {1.0 / 3.0, -0.0, std::numeric_limits<double>::quiet_NaN(), 5e-324}};
}

Record failed(std::int64_t task)
{
    Record record = done(task);
    record.kind = RecordKind::failed;
    record.reason = "firms.cpp:3: -5 % of\n\"nothing\"\tis\x01 -";
    record.outcomes.clear();
    return record;
}

std::string content_of(const std::filesystem::path& path)
{
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

void put_byte(const std::filesystem::path& path, std::uint64_t at, char value)
{
    io::RawFile::open_to_write(path).write(at, std::as_bytes(std::span{&value, 1}));
}

/// The lines that the records of a journal are written as: equal exactly if the records are.
std::vector<std::string> lines_of(const std::filesystem::path& path)
{
    std::vector<std::string> lines;
    for (const Record& record : read_journal(path).records) {
        lines.push_back(encode(record));
    }
    return lines;
}

/// What the journal says when it cannot take a record.
std::string message_of_append(Journal& journal, const Record& record)
{
    try {
        journal.append(record);
    } catch (const io::FileError& error) {
        return error.what();
    }
    return "";
}

TEST_CASE("a record reads back as it was written, to the last bit")
{
    for (const Record& record : {done(17), failed(0)}) {
        const auto read = decode_record(encode(record));
        REQUIRE(read);
        CHECK(encode(*read) == encode(record));
        CHECK(read->kind == record.kind);
        CHECK(read->task == record.task);
        CHECK(read->key == record.key);
        CHECK(read->core_seconds == record.core_seconds);
        CHECK(read->host == record.host);
        CHECK(read->build == record.build);
        CHECK(read->state_hash == record.state_hash);
        CHECK(read->reason == record.reason);
        CHECK(result_text(*read) == result_text(record));
        CHECK(encode(record).find('\n') == encode(record).size() - 1);
    }
    CHECK(decode_record(encode(done(3)), Outcomes::skip)->outcomes.empty());
    Record odd = failed(1);
    for (const char* reason : {"-", "", "%", " "}) {
        odd.reason = reason;
        CHECK(decode_record(encode(odd))->reason == reason);
    }
}

TEST_CASE("a journal tells who writes it and holds what was appended")
{
    const Scratch scratch;
    Journal journal{scratch / "study/journal", some_header()};
    journal.append(done(1));
    journal.append(failed(2));
    journal.sync();

    const JournalContent content = read_journal(journal.path());
    REQUIRE(content.scan.header);
    CHECK(content.scan.header->study == "00ff");
    CHECK(content.scan.header->build == "abc+dirty");
    CHECK(content.scan.header->job == "job 7");
    CHECK(content.scan.header->process == ::getpid());
    CHECK(content.scan.header->host == journal.header().host);
    CHECK(content.scan.records == 2);
    CHECK(content.scan.damaged_lines == 0);
    CHECK_FALSE(content.scan.is_torn);
    CHECK(lines_of(journal.path()) == std::vector{encode(done(1)), encode(failed(2))});
}

TEST_CASE("journals that begin at the same time have different files")
{
    const Scratch scratch;
    std::set<std::filesystem::path> paths;
    for (int i = 0; i < 50; ++i) {
        const Journal journal{scratch.path(), {.study = "s", .build = "b", .job = {}, .host = {}}};
        CHECK(journal.header().job == journal.path().stem());
        paths.insert(journal.path());
    }
    CHECK(paths.size() == 50);
}

TEST_CASE("a journal that is cut anywhere keeps every record before the cut")
{
    const Scratch scratch;
    const std::vector all{encode(done(1)), encode(failed(2)), encode(done(3))};
    const std::string header = encode(some_header());
    const std::string whole = header + all[0] + all[1] + all[2];
    const auto path = write_file(scratch / "cut.log", whole);
    for (std::size_t cut = whole.size() + 1; cut-- > 0;) {
        std::filesystem::resize_file(path, cut);
        std::size_t complete = 0;
        std::size_t end = header.size();
        // A line that lacks nothing but its end is complete: its checksum says so.
        while (complete < all.size() && end + all[complete].size() <= cut + 1) {
            end += all[complete++].size();
        }
        const JournalContent content = read_journal(path);
        std::vector<std::string> lines;
        for (const Record& record : content.records) {
            lines.push_back(encode(record));
        }
        CHECK(lines ==
              std::vector(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(complete)));
        CHECK(content.scan.header.has_value() == (cut + 1 >= header.size()));
        CHECK(content.scan.damaged_lines == 0);
    }
}

TEST_CASE("a flipped bit costs two records at most and makes up none")
{
    const Scratch scratch;
    const std::vector all{encode(done(1)), encode(failed(2)), encode(done(3))};
    const std::string whole = encode(some_header()) + all[0] + all[1] + all[2];
    const auto path = write_file(scratch / "flipped.log", whole);
    for (std::size_t bit = 0; bit < 8 * whole.size(); ++bit) {
        const auto byte = static_cast<std::uint64_t>(bit / 8);
        put_byte(path, byte, static_cast<char>(whole[bit / 8] ^ (1 << bit % 8)));
        const JournalContent content = read_journal(path);
        put_byte(path, byte, whole[bit / 8]);
        std::size_t next = 0;  // what was read is part of what was written, in the same order
        for (const Record& record : content.records) {
            const std::string line = encode(record);
            while (next < all.size() && all[next] != line) {
                ++next;
            }
            CHECK(next++ < all.size());
        }
        CHECK(content.records.size() >= 1);
        CHECK((content.scan.damaged_lines > 0 || content.scan.is_torn));
    }
}

TEST_CASE("any bytes at all read as a journal without records")
{
    const Scratch scratch;
    const std::string zeros(5000, '\0');
    std::string noise;
    for (unsigned i = 0; i < 100000; ++i) {
        noise += static_cast<char>((i * i * 31 + i / 7) % 251);
    }
    for (const std::string& bytes :
         {std::string{}, std::string{"\n"}, zeros, noise, zeros + '\n'}) {
        const JournalContent content = read_journal(write_file(scratch / "any.log", bytes));
        CHECK(content.records.empty());
        CHECK_FALSE(content.scan.header);
    }
    // What a lost machine may leave: zeros in the place of the last records.
    const auto path =
        write_file(scratch / "any.log", encode(some_header()) + encode(done(1)) + zeros);
    CHECK(read_journal(path).records.size() == 1);
    CHECK(read_journal(path).scan.is_torn);
}

TEST_CASE("a journal of another version is refused")
{
    const Scratch scratch;
    // The checksum of this line was computed with zlib.
    const auto path = write_file(scratch / "later.log", "latecomer-journal 3 x 7f0e9474\n");
    CHECK_THROWS_AS(read_journal(path), InputError);
}

TEST_CASE("a journal that is gone is an error that names it")
{
    const Scratch scratch;
    CHECK_THROWS_AS(read_journal(scratch / "gone.log"), io::FileError);
    write_file(scratch / "file", "x");
    CHECK_THROWS_AS((Journal{scratch / "file", some_header()}), io::FileError);
}

TEST_CASE("a full disk costs the record that does not fit and no other")
{
    const Scratch scratch;
    Journal journal{scratch.path(), some_header()};
    journal.append(done(1));
    const std::uint64_t bytes = std::filesystem::file_size(journal.path());
    for (const std::uint64_t room : {0U, 1U, 40U, 100U}) {
        const FullDisk full{std::filesystem::file_size(journal.path()) + room};
        const std::string message = message_of_append(journal, done(2));
        CHECK(message.find(journal.path().string()) != std::string::npos);
        CHECK(message.find("make room") != std::string::npos);
    }
    CHECK(std::filesystem::file_size(journal.path()) == bytes + 0 + 1 + 40 + 100);
    journal.append(done(3));
    journal.append(failed(4));
    CHECK(lines_of(journal.path()) ==
          std::vector{encode(done(1)), encode(done(3)), encode(failed(4))});
    CHECK(content_of(journal.path()).find("\n\n") == std::string::npos);
}

TEST_CASE("records longer than what is read at once are read whole")
{
    const Scratch scratch;
    constexpr std::size_t piece = std::size_t{1} << 20;
    Record wordy = failed(1);
    wordy.reason.clear();
    const std::size_t rest = (encode(some_header()) + encode(wordy)).size() - 1;
    for (const std::size_t end : {piece - 1, piece, piece + 1, 3 * piece, 3 * piece + 1}) {
        wordy.reason.assign(end - rest, 'x');  // its line ends with this byte of the file
        const auto path = write_file(scratch / "wordy.log",
                                     encode(some_header()) + encode(wordy) + encode(done(2)));
        CHECK((lines_of(path) == std::vector{encode(wordy), encode(done(2))}));
    }
}

TEST_CASE("a journal of 200,000 records is read in seconds")
{
    const Scratch scratch;
    std::string content = encode(some_header());
    for (std::int64_t task = 0; task < 200000; ++task) {
        content += encode(done(task));
    }
    const auto path = write_file(scratch / "long.log", content);
    const auto begin = std::chrono::steady_clock::now();
    std::int64_t sum = 0;
    std::uint64_t last_offset = 0;
    const JournalScan scan =
        scan_journal(path, Outcomes::read, [&](const Record& record, const LinePlace& place) {
            sum += record.task;
            last_offset = place.offset;
            if (record.task % 50000 == 1) {
                CHECK(content.substr(place.offset, place.length + 1) == encode(record));
                CHECK(place.line == static_cast<std::uint64_t>(record.task) + 2);
            }
        });
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    CHECK(scan.records == 200000);
    CHECK(scan.damaged_lines == 0);
    CHECK(sum == 199999LL * 100000);
    CHECK(last_offset + encode(done(199999)).size() == content.size());
    CHECK(took.count() < 20.0);  // 1.4 s where it was written
}

}  // namespace
}  // namespace latecomer::jobs::study::journal_test
