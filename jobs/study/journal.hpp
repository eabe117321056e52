#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

/// What happened to the tasks of a study, written down as it happens: one append-only file for each
/// process that computes, of lines that are complete or recognisably not.
namespace latecomer::jobs::study {

enum class RecordKind : char {
    started = 'S',
    done = 'D',
    failed = 'F',     ///< an error of the model or of a file
    crashed = 'X',    ///< written by the handler of a fatal signal
    abandoned = 'A',  ///< given up unfinished, for lack of time
    timed_out = 'T',
};

/// What a line of a journal says of a task.
struct Record {
    RecordKind kind = RecordKind::started;
    std::int64_t task = 0;         ///< number in the plan
    std::string key;               ///< what the task computes, 32 hexadecimal digits
    double seconds = 0.0;          ///< that it took; 0 when it starts
    std::int64_t quarters = 0;     ///< that were computed
    std::uint64_t state_hash = 0;  ///< of a task that is done
    std::vector<double> outcomes;  ///< of a task that is done
    std::string reason;            ///< of the other ends
};

/// Who wrote a journal.
struct JournalHeader {
    std::string study;  ///< key of the study
    std::string build;  ///< of the program
    std::string host;
};

/// The line that says this, with its checksum (CRC-32) and end of line.  Numbers are exact.
std::string line_of(const Record& record);
std::string line_of(const JournalHeader& header);

/// A journal that is being written.
class Journal {
public:
    /// Creates a file of its own in the folder, which exists.
    /// @throws io::FileError
    Journal(const std::filesystem::path& folder, const JournalHeader& header);

    Journal(const Journal&) = delete;
    Journal& operator=(const Journal&) = delete;
    ~Journal();

    /// Appends a line by one write; what is torn is no line to readers, and the next line stands on
    /// its own.
    /// @throws io::FileError
    void append(const Record& record);

    /// Waits until the disk has everything.
    /// @throws io::FileError
    void sync();

    const std::filesystem::path& path() const { return path_; }

    /// For handlers of signals, which may do little more than write().
    int file_descriptor() const { return file_; }

private:
    void write(std::string line);

    std::filesystem::path path_;
    int file_ = -1;
    bool torn_ = false;  ///< the last write ended within a line
};

/// A journal as far as it can be read.
struct JournalText {
    JournalHeader header;
    bool has_header = false;
    std::vector<Record> records;
    std::int64_t unreadable_lines = 0;  ///< torn or damaged
};

/// Understands any bytes: lines that are torn, damaged or unknown are counted and left out.
JournalText parse_journal(std::string_view text);

/// @throws io::FileError if the file cannot be read
JournalText read_journal(const std::filesystem::path& path);

/// The journals of a folder in the order of their names; none if there is no folder.
std::vector<std::filesystem::path> journals_in(const std::filesystem::path& folder);

}  // namespace latecomer::jobs::study
