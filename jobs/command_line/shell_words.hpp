#pragma once

#include <span>
#include <string>
#include <string_view>

/// Words as a POSIX shell takes them again.
namespace latecomer::jobs {

/// The word in single quotes, unless it is harmless without.
std::string shell_word(std::string_view word);

/// Words with blanks between them.
std::string shell_words(std::span<const std::string> words);

}  // namespace latecomer::jobs
