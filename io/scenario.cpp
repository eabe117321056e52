#include "io/scenario.hpp"

#include "core/text.hpp"
#include "io/scenario_draft.hpp"
#include "io/scenario_files.hpp"
#include "io/scenario_policy.hpp"

#include <algorithm>

namespace latecomer {
namespace {

constexpr const char* builtin_name = "countries.toml (built in)";

/// The tree of one setting, as a file with this one line would give it.
TomlValue tree_of(std::string_view key, const TomlValue& value, const Place& place)
{
    const std::size_t dot = key.find('.');
    const std::string first{key.substr(0, dot)};
    if (first.empty()) {
        reject(place, "this is not KEY=VALUE; write for instance --set learning.search_share=0.04");
    }
    TomlValue table;
    table.place = place;
    const bool last = dot == std::string_view::npos;
    table.entries.push_back(
        {first, place, last ? value : tree_of(key.substr(dot + 1), value, place)});
    return table;
}

/// The layer of "section.key=value".
TomlValue setting_layer(const std::string& setting)
{
    const Place place{text("--set ", setting)};
    const std::size_t equals = setting.find('=');
    if (equals == std::string::npos) {
        reject(place, "this is not KEY=VALUE; write for instance --set learning.search_share=0.04");
    }
    const std::string key = setting.substr(0, equals);
    if (key == "include") {
        reject(place, "'include' works in files only; write a scenario that includes the other");
    }
    return tree_of(key, parse_toml_value(setting.substr(equals + 1), place), place);
}

/// The layer of "--pathway COUNTRY=NAME".
TomlValue pathway_layer(const std::string& choice)
{
    const Place place{text("--pathway ", choice)};
    const std::size_t equals = choice.find('=');
    if (equals == std::string::npos || equals == 0) {
        reject(place, "this is not COUNTRY=NAME; write for instance --pathway IDN=sovereignty");
    }
    TomlValue name;
    name.kind = TomlKind::bare;
    name.text = choice.substr(equals + 1);
    name.place = place;
    return tree_of(text("policy.", choice.substr(0, equals), ".pathway"), name, place);
}

/// The layer of an option of the command line for run.`key`.
TomlValue option_layer(std::string_view key, std::int64_t number)
{
    TomlValue value;
    value.kind = TomlKind::integer;
    value.integer = number;
    value.place = {text("--", key, ' ', number)};
    return tree_of(text("run.", key), value, value.place);
}

/// What the file name says that the scenario is called, in characters that any file system takes.
std::string stem_of(const std::filesystem::path& path)
{
    std::string name = path.stem().string();
    std::replace_if(
        name.begin(), name.end(), [](char c) { return c <= ' ' || c > '~'; }, '_');
    return name.substr(0, 200);
}

/// Whether the built-in country table lies below these layers: the last word counts.
bool wants_builtin(const std::vector<TomlValue>& layers)
{
    bool wanted = true;
    for (const TomlValue& layer : layers) {
        if (const TomlValue* said = layer.find("builtin_countries")) {
            wanted = !said->is(TomlKind::boolean) || said->integer != 0;
        }
    }
    return wanted;
}

Scenario resolve(const ScenarioDraft& draft)
{
    check_combinations(draft);
    Economies economies = resolve_economies(draft);
    Scenario scenario{draft.name, draft.parameters, std::move(economies.countries),
                      std::move(economies.sources), economies.reference_gdp_per_head};
    scenario.policies = resolve_policies(draft, scenario);
    scenario.windows = resolve_windows(draft);
    scenario.switches = resolve_switches(draft);
    return scenario;
}

/// Who names an economy on the command line means one of this run.
void check_pathways(const std::vector<std::string>& choices, const Scenario& scenario)
{
    for (const std::string& choice : choices) {
        const std::string key = choice.substr(0, choice.find('='));
        const bool is_group = key == "latecomers" || key == "all";
        if (!is_group && std::ranges::find(scenario.policies, key, &PolicyPlan::country) ==
                             scenario.policies.end()) {
            reject({text("--pathway ", choice)},
                   text("economy '", key,
                        "' is not part of this run; add it to world.countries, or "
                        "take the option out"));
        }
    }
}

void apply_builtin(std::string_view text, ScenarioDraft& draft)
{
    apply_layer(parse_toml(text, builtin_name), LayerRole::included, draft);
}

}  // namespace

Scenario read_scenario(const ScenarioRequest& request, const mpi::Communicator& comm)
{
    const std::vector<ScenarioFile> files = read_scenario_files(request.path, comm);

    std::vector<TomlValue> layers;
    for (const ScenarioFile& file : files) {
        layers.push_back(parse_toml(file.text, file.name));
    }
    for (const std::string& setting : request.settings) {
        layers.push_back(setting_layer(setting));
    }
    for (const std::string& pathway : request.pathways) {
        layers.push_back(pathway_layer(pathway));
    }
    const auto option = [&](std::string_view key, const std::optional<std::int64_t>& number) {
        if (number) {
            layers.push_back(option_layer(key, *number));
        }
    };
    option("seed", request.seed);
    option("replicate", request.replicate);
    option("quarters", request.quarters);

    ScenarioDraft draft;
    draft.file = request.path.string();
    draft.name = stem_of(request.path);
    if (wants_builtin(layers)) {
        apply_builtin(request.builtin_countries, draft);
    }
    for (std::size_t i = 0; i < layers.size(); ++i) {
        const bool is_included = i + 1 < files.size();
        apply_layer(layers[i], is_included ? LayerRole::included : LayerRole::scenario, draft);
    }
    Scenario scenario = resolve(draft);
    check_pathways(request.pathways, scenario);
    return scenario;
}

Scenario default_scenario(std::string_view builtin_countries)
{
    ScenarioDraft draft;
    apply_builtin(builtin_countries, draft);
    return resolve(draft);
}

}  // namespace latecomer
