#include "jobs/submit/site.hpp"

#include "core/errors.hpp"
#include "core/suggest.hpp"
#include "core/text.hpp"
#include "io/files/text_file.hpp"
#include "io/scenario/scenario_values.hpp"
#include "jobs/run/builtin.hpp"

#include <algorithm>

namespace latecomer::jobs::submit {
namespace {

/// Refuses what could end the line of a job script that it is written into, or begin another word.
void check_words(const std::vector<std::string>& words, std::string_view key, const Place& place)
{
    constexpr std::string_view allowed =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_=+./:,@%[]{}*";
    for (const std::string& word : words) {
        if (word.find_first_not_of(allowed) != std::string::npos) {
            reject(place, text("bad word '", word, "' in '", key,
                               "' (only letters, digits and -_=+./:,@%[]{}* go into a job script); "
                               "write it without blanks and quotes"));
        }
    }
}

void read_key(Site& site, const TomlEntry& entry)
{
    std::vector<std::string> known;
    bool found = false;
    for_each(Site::table, [&](const auto& row) {
        known.emplace_back(row.key);
        if (row.key == entry.key) {
            read_parameter(row, site, entry.value, entry.key);
            found = true;
        }
    });
    if (!found) {
        const std::string hint = did_you_mean(entry.key, known);
        reject(entry.place,
               text("unknown key '", entry.key, "' of a site.",
                    hint.empty() ? " jobs/sites/README.md lists the known ones." : hint));
    }
}

void check(const Site& site, const TomlValue& root)
{
    check_words({site.account, site.partition, site.quality_of_service}, "account, partition, ...",
                root.place);
    check_words(site.options, "options", root.place);
    if (root.find("scheduler") == nullptr) {
        reject(Place{root.place.file}, "'scheduler' is missing; add scheduler = \"slurm\", \"pbs\" "
                                       "or \"none\"");
    }
    if (site.launcher.empty()) {
        reject(Place{root.place.file},
               "'launcher' is missing; add it, for instance launcher = [\"srun\"]");
    }
    const bool has_own_limit = site.hours_per_job > 0.0;
    if (has_own_limit &&
        2.0 * static_cast<double>(site.warning_seconds) >= 3600.0 * site.hours_per_job) {
        reject(root.find("hours_per_job")->place,
               "'warning_seconds' leaves less than half of 'hours_per_job'; warn later");
    }
}

/// The text of the site, and what messages call it.
std::pair<std::string, std::string> text_of_site(const std::string& name_or_path)
{
    if (name_or_path.ends_with(".toml")) {
        return {io::read_text_file(name_or_path, Place{"--site"}, io::study_limit), name_or_path};
    }
    const std::string path = text("sites/", name_or_path, ".toml");
    std::vector<std::string> known;
    for (const BuiltinFile& file : builtin_files()) {
        if (file.name == path) {
            return {std::string{file.text}, "jobs/" + path};
        }
        if (file.name.starts_with("sites/")) {
            known.emplace_back(file.name.substr(6, file.name.size() - 11));
        }
    }
    std::string remedy = did_you_mean(name_or_path, known);
    for (const std::string& name : known) {
        remedy += text(&name == known.data() ? " Known: " : ", ", name);
    }
    throw InputError(
        text("unknown site '", name_or_path, "'.", remedy, "; or a file of your own, FILE.toml"));
}

}  // namespace

Site read_site(const std::string& name_or_path)
{
    const auto [content, name] = text_of_site(name_or_path);
    const TomlValue root = parse_toml(content, name);
    Site site;
    for (const TomlEntry& entry : root.entries) {
        read_key(site, entry);
    }
    check(site, root);
    return site;
}

}  // namespace latecomer::jobs::submit
