#include "jobs/study/plan/extension.hpp"

#include "core/errors.hpp"
#include "core/text.hpp"
#include "io/files/agreement.hpp"
#include "io/files/publish.hpp"
#include "io/toml/toml_text.hpp"
#include "jobs/terminal/figures.hpp"

#include <filesystem>

namespace latecomer::jobs::study {
namespace {

namespace fs = std::filesystem;

/// The lines that say what is added.
std::string wave_text(const Plan& plan, const StudyOptions& options)
{
    const int given =
        (options.points.empty() ? 0 : 1) + (options.size ? 1 : 0) + (options.replicates ? 1 : 0);
    if (given != 1) {
        throw InputError("'latecomer study extend' needs one of --points FILE, --size N and "
                         "--replicates N; see 'latecomer study --help'");
    }
    if (options.size) {
        return text("size = ", *options.size, '\n');
    }
    if (options.replicates) {
        return text("replicates = ", *options.replicates, '\n');
    }
    // Names in a study's file count from its folder.
    const fs::path folder = fs::absolute(plan.spec().path).parent_path();
    const fs::path file = fs::absolute(options.points).lexically_relative(folder);
    return text("points = ", toml_text(std::string_view{file.string()}), '\n');
}

/// Makes sure that the study's tasks are what they were.
void expects_same_tasks(const Plan& before, const Plan& after)
{
    constexpr std::int64_t probes = 1000;
    const std::int64_t tasks = before.tasks();
    const std::int64_t stride = std::max<std::int64_t>(1, tasks / probes);
    for (std::int64_t number = 0; number < tasks; number += stride) {
        expects(before.key(before.task(number)) == after.key(after.task(number)),
                "a wave leaves the tasks before it as they were");
    }
}

}  // namespace

std::string extend(const Plan& plan, const StudyOptions& options, const mpi::Communicator& comm)
{
    const Spec& spec = plan.spec();
    const std::string end = spec.text.empty() || spec.text.back() == '\n' ? "" : "\n";
    const std::string longer = text(spec.text, end, "\n[[wave]]\n", wave_text(plan, options));
    const Plan after{read_spec(spec.path, longer, comm), comm};
    expects_same_tasks(plan, after);
    io::do_and_agree(comm, [&] {
        if (comm.is_root()) {
            io::publish_text(spec.path, longer);
        }
    });
    return text("runs ", grouped(plan.tasks()), " to ", grouped(after.tasks() - 1),
                " were added to ", spec.path.string(), '\n');
}

}  // namespace latecomer::jobs::study
