#include "jobs/terminal/speaker.hpp"

#include "core/text.hpp"
#include "jobs/terminal/launcher_terminal.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <sys/ioctl.h>
#include <unistd.h>

namespace latecomer::jobs {
namespace {

/// Whether lines can be drawn again on terminals of this kind.
bool can_redraw()
{
    const char* const terminal = std::getenv("TERM");
    return terminal != nullptr && std::string_view{terminal} != "dumb" && *terminal != '\0';
}

/// The terminal on which a bar can be drawn: standard error, or that of the launcher; -1: none.
int terminal_for_bars()
{
    if (!can_redraw()) {
        return -1;
    }
    return isatty(STDERR_FILENO) == 1 ? STDERR_FILENO : open_launcher_terminal();
}

/// What cannot be drawn is left out: progress is no result.
void write_to(int file, const std::string& words)
{
    (void)!::write(file, words.data(), words.size());
}

}  // namespace

Speaker::Speaker(ProgressStyle style, bool audible) : style_{audible ? style : ProgressStyle::none}
{
    if (style_ == ProgressStyle::automatic || style_ == ProgressStyle::bar) {
        terminal_ = terminal_for_bars();
        style_ =
            terminal_ >= 0 ? ProgressStyle::bar : ProgressStyle::plain;  // never a bar into a log
    }
}

Speaker::~Speaker()
{
    if (line_is_open_) {
        write_to(terminal_, "\n");
    }
    if (terminal_ > STDERR_FILENO) {
        ::close(terminal_);
    }
}

std::size_t Speaker::columns() const
{
    winsize size{};
    const bool known = ioctl(terminal_, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
    return known ? size.ws_col : 80;
}

void Speaker::say(const std::string& line)
{
    if (style_ == ProgressStyle::bar) {
        write_to(terminal_, text('\r', line, "\x1b[K"));
        line_is_open_ = true;
    } else if (style_ != ProgressStyle::none) {
        std::fputs(text(line, '\n').c_str(), stderr);
        std::fflush(stderr);
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
