#pragma once

#include "io/manual/manual_table.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

/// What a study's file may say, declared once: the reader refuses all else, and the manual prints it.
namespace latecomer::jobs::study {

enum class SectionShape { table, list, named };  ///< [x], [[x]], and [x] whose keys are names

struct StudyKey {
    std::string_view key;
    std::string_view form;      ///< what a value looks like
    std::string_view fallback;  ///< what holds without it; "needed": the file must have it
    std::string_view doc;
};

struct StudySection {
    std::string_view name;
    SectionShape shape = SectionShape::table;
    std::string_view doc;
    std::vector<StudyKey> keys;  ///< of `named`: of each of the named tables

    std::vector<std::string> key_names() const;
};

std::span<const StudySection> study_sections();

/// The topic of the manual: sections and keys, kinds of designs, distributions, and what may vary.
ManualTopic manual_study();

/// The text of jobs/study/REFERENCE.md.
std::string study_reference();

}  // namespace latecomer::jobs::study
