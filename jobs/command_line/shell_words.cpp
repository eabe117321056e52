#include "jobs/command_line/shell_words.hpp"

namespace latecomer::jobs {

std::string shell_word(std::string_view word)
{
    constexpr std::string_view harmless =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_=+./:,@%";
    if (!word.empty() && word.find_first_not_of(harmless) == std::string_view::npos) {
        return std::string{word};
    }
    std::string quoted = "'";
    for (const char letter : word) {
        quoted += letter == '\'' ? std::string{"'\\''"} : std::string{letter};
    }
    return quoted + '\'';
}

std::string shell_words(std::span<const std::string> words)
{
    std::string line;
    for (const std::string& word : words) {
        line += (line.empty() ? "" : " ") + shell_word(word);
    }
    return line;
}

}  // namespace latecomer::jobs
