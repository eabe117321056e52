#include "core/suggest.hpp"
#include "core/text.hpp"
#include "io/scenario/scenario_policy.hpp"
#include "io/scenario/scenario_values.hpp"

#include <algorithm>

namespace latecomer {
namespace {

Stage read_stage(const TomlValue& value)
{
    const std::vector<std::string> names(stage_names.begin(), stage_names.end());
    if (value.is(TomlKind::integer) && value.integer >= 1 &&
        value.integer <= std::int64_t{stages}) {
        return static_cast<Stage>(value.integer - 1);
    }
    return static_cast<Stage>(read_word(value, names, "window.stage",
                                        "Stage of the value chain; its number, 1 to 4, will do."));
}

TechnologyWindow read_window(const TomlValue& table, const WindowParameters& defaults)
{
    std::vector<std::string> known{"quarter", "stage", "label"};
    for_each(WindowParameters::table, [&](const auto& row) { known.emplace_back(row.key); });
    WindowParameters values = defaults;
    TechnologyWindow window;
    for (const TomlEntry& entry : table.entries) {
        const std::string key = text("window.", entry.key);
        if (std::find(known.begin(), known.end(), entry.key) == known.end()) {
            reject_key(entry, "window", known);
        }
        if (entry.key == "quarter") {
            window.quarter =
                read_whole(entry.value, {0, 4000}, {key, {}, "quarter", "When it opens."});
        } else if (entry.key == "stage") {
            window.stage = read_stage(entry.value);
        } else if (entry.key == "label") {
            window.label = read_text(entry.value, {key, {}, {}, "Name for people."});
        }
        for_each(WindowParameters::table, [&](const auto& row) {
            if (row.key == entry.key) {
                read_parameter(row, values, entry.value, key);
            }
        });
    }
    window.gain = values.gain;
    window.lock_in = values.lock_in;
    window.perception_loss = values.perception_loss;
    window.base = values.base;
    return window;
}

}  // namespace

void apply_windows(const TomlValue& list, ScenarioDraft& draft)
{
    if (!list.is(TomlKind::array) || list.items.size() > most_windows) {
        reject(list.place, text("bad value ", shown(list), " for 'window' (must be at most ",
                                most_windows, " tables: write [[window]] above the keys of each)"));
    }
    draft.windows = list.items;
}

std::vector<TechnologyWindow> resolve_windows(const ScenarioDraft& draft)
{
    std::vector<TechnologyWindow> windows;
    for (const TomlValue& item : draft.windows) {
        if (!item.is(TomlKind::table) || !item.find("quarter") || !item.find("stage")) {
            reject(item.place, "a window needs 'quarter' and 'stage'; add what is missing");
        }
        windows.push_back(read_window(item, draft.parameters.windows));
    }
    std::stable_sort(windows.begin(), windows.end(),
                     [](const auto& a, const auto& b) { return a.quarter < b.quarter; });
    return windows;
}

}  // namespace latecomer
