#include "agents/economy/country_table.hpp"
#include "core/text.hpp"
#include "io/scenario/scenario_numbers.hpp"
#include "io/scenario/scenario_values.hpp"
#include "jobs/study/design/design_methods.hpp"
#include "jobs/study/spec/spec_design.hpp"
#include "jobs/study/spec/spec_grammar.hpp"

/// The manual of a study's file, from the declarations of its reader.
namespace latecomer::jobs::study {
namespace {

std::string heading(const StudySection& section)
{
    return section.shape == SectionShape::list ? text("[[", section.name, "]]")
                                               : text('[', section.name, ']');
}

ManualTable keys_of(const StudySection& section)
{
    ManualTable table{std::string{section.name},
                      heading(section),
                      std::string{section.doc},
                      {"key", "value", "default", "meaning"},
                      {}};
    for (const StudyKey& row : section.keys) {
        table.rows.push_back({std::string{row.key}, std::string{row.form},
                              std::string{row.fallback}, std::string{row.doc}});
    }
    return table;
}

/// What a design takes from [[parameters]].
std::string_view need_text(MarginalNeed need)
{
    switch (need) {
    case MarginalNeed::nothing:
        return "nothing";
    case MarginalNeed::names:
        return "names";
    case MarginalNeed::values:
        return "values, which it combines";
    case MarginalNeed::distribution:
        return "distributions, which it samples";
    case MarginalNeed::ends:
        return "distributions with ends, which it visits";
    }
    return {};
}

ManualTable kinds_of_designs()
{
    ManualTable table{"kind",
                      "Kinds of designs",
                      "What `design.kind` may be.",
                      {"kind", "keys", "n counts", "takes of parameters", "grows", "indices"},
                      {}};
    for (const DesignMethod& method : design_methods()) {
        std::string keys;
        for (std::size_t i = 0; i < design_key_words.size(); ++i) {
            if (method.takes(static_cast<DesignKey>(i))) {
                keys += text(keys.empty() ? "" : ", ", design_key_words[i]);
            }
        }
        std::string indices;
        for (const Statistic statistic : method.statistics) {
            indices += text(indices.empty() ? "" : ", ",
                            statistic == Statistic::sobol_indices    ? "Sobol'"
                            : statistic == Statistic::morris_effects ? "Morris"
                                                                     : "PAWN");
        }
        table.rows.push_back({std::string{method.kind}, keys, std::string{method.n_counts},
                              std::string{need_text(method.need)}, method.grows ? "yes" : "no",
                              indices});
    }
    return table;
}

ManualTable distributions()
{
    ManualTable table{"dist",
                      "Distributions",
                      "What `parameters.dist` may be, and the keys it has.",
                      {"dist", "keys"},
                      {}};
    for (const DistributionWord& word : distribution_words()) {
        std::string keys;
        for (const std::string_view key : word.keys) {
            keys += text(keys.empty() ? "" : ", ", key);
        }
        table.rows.push_back({std::string{word.word}, keys});
    }
    return table;
}

/// What may vary: parameters of the model, numbers of plans, figures of economies.
ManualTable names_of_numbers()
{
    ManualTable table{
        "name",
        "What may vary",
        "WHO is the key of an economy, a role, an income group, latecomers or all; KEY that of an "
        "economy of all scenarios. `latecomer describe parameters` lists the parameters of the "
        "model, `latecomer describe instruments` the names below instruments.",
        {"name", "range", "meaning"},
        {}};
    table.rows.push_back({"SECTION.KEY", "of the parameter", "A number of the model."});
    for (const PlanNumber& row : plan_numbers()) {
        table.rows.push_back({text("policy.WHO.", row.key, row.is_table ? ".NAME" : ""),
                              text(row.is_whole ? "whole, " : "", range_text(row.range)),
                              std::string{row.doc}});
    }
    for (const IndicatorRow& row : indicators) {
        table.rows.push_back({text("country.KEY.", row.key), range_text(row.range),
                              text(row.unit, "; sets ", row.use, '.')});
    }
    return table;
}

}  // namespace

ManualTopic manual_study()
{
    ManualTopic topic{"study",
                      "File of a study",
                      "Scenarios x points of a design x replicates; every combination is a run.",
                      {},
                      "key of a study"};
    for (const StudySection& section : study_sections()) {
        topic.tables.push_back(keys_of(section));
    }
    topic.tables.push_back(kinds_of_designs());
    topic.tables.push_back(distributions());
    topic.tables.push_back(names_of_numbers());
    return topic;
}

std::string study_reference()
{
    return "<!-- Written from the declarations in the code; a test compares this file with them.  "
           "After "
           "a change of these: `latecomer describe all --out .` in the folder of the sources. "
           "-->\n\n" +
           markdown_of(manual_study(), 1);
}

}  // namespace latecomer::jobs::study
