#include "jobs/program/printed.hpp"

#include "io/manual/manual.hpp"
#include "io/manual/manual_keys.hpp"
#include "io/scenario/country_listing.hpp"
#include "jobs/run/builtin.hpp"
#include "jobs/study/result/comparison.hpp"
#include "jobs/study/spec/spec_grammar.hpp"

namespace latecomer::jobs {
namespace {

ManualTopic manual_compared()
{
    ManualTable table{
        "compared",
        "",
        "Of every scenario but the reference, by economy, latecomers and income groups, "
        "in study.h5 as against_KEY.",
        {"key", "unit", "meaning"},
        {}};
    for (const study::Against& row : study::compared_outcomes()) {
        table.rows.push_back({std::string{row.key}, std::string{row.unit}, std::string{row.doc}});
    }
    return {"compared",
            "What a study compares",
            "Every scenario against the reference, at the end of the run and in the same random "
            "events.",
            {table},
            "comparison"};
}

}  // namespace

std::vector<ManualTopic> topics_of_jobs()
{
    static const ManualTopic economies = manual_economies(country_listing(builtin_countries));
    return {study::manual_study(), manual_compared(), economies};
}

ManualIndex whole_manual()
{
    return ManualIndex{all_topics(topics_of_jobs()), builtin_countries};
}

std::vector<PrintedFile> printed_files()
{
    return {{"io/REFERENCE.md", reference_manual()},
            {"jobs/study/REFERENCE.md", study::study_reference()}};
}

}  // namespace latecomer::jobs
