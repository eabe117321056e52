#include "jobs/study/study.hpp"

#include "core/text.hpp"
#include "io/agreement.hpp"
#include "io/file_error.hpp"
#include "jobs/commands.hpp"
#include "jobs/machine.hpp"
#include "jobs/study/left.hpp"
#include "jobs/submit/submit.hpp"
#include "jobs/terminal.hpp"

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

/// Prints how many runs another job would compute.  Collective.
/// @return 0 if there are none, 85 if there are some, 3 after too many failures
int report_left(const study::Plan& plan, const std::filesystem::path& folder,
                const StudyOptions& options, const mpi::Communicator& comm)
{
    std::int64_t status = 0;
    report_of_root(comm, [&] {
        const study::Left left =
            study::left_of(plan, study::progress_of(plan, folder), {options.part, options.parts});
        status = left.status;
        return text(left.runs, '\n');
    });
    comm.broadcast(std::span{&status, 1});
    return static_cast<int>(status);
}

/// Submits the study.  Collective.
/// @throws InputError or FileError on every rank if the root does
void submit_by_root(const study::Plan& plan, const std::filesystem::path& folder,
                    const StudyOptions& options, const mpi::Communicator& comm)
{
    std::string failure;
    report_of_root(comm, [&] {
        try {
            return submit::submit_study(plan, folder, options.submit);
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
    const std::filesystem::path folder =
        options.out.empty() ? text("studies/", plan.spec().name) : options.out;
    if (options.action == "plan") {
        report_of_root(comm, [&] { return study::describe_plan(plan); });
        return 0;
    }
    if (options.action == "submit") {
        submit_by_root(plan, folder, options, comm);
        return 0;
    }
    if (options.action == "status" && options.left) {
        return report_left(plan, folder, options, comm);
    }
    if (options.action == "status") {
        report_of_root(comm, [&] {
            const study::Progress progress = study::progress_of(plan, folder);
            return options.why.empty() ? study::describe_status(plan, progress)
                                       : study::explain(plan, progress, options.why);
        });
        return 0;
    }
    if (options.action == "merge") {
        report_of_root(comm, [&] { return study::merge(plan, folder).string() + '\n'; });
        return 0;
    }
    prepare_machine(options.threads ? options.threads : plan.spec().run.threads,
                    session.processor_name(), comm);
    const study::ExecutionOptions execution{folder,
                                            {options.part, options.parts},
                                            options.time_left,
                                            session.processor_name(),
                                            comm.broadcast(name_of_this_start(session))};
    return study::execute(plan, execution, comm);
}

}  // namespace latecomer::jobs
