#include "jobs/study/archive/archive.hpp"

#include "core/build_info.hpp"
#include "core/errors.hpp"
#include "core/text.hpp"
#include "io/files/raw_file.hpp"
#include "io/files/sha256.hpp"
#include "io/scenario/resolved.hpp"
#include "io/scenario/scenario_files.hpp"
#include "io/toml/toml_text.hpp"
#include "jobs/study/archive/tar_file.hpp"
#include "jobs/study/schedule/progress_of.hpp"

#include <algorithm>

namespace latecomer::jobs::study {
namespace {

namespace fs = std::filesystem;

/// An archive that remembers the checksum of everything in it.
class Archive {
public:
    Archive(const fs::path& path, std::string root) : file_{path}, root_{std::move(root)} {}

    void add(const std::string& name, const std::string& content)
    {
        file_.add(text(root_, '/', name), content);
        sums_ += text(io::sha256(content), "  ", name, '\n');
        ++files_;
    }

    void add_if_there(const std::string& name, const fs::path& path)
    {
        if (fs::exists(path)) {
            add(name, io::bytes_of(path));
        }
    }

    void finish()
    {
        file_.add(root_ + "/SHA256SUMS", sums_);
        file_.finish();
    }

    std::int64_t files() const { return files_; }

private:
    TarFile file_;
    std::string root_;
    std::string sums_;
    std::int64_t files_ = 0;
};

std::string provenance_of(const Plan& plan, const Progress& progress)
{
    const BuildInfo& build = build_info();
    std::string builds;
    for (const std::string& one : progress.ledger.builds()) {
        builds += text(builds.empty() ? "" : ", ", toml_text(std::string_view{one}));
    }
    const auto quoted = [](std::string_view words) { return toml_text(words); };
    return text(
        "schema = \"latecomer-archive\"\nschema_version = 1\nstudy = ", quoted(plan.spec().name),
        "\nspec_sha256 = ", quoted(io::sha256(plan.spec().text)), "\nruns = ", progress.tasks,
        "\ndone = ", progress.in_state(TaskState::done),
        "\nfirst_key = ", quoted(plan.key(plan.task(0))),
        "\nlast_key = ", quoted(plan.key(plan.task(plan.tasks() - 1))), "\nbuilds_of_journals = [",
        builds, "]\nversion = ", quoted(build.version), "\ngit_commit = ", quoted(build.git_commit),
        "\ncompiler = ", quoted(build.compiler), '\n');
}

void add_model(Archive& archive, const Plan& plan)
{
    const mpi::Communicator alone;
    std::vector<fs::path> files{plan.spec().model};
    for (const Arm& arm : plan.spec().arms) {
        files.push_back(arm.file);
    }
    std::int64_t number = 0;
    std::vector<std::string> added;
    for (const fs::path& path : files) {
        if (path.empty()) {
            continue;
        }
        for (const ScenarioFile& file : read_scenario_files(path, alone)) {
            if (std::ranges::find(added, file.name) == added.end()) {
                added.push_back(file.name);
                const std::string own = fs::path{file.name}.filename().string();
                archive.add(text("model/", ++number, '-', own), file.text);
            }
        }
    }
    for (std::size_t arm = 0; arm < plan.spec().arms.size(); ++arm) {
        archive.add(text("scenarios/", plan.spec().arms[arm].name, ".toml"),
                    resolved_toml(plan.scenario_of_arm(arm)));
    }
}

/// The points as the study has them, whatever files they came from.
std::string points_of(const Plan& plan)
{
    std::string rows = "point";
    for (const Marginal& marginal : plan.spec().design.marginals) {
        rows += ',' + (marginal.parameter.empty() ? "dummy" : marginal.parameter);
    }
    const std::vector<double>& weights = plan.spec().design.weights;
    rows += weights.empty() ? "\n" : ",weight\n";
    for (std::int64_t point = 0; point < plan.design().size(); ++point) {
        rows += text(point);
        for (const double value : plan.design().point(point)) {
            rows += text(',', value);
        }
        rows += weights.empty() ? "" : text(',', weights[static_cast<std::size_t>(point)]);
        rows += '\n';
    }
    return rows;
}

}  // namespace

std::string archive(const Plan& plan, const fs::path& folder)
{
    const Progress progress = progress_of(plan, folder);
    if (progress.ledger.journals().empty()) {
        throw InputError(text("nothing to archive in '", folder.string(),
                              "' (it has no journal); start with 'latecomer study run'"));
    }
    const std::string& name = plan.spec().name;
    const fs::path path = folder / (name + ".tar");
    Archive archive{path, name};
    archive.add("study.toml", plan.spec().text);
    archive.add("points.csv", points_of(plan));
    add_model(archive, plan);
    for (const fs::path& journal : progress.ledger.journals()) {
        archive.add(text("journal/", journal.filename().string()), io::bytes_of(journal));
    }
    for (const char* result : {"study.h5", "study.csv", "costs.csv"}) {
        archive.add_if_there(result, folder / result);
    }
    archive.add("provenance.toml", provenance_of(plan, progress));
    archive.finish();
    return text(path.string(), ": ", archive.files(), " files; to verify: tar xf ", name,
                ".tar && cd ", name, " && sha256sum -c SHA256SUMS\n");
}

}  // namespace latecomer::jobs::study
