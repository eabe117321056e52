#include "jobs/progress.hpp"

#include "core/text.hpp"
#include "jobs/figures.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <string_view>
#include <sys/ioctl.h>
#include <unistd.h>

namespace latecomer::jobs {
namespace {

using namespace std::chrono_literals;

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

/// Whether standard error is a terminal on which a line can be drawn again.
bool can_redraw()
{
    const char* const terminal = std::getenv("TERM");
    return isatty(STDERR_FILENO) == 1 && terminal != nullptr &&
           std::string_view{terminal} != "dumb" && *terminal != '\0';
}

std::size_t terminal_columns()
{
    winsize size{};
    const bool known = ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
    return known ? size.ws_col : 80;
}

/// What is drawn when a style is asked for: never a bar into a log.
ProgressStyle possible(ProgressStyle style)
{
    if (style == ProgressStyle::automatic || style == ProgressStyle::bar) {
        return can_redraw() ? ProgressStyle::bar : ProgressStyle::plain;
    }
    return style;
}

/// A number of JSON, which has no NaN.
std::string json_number(double number)
{
    return std::isfinite(number) ? shortest(number) : "null";
}

void say(const std::string& words)
{
    std::fputs(words.c_str(), stderr);
    std::fflush(stderr);
}

}  // namespace

double Pace::share() const
{
    return quarters > 0 ? static_cast<double>(quarter) / static_cast<double>(quarters) : 1.0;
}

double Pace::firm_quarters_per_second() const
{
    return seconds > 0.0 ? firm_quarters / seconds : unknown;
}

double Pace::seconds_left() const
{
    if (quarter == first) {
        return unknown;
    }
    const auto left = static_cast<double>(quarters - quarter);
    const double per_quarter = seconds / static_cast<double>(quarter - first);
    const double mean_firms = firm_quarters / static_cast<double>(quarter - first);
    const double growth = mean_firms > 0.0 ? static_cast<double>(firms) / mean_firms : 1.0;
    return left * per_quarter * growth;
}

std::string bar_line(const Pace& pace, std::size_t columns)
{
    const std::array<std::string, 4> parts{
        text("quarter ", pace.quarter, '/', pace.quarters),
        duration(pace.seconds_left()) + " left",
        grouped(pace.firms) + " firms",
        rounded(pace.firm_quarters_per_second()) + " firm-quarters/s",
    };
    std::string words = parts[0];
    for (std::size_t i = 1; i < parts.size() && words.size() + parts[i].size() + 2 < columns; ++i) {
        words += ", " + parts[i];
    }
    constexpr std::size_t least_bar = 10;
    if (words.size() + least_bar + 3 < columns) {
        const std::size_t room = std::min<std::size_t>(40, columns - words.size() - 4);
        const auto full = static_cast<std::size_t>(pace.share() * static_cast<double>(room));
        return text('[', std::string(full, '='), std::string(room - full, ' '), "] ", words);
    }
    return words.substr(0, columns > 0 ? columns - 1 : 0);
}

std::string plain_line(const Pace& pace)
{
    return text("quarter ", pace.quarter, " of ", pace.quarters, " (",
                static_cast<int>(100.0 * pace.share()), " %), ", grouped(pace.firms), " firms, ",
                rounded(pace.firm_quarters_per_second()), " firm-quarters/s, ",
                duration(pace.seconds_left()), " left");
}

std::string json_line(const Pace& pace)
{
    return text("{\"quarter\": ", pace.quarter, ", \"quarters\": ", pace.quarters,
                ", \"firms\": ", pace.firms, ", \"seconds\": ", json_number(pace.seconds),
                ", \"firm_quarters_per_second\": ", json_number(pace.firm_quarters_per_second()),
                ", \"seconds_left\": ", json_number(pace.seconds_left()), '}');
}

Progress::Progress(ProgressStyle style, std::int64_t first, std::int64_t quarters, bool audible)
    : style_{audible ? possible(style) : ProgressStyle::none}
{
    pace_.first = first;
    pace_.quarter = first;
    pace_.quarters = quarters;
}

Progress::~Progress()
{
    if (line_is_open_) {
        say("\n");
    }
}

void Progress::quarter_done(std::int64_t quarter, std::int64_t firms)
{
    if (style_ == ProgressStyle::none) {
        return;
    }
    const Clock::time_point now = Clock::now();
    pace_.quarter = quarter;
    pace_.firms = firms;
    pace_.firm_quarters += static_cast<double>(firms);
    pace_.seconds = std::chrono::duration<double>(now - start_).count();
    if (is_time_to_speak(now)) {
        spoken_ = now;
        tenths_spoken_ = 10 * pace_.quarter / std::max<std::int64_t>(1, pace_.quarters);
        speak();
    }
}

bool Progress::is_time_to_speak(Clock::time_point now) const
{
    if (pace_.quarter == pace_.quarters) {
        return true;
    }
    if (style_ == ProgressStyle::bar) {
        return now - spoken_ >= 100ms;
    }
    if (style_ == ProgressStyle::json) {
        return pace_.quarter == 1 || now - spoken_ >= 1s;
    }
    return now - spoken_ >= 1min || 10 * pace_.quarter >= (tenths_spoken_ + 1) * pace_.quarters;
}

void Progress::speak()
{
    if (style_ == ProgressStyle::bar) {
        say(text('\r', bar_line(pace_, terminal_columns()), "\x1b[K"));
        line_is_open_ = true;
    } else {
        say(text(style_ == ProgressStyle::json ? json_line(pace_) : plain_line(pace_), '\n'));
    }
}

}  // namespace latecomer::jobs
