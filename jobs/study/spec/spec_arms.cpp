#include "jobs/study/spec/spec_arms.hpp"

#include "agents/observation/outputs.hpp"
#include "agents/world/scenario.hpp"
#include "core/errors.hpp"
#include "core/suggest.hpp"
#include "core/text.hpp"
#include "io/scenario/scenario.hpp"
#include "io/scenario/scenario_numbers.hpp"
#include "io/toml/toml_text.hpp"
#include "jobs/run/builtin.hpp"
#include "jobs/study/spec/spec_table.hpp"

#include <algorithm>

namespace latecomer::jobs::study {
namespace {

constexpr std::size_t most_arms = 4096;
constexpr std::string_view example = R"(write for instance { "learning.search_share" = 0.04 })";

/// The value as TOML on one line, numbers to the last bit.
std::string inline_text(const TomlValue& value)
{
    std::string result;
    switch (value.kind) {
    case TomlKind::boolean:
        return value.integer != 0 ? "true" : "false";
    case TomlKind::integer:
        return toml_text(value.integer);
    case TomlKind::real:
        return toml_text(value.real);
    case TomlKind::text:
        return toml_text(std::string_view{value.text});
    case TomlKind::array:
        for (const TomlValue& item : value.items) {
            result += text(result.empty() ? "" : ", ", inline_text(item));
        }
        return text('[', result, ']');
    case TomlKind::table:
        for (const TomlEntry& entry : value.entries) {
            result += text(result.empty() ? "" : ", ", toml_text(std::string_view{entry.key}),
                           " = ", inline_text(entry.value));
        }
        return text('{', result, '}');
    case TomlKind::time:
    case TomlKind::bare:
        break;
    }
    reject(value.place, "a date or time sets no parameter; write a number or a text in quotes");
}

void read_setting(const TomlEntry& entry, SaidArm& said)
{
    constexpr std::string_view allowed =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.";
    if (entry.key.empty() || entry.key.find_first_not_of(allowed) != std::string::npos) {
        reject(entry.place, text("'", entry.key, "' is no key of a scenario; ", example));
    }
    if (entry.value.is(TomlKind::table) && entry.key.find('.') == std::string::npos) {
        const std::string inner =
            entry.value.entries.empty() ? "key" : entry.value.entries.front().key;
        reject(
            entry.place,
            text("'", entry.key,
                 "' is a table here, where settings have their whole name; write it in quotes: \"",
                 entry.key, '.', inner, "\" = ..."));
    }
    if (entry.key == "run.seed" || entry.key == "run.replicate") {
        reject(entry.place, text("'", entry.key,
                                 "' belongs to the study, which gives every run its own; set "
                                 "study.seed and [replicates]"));
    }
    said.arm.settings.push_back(text(entry.key, '=', inline_text(entry.value)));
    said.setting_places.push_back(entry.value.place);
}

void read_pathways(const TomlValue& table, SaidArm& said)
{
    if (!table.is(TomlKind::table)) {
        reject(table.place, text("bad value ", shown(table),
                                 " for 'pathway' (must be a table of economies: pathway = { "
                                 "latecomers = \"sovereignty\" })"));
    }
    for (const TomlEntry& entry : table.entries) {
        const std::string key = text("pathway.", entry.key);
        if (!is_label(entry.key)) {
            reject(
                entry.place,
                text("'", entry.key,
                     "' is no key of an economy; write 'latecomers', 'all' or a key such as IDN"));
        }
        const Demand demand{key, "", {}, "Pathway of the economy; several as a list."};
        std::string names;
        if (entry.value.is(TomlKind::array)) {
            for (const std::string& name : read_texts(entry.value, demand)) {
                names += text(names.empty() ? "" : ",", name);
            }
        } else {
            names = read_text(entry.value, demand);
        }
        said.arm.pathways.push_back(text(entry.key, '=', names));
        said.pathway_places.push_back(entry.value.place);
    }
}

/// The name of a scenario's own file.
std::filesystem::path read_file(const TomlValue& value, const std::string& arm,
                                const std::filesystem::path& folder)
{
    const std::string key = text("scenarios.", arm, ".file");
    const Demand demand{
        key, "the name of a file", {}, "Scenario file in place of the model of the study."};
    if (!value.is(TomlKind::text)) {
        reject_value(value, demand);
    }
    const std::string name = read_text(value, demand);
    if (name.empty()) {
        reject_value(value, demand);
    }
    return (folder / name).lexically_normal();
}

SaidArm read_arm(const TomlEntry& entry, const std::filesystem::path& folder)
{
    if (!is_label(entry.key)) {
        reject(entry.place, text("bad name '", entry.key.substr(0, 80), "' of a scenario (must be ",
                                 label_form, "); rename it"));
    }
    SaidArm said;
    said.arm.name = entry.key;
    said.place = entry.place;
    if (entry.value.is(TomlKind::text)) {
        said.arm.file = read_file(entry.value, entry.key, folder);
        said.place = entry.value.place;
        return said;
    }
    if (!entry.value.is(TomlKind::table)) {
        reject(entry.value.place,
               text("bad value ", shown(entry.value), " for scenario '", entry.key,
                    "' (must be a table, or the name of a file); ", example));
    }
    for (const TomlEntry& inner : entry.value.entries) {
        if (inner.key == "pathway") {
            read_pathways(inner.value, said);
        } else if (inner.key == "file") {
            said.arm.file = read_file(inner.value, entry.key, folder);
        } else {
            read_setting(inner, said);
        }
    }
    return said;
}

/// What a message says after "--set KEY=VALUE" or another option, and perhaps a place within; empty
/// if it is not about this option.
std::string_view about(std::string_view message, const std::string& option)
{
    if (!message.starts_with(text(option, ':'))) {
        return {};
    }
    message.remove_prefix(option.size());
    return message.substr(std::min(message.size(), message.find(": ") + 2));
}

/// Says of an arm what the scenario reader says, where the study sets it.
[[noreturn]] void reject_arm(const SaidArm& said, std::string_view message)
{
    const auto reject_if_about = [&](const std::string& option, const Place& place) {
        if (const std::string_view rest = about(message, option); !rest.empty()) {
            reject(place, text("scenario '", said.arm.name, "': ", rest));
        }
    };
    for (std::size_t i = 0; i < said.arm.settings.size(); ++i) {
        reject_if_about(text("--set ", said.arm.settings[i]), said.setting_places[i]);
    }
    for (std::size_t i = 0; i < said.arm.pathways.size(); ++i) {
        reject_if_about(text("--pathway ", said.arm.pathways[i]), said.pathway_places[i]);
    }
    reject(said.place, text("scenario '", said.arm.name, "': ", message));
}

/// Says of a parameter of the design what the scenario reader says of its neutral value, if it does.
void reject_parameter(const Spec& spec, const std::vector<Place>& places,
                      const std::vector<std::string>& settings, std::string_view message)
{
    for (std::size_t i = 0; i < places.size(); ++i) {
        const std::string& name = spec.design.marginals[i].parameter;
        for (const std::string& setting : settings) {
            const std::string_view rest = about(message, text("--set ", setting));
            if (setting.starts_with(text(name, '=')) && !rest.empty()) {
                reject(places[i], text("parameter '", name, "': ", rest));
            }
        }
    }
}

/// Refuses figures of economies that are not part of a scenario.
void check_economies(const Spec& spec, const std::vector<Place>& places, const std::string& arm,
                     const std::vector<std::string>& keys)
{
    for (std::size_t i = 0; i < places.size(); ++i) {
        const std::optional<ScenarioNumber> number =
            scenario_number(spec.design.marginals[i].parameter);
        if (number && number->of == ScenarioNumber::Of::economy &&
            std::ranges::find(keys, number->who) == keys.end()) {
            reject(places[i],
                   text("'", spec.design.marginals[i].parameter, "' would vary a figure of '",
                        number->who, "', which is no economy of scenario '", arm, "'.",
                        did_you_mean(number->who, keys),
                        " Name one that all scenarios have, or add it to world.countries."));
        }
    }
}

}  // namespace

const Place* SaidArm::place_of(std::string_view parameter) const
{
    for (std::size_t i = 0; i < arm.settings.size(); ++i) {
        const std::string_view setting = arm.settings[i];
        const std::string_view key = setting.substr(0, setting.find('='));
        if (key == parameter) {
            return &setting_places[i];
        }
        // A table may say it, too: "policy.IND.instruments" = { 3L = 1.0 }.
        if (parameter.starts_with(text(key, '.'))) {
            const std::string_view rest = parameter.substr(key.size() + 1);
            const std::string_view inner = rest.substr(0, rest.find('.'));
            if (setting.find(text(toml_text(inner), " = ")) != std::string_view::npos) {
                return &setting_places[i];
            }
        }
    }
    return nullptr;
}

std::vector<SaidArm> read_arms(const TomlValue& root, const std::filesystem::path& folder)
{
    const TomlValue* table = root.find("scenarios");
    if (table == nullptr) {
        SaidArm baseline;
        baseline.arm.name = "baseline";
        baseline.place = {root.place.file};
        return {baseline};
    }
    if (table->entries.empty() || table->entries.size() > most_arms) {
        reject(table->place,
               text("'scenarios' has ", table->entries.size(), " scenarios (must be 1 to ",
                    most_arms, "); without the section there is one, the model as it is"));
    }
    std::vector<SaidArm> arms;
    for (const TomlEntry& entry : table->entries) {
        arms.push_back(read_arm(entry, folder));
    }
    return arms;
}

ScenarioRequest request_of(const Spec& spec, const Arm& arm)
{
    ScenarioRequest request;
    request.path = arm.file.empty() ? spec.model : arm.file;
    request.builtin_countries = builtin_countries;
    request.settings = arm.settings;
    request.pathways = arm.pathways;
    request.quarters = spec.quarters;
    return request;
}

void read_files(std::vector<SaidArm>& arms, const Spec& spec, const mpi::Communicator& comm)
{
    if (!spec.model.empty()) {
        ScenarioRequest request;
        request.path = spec.model;
        request.builtin_countries = builtin_countries;
        static_cast<void>(read_scenario(request, comm));  // what is wrong without any arm
    }
    for (SaidArm& said : arms) {
        try {
            said.scenario.emplace(request_of(spec, said.arm), comm);
        } catch (const InputError& error) {  // the same on every rank
            reject_arm(said, error.what());
        }
    }
}

std::vector<std::string> neutral_settings(const Spec& spec, std::size_t arm)
{
    std::vector<std::string> settings;
    for (std::size_t i = 0; i < spec.design.marginals.size(); ++i) {
        const std::string& name = spec.design.marginals[i].parameter;
        const std::optional<ScenarioNumber> number = scenario_number(name);
        if (number && number->of == ScenarioNumber::Of::plan && spec.reads[arm][i]) {
            settings.push_back(text(name, '=', number->neutral));
        }
    }
    return settings;
}

EconomiesByArm resolve_arms(const std::vector<SaidArm>& arms, const Spec& spec,
                            const std::vector<Place>& places)
{
    EconomiesByArm economies;
    for (std::size_t i = 0; i < arms.size(); ++i) {
        const std::vector<std::string> neutral = neutral_settings(spec, i);
        std::vector<std::string> keys;
        try {
            for (const Economy& economy : economies_of(arms[i].scenario->with(neutral))) {
                keys.push_back(economy.key);
            }
        } catch (const InputError& error) {
            reject_parameter(spec, places, neutral, error.what());
            reject_arm(arms[i], error.what());
        }
        check_economies(spec, places, arms[i].arm.name, keys);
        if (i > 0 && keys != economies.front()) {
            reject(arms[i].place,
                   text("scenario '", arms[i].arm.name, "' has other economies than '",
                        arms.front().arm.name,
                        "', so that their outcomes cannot be compared; give all scenarios of a "
                        "study the same world.countries"));
        }
        economies.push_back(std::move(keys));
    }
    return economies;
}

void check_series(const std::vector<SaidArm>& arms, const Spec& spec)
{
    if (spec.series.variables.empty()) {
        return;
    }
    const auto scenario_of = [&](std::size_t arm) {
        return arms[arm].scenario->with(neutral_settings(spec, arm));
    };
    const Scenario first = scenario_of(0);
    for (std::size_t i = 1; i < arms.size(); ++i) {
        const Scenario own = scenario_of(i);
        for (const Output& output : outputs()) {
            const bool is_kept = std::ranges::count(spec.series.variables, output.key) > 0;
            for (const Axis axis : output.dimensions) {
                if (is_kept && axis_labels(own, axis) != axis_labels(first, axis)) {
                    reject(arms[i].place,
                           text("scenario '", arms[i].arm.name, "' has other sectors than '",
                                arms.front().arm.name, "', so that their series of '", output.key,
                                "' have other columns; take it out of series.variables, or give "
                                "both the same sectors"));
                }
            }
        }
    }
}

}  // namespace latecomer::jobs::study
