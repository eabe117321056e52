#pragma once

#include "agents/economy/country_table.hpp"
#include "agents/world/scenario.hpp"
#include "core/parameters.hpp"
#include "io/scenario/copy_on_write.hpp"
#include "io/toml/toml.hpp"

#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

/// A scenario while its layers are being put on each other.
namespace latecomer {

/// Where something was set, and the how-manieth setting it was.
struct Setting {
    Place place;
    std::size_t order = 0;
};

/// An economy as far as the layers have told.
struct CountryDraft {
    CountryData data;  ///< its figures are those given for any year
    std::map<std::int64_t, std::array<Datum, indicator_count>> by_year;
    std::optional<CountryRole> role;
    std::optional<std::int64_t> row;
    Place place;  ///< of its last mention
    Place row_place;
    std::array<Place, indicator_count> datum_places{};
};

using CountryDrafts = std::map<std::string, CountryDraft, std::less<>>;
using SourceTexts = std::map<std::string, std::string, std::less<>>;

struct ScenarioDraft {
    std::string file;  ///< the scenario's own, for messages about what no file sets
    std::string name;
    Parameters parameters;
    // Large, and the same in all runs of a study.
    CopyOnWrite<CountryDrafts> countries;
    CopyOnWrite<SourceTexts> sources;
    std::map<std::string, TomlValue, std::less<>>
        policies;  ///< plans as tables, by economy or group
    std::vector<TomlValue> windows;
    std::vector<TomlValue> switches;
    std::optional<double> reference_productivity;
    std::map<std::string, Setting, std::less<>> settings;  ///< by "section.key"

    void remember(const std::string& key, const Place& place)
    {
        settings.insert_or_assign(key, Setting{place, settings_made++});
    }

    /// Where the last of these keys was set; the scenario file if all have their defaults.
    Place last_set(std::initializer_list<std::string_view> keys) const;

private:
    std::size_t settings_made = 0;
};

/// Whether a layer is the scenario itself, whose `name` counts, or a file that it includes.
enum class LayerRole { included, scenario };

/// Puts a layer on top of a draft: every key is known and every value is of its type, in its range.
/// @throws InputError with the place of the first mistake.
void apply_layer(const TomlValue& layer, LayerRole role, ScenarioDraft& draft);

/// Sets the parameters of a section; false if there is no section of this name.
bool apply_parameters(const TomlEntry& section, ScenarioDraft& draft);

/// The parts of `apply_layer`: [[sector]], [country.KEY] and [source].
void apply_sectors(const TomlValue& list, ScenarioDraft& draft);
void apply_countries(const TomlValue& table, ScenarioDraft& draft);
void apply_sources(const TomlValue& table, ScenarioDraft& draft);

/// Refuses parameters that do not fit together.
/// @throws InputError with the place of the last of those that were set.
void check_combinations(const ScenarioDraft& draft);

/// Chooses and completes the economies of the run.
struct Economies {
    std::vector<CountryData> countries;
    std::vector<SourceText> sources;
    double reference_productivity = 0.0;
    std::vector<std::string> remarks;
};
struct EconomyTable;

/// `table`: that of a draft before, or null; it serves drafts with the same table, and is made anew for others.
/// @throws InputError if economies contradict each other or are too many for the program.
Economies resolve_economies(const ScenarioDraft& draft, std::shared_ptr<const EconomyTable>& table);

/// Refuses to take snapshots of economies that are not part of the run.
/// @throws InputError
void check_snapshot_countries(const ScenarioDraft& draft, const Scenario& scenario);

/// Refuses a key with what is known: where the key belongs, or what it may have been meant to be.
[[noreturn]] void reject_key(const TomlEntry& entry, std::string_view section,
                             const std::vector<std::string>& known);

}  // namespace latecomer
