#include "jobs/terminal/speaker.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <sys/ioctl.h>
#include <unistd.h>

namespace latecomer::jobs {
namespace {

/// Whether standard error is a terminal on which a line can be drawn again.
bool can_redraw()
{
    const char* const terminal = std::getenv("TERM");
    return isatty(STDERR_FILENO) == 1 && terminal != nullptr &&
           std::string_view{terminal} != "dumb" && *terminal != '\0';
}

/// What is drawn when a style is asked for: never a bar into a log.
ProgressStyle possible(ProgressStyle style)
{
    if (style == ProgressStyle::automatic || style == ProgressStyle::bar) {
        return can_redraw() ? ProgressStyle::bar : ProgressStyle::plain;
    }
    return style;
}

void write(const std::string& words)
{
    std::fputs(words.c_str(), stderr);
    std::fflush(stderr);
}

}  // namespace

Speaker::Speaker(ProgressStyle style, bool audible)
    : style_{audible ? possible(style) : ProgressStyle::none}
{}

Speaker::~Speaker()
{
    if (line_is_open_) {
        write("\n");
    }
}

std::size_t Speaker::columns() const
{
    winsize size{};
    const bool known = ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
    return known ? size.ws_col : 80;
}

void Speaker::say(const std::string& line)
{
    if (style_ == ProgressStyle::bar) {
        write(text('\r', line, "\x1b[K"));
        line_is_open_ = true;
    } else if (style_ != ProgressStyle::none) {
        write(line + '\n');
    }
}

std::string bar(double share, const std::string& words, std::size_t columns)
{
    constexpr std::size_t least_bar = 10;
    if (words.size() + least_bar + 3 < columns) {
        const std::size_t room = std::min<std::size_t>(40, columns - words.size() - 4);
        const auto full = static_cast<std::size_t>(share * static_cast<double>(room));
        return text('[', std::string(full, '='), std::string(room - full, ' '), "] ", words);
    }
    return words.substr(0, columns > 0 ? columns - 1 : 0);
}

}  // namespace latecomer::jobs
