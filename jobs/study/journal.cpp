#include "jobs/study/journal.hpp"

#include "core/text.hpp"
#include "io/file_error.hpp"

#include <algorithm>
#include <bit>
#include <boost/crc.hpp>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <fcntl.h>
#include <fstream>
#include <optional>
#include <sstream>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace latecomer::jobs::study {
namespace {

constexpr std::string_view schema = "latecomer-journal-1";
constexpr std::string_view remedy = "; make room, or remove the cause, and run the same command";
constexpr std::size_t checksum_digits = 8;

std::string checksum(std::string_view words)
{
    boost::crc_32_type crc;
    crc.process_bytes(words.data(), words.size());
    return hexadecimal(crc.checksum()).substr(16 - checksum_digits);
}

std::string sealed(const std::string& words)
{
    return text(words, ' ', checksum(words), '\n');
}

/// One word: what separates words, ends lines or cannot be seen is written as %XX.
std::string word_of(std::string_view value)
{
    std::string word;
    for (const char c : value) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte <= ' ' || byte >= 0x7f || c == '%') {
            word += '%' + hexadecimal(byte).substr(14);
        } else {
            word += c;
        }
    }
    return word.empty() ? "%" : word;
}

template <class Number>
std::optional<Number> number_in(std::string_view word, int base)
{
    Number number{};
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number, base);
    if (error != std::errc{} || end != word.data() + word.size()) {
        return std::nullopt;
    }
    return number;
}

std::optional<std::string> value_in(std::string_view word)
{
    if (word == "%") {
        return std::string{};
    }
    std::string value;
    for (std::size_t i = 0; i < word.size(); ++i) {
        if (word[i] != '%') {
            value += word[i];
            continue;
        }
        const auto byte = number_in<unsigned>(word.substr(i + 1, 2), 16);
        if (!byte || i + 2 >= word.size()) {
            return std::nullopt;
        }
        value += static_cast<char>(*byte);
        i += 2;
    }
    return value;
}

std::vector<std::string_view> words_in(std::string_view line)
{
    std::vector<std::string_view> words;
    while (!line.empty()) {
        const std::size_t end = std::min(line.find(' '), line.size());
        words.push_back(line.substr(0, end));
        line.remove_prefix(std::min(end + 1, line.size()));
    }
    return words;
}

std::string bits_word(double value)
{
    return hexadecimal(std::bit_cast<std::uint64_t>(value));
}

std::optional<double> double_in(std::string_view word)
{
    const auto bits = number_in<std::uint64_t>(word, 16);
    return bits ? std::optional{std::bit_cast<double>(*bits)} : std::nullopt;
}

std::optional<RecordKind> kind_in(std::string_view word)
{
    constexpr std::string_view kinds = "SDFXAT";
    if (word.size() != 1 || kinds.find(word.front()) == std::string_view::npos) {
        return std::nullopt;
    }
    return static_cast<RecordKind>(word.front());
}

constexpr std::size_t fixed_words = 7;

std::optional<Record> record_in(const std::vector<std::string_view>& words)
{
    if (words.size() < fixed_words) {
        return std::nullopt;
    }
    const auto kind = kind_in(words[0]);
    const auto task = number_in<std::int64_t>(words[1], 10);
    const auto seconds = double_in(words[3]);
    const auto quarters = number_in<std::int64_t>(words[4], 10);
    const auto hash = number_in<std::uint64_t>(words[5], 16);
    const auto reason = value_in(words[6]);
    if (!kind || !task || !seconds || !quarters || !hash || !reason) {
        return std::nullopt;
    }
    Record record{*kind, *task, std::string{words[2]}, *seconds, *quarters, *hash, {}, *reason};
    for (std::size_t i = fixed_words; i < words.size(); ++i) {
        const auto outcome = double_in(words[i]);
        if (!outcome) {
            return std::nullopt;
        }
        record.outcomes.push_back(*outcome);
    }
    return record;
}

std::optional<JournalHeader> header_in(const std::vector<std::string_view>& words)
{
    if (words.size() != 4 || words[0] != schema) {
        return std::nullopt;
    }
    const auto study = value_in(words[1]);
    const auto build = value_in(words[2]);
    const auto host = value_in(words[3]);
    if (!study || !build || !host) {
        return std::nullopt;
    }
    return JournalHeader{*study, *build, *host};
}

