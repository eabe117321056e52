#include "core/errors.hpp"
#include "core/text.hpp"
#include "io/manual/manual.hpp"
#include "io/scenario/scenario_numbers.hpp"
#include "io/scenario/scenario_policy.hpp"
#include "jobs/command_line/commands.hpp"
#include "jobs/command_line/grammar.hpp"
#include "jobs/command_line/study_options.hpp"
#include "jobs/program/printed.hpp"
#include "jobs/run/builtin.hpp"
#include "jobs/terminal/terminal.hpp"

#include <algorithm>
#include <array>

/// Words for completion by the shell (jobs/completion/latecomer.bash): from declarations, nothing of its own.
namespace latecomer::jobs {
namespace {

using Words = std::vector<std::string>;

Words names_of_commands()
{
    Words words{"--help", "--version"};
    for (const CommandRow& command : commands()) {
        if (!command.doc.empty()) {
            words.emplace_back(command.key);
        }
    }
    return words;
}

Words names_of_actions()
{
    Words words;
    for (const StudyActionRow& action : study_actions()) {
        words.emplace_back(action.key);
    }
    return words;
}

/// Options of a command, "--out"; of a study those of the action, if there is one of this name.
Words options_of(const std::string& command, const std::string& action)
{
    Words words;
    const auto row = std::ranges::find(commands(), command, &CommandRow::key);
    if (row == commands().end()) {
        return words;
    }
    const auto chosen = std::ranges::find(study_actions(), action, &StudyActionRow::key);
    const bool is_chosen = command == "study" && chosen != study_actions().end();
    for (const OptionRow& option : row->options) {
        if (!is_chosen || option.key == "help" || takes(*chosen, option.key)) {
            words.push_back(text("--", option.key));
        }
    }
    return words;
}

/// Options of any command that a value follows, also in their short form.
Words options_with_values()
{
    Words words;
    for (const CommandRow& command : commands()) {
        for (const OptionRow& option : command.options) {
            if (option.takes != Takes::nothing) {
                words.push_back(text("--", option.key));
                if (option.letter != '\0') {
                    words.push_back(text('-', option.letter));
                }
            }
        }
    }
    return words;
}

/// Rows of the manual's table, by key and, where they have one, by code.
Words rows_of(std::string_view table)
{
    Words words;
    const ManualIndex manual = whole_manual();
    for (const ManualEntry& entry : manual.entries()) {
        if (entry.table->key == table) {
            words.push_back(entry.key);
            if (!entry.code.empty()) {
                words.push_back(entry.code);
            }
        }
    }
    return words;
}

/// Keys of a scenario, "learning.absorption_rate".
Words keys_of_parameters()
{
    Words words;
    const ManualIndex manual = whole_manual();
    for (const ManualEntry& entry : manual.entries()) {
        if (entry.topic->key == "parameters" &&
            entry.table->title == text('[', entry.table->key, ']')) {
            words.push_back(entry.name);
        }
    }
    return words;
}

Words keys_of_pathways()
{
    Words words;
    const ManualIndex manual = whole_manual();
    for (const ManualEntry& entry : manual.entries()) {
        if (entry.table->key == "pathway") {
            words.push_back(entry.key);
        }
    }
    return words;
}

Words keys_of_economies()
{
    Words words;
    for (const ListedEconomy& economy : country_listing(builtin_countries).economies) {
        words.push_back(economy.data.key);
    }
    return words;
}

/// What a plan may say, behind policy.WHO.
Words keys_of_plans()
{
    Words words{"pathway="};
    for (const PlanNumber& row : plan_numbers()) {
        if (row.key == "instruments") {
            for (const std::string& instrument : rows_of("instrument")) {
                words.push_back(text(row.key, '.', instrument, '='));
            }
        } else {
            words.push_back(text(row.key, row.is_table ? '.' : '='));
        }
    }
    return words;
}

/// What --pathway may begin with: economies, and groups of them.
Words who_plans()
{
    Words words = keys_of_economies();
    words.insert(words.end(), policy_groups.begin(), policy_groups.end());
    return words;
}

Words topics()
{
    Words words{"all"};
    words.insert(words.end(), manual_topics().begin(), manual_topics().end());
    for (const ManualTopic& topic : topics_of_jobs()) {
        words.push_back(topic.key);
    }
    return words;
}

/// What `describe` takes.
Words topics_and_keys()
{
    Words words = topics();
    const Words keys = whole_manual().words();
    words.insert(words.end(), keys.begin(), keys.end());
    return words;
}

Words names_of_sites()
{
    Words words;
    for (const BuiltinFile& file : builtin_files()) {
        constexpr std::string_view folder = "sites/";
        constexpr std::string_view ending = ".toml";
        if (file.name.starts_with(folder) && file.name.ends_with(ending)) {
            words.emplace_back(
                file.name.substr(folder.size(), file.name.size() - folder.size() - ending.size()));
        }
    }
    return words;
}

struct WordsRow {
    std::string_view what;
    Words (*words)();
};
constexpr std::array rows{
    WordsRow{"commands", names_of_commands},
    WordsRow{"study", names_of_actions},
    WordsRow{"values", options_with_values},
    WordsRow{"set", keys_of_parameters},
    WordsRow{"pathways", keys_of_pathways},
    WordsRow{"instruments", [] { return rows_of("instrument"); }},
    WordsRow{"economies", keys_of_economies},
    WordsRow{"who", who_plans},
    WordsRow{"plan", keys_of_plans},
    WordsRow{"figures", [] { return rows_of("country"); }},
    WordsRow{"topics", topics},
    WordsRow{"describe", topics_and_keys},
    WordsRow{"sites", names_of_sites},
    WordsRow{"formats",
             [] {
                 return Words{manual_formats().begin(), manual_formats().end()};
             }},
};

}  // namespace

void complete(const CompleteOptions& options, const mpi::Communicator& comm)
{
    Words words;
    const std::string& what = options.words.front();
    const auto row = std::ranges::find(rows, what, &WordsRow::what);
    if (what == "options" && options.words.size() >= 2) {
        words = options_of(options.words[1], options.words.size() > 2 ? options.words[2] : "");
    } else if (row != rows.end()) {
        words = row->words();
    } else {
        throw InputError(text("nothing is completed by '", what,
                              "'; the words are in jobs/program/complete.cpp"));
    }
    std::string lines;
    for (const std::string& word : words) {
        lines += word + '\n';
    }
    print(lines, comm);
}

}  // namespace latecomer::jobs
