#pragma once

#include "io/manual/manual_table.hpp"
#include "io/scenario/country_listing.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

/// One thing of the manual by its name: a row of a topic's tables, or an economy.
namespace latecomer {

/// A row of the manual with the words by which people call it.
struct ManualEntry {
    const ManualTopic* topic;
    const ManualTable* table;
    const std::vector<std::string>* row;
    std::string key;   ///< "absorption_rate"
    std::string name;  ///< with its table, "learning.absorption_rate": alone where keys are not
    std::string code;  ///< of an instrument or pathway, "3L", "ii"; empty: none
};

/// All that can be described by name: rows of topics, and economies of a country table.
class ManualIndex {
public:
    /// Keeps the topics; reads the country table, the text of a scenario file.
    ManualIndex(std::vector<ManualTopic> topics, std::string_view country_table);

    ManualIndex(const ManualIndex&) = delete;
    ManualIndex& operator=(const ManualIndex&) = delete;

    std::span<const ManualEntry> entries() const { return entries_; }
    const CountryListing& countries() const { return countries_; }

    /// The entries of a word, which is a key, a key with its table, or a code; none: it is not known.
    std::vector<const ManualEntry*> find(std::string_view word) const;

    /// Whether a word says something: an entry or an economy.
    bool knows(std::string_view word) const;

    /// What a word says, in a format of the manual; where it says several things, all of them.
    /// @throws InputError if it says nothing, with the nearest word that does
    std::string describe(std::string_view word, std::string_view format) const;

    /// All words, each once, in the order of the alphabet; of keys that several tables have, also their names.
    std::vector<std::string> words() const;

private:
    const ListedEconomy* economy(std::string_view word) const;
    std::vector<std::string> used_by(const ManualEntry& entry) const;
    std::string as_text(const ManualEntry& entry) const;

    std::vector<ManualTopic> topics_;
    CountryListing countries_;
    std::vector<ManualEntry> entries_;
};

/// An economy with its figures, as a topic.
ManualTopic manual_economy(const ListedEconomy& economy, const CountryListing& listing);

/// All economies of a country table, a row each, without their figures.
ManualTopic manual_economies(const CountryListing& listing);

}  // namespace latecomer
