#include "jobs/study/journal/journal.hpp"

#include "core/text.hpp"
#include "io/files/file_error.hpp"
#include "io/files/raw_file.hpp"
#include "io/files/run_lock.hpp"
#include "io/files/system_call.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <span>
#include <string>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace latecomer::jobs::study {
namespace {

constexpr std::string_view remedy =
    ": what was recorded before is safe; make room there and start the study again";
constexpr std::size_t piece_bytes = std::size_t{1} << 20;
constexpr std::size_t most_line_bytes = std::size_t{1} << 28;  // longer is no line of ours

/// A name for a file of this process; `attempt` tells apart what begins at the same time.
std::string name_of_journal(const JournalHeader& header, int attempt)
{
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
    std::string host = header.host;
    std::replace(host.begin(), host.end(), '/', '_');
    return text(host, '-', header.process, '-', ms + attempt, ".log");
}

/// Lets the disk know the name of a new file; file systems that cannot, need not.
void sync_folder(const std::filesystem::path& folder)
{
    const int number = io::uninterrupted(
        [&] { return ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); });
    if (number >= 0) {
        (void)io::uninterrupted([&] { return ::fsync(number); });
        ::close(number);
    }
}

std::string_view without_end(std::string_view line)
{
    return line.substr(0, line.find('\n'));
}

/// What a scan does with one line after another.
class LineReader {
public:
    LineReader(Outcomes outcomes, const std::function<void(const Record&, const LinePlace&)>& visit)
        : outcomes_{outcomes}, visit_{visit}
    {}

    /// Takes a line; one without an end is the last.
    void take(std::string_view line)
    {
        const std::string_view content = without_end(line);
        const bool is_last = content.size() == line.size();
        const std::uint64_t offset = std::exchange(offset_, offset_ + line.size());
        ++line_;
        if (content.empty()) {
            return;
        }
        if (const auto record = decode_record(content, outcomes_)) {
            ++scan.records;
            visit_(*record, {offset, static_cast<std::uint32_t>(content.size()), line_});
            return;
        }
        if (line_ == 1) {
            scan.header = decode_header(content);
        }
        if (line_ == 1 && scan.header) {
            return;
        }
        if (is_last) {
            scan.is_torn = true;
        } else {
            ++scan.damaged_lines;
        }
    }

    JournalScan scan;

private:
    Outcomes outcomes_;
    const std::function<void(const Record&, const LinePlace&)>& visit_;
    std::uint64_t offset_ = 0;
    std::uint64_t line_ = 0;
};

}  // namespace

Journal::Journal(const std::filesystem::path& folder, JournalHeader header)
    : header_{std::move(header)}
{
    const io::LockHolder self = io::this_process();
    header_.host = self.host;
    header_.process = self.process;

    constexpr std::string_view elsewhere = ": make the folder writable, or choose another --out";
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) {
        io::throw_file_error("make", folder, error.message(), elsewhere);
    }
    constexpr int most_attempts = 1000;
    for (int attempt = 0; number_ < 0; ++attempt) {
        path_ = folder / name_of_journal(header_, attempt);
        number_ = io::uninterrupted([&] {
            return ::open(path_.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        });
        if (number_ < 0 && (errno != EEXIST || attempt == most_attempts)) {
            io::throw_file_error("begin journal", path_, io::reason(errno), elsewhere);
        }
    }
    if (header_.job.empty()) {
        header_.job = path_.stem().string();
    }
    try {
        write_line(encode(header_));
    } catch (...) {
        ::close(std::exchange(number_, -1));
        ::unlink(path_.c_str());
        throw;
    }
    sync_folder(folder);
}

Journal::Journal(Journal&& other) noexcept
    : path_{std::move(other.path_)}, header_{std::move(other.header_)},
      number_{std::exchange(other.number_, -1)}, is_torn_{other.is_torn_}
{}

Journal& Journal::operator=(Journal&& other) noexcept
{
    std::swap(path_, other.path_);
    std::swap(header_, other.header_);
    std::swap(number_, other.number_);
    std::swap(is_torn_, other.is_torn_);
    return *this;
}

Journal::~Journal()
{
    if (number_ >= 0) {
        ::close(number_);
    }
}

void Journal::append(const Record& record)
{
    write_line(is_torn_ ? '\n' + encode(record) : encode(record));
}

void Journal::write_line(std::string_view line)
{
    while (!line.empty()) {
        const ssize_t written =
            io::uninterrupted([&] { return ::write(number_, line.data(), line.size()); });
        if (written < 0) {
            io::throw_file_error("write", path_, io::reason(errno), remedy);
        }
        // A disk that is nearly full takes a part; the next attempt then says why.
        line.remove_prefix(static_cast<std::size_t>(written));
        is_torn_ = (is_torn_ || written > 0) && !line.empty();
    }
}

void Journal::sync()
{
    if (io::uninterrupted([&] { return ::fdatasync(number_); }) != 0 && errno != EINVAL) {
        io::throw_file_error("write", path_, io::reason(errno), remedy);
    }
}

JournalScan scan_journal(const std::filesystem::path& path, Outcomes outcomes,
                         const std::function<void(const Record&, const LinePlace&)>& visit)
{
    const io::RawFile file = io::RawFile::open_to_read(path);
    const std::uint64_t bytes = file.bytes();
    LineReader reader{outcomes, visit};
    std::string held;  // the begin of a line whose end is not read yet
    for (std::uint64_t at = 0; at < bytes;) {
        const std::size_t before = held.size();
        const auto more =
            static_cast<std::size_t>(std::min<std::uint64_t>(piece_bytes, bytes - at));
        held.resize(before + more);
        file.read(at, std::as_writable_bytes(std::span{held}.subspan(before)));
        at += more;

        std::size_t begin = 0;
        for (std::size_t end = held.find('\n', before); end != std::string::npos;
             end = held.find('\n', begin)) {
            reader.take(std::string_view{held}.substr(begin, end + 1 - begin));
            begin = end + 1;
        }
        held.erase(0, begin);
        if (held.size() > most_line_bytes) {
            ++reader.scan.damaged_lines;
            return reader.scan;
        }
    }
    if (!held.empty()) {
        reader.take(held);
    }
    return reader.scan;
}

JournalContent read_journal(const std::filesystem::path& path)
{
    JournalContent content;
    content.scan = scan_journal(path, Outcomes::read, [&](const Record& record, const LinePlace&) {
        content.records.push_back(record);
    });
    return content;
}

}  // namespace latecomer::jobs::study
