#pragma once

#include "jobs/study/execute/execution.hpp"
#include "jobs/study/plan/plan.hpp"
#include "jobs/study/schedule/progress_of.hpp"
#include "tests/support/scratch.hpp"
#include "tests/support/write_file.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

/// A small study that all ranks compute.
namespace latecomer::tests {

using namespace latecomer::jobs::study;

inline constexpr const char* tiny_model = R"([run]
quarters = 6
burn_in = 2
[world]
initial = "synthetic"
synthetic_latecomers = 2
synthetic_lead_economies = 1
synthetic_lead_firms = 2
firms_per_country = 20
)";

/// Two scenarios that are equal and a third that is not, 2 replicates each: 6 runs.
inline constexpr const char* six_runs = R"([study]
name = "six"
model = "base.toml"
seed = 7
[scenarios]
none = {}
same = {}
open = { "trade.barrier" = 0.1 }
[replicates]
min = 2
[series]
replicates = 1
variables = ["income", "capability_index"]
)";

/// A study in a folder that all ranks share; the root writes.
struct SharedStudy {
    explicit SharedStudy(const std::string& more = {}, const std::string& model = {})
    {
        if (comm.is_root()) {
            write_file(own / "base.toml", tiny_model + model);
            write_file(own / "study.toml", six_runs + more);
        }
        folder = comm.broadcast(own.path().string());
        plan.emplace(read_spec(folder / "study.toml", comm), comm);
        options.folder = folder / "results";
        options.host = "host";
        options.job = "job";
        options.progress = jobs::ProgressStyle::none;
    }
    ~SharedStudy() { comm.barrier(); }  // before the root removes the folder
    SharedStudy(const SharedStudy&) = delete;
    SharedStudy& operator=(const SharedStudy&) = delete;

    int execute() { return jobs::study::execute(*plan, options, comm); }

    /// What the journals say; on the root.
    Progress progress() const { return progress_of(*plan, options.folder); }

    std::vector<TaskState> states() const
    {
        const Progress now = progress();
        std::vector<TaskState> all;
        for (std::int64_t run = 0; run < plan->tasks(); ++run) {
            all.push_back(now.ledger.state(run));
        }
        return all;
    }

    std::int64_t done() const { return progress().in_state(TaskState::done); }

    mpi::Communicator comm = mpi::Communicator::world();
    Scratch own;
    std::filesystem::path folder;
    std::optional<Plan> plan;
    ExecutionOptions options;
};

}  // namespace latecomer::tests
