#pragma once

#include <span>
#include <string>
#include <string_view>

/// The commands of the program and their options, each declared once: parsing and help walk these
/// rows.
namespace latecomer::jobs {

/// How often an option may be given and whether a value follows it.
enum class Takes { nothing, one_value, values };

/// An option of a command.
struct OptionRow {
    std::string_view key;  ///< without the dashes
    Takes takes;
    std::string_view value;  ///< what the help calls the value
    std::string_view doc;
    char letter = '\0';  ///< of its short form, "-n"
};

/// A command of the program; every command takes --help.
struct CommandRow {
    std::string_view key;
    std::string_view operand;  ///< "RUN RUN": two words; "...]" at the end: any number
    std::string_view doc;      ///< empty: not for people, and in no help
    std::span<const OptionRow> options;
    std::string_view notes;
};

std::span<const CommandRow> commands();

/// What `latecomer COMMAND --help` prints.
std::string help_of(const CommandRow& command);

/// What `latecomer study ACTION --help` prints.
struct StudyActionRow;
std::string help_of(const StudyActionRow& action);

/// What `latecomer --help` prints.
std::string help_of_program();

}  // namespace latecomer::jobs
