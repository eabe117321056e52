#include "jobs/study/execute/progress_line.hpp"

#include "core/constants.hpp"
#include "core/text.hpp"
#include "jobs/terminal/figures.hpp"
#include "jobs/terminal/json.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace latecomer::jobs::study {
namespace {

using namespace std::chrono_literals;

constexpr double minute = 60.0;

}  // namespace

double StudyPace::runs_a_minute() const
{
    return seconds > 0.0 ? static_cast<double>(ended) / seconds * minute : not_a_number;
}

double StudyPace::efficiency() const
{
    return seconds > 0.0 ? core_seconds / (cores * seconds) : not_a_number;
}

double StudyPace::seconds_left() const
{
    return ended > 0 ? static_cast<double>(runs - final) * seconds / static_cast<double>(ended)
                     : not_a_number;
}

std::string bar_line(const StudyPace& pace, std::size_t columns)
{
    const std::array<std::string, 4> parts{
        text(grouped(pace.final), '/', grouped(pace.runs), " runs"),
        duration(pace.seconds_left()) + " left",
        text(pace.failed, " failed"),
        rounded(pace.runs_a_minute()) + " a minute",
    };
    std::string words = parts[0];
    for (std::size_t i = 1; i < parts.size() && words.size() + parts[i].size() + 2 < columns; ++i) {
        words += ", " + parts[i];
    }
    const auto all = static_cast<double>(std::max<std::int64_t>(1, pace.runs));
    return bar(static_cast<double>(pace.final) / all, words, columns);
}

std::string plain_line(const StudyPace& pace)
{
    return text('[', duration(pace.seconds), "] ", grouped(pace.final), '/', grouped(pace.runs),
                " runs, failed ", pace.failed, " | ", rounded(pace.runs_a_minute()),
                " a minute, efficiency ", fixed(pace.efficiency(), 2), ", ",
                duration(pace.seconds_left()), " left");
}

std::string json_line(const StudyPace& pace)
{
    return text("{\"runs\": ", pace.runs, ", \"final\": ", pace.final,
                ", \"failed\": ", pace.failed, ", \"seconds\": ", json_number(pace.seconds),
                ", \"core_seconds\": ", json_number(pace.core_seconds),
                ", \"efficiency\": ", json_number(pace.efficiency()),
                ", \"seconds_left\": ", json_number(pace.seconds_left()), '}');
}

bool ProgressLine::is_time(bool is_end) const
{
    const std::chrono::duration<double> pause = speaker_.style() == ProgressStyle::bar    ? 0.1s
                                                : speaker_.style() == ProgressStyle::json ? 1.0s
                                                                                          : 60.0s;
    const bool is_due = is_end || std::chrono::steady_clock::now() - spoken_ >= pause;
    return is_due && speaker_.style() != ProgressStyle::none;
}

void ProgressLine::say(const StudyPace& pace)
{
    spoken_ = std::chrono::steady_clock::now();
    switch (speaker_.style()) {
    case ProgressStyle::bar:
        speaker_.say(bar_line(pace, speaker_.columns()));
        break;
    case ProgressStyle::json:
        speaker_.say(json_line(pace));
        break;
    default:
        speaker_.say("latecomer: " + plain_line(pace));
    }
}

}  // namespace latecomer::jobs::study
