#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The lines of journals: fields between single blanks, the last one the CRC-32 of all before it.
///
///     latecomer-journal 2 STUDY BUILD JOB HOST PROCESS CRC
///     KIND TASK KEY CORE_SECONDS HOST BUILD STATE_HASH REASON N VALUE_1 ... VALUE_N CRC
///
/// Texts have %xx for blanks, percent signs and what does not print; an empty one is "-".  Values
/// are the bits of doubles in 16 hexadecimal digits, so that they read back as they were.
namespace latecomer::jobs::study {

/// What a record says of its task; the letters are those in the files.
enum class RecordKind : char {
    started = 'S',
    done = 'D',
    failed = 'F',       ///< the model broke a rule of its own, or a file failed
    timed_out = 'T',    ///< it took longer than a task may
    crashed = 'X',      ///< a fatal signal, written by the crash guard
    quarantined = 'Q',  ///< the driver decided not to start it again
    abandoned = 'A',    ///< given up because the job ended; nothing is wrong with it
    series = 'R',       ///< its chosen series, written before the record that it is done
};

/// The kind in words, "timed out".
std::string_view name_of(RecordKind kind);

/// One line of a journal: what happened to a task.
struct Record {
    RecordKind kind = RecordKind::started;
    std::int64_t task = 0;         ///< index in the plan
    std::string key;               ///< of the task, 32 hexadecimal digits
    double core_seconds = 0.0;     ///< what it cost: seconds times cores of its group
    std::string host;              ///< where it ran
    std::string build;             ///< of the program
    std::uint64_t state_hash = 0;  ///< of the world at its end
    std::string reason;            ///< of failed, timed out, crashed, quarantined; of series: names
    std::vector<double> outcomes;  ///< of done; of series: by name, quarter and economy
};

/// The first line of a journal: who writes it.
struct JournalHeader {
    std::string study;  ///< key of the study
    std::string build;  ///< of the program
    std::string job;    ///< name that all writers of one start of the program share
    std::string host;
    long process = 0;
};

inline constexpr int journal_version = 2;

/// The line, with its end.
std::string encode(const Record& record);
std::string encode(const JournalHeader& header);

enum class Outcomes { read, skip };

/// Reads a line, with or without its end; nothing if it is damaged or says something else.
std::optional<Record> decode_record(std::string_view line, Outcomes outcomes = Outcomes::read);

/// The same for the first line.
/// @throws InputError if it is whole and of another version
std::optional<JournalHeader> decode_header(std::string_view line);

/// What came out of a task, as the line of a record holds it: its state hash and outcomes.  Records
/// of the same task and kind must agree in it.
std::string result_text(const Record& record);

}  // namespace latecomer::jobs::study
