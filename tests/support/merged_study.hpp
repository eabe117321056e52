#pragma once

#include "core/text.hpp"
#include "io/files/file_error.hpp"
#include "io/hdf5/hdf5.hpp"
#include "jobs/study/journal/record_content.hpp"
#include "jobs/study/result/merge.hpp"
#include "tests/support/study_folder.hpp"

#include <array>
#include <cstdint>
#include <fstream>
#include <limits>
#include <string>
#include <vector>

/// A study with made-up results, and the files that merging makes of them.
namespace latecomer::tests {

using namespace latecomer::jobs::study;

inline constexpr std::array<double, 3> points{0.1, 0.2, 0.3};
inline constexpr double no_value = std::numeric_limits<double>::quiet_NaN();

/// 2 scenarios, the second of them longer, 3 points, 2 replicates: 12 runs; series of the first replicate.
inline constexpr const char* twelve_runs = R"([scenarios]
none = { "run.quarters" = 2 }
long = { "run.quarters" = 3, "trade.barrier" = 0.1 }
[design]
kind = "list"
points = [[0.1], [0.2], [0.3]]
[[parameters]]
name = "learning.search_share"
[replicates]
min = 2
[series]
replicates = 1
variables = ["income", "capability_index"]
)";

/// Made-up results of the runs of a study, and the files that merge makes of them.
struct Merge {
    explicit Merge(const std::string& toml = twelve_runs)
        : study{toml, 0, {}}, journal{encode(JournalHeader{
                                  .study = "s", .build = "b", .job = "j", .host = "h"})}
    {}

    static double value(std::int64_t run, std::size_t outcome)
    {
        return 1000.0 * static_cast<double>(run) + static_cast<double>(outcome);
    }

    Record record(RecordKind kind, std::int64_t run) const
    {
        return {.kind = kind,
                .task = run,
                .key = study.plan.key(study.plan.task(run)),
                .core_seconds = 0.5 + static_cast<double>(run),
                .host = "node",
                .build = "b",
                .state_hash = 70 + static_cast<std::uint64_t>(run),
                .reason = "",
                .outcomes = {}};
    }

    void done(std::int64_t run, const std::vector<double>& series = {},
              const std::string& names = "")
    {
        if (!series.empty()) {
            Record kept = record(RecordKind::series, run);
            kept.reason = names.empty() ? "income,capability_index" : names;
            kept.outcomes = series;
            journal += encode(kept);
        }
        Record end = record(RecordKind::done, run);
        for (std::size_t outcome = 0; outcome < outcomes; ++outcome) {
            end.outcomes.push_back(value(run, outcome));
        }
        end.outcomes[1] = no_value;  // an outcome that this run has not
        journal += encode(end);
    }

    void failed(std::int64_t run, const std::string& reason)
    {
        Record end = record(RecordKind::failed, run);
        end.reason = reason;
        journal += encode(end);
    }

    Merged merge(bool with_csv = true)
    {
        write_file(study.folder / "journal" / "b.log", journal);
        return jobs::study::merge(study.plan, study.folder.path(), with_csv);
    }

    std::vector<double> numbers(const std::string& name) const
    {
        const io::Dataset dataset =
            io::Hdf5File::open(study.folder / "study.h5").open_dataset(name);
        std::uint64_t count = 1;
        for (const std::uint64_t extent : dataset.extents()) {
            count *= extent;
        }
        std::vector<double> values(count);
        REQUIRE(dataset.type() == io::Type::f64);
        dataset.read(0, dataset.rows(), values.data());
        return values;
    }

    template <class T>
    std::vector<T> whole_numbers(const std::string& name) const
    {
        const io::Dataset dataset =
            io::Hdf5File::open(study.folder / "study.h5").open_dataset(name);
        std::vector<T> values(dataset.rows());
        REQUIRE(io::size_of(dataset.type()) == sizeof(T));
        dataset.read(0, dataset.rows(), values.data());
        return values;
    }

    std::vector<std::string> texts(const std::string& name) const
    {
        return io::Hdf5File::open(study.folder / "study.h5").open_dataset(name).read_texts();
    }

    /// The lines of a file of texts.
    std::vector<std::string> lines(const std::string& name) const
    {
        std::ifstream file{study.folder / name};
        std::vector<std::string> found;
        for (std::string line; std::getline(file, line);) {
            found.push_back(line);
        }
        return found;
    }

    std::int64_t number(std::size_t arm, std::int64_t point, std::int64_t replicate) const
    {
        return study.plan.number_of(arm, point, replicate);
    }

    StudyFolder study;
    std::string journal;
    std::vector<std::string> economies = economies_of_study();
    std::size_t outcomes = outcome_keys(economies, false).size();

private:
    std::vector<std::string> economies_of_study() const
    {
        std::vector<std::string> keys;
        for (const Economy& economy :
             latecomer::economies_of(study.plan.scenario(study.plan.task(0)))) {
            keys.push_back(economy.key);
        }
        return keys;
    }
};

/// What merging fails with.
inline std::string failure_of(Merge& merge)
{
    try {
        merge.merge();
    } catch (const io::FileError& error) {
        return error.what();
    }
    return "merged";
}

}  // namespace latecomer::tests
