#pragma once

#include "jobs/study/journal/journal.hpp"
#include "jobs/study/schedule/progress_of.hpp"
#include "tests/support/studies.hpp"

#include <filesystem>
#include <functional>
#include <numeric>
#include <string>
#include <vector>

namespace latecomer::tests {

/// A study in a folder, with a journal in which some of its tasks have come to their end.
struct StudyFolder {
    using CoreSeconds = std::function<double(const jobs::study::Task&)>;

    /// The tasks with these numbers are done.
    StudyFolder(const std::string& toml, const std::vector<std::int64_t>& finished,
                const CoreSeconds& core_seconds, const std::string& job = "job")
        : plan{read_study(folder, study_head + toml), mpi::Communicator{}}
    {
        std::string journal =
            encode(jobs::study::JournalHeader{.study = "s", .build = "b", .job = job, .host = "h"});
        for (const std::int64_t number : finished) {
            const jobs::study::Task task = plan.task(number);
            jobs::study::Record record;
            record.kind = jobs::study::RecordKind::done;
            record.task = number;
            record.key = plan.key(task);
            record.core_seconds = core_seconds(task);
            journal += encode(record);
        }
        std::filesystem::create_directories(folder / "journal");
        write_file(folder / "journal" / "a.log", journal);
        progress = progress_of(plan, folder.path());
    }

    /// The first tasks are done.
    StudyFolder(const std::string& toml, std::int64_t finished, const CoreSeconds& core_seconds,
                const std::string& job = "job")
        : StudyFolder{toml, first(finished), core_seconds, job}
    {}

    static std::vector<std::int64_t> first(std::int64_t count)
    {
        std::vector<std::int64_t> numbers(static_cast<std::size_t>(count));
        std::iota(numbers.begin(), numbers.end(), std::int64_t{0});
        return numbers;
    }

    Scratch folder;
    jobs::study::Plan plan;
    jobs::study::Progress progress;
};

}  // namespace latecomer::tests
