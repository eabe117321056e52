#pragma once

#include "jobs/study/journal/journal_line.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

/// Journals: what happened to the tasks of a study, a file for each writer, only ever appended to.
namespace latecomer::jobs::study {

/// The journal that this process writes, with a name of its own.  Not for two threads at a time.
class Journal {
public:
    /// Begins a journal "HOST-PROCESS-TIME.log" in the folder, which is made if there is none.  Host
    /// and process of the header are filled in; a header without a job gets the file's name for it.
    /// @throws FileError
    Journal(const std::filesystem::path& folder, JournalHeader header);

    Journal(Journal&& other) noexcept;
    Journal& operator=(Journal&& other) noexcept;
    ~Journal();

    /// Adds a line in one write.  If it cannot be finished, the next one begins on a new line.
    /// @throws FileError, for example when the disk is full
    void append(const Record& record);

    /// Waits until the disk has all records.
    /// @throws FileError
    void sync();

    const std::filesystem::path& path() const { return path_; }
    const JournalHeader& header() const { return header_; }

    /// The number of the open file, for the crash guard.
    int descriptor() const { return number_; }

private:
    void write_line(std::string_view line);

    std::filesystem::path path_;
    JournalHeader header_;
    int number_ = -1;
    bool is_torn_ = false;  ///< the last line in the file has no end
};

/// Where a line stands in its journal.
struct LinePlace {
    std::uint64_t offset = 0;
    std::uint32_t length = 0;  ///< without its end
    std::uint64_t line = 0;    ///< the first is 1
};

/// What a journal holds besides records.
struct JournalScan {
    std::optional<JournalHeader> header;  ///< nothing if the first line is damaged
    std::int64_t records = 0;
    std::int64_t damaged_lines = 0;
    bool is_torn = false;  ///< its last line was cut off, which is no damage
};

/// Reads a journal of any length piece by piece and shows each whole record.  Bytes that are none
/// are passed over, whatever they are; records may be appended meanwhile.
/// @throws FileError if it cannot be read; InputError if it is of another version
JournalScan scan_journal(const std::filesystem::path& path, Outcomes outcomes,
                         const std::function<void(const Record&, const LinePlace&)>& visit);

struct JournalContent {
    JournalScan scan;
    std::vector<Record> records;
};

/// Reads a journal into memory.
/// @throws as scan_journal
JournalContent read_journal(const std::filesystem::path& path);

}  // namespace latecomer::jobs::study
