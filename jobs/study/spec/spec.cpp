#include "jobs/study/spec/spec.hpp"

#include "core/text.hpp"
#include "io/files/text_file.hpp"
#include "jobs/study/spec/spec_arms.hpp"
#include "jobs/study/spec/spec_design.hpp"
#include "jobs/study/spec/spec_rules.hpp"
#include "jobs/study/spec/spec_table.hpp"

#include <algorithm>

namespace latecomer::jobs::study {
namespace {

constexpr Interval seeds{0, 0x1p53};  // as those of a scenario

/// Reads the name of the model, which may be missing if every scenario has a file of its own.
void read_model(const SpecTable& table, bool has_own_files, Spec& spec)
{
    if (has_own_files && table.find("model") == nullptr) {
        return;
    }
    const TomlValue& model = table.need("model", "the scenario file below all runs");
    const Demand file{"study.model", "the name of a file", {}, "Scenario file below all runs."};
    const std::string model_name = read_text(model, file);
    if (model_name.empty()) {
        reject_value(model, file);
    }
    spec.model = (spec.path.parent_path() / model_name).lexically_normal();
}

/// Reads [study]; returns where the length of the runs is set.
Place read_study(const TomlValue& root, bool has_own_files, Spec& spec)
{
    const SpecTable table{root, "study"};
    const TomlValue& name = table.need("name", "the name of the study, name = \"pathways\"");
    const Demand label{"study.name", std::string{label_form}, {}, "Name of the study."};
    spec.name = read_text(name, label);
    if (!is_label(spec.name)) {
        reject_value(name, label);
    }
    read_model(table, has_own_files, spec);
    std::int64_t seed = 1;
    table.read(seed, "seed", seeds, "Seed of all random events of the study.");
    spec.seed = static_cast<std::uint64_t>(seed);
    const TomlValue* quarters = table.find("quarters");
    if (quarters == nullptr) {
        return {};
    }
    spec.quarters = read_whole(*quarters, {1, 4000},
                               {"study.quarters", {}, {}, "Length of every run, in quarters."});
    return quarters->place;
}

bool read_moments(const TomlValue& root)
{
    const TomlValue* value = SpecTable{root, "study"}.find("moments");
    if (value != nullptr && !value->is(TomlKind::boolean)) {
        reject_value(
            *value,
            {"study.moments", "true or false", {}, "Whether runs tell moments of their firms."});
    }
    return value != nullptr && value->integer != 0;
}

/// The study's own quarters would go over what a scenario sets.
void check_quarters(const std::vector<SaidArm>& arms, const Place& quarters_place)
{
    for (const SaidArm& said : arms) {
        if (const Place* set = said.place_of("run.quarters")) {
            reject(*set, text("scenario '", said.arm.name,
                              "' sets 'run.quarters', but "
                              "'study.quarters' in line ",
                              quarters_place.line, " sets it for all; take one out"));
        }
    }
}

}  // namespace

Spec read_spec(const std::filesystem::path& path, const mpi::Communicator& comm)
{
    return read_spec(path, io::read_text_file(path, {}, io::study_limit, comm), comm);
}

Spec read_spec(const std::filesystem::path& path, std::string text, const mpi::Communicator& comm)
{
    Spec spec;
    spec.path = path;
    spec.text = std::move(text);
    // From here on every rank has the same text and meets the same mistake.
    const TomlValue root = parse_toml(spec.text, path.string());
    check_sections(root);
    std::vector<SaidArm> arms = read_arms(root, spec.path.parent_path());
    const bool has_own_files =
        std::ranges::none_of(arms, [](const SaidArm& said) { return said.arm.file.empty(); });
    const Place quarters_place = read_study(root, has_own_files, spec);
    for (const SaidArm& said : arms) {
        spec.arms.push_back(said.arm);
    }
    if (spec.quarters) {
        check_quarters(arms, quarters_place);
    }
    read_reference(root, spec);
    spec.moments = read_moments(root);
    read_files(arms, spec, comm);
    read_replicates(root, spec);
    const std::vector<Place> places = read_design(root, arms, spec, comm);
    const EconomiesByArm economies = resolve_arms(arms, spec, places);
    read_stops(root, economies, spec);
    read_question(root, spec);
    read_budget(root, spec);
    read_run(root, spec);
    read_series(root, spec);
    check_series(arms, spec);
    return spec;
}

}  // namespace latecomer::jobs::study
