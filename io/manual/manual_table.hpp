#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace latecomer {

/// A table of the manual; every cell is text.
struct ManualTable {
    std::string key;    ///< name of the list in TOML and JSON
    std::string title;  ///< empty: the table needs no heading of its own
    std::string doc;
    std::vector<std::string> columns;
    std::vector<std::vector<std::string>> rows;
};

/// A topic of the manual.
struct ManualTopic {
    std::string key;
    std::string title;
    std::string doc;
    std::vector<ManualTable> tables;
    std::string entry{};  ///< what a row of a table is called; empty: the table's key says it
};

ManualTopic manual_parameters();
ManualTopic manual_positions();
ManualTopic manual_outputs();
ManualTopic manual_streams();
ManualTopic manual_model();
ManualTopic manual_instruments();
ManualTopic manual_pathways();
ManualTopic manual_outcomes();
ManualTopic manual_moments();

/// `level` is the number of # before the title of the topic.
std::string markdown_of(const ManualTopic& topic, std::size_t level);
std::string toml_of(const ManualTopic& topic);
std::string json_of(const ManualTopic& topic);  ///< column "default" holds values, the rest text
std::string tex_of(const ManualTopic& topic);

}  // namespace latecomer
