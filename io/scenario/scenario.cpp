#include "io/scenario/scenario.hpp"

#include "core/text.hpp"
#include "io/scenario/scenario_draft.hpp"
#include "io/scenario/scenario_files.hpp"
#include "io/scenario/scenario_policy.hpp"
#include "io/scenario/scenario_remarks.hpp"

#include <algorithm>

namespace latecomer {

/// "--pathway COUNTRY=NAME".
struct PathwayChoice {
    std::string economy;  ///< or a group of them
    TomlValue name;
};

namespace {

constexpr const char* builtin_name = "economies.toml (built in)";

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

PathwayChoice pathway_choice(const std::string& option)
{
    const Place place{text("--pathway ", option)};
    const std::size_t equals = option.find('=');
    if (equals == std::string::npos || equals == 0) {
        reject(place, "this is not COUNTRY=NAME; write for instance --pathway IDN=sovereignty");
    }
    PathwayChoice choice{option.substr(0, equals), {}};
    choice.name.kind = TomlKind::bare;
    choice.name.text = option.substr(equals + 1);
    choice.name.place = place;
    return choice;
}

std::vector<PathwayChoice> pathway_choices(const std::vector<std::string>& options)
{
    std::vector<PathwayChoice> choices;
    for (const std::string& option : options) {
        PathwayChoice choice = pathway_choice(option);
        const auto old = std::ranges::find(choices, choice.economy, &PathwayChoice::economy);
        if (old != choices.end()) {
            reject(choice.name.place,
                   text("'", choice.economy, "' has a pathway already (", old->name.place.file,
                        "); several are joined by commas: --pathway ", choice.economy, '=',
                        old->name.text, ',', choice.name.text));
        }
        choices.push_back(std::move(choice));
    }
    return choices;
}

TomlValue layer_of(const PathwayChoice& choice)
{
    return tree_of(text("policy.", choice.economy, ".pathway"), choice.name, choice.name.place);
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

/// `table`: see resolve_economies().
Scenario resolve(const ScenarioDraft& draft, std::shared_ptr<const EconomyTable>& table)
{
    check_combinations(draft);
    Economies economies = resolve_economies(draft, table);
    Scenario scenario{draft.name, draft.parameters, std::move(economies.countries),
                      std::move(economies.sources), economies.reference_productivity};
    scenario.remarks = std::move(economies.remarks);
    check_snapshot_countries(draft, scenario);
    scenario.policies = resolve_policies(draft, scenario);
    scenario.windows = resolve_windows(draft);
    scenario.switches = resolve_switches(draft);
    for (std::string& remark : remarks_on_course(scenario)) {
        scenario.remarks.push_back(std::move(remark));
    }
    return scenario;
}

/// Who names an economy on the command line means one of this run.
void check_pathways(const std::vector<PathwayChoice>& choices, const Scenario& scenario)
{
    for (const PathwayChoice& choice : choices) {
        const bool is_group =
            std::ranges::find(policy_groups, choice.economy) != policy_groups.end();
        if (!is_group && std::ranges::find(scenario.policies, choice.economy,
                                           &PolicyPlan::country) == scenario.policies.end()) {
            reject(choice.name.place,
                   text("economy '", choice.economy,
                        "' is not part of this run; add it to world.countries, or "
                        "take the option out"));
        }
    }
}

/// What the built-in country table says.  A study reads a scenario for each of its arms: the table is parsed once for
/// all of them, and they have it in common.  What is remembered is only what the text says.
const ScenarioDraft& builtin_draft(std::string_view text)
{
    thread_local std::string known;
    thread_local ScenarioDraft draft;
    if (known != text) {
        ScenarioDraft parsed;
        apply_layer(parse_toml(text, builtin_name), LayerRole::included, parsed);
        std::string copy{text};
        draft = std::move(parsed);
        known = std::move(copy);
    }
    return draft;
}

}  // namespace

struct ScenarioTemplate::Parts {
    ScenarioDraft draft;
    ScenarioDraft changes;  ///< of policy, from a later quarter on
    std::vector<PathwayChoice> pathways;
    std::optional<std::int64_t> policy_from;
    mutable std::shared_ptr<const EconomyTable>
        table;  ///< of the last scenario: most have the same
};

ScenarioTemplate::ScenarioTemplate(const ScenarioRequest& request, const mpi::Communicator& comm)
{
    const std::vector<ScenarioFile> files = request.path.empty()
                                                ? std::vector<ScenarioFile>{}
                                                : read_scenario_files(request.path, comm);

    Parts parts;
    parts.policy_from = request.policy_from;
    std::vector<TomlValue> layers;
    for (const ScenarioFile& file : files) {
        layers.push_back(parse_toml(file.text, file.name));
    }
    const auto put = [&](TomlValue layer) {
        const TomlValue* policy = layer.find("policy");
        if (policy != nullptr && request.policy_from) {
            apply_policies(*policy, parts.changes);
        } else {
            layers.push_back(std::move(layer));
        }
    };
    for (const std::string& setting : request.settings) {
        put(setting_layer(setting));
    }
    parts.pathways = pathway_choices(request.pathways);
    for (const PathwayChoice& choice : parts.pathways) {
        put(layer_of(choice));
    }
    const auto option = [&](std::string_view key, const std::optional<std::int64_t>& number) {
        if (number) {
            layers.push_back(option_layer(key, *number));
        }
    };
    option("seed", request.seed);
    option("replicate", request.replicate);
    option("quarters", request.quarters);

    ScenarioDraft& draft = parts.draft;
    if (wants_builtin(layers)) {
        draft = builtin_draft(request.builtin_countries);
    }
    draft.file = request.path.string();
    draft.name = stem_of(request.path);
    for (std::size_t i = 0; i < layers.size(); ++i) {
        const bool is_included = i + 1 < files.size();
        apply_layer(layers[i], is_included ? LayerRole::included : LayerRole::scenario, draft);
    }
    parts_ = std::make_shared<const Parts>(std::move(parts));
}

Scenario ScenarioTemplate::with(const std::vector<std::string>& settings) const
{
    if (settings.empty()) {
        return finished(parts_->draft);
    }
    ScenarioDraft draft = parts_->draft;
    for (const std::string& setting : settings) {
        apply_layer(setting_layer(setting), LayerRole::scenario, draft);
    }
    return finished(draft);
}

bool ScenarioTemplate::has_plan(const std::string& who) const
{
    return parts_->draft.policies.contains(who);
}

Scenario ScenarioTemplate::finished(const ScenarioDraft& draft) const
{
    Scenario scenario = resolve(draft, parts_->table);
    if (parts_->policy_from) {
        change_policies(scenario, parts_->changes, *parts_->policy_from);
    }
    check_pathways(parts_->pathways, scenario);
    return scenario;
}

Scenario read_scenario(const ScenarioRequest& request, const mpi::Communicator& comm)
{
    return ScenarioTemplate{request, comm}.with({});
}

Scenario default_scenario(std::string_view builtin_countries)
{
    std::shared_ptr<const EconomyTable> none;
    return resolve(builtin_draft(builtin_countries), none);
}

}  // namespace latecomer
