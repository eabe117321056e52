#include "jobs/run/progress.hpp"

#include "core/constants.hpp"
#include "core/text.hpp"
#include "jobs/terminal/figures.hpp"
#include "jobs/terminal/json.hpp"

#include <algorithm>
#include <array>

namespace latecomer::jobs {
namespace {

using namespace std::chrono_literals;

}  // namespace

double Pace::share() const
{
    return quarters > 0 ? static_cast<double>(quarter) / static_cast<double>(quarters) : 1.0;
}

double Pace::firm_quarters_per_second() const
{
    return seconds > 0.0 ? firm_quarters / seconds : not_a_number;
}

double Pace::seconds_left() const
{
    if (quarter == first) {
        return not_a_number;
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
    return bar(pace.share(), words, columns);
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
    : speaker_{style, audible}
{
    pace_.first = first;
    pace_.quarter = first;
    pace_.quarters = quarters;
}

void Progress::quarter_done(std::int64_t quarter, std::int64_t firms)
{
    if (speaker_.style() == ProgressStyle::none) {
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
    if (speaker_.style() == ProgressStyle::bar) {
        return now - spoken_ >= 100ms;
    }
    if (speaker_.style() == ProgressStyle::json) {
        return pace_.quarter == 1 || now - spoken_ >= 1s;
    }
    return now - spoken_ >= 1min || 10 * pace_.quarter >= (tenths_spoken_ + 1) * pace_.quarters;
}

void Progress::speak()
{
    switch (speaker_.style()) {
    case ProgressStyle::bar:
        speaker_.say(bar_line(pace_, speaker_.columns()));
        break;
    case ProgressStyle::json:
        speaker_.say(json_line(pace_));
        break;
    default:
        speaker_.say(plain_line(pace_));
    }
}

}  // namespace latecomer::jobs
