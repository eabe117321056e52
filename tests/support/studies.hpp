#pragma once

#include "core/errors.hpp"
#include "jobs/study/plan/plan.hpp"
#include "jobs/study/spec/spec.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/scratch.hpp"
#include "tests/support/write_file.hpp"

#include <string>
#include <vector>

/// Files of studies made from texts.
namespace latecomer::tests {

/// A sound [study], lines 1 to 3 of a file.
inline constexpr const char* study_head = "[study]\nname = \"s\"\nmodel = \"base.toml\"\n";

/// Reads study.toml beside base.toml, an empty model, wrong.toml, a model with a mistake in line 2,
/// and points.csv.
inline jobs::study::Spec read_study(const Scratch& folder, const std::string& toml,
                                    const std::string& points = {})
{
    write_file(folder / "base.toml", "");
    write_file(folder / "wrong.toml", "[learning]\nsearch_shar = 0.1\n");
    write_file(folder / "points.csv", points);
    return jobs::study::read_spec(write_file(folder / "study.toml", toml), mpi::Communicator{});
}

/// The plan of a study whose file holds this below a sound [study].
inline jobs::study::Plan plan_of(const std::string& toml, const std::string& points = {})
{
    const Scratch folder;
    return jobs::study::Plan{read_study(folder, study_head + toml, points), mpi::Communicator{}};
}

/// Reads what a study's file holds below a sound [study].
inline jobs::study::Spec read_below_head(const std::string& toml, const std::string& points = {})
{
    const Scratch folder;
    return read_study(folder, study_head + toml, points);
}

/// The message with which a study is refused, without its folder; "accepted" if it is not.
inline std::string refusal(const std::string& toml, const std::string& points = {})
{
    const Scratch folder;
    try {
        read_study(folder, toml, points);
    } catch (const InputError& error) {
        const std::string message = error.what();
        const std::string own = folder.path().string() + '/';
        return message.starts_with(own) ? message.substr(own.size()) : message;
    }
    return "accepted";
}

/// What a study says wrong, and what the message holds: where, and why or what to do.
struct Bad {
    std::string toml;
    std::vector<std::string> words;
};

/// Checks that a message is one line with these words.
inline void check_refused(const std::string& message, const Bad& bad)
{
    CAPTURE(bad.toml, message);
    CHECK(message.find('\n') == std::string::npos);
    for (const std::string& word : bad.words) {
        CAPTURE(word);
        CHECK(message.find(word) != std::string::npos);
    }
}

/// Checks that each is refused below a sound [study].
inline void check_all_refused(const std::vector<Bad>& cases)
{
    for (const Bad& bad : cases) {
        check_refused(refusal(study_head + bad.toml), bad);
    }
}

}  // namespace latecomer::tests
