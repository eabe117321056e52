#include "jobs/study/journal/journal_line.hpp"

#include "core/errors.hpp"
#include "core/text.hpp"

#include <boost/crc.hpp>

#include <bit>
#include <charconv>
#include <cstddef>

namespace latecomer::jobs::study {
namespace {

constexpr std::string_view header_word = "latecomer-journal";
constexpr std::string_view all_kinds = "SDFTXQAR";
constexpr std::size_t crc_digits = 8;
constexpr std::size_t key_digits = 32;
constexpr std::size_t value_digits = 16;

/// CRC-32 of ISO 3309, as 8 digits: it sees every change of up to 32 bits in a row.
std::string crc_of(std::string_view body)
{
    boost::crc_32_type crc;
    crc.process_bytes(body.data(), body.size());
    return hexadecimal(crc.checksum()).substr(16 - crc_digits);
}

std::string sealed(std::string body)
{
    const std::string crc = crc_of(body);
    body += ' ';
    body += crc;
    body += '\n';
    return body;
}

/// The line without its CRC, if that holds.
std::optional<std::string_view> body_of(std::string_view line)
{
    if (!line.empty() && line.back() == '\n') {
        line.remove_suffix(1);
    }
    if (line.size() <= crc_digits + 1) {
        return std::nullopt;
    }
    const std::string_view body = line.substr(0, line.size() - crc_digits - 1);
    if (line[body.size()] != ' ' || line.substr(body.size() + 1) != crc_of(body)) {
        return std::nullopt;
    }
    return body;
}

bool is_plain(char c)
{
    const auto code = static_cast<unsigned char>(c);
    return code > ' ' && code != 0x7f && c != '%';
}

void append_text(std::string& line, std::string_view value)
{
    line += ' ';
    if (value.empty()) {
        line += '-';
    } else if (value == "-") {
        line += "%2d";
    } else {
        for (const char c : value) {
            if (is_plain(c)) {
                line += c;
            } else {
                line += '%';
                line += hexadecimal(static_cast<unsigned char>(c)).substr(14);
            }
        }
    }
}

template <class Number>
bool read_number(std::string_view field, Number& number, int base = 10)
{
    const char* const end = field.data() + field.size();
    const auto result = std::from_chars(field.data(), end, number, base);
    return result.ec == std::errc{} && result.ptr == end;
}

bool read_number(std::string_view field, double& number)
{
    const char* const end = field.data() + field.size();
    const auto result = std::from_chars(field.data(), end, number);
    return result.ec == std::errc{} && result.ptr == end;
}

bool read_text(std::string_view field, std::string& value)
{
    value.clear();
    if (field.empty()) {
        return false;
    }
    if (field == "-") {
        return true;
    }
    for (std::size_t i = 0; i < field.size(); ++i) {
        if (field[i] != '%') {
            value += field[i];
            continue;
        }
        unsigned code = 0;
        if (i + 2 >= field.size() || !read_number(field.substr(i + 1, 2), code, 16)) {
            return false;
        }
        value += static_cast<char>(code);
        i += 2;
    }
    return true;
}

/// Cuts the first field off the rest of a line.
std::string_view next_field(std::string_view& rest)
{
    const std::size_t blank = rest.find(' ');
    const std::string_view field = rest.substr(0, blank);
    rest = blank == std::string_view::npos ? std::string_view{} : rest.substr(blank + 1);
    return field;
}

bool read_kind(std::string_view field, RecordKind& kind)
{
    if (field.size() != 1 || all_kinds.find(field.front()) == std::string_view::npos) {
        return false;
    }
    kind = static_cast<RecordKind>(field.front());
    return true;
}

bool read_key(std::string_view field, std::string& key)
{
    key = field;
    return key.size() == key_digits &&
           key.find_first_not_of("0123456789abcdef") == std::string::npos;
}

bool read_outcomes(std::string_view rest, std::vector<double>& values, Outcomes outcomes)
{
    std::size_t n = 0;
    if (!read_number(next_field(rest), n) || n > rest.size()) {
        return false;
    }
    if (rest.size() != (n == 0 ? 0 : n * (value_digits + 1) - 1)) {
        return false;
    }
    if (outcomes == Outcomes::skip) {
        return true;
    }
    values.reserve(n);
    for (std::size_t i = 0; i < n; ++i) {
        const std::string_view field = next_field(rest);
        std::uint64_t bits = 0;
        if (field.size() != value_digits || !read_number(field, bits, 16)) {
            return false;
        }
        values.push_back(std::bit_cast<double>(bits));
    }
    return true;
}

}  // namespace

std::string_view name_of(RecordKind kind)
{
    switch (kind) {
    case RecordKind::started:
        return "started";
    case RecordKind::done:
        return "done";
    case RecordKind::failed:
        return "failed";
    case RecordKind::timed_out:
        return "timed out";
    case RecordKind::crashed:
        return "crashed";
    case RecordKind::quarantined:
        return "quarantined";
    case RecordKind::abandoned:
        return "abandoned";
    case RecordKind::series:
        return "series";
    }
    return "?";
}

std::string encode(const Record& record)
{
    expects(record.task >= 0 && record.key.size() == key_digits,
            "a record has a task of the plan and its key");
    std::string line = text(static_cast<char>(record.kind), ' ', record.task, ' ', record.key, ' ',
                            record.core_seconds);
    append_text(line, record.host);
    append_text(line, record.build);
    line += ' ';
    line += hexadecimal(record.state_hash);
    append_text(line, record.reason);
    line += text(' ', record.outcomes.size());
    for (const double value : record.outcomes) {
        line += ' ';
        line += hexadecimal(std::bit_cast<std::uint64_t>(value));
    }
    return sealed(std::move(line));
}

std::string encode(const JournalHeader& header)
{
    std::string line = text(header_word, ' ', journal_version);
    append_text(line, header.study);
    append_text(line, header.build);
    append_text(line, header.job);
    append_text(line, header.host);
    line += text(' ', header.process);
    return sealed(std::move(line));
}

std::optional<Record> decode_record(std::string_view line, Outcomes outcomes)
{
    const auto body = body_of(line);
    if (!body) {
        return std::nullopt;
    }
    std::string_view rest = *body;
    Record record;
    const bool whole =
        read_kind(next_field(rest), record.kind) && read_number(next_field(rest), record.task) &&
        record.task >= 0 && read_key(next_field(rest), record.key) &&
        read_number(next_field(rest), record.core_seconds) &&
        read_text(next_field(rest), record.host) && read_text(next_field(rest), record.build) &&
        read_number(next_field(rest), record.state_hash, 16) &&
        read_text(next_field(rest), record.reason) &&
        read_outcomes(rest, record.outcomes, outcomes);
    return whole ? std::optional{std::move(record)} : std::nullopt;
}

std::optional<JournalHeader> decode_header(std::string_view line)
{
    const auto body = body_of(line);
    std::string_view rest = body.value_or(std::string_view{});
    int version = 0;
    if (next_field(rest) != header_word || !read_number(next_field(rest), version)) {
        return std::nullopt;
    }
    if (version != journal_version) {
        throw InputError(text("this study has a journal of version ", version,
                              " (this program knows version ", journal_version,
                              "): use the program that began the study, or choose another --out"));
    }
    JournalHeader header;
    const bool whole =
        read_text(next_field(rest), header.study) && read_text(next_field(rest), header.build) &&
        read_text(next_field(rest), header.job) && read_text(next_field(rest), header.host) &&
        read_number(next_field(rest), header.process);
    return whole ? std::optional{std::move(header)} : std::nullopt;
}

std::string result_text(const Record& record)
{
    std::string result = hexadecimal(record.state_hash);
    for (const double value : record.outcomes) {
        result += ' ';
        result += hexadecimal(std::bit_cast<std::uint64_t>(value));
    }
    return result;
}

}  // namespace latecomer::jobs::study