/// The words of a line whose checksum is right.
std::optional<std::string_view> unsealed(std::string_view line)
{
    if (line.size() < checksum_digits + 2) {
        return std::nullopt;
    }
    const std::size_t end = line.size() - checksum_digits - 1;
    const std::string_view words = line.substr(0, end);
    if (line[end] != ' ' || line.substr(end + 1) != checksum(words)) {
        return std::nullopt;
    }
    return words;
}

std::string own_host()
{
    char name[256] = {};
    return gethostname(name, sizeof name - 1) == 0 ? name : "unknown";
}

}  // namespace

std::string line_of(const Record& record)
{
    std::string words = text(static_cast<char>(record.kind), ' ', record.task, ' ', record.key, ' ',
                             bits_word(record.seconds), ' ', record.quarters, ' ',
                             hexadecimal(record.state_hash), ' ', word_of(record.reason));
    for (const double outcome : record.outcomes) {
        words += ' ' + bits_word(outcome);
    }
    return sealed(words);
}

std::string line_of(const JournalHeader& header)
{
    return sealed(text(schema, ' ', word_of(header.study), ' ', word_of(header.build), ' ',
                       word_of(header.host)));
}

Journal::Journal(const std::filesystem::path& folder, const JournalHeader& header)
{
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    for (long long n = std::chrono::duration_cast<std::chrono::microseconds>(now).count();; ++n) {
        path_ = folder / text(own_host(), '-', getpid(), '-', n, ".log");
        file_ = open(path_.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (file_ >= 0) {
            break;
        }
        if (errno != EEXIST) {
            io::throw_file_error("create", path_, io::reason(errno), remedy);
        }
    }
    write(line_of(header));
}

Journal::~Journal()
{
    if (file_ >= 0) {
        close(file_);
    }
}

void Journal::write(std::string line)
{
    if (torn_) {
        line.insert(0, 1, '\n');
    }
    ssize_t written = 0;
    do {
        written = ::write(file_, line.data(), line.size());
    } while (written < 0 && errno == EINTR);
    if (written == static_cast<ssize_t>(line.size())) {
        torn_ = false;
        return;
    }
    const std::string why = written < 0 ? io::reason(errno) : io::reason(ENOSPC);
    torn_ = torn_ || written > 0;
    io::throw_file_error("append to", path_, why, remedy);
}

void Journal::append(const Record& record)
{
    write(line_of(record));
}

void Journal::sync()
{
    if (fdatasync(file_) != 0) {
        io::throw_file_error("write", path_, io::reason(errno), remedy);
    }
}

JournalText parse_journal(std::string_view text)
{
    JournalText journal;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        if (end == std::string_view::npos) {
            ++journal.unreadable_lines;  // torn
            break;
        }
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(end + 1);
        if (line.empty()) {
            continue;
        }
        const auto words = unsealed(line);
        if (!words) {
            ++journal.unreadable_lines;
            continue;
        }
        const std::vector<std::string_view> parts = words_in(*words);
        if (auto record = record_in(parts)) {
            journal.records.push_back(std::move(*record));
        } else if (auto header = header_in(parts)) {
            journal.header = std::move(*header);
            journal.has_header = true;
        } else {
            ++journal.unreadable_lines;
        }
    }
    return journal;
}

JournalText read_journal(const std::filesystem::path& path)
{
    std::ifstream file{path, std::ios::binary};
    std::ostringstream bytes;
    bytes << file.rdbuf();
    if (!file) {
        io::throw_file_error("read", path, io::reason(errno));
    }
    return parse_journal(bytes.view());
}

std::vector<std::filesystem::path> journals_in(const std::filesystem::path& folder)
{
    std::vector<std::filesystem::path> paths;
    std::error_code none;
    for (const auto& entry : std::filesystem::directory_iterator{folder, none}) {
        if (entry.path().extension() == ".log") {
            paths.push_back(entry.path());
        }
    }
    std::ranges::sort(paths);
    return paths;
}

}  // namespace latecomer::jobs::study
