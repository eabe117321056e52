#include "io/file_error.hpp"
#include "jobs/study/journal.hpp"
#include "tests/support/catch.hpp"

#include <bit>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <limits>
#include <random>
#include <string>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

using namespace latecomer;
using namespace latecomer::jobs::study;

/// A folder that is there as long as the test.
struct Folder {
    std::filesystem::path path;
    Folder()
    {
        std::string name = (std::filesystem::temp_directory_path() / "journalXXXXXX").string();
        REQUIRE(mkdtemp(name.data()) != nullptr);
        path = name;
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder() { std::filesystem::remove_all(path); }
};

Record done(std::int64_t task)
{
    return {RecordKind::done,
            task,
            "0123456789abcdef0123456789abcdef",
            0.1 + static_cast<double>(task),
            40,
            0xfeedULL + static_cast<std::uint64_t>(task),
            {0.1, -0.0, std::numeric_limits<double>::quiet_NaN(), 1e-320,
             -std::numeric_limits<double>::infinity()},
            ""};
}

/// Equal to the bit, NaN included.
bool same(const Record& a, const Record& b)
{
    return line_of(a) == line_of(b);
}

std::string text_of(std::size_t records)
{
    std::string text = line_of(JournalHeader{"study", "build", "host"});
    for (std::size_t n = 0; n < records; ++n) {
        text += line_of(done(static_cast<std::int64_t>(n)));
    }
    return text;
}

TEST_CASE("a journal gives back what was written, to the bit")
{
    const Folder folder;
    std::filesystem::path path;
    const Record failed{
        RecordKind::failed, 7, "00", 1.5, 3, 0, {}, "quarter 3: 50 % of\n\"x\" lost"};
    {
        Journal journal{folder.path, {"a study", "build 1", "host"}};
        journal.append(done(3));
        journal.append(failed);
        journal.sync();
        path = journal.path();
    }
    REQUIRE(journals_in(folder.path) == std::vector{path});
    const JournalText text = read_journal(path);
    CHECK(text.has_header);
    CHECK(text.header.study == "a study");
    CHECK(text.header.build == "build 1");
    CHECK(text.header.host == "host");
    CHECK(text.unreadable_lines == 0);
    REQUIRE(text.records.size() == 2);
    CHECK(same(text.records[0], done(3)));
    CHECK(std::bit_cast<std::uint64_t>(text.records[0].outcomes[1]) == std::uint64_t{1} << 63);
    CHECK(text.records[1].reason == failed.reason);
    CHECK(text.records[1].kind == RecordKind::failed);
}

TEST_CASE("writers in one folder have files of their own")
{
    const Folder folder;
    const Journal first{folder.path, {}};
    const Journal second{folder.path, {}};
    CHECK(first.path() != second.path());
    CHECK(journals_in(folder.path).size() == 2);
    CHECK(journals_in(folder.path / "none").empty());
}

TEST_CASE("a journal cut at any byte of its last two records loses no complete one")
{
    const std::string whole = text_of(5);
    const std::size_t last_two = text_of(3).size();
    const std::size_t last = text_of(4).size();
    for (std::size_t end = last_two; end <= whole.size(); ++end) {
        const JournalText text = parse_journal(std::string_view{whole}.substr(0, end));
        const std::size_t complete = end == whole.size() ? 5 : end >= last ? 4 : 3;
        REQUIRE(text.records.size() == complete);
        REQUIRE(same(text.records.back(), done(static_cast<std::int64_t>(complete) - 1)));
        const bool torn = end != last_two && end != last && end != whole.size();
        REQUIRE(text.unreadable_lines == (torn ? 1 : 0));
    }
}

TEST_CASE("a damaged journal says nothing that was not written")
{
    const std::string whole = text_of(3);
    for (std::size_t i = 0; i < whole.size(); ++i) {
        for (int bit = 0; bit < 8; ++bit) {
            std::string damaged = whole;
            damaged[i] = static_cast<char>(damaged[i] ^ (1 << bit));
            const JournalText text = parse_journal(damaged);
            REQUIRE(text.unreadable_lines >= 1);
            REQUIRE(text.records.size() <= 3);
            for (const Record& record : text.records) {
                REQUIRE(same(record, done(record.task)));
            }
        }
    }
}

TEST_CASE("any bytes can be read as a journal")
{
    std::mt19937 random{7};
    for (int n = 0; n < 2000; ++n) {
        std::string bytes(random() % 300, ' ');
        for (char& c : bytes) {
            c = random() % 4 == 0 ? "\n %SD0"[random() % 6] : static_cast<char>(random());
        }
        CHECK(parse_journal(bytes).records.empty());
    }
    CHECK_FALSE(parse_journal("").has_header);
}

TEST_CASE("a disk that fills up is told, and later lines stand on their own")
{
    const Folder folder;
    const pid_t child = fork();
    if (child == 0) {
        int status = 1;
        {
            Journal journal{folder.path, {"study", "build", "host"}};
            journal.append(done(0));
            const auto size = std::filesystem::file_size(journal.path());
            signal(SIGXFSZ, SIG_IGN);
            rlimit limit{size + 20, RLIM_INFINITY};
            setrlimit(RLIMIT_FSIZE, &limit);
            try {
                journal.append(done(1));
            } catch (const io::FileError&) {
                status = 0;
            }
            limit.rlim_cur = RLIM_INFINITY;
            setrlimit(RLIMIT_FSIZE, &limit);
            journal.append(done(2));
        }
        _exit(status);
    }
    int status = -1;
    REQUIRE(waitpid(child, &status, 0) == child);
    CHECK(status == 0);
    const JournalText text = read_journal(journals_in(folder.path).at(0));
    REQUIRE(text.records.size() == 2);
    CHECK(same(text.records[0], done(0)));
    CHECK(same(text.records[1], done(2)));
    CHECK(text.unreadable_lines == 1);
}

TEST_CASE("a journal needs its folder")
{
    CHECK_THROWS_AS((Journal{"/nowhere/at/all", {}}), io::FileError);
}

}  // namespace
