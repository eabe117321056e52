#pragma once

#include "io/manual/manual_table.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

/// The manual, written from the declarations: what `latecomer describe` prints.
namespace latecomer {

/// What can be described: parameters, instruments, pathways, positions, outputs and so on.
std::span<const std::string> manual_topics();

/// How it can be printed: md, toml, json, tex.
std::span<const std::string> manual_formats();

/// The text about a topic, which may be one of `more`, of parts of the program above this one.
/// Parameters as toml are a scenario that runs as it is; it holds the built-in country table.
/// @throws InputError if there is no such topic or format.
std::string manual(std::string_view topic, std::string_view format,
                   std::string_view builtin_countries, std::span<const ManualTopic> more = {});

/// All topics, those of parts of the program above this one behind the others.
std::vector<ManualTopic> all_topics(std::span<const ManualTopic> more);

/// A topic in one of the formats.
std::string printed(const ManualTopic& topic, std::string_view format);

/// @throws InputError if there is no such format
void check_format(std::string_view format);

/// The text of io/REFERENCE.md: all topics but the order of events.
std::string reference_manual();

}  // namespace latecomer
