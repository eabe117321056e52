#include "io/run_folder/inspection.hpp"

#include "core/errors.hpp"
#include "core/text.hpp"
#include "io/files/file_error.hpp"
#include "io/files/run_lock.hpp"
#include "io/files/seal.hpp"
#include "io/hdf5/hdf5.hpp"
#include "io/results/provenance.hpp"
#include "io/run_folder/done.hpp"
#include "io/run_folder/run_folder.hpp"

#include <algorithm>
#include <fstream>
#include <system_error>

namespace latecomer::io {
namespace {

namespace fs = std::filesystem;

std::string text_of(const Hdf5File& file, const std::string& key)
{
    if (!file.has_attribute(key)) {
        return {};
    }
    const Attribute attribute = file.attribute(key);
    const auto* words = std::get_if<std::string>(&attribute.value);
    return words != nullptr ? *words : std::string{};
}

std::int64_t number_of(const Hdf5File& file, const std::string& key)
{
    if (!file.has_attribute(key)) {
        return -1;
    }
    const Attribute attribute = file.attribute(key);
    const auto* number = std::get_if<std::int64_t>(&attribute.value);
    return number != nullptr ? *number : -1;
}

/// "gap_by_stage [300, 16, 4]"
std::string shape_of(const Dataset& dataset)
{
    std::string shape = dataset.name();
    const char* before = " [";
    for (const std::uint64_t extent : dataset.extents()) {
        shape += text(before, extent);
        before = ", ";
    }
    return dataset.extents().empty() ? shape : shape + ']';
}

/// Fills in what a file whose seal is good says of itself.
void read_content(FileReport& report)
{
    const Hdf5File file = Hdf5File::open(report.path);
    const std::string schema = text_of(file, "schema");
    constexpr std::string_view prefix = "latecomer-";
    if (!schema.starts_with(prefix)) {
        report.damage = "it is no file of this program";
        return;
    }
    report.kind = schema.substr(prefix.size());
    const std::int64_t version = number_of(file, "schema_version");
    const std::int64_t own = report.kind == "study" ? study_schema_version : schema_version;
    if (version != own) {
        report.damage = text("it has version ", version, " of the format, this program reads ", own,
                             "; ", text_of(file, "source"), " wrote it");
        return;
    }
    report.state_hash = text_of(file, "state_hash");
    report.scenario = text_of(file, "scenario");
    report.source = text_of(file, "source");
    report.quarters = number_of(file, "quarters_completed");
    for (const std::string& name : file.dataset_names()) {
        const Dataset dataset = file.open_dataset(name);
        report.contents.push_back(shape_of(dataset));
        if (name == "n_valid" && dataset.extents().empty()) {
            dataset.read(0, 1, &report.quarters);
        }
    }
}

std::vector<fs::path> files_in(const fs::path& folder, std::string_view stem)
{
    std::vector<fs::path> found;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator{folder, error}) {
        const std::string name = entry.path().filename().string();
        if (name.starts_with(stem) && name.ends_with(".h5")) {
            found.push_back(entry.path());
        }
    }
    std::ranges::sort(found);
    return found;
}

std::string state_of(const fs::path& run, bool is_done)
{
    if (is_done) {
        return "finished";
    }
    const auto holder = read_lock(run / "run.lock");
    if (holder && !holder->is_gone()) {
        return text("running (process ", holder->process, " on ", holder->host, ')');
    }
    return "unfinished: 'latecomer run' with --resume goes on";
}

/// What the parts of a run say against each other, all of it in one line.
std::string contradiction(const RunReport& report)
{
    std::string words;
    const auto complain = [&](const std::string& complaint) {
        words += (words.empty() ? "" : "; ") + complaint;
    };
    for (const FileReport& file : report.files) {
        if (!file.damage.empty()) {
            complain(text(file.path.string(), ": ", file.damage));
        }
    }
    std::error_code error;
    if (!fs::exists(report.path / "DONE", error)) {
        return words;
    }
    for (const std::string& change : changes_since_done(report.path)) {
        complain(text(report.path.string(), '/', change));
    }
    for (const FileReport& file : report.files) {
        if (file.kind == "series" && report.hash != "state hash: " + file.state_hash) {
            complain(text(file.path.string(), " ends in another state than DONE says"));
        }
    }
    return words;
}

}  // namespace

FileReport inspect_file(const fs::path& path)
{
    FileReport report{path, {}, {}, 0, -1, {}, {}, {}, {}};
    std::error_code error;
    report.bytes = fs::file_size(path, error);
    if (error) {
        throw InputError(text("cannot read '", path.string(), "' (", error.message(),
                              "): name a run or a file of one"));
    }
    report.damage = damage(path);
    if (report.damage.empty()) {
        try {
            read_content(report);
        } catch (const FileError& failure) {
            report.damage = failure.what();
        }
    }
    return report;
}

RunReport inspect_run(const fs::path& path)
{
    std::error_code error;
    if (!fs::is_regular_file(path / "run.toml", error)) {
        throw InputError(text("cannot inspect '", path.string(),
                              "' (it holds no run.toml): name a run or a file of one"));
    }
    const mpi::Communicator alone;
    RunReport report{path, {}, finished_hash(path, alone), {}, {}};
    report.state = state_of(path, fs::exists(path / "DONE", error));
    if (fs::exists(path / "series.h5", error)) {
        report.files.push_back(inspect_file(path / "series.h5"));
    }
    for (const auto& [folder, stem] : {std::pair{"firms", "firms_"}, {"checkpoints", "ckpt_"}}) {
        for (const fs::path& file : files_in(path / folder, stem)) {
            report.files.push_back(inspect_file(file));
        }
    }
    report.trouble = contradiction(report);
    return report;
}

}  // namespace latecomer::io
