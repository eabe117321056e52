#include "jobs/command_line/commands.hpp"

#include "core/errors.hpp"
#include "core/text.hpp"
#include "io/files/agreement.hpp"
#include "io/files/file_error.hpp"
#include "jobs/program/study_remarks.hpp"
#include "jobs/run/machine.hpp"
#include "jobs/study/archive/archive.hpp"
#include "jobs/study/execute/execution.hpp"
#include "jobs/study/execute/replay.hpp"
#include "jobs/study/plan/extension.hpp"
#include "jobs/study/result/merge.hpp"
#include "jobs/study/result/report.hpp"
#include "jobs/study/result/results.hpp"
#include "jobs/study/schedule/left.hpp"
#include "jobs/study/schedule/progress_of.hpp"
#include "jobs/submit/submit.hpp"
#include "jobs/terminal/terminal.hpp"

#include <chrono>
#include <unistd.h>

namespace latecomer::jobs {
namespace {

/// A name that no other start of the program has.
std::string name_of_this_start(const mpi::Session& session)
{
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return text(session.processor_name(), '-', getpid(), '-',
                std::chrono::duration_cast<std::chrono::milliseconds>(now).count());
}

/// Prints what the root alone finds out.  Collective.
/// @throws InputError on every rank if the root does
template <class Report>
void report_of_root(const mpi::Communicator& comm, const Report& report)
{
    io::do_and_agree<InputError>(comm, [&] {
        if (comm.is_root()) {
            print(report(), comm);
        }
    });
}

/// The folder of the study, which `replay` calls --study because --out is that of the run.
std::filesystem::path folder_of(const StudyOptions& options, const study::Plan& plan)
{
    const std::string& given = options.action == StudyAction::replay ? options.study : options.out;
    return given.empty() ? text("studies/", plan.spec().name) : given;
}

/// Computes runs: all that are open, a pilot's, or one.  Collective.
int compute(const StudyOptions& options, const study::Plan& plan, const Machine& machine,
            const mpi::Session& session, const mpi::Communicator& comm)
{
    const bool is_pilot = options.action == StudyAction::pilot;
    study::ExecutionOptions execution;
    execution.folder = folder_of(options, plan);
    execution.remarks = options.only.empty() ? remarks_on(plan) : std::vector<std::string>{};
    execution.part = {options.part, options.parts};
    execution.time_left = options.time_left;
    execution.host = session.processor_name();
    execution.job = comm.broadcast(
        text(is_pilot ? study::pilot_prefix : std::string_view{}, name_of_this_start(session)));
    execution.threads = machine.threads;
    execution.progress = options.progress;
    execution.isolate = options.isolate;
    execution.accept_build = options.accept_build;
    if (is_pilot) {
        execution.pilot_runs = options.runs;
    }
    if (!options.only.empty()) {
        execution.only = plan.find(options.only).number;
    }
    return study::execute(plan, execution, comm);
}

/// What the root alone finds out, and writes if the action does.
std::string report(const StudyOptions& options, const study::Plan& plan,
                   const std::filesystem::path& folder)
{
    const auto progress = [&] { return study::progress_of(plan, folder); };
    switch (options.action) {
    case StudyAction::plan:
        return study::describe_plan(plan, progress(), options.json);
    case StudyAction::status:
        return options.why.empty() ? study::describe_status(plan, progress(), options.json)
                                   : study::explain(plan, progress(), options.why);
    case StudyAction::merge: {
        const study::Merged merged = study::merge(plan, folder, options.csv);
        return merged.path.string() + '\n' + merged.report;
    }
    case StudyAction::report:
        return study::report(plan, folder);
    case StudyAction::archive:
        return study::archive(plan, folder);
    default:
        fail("this action has nothing to tell");
    }
}

/// Prints how many runs another job would compute.  Collective.
/// @return the exit status that says whether there are some
int report_left(const StudyOptions& options, const study::Plan& plan, const mpi::Communicator& comm)
{
    std::int64_t status = 0;
    report_of_root(comm, [&] {
        const study::Left left =
            study::left_of(plan, folder_of(options, plan), {options.part, options.parts});
        status = left.status;
        return text(left.runs, '\n');
    });
    comm.broadcast(std::span{&status, 1});
    return static_cast<int>(status);
}

/// Submits the study.  Collective.
/// @throws InputError or FileError on every rank if the root does
void submit_by_root(const StudyOptions& options, const study::Plan& plan,
                    const mpi::Communicator& comm)
{
    std::string failure;
    report_of_root(comm, [&] {
        try {
            return submit::submit_study(plan, folder_of(options, plan), options.submit);
        } catch (const io::FileError& error) {  // not the user's: the scheduler's, or a disk's
            failure = error.what();
            return std::string{};
        }
    });
    io::do_and_agree(comm, [&] {
        if (!failure.empty()) {
            throw io::FileError(failure);
        }
    });
}

}  // namespace

int run_study(const StudyOptions& options, const mpi::Session& session,
              const mpi::Communicator& comm)
{
    const study::Plan plan{study::read_spec(options.spec, comm), comm};
    if (options.action == StudyAction::plan) {
        for (const std::string& remark : remarks_on(plan)) {
            note("note: " + remark, comm);
        }
    }
    const std::filesystem::path folder = folder_of(options, plan);
    const auto computing = [&] {
        return prepare_machine(options.threads ? options.threads : plan.spec().run.threads,
                               session.processor_name(), comm);
    };
    switch (options.action) {
    case StudyAction::run:
    case StudyAction::pilot:
        return compute(options, plan, computing(), session, comm);
    case StudyAction::replay:
        return study::replay(plan, folder, options, computing(), comm);
    case StudyAction::diff:
        return study::diff(plan, folder, options, computing(), comm);
    case StudyAction::extend:
        print(study::extend(plan, options, comm), comm);
        break;
    case StudyAction::submit:
        submit_by_root(options, plan, comm);
        break;
    case StudyAction::status:
        if (options.left) {
            return report_left(options, plan, comm);
        }
        [[fallthrough]];
    case StudyAction::plan:
    case StudyAction::merge:
    case StudyAction::report:
    case StudyAction::archive:
        report_of_root(comm, [&] { return report(options, plan, folder); });
        break;
    }
    return 0;
}

}  // namespace latecomer::jobs
