#pragma once

#include "core/declarations.hpp"
#include "io/scenario/scenario_values.hpp"
#include "io/toml/toml.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The sections of a study file, and their values one by one.
namespace latecomer::jobs::study {

/// Refuses sections and keys that a study file does not have, and sections of the wrong form.
/// @throws InputError with the place of the first
void check_sections(const TomlValue& root);

/// Whether a text can name a study or a scenario: 1 to 64 letters, digits, '_' and '-'.
bool is_label(std::string_view text);

/// What `is_label` wants, as messages say it.
inline constexpr std::string_view label_form = "1 to 64 letters, digits, '_' or '-'";

/// One section of a study file, or one of a list of them.  What is absent keeps its default.
class SpecTable {
public:
    /// The section `name`, which the file may lack.
    SpecTable(const TomlValue& root, std::string_view name);

    /// One of the tables below [[name]].
    static std::vector<SpecTable> list(const TomlValue& root, std::string_view name);

    /// Where the section begins; if there is none, the file.
    const Place& place() const { return place_; }

    const TomlValue* find(std::string_view key) const;

    /// The value of a key that must be there; `doc` says what it is.
    const TomlValue& need(std::string_view key, std::string_view doc) const;

    void read(double& to, std::string_view key, const Interval& range, std::string_view doc) const;
    void read(std::int64_t& to, std::string_view key, const Interval& range,
              std::string_view doc) const;
    void read(std::optional<double>& to, std::string_view key, const Interval& range,
              std::string_view doc) const;

    /// A choice whose enumerators have these words, in their order.
    template <class Choice>
    void read(Choice& to, std::string_view key, const std::vector<std::string>& words,
              std::string_view doc) const
    {
        if (const TomlValue* value = find(key)) {
            to = static_cast<Choice>(read_word(*value, words, full(key), doc));
        }
    }

    /// "section.key"
    std::string full(std::string_view key) const;

private:
    SpecTable(std::string_view name, const TomlValue* table, Place place)
        : name_{name}, table_{table}, place_{std::move(place)}
    {}

    std::string_view name_;
    const TomlValue* table_ = nullptr;  // null: the file lacks it
    Place place_;
};

}  // namespace latecomer::jobs::study
