#include "jobs/study/spec/spec_grammar.hpp"

namespace latecomer::jobs::study {
namespace {

constexpr std::string_view needed = "needed";

StudySection study_section()
{
    return {"study",
            SectionShape::table,
            "What is studied.",
            {{"name", "1 to 64 letters, digits, _ and -", needed, "Name of the study."},
             {"model", "file", "needed, unless every scenario is a file",
              "Scenario file below all runs; from the folder of the study."},
             {"seed", "whole number", "1", "Seed of all random events."},
             {"quarters", "1 to 4000", "those of the model", "Length of every run."},
             {"reference", "name of a scenario", "the first",
              "With which the outcomes of others are compared, at the same date and in the same "
              "random events."},
             {"moments", "true, false", "false",
              "Whether every run tells moments of its firms and of the chain, moment.NAME: tails, "
              "growth, "
              "turnover, exporters, leaders, climbing."}}};
}

StudySection scenarios_section()
{
    return {
        "scenarios",
        SectionShape::named,
        "Scenarios by name, each a table or the name of a file. Without the section there is one, "
        "baseline, the model as it is.",
        {{"\"section.key\"", "as in a scenario file", "",
          "Sets what a scenario file sets: { \"policy.IND.start\" = 40 }."},
         {"pathway", "{ ECONOMY = \"NAME\" }", "",
          "As --pathway: pathways of economies or groups."},
         {"file", "file", "the model", "A scenario file in place of the model of the study."}}};
}

StudySection question_section()
{
    return {
        "question",
        SectionShape::table,
        "Asks for main effects, interaction and where signs flip. The reference has neither of two "
        "things.",
        {{"first", "name of a scenario", needed, "The scenario with the first thing alone."},
         {"second", "name of a scenario", needed, "The scenario with the second alone."},
         {"both", "name of a scenario", needed, "The scenario with both."},
         {"outcomes", "list of outcomes",
          "gap_at_end, application_share, welfare, world.analytics_share",
          "What is compared: of economies without their keys, or world.NAME."}}};
}

StudySection design_section()
{
    return {"design",
            SectionShape::table,
            "How the points of [[parameters]] are chosen. Without it nothing varies over points.",
            {{"kind", "a kind of the table below", "none", "The method."},
             {"n", "whole number", needed, "Points, blocks or trajectories."},
             {"levels", "even number", "4", "Levels of a parameter in a trajectory of Morris."},
             {"scramble", "none, owen", "owen", "How a Sobol' sequence is scrambled."},
             {"points", "list of lists", needed, "Points in the order of [[parameters]]."},
             {"file", "file", needed,
              "Points between commas below a line of names; of an ensemble with a column weight."},
             {"sets", "whole number", "all of the file",
              "Sets that are drawn from an ensemble by weight; then each draw counts the same."},
             {"seed", "whole number", "follows study.seed", "Seed of the points, not of events."},
             {"dummy", "true, false", "true for saltelli and morris",
              "Adds a parameter that no run reads: its index is what chance makes."}}};
}

StudySection parameters_section()
{
    return {
        "parameters",
        SectionShape::list,
        "What varies over points, an entry each.",
        {{"name", "as in the table below", needed, "What varies."},
         {"dist", "a distribution of the table below", "uniform; discrete with values",
          "How values are distributed."},
         {"low", "number", "explored range of parameters and intensities, else needed",
          "Lowest value."},
         {"high", "number", "the same", "Highest value."},
         {"mode", "number", needed, "Peak of a triangular distribution."},
         {"mean", "number", needed, "Mean of a normal distribution."},
         {"sd", "number", needed, "Its standard deviation."},
         {"values", "list of numbers", needed, "The values of a discrete parameter."},
         {"scenarios", "list of scenarios", "all; of a plan, those that have it",
          "Scenarios whose runs read it. If none has the plan, all but the reference gain it."}}};
}

StudySection replicates_section()
{
    return {"replicates",
            SectionShape::table,
            "Runs of each scenario at each point, which differ in their random events.",
            {{"min", "whole number", "32", "Replicates of the first look."},
             {"max", "whole number", "min", "Replicates when no rule of [[stop]] ends it before."},
             {"crn", "scenarios+points, scenarios, off", "scenarios+points",
              "Which runs share their random events."}}};
}

StudySection stop_section()
{
    return {"stop",
            SectionShape::list,
            "Rules that say when an outcome is known well enough.",
            {{"observable", "gap_at_end.IDN, world.catch_ups", needed, "An outcome."},
             {"estimand", "mean, share, difference", "mean", "What of it is estimated."},
             {"vs", "name of a scenario", "the reference", "With what a difference is taken."},
             {"half_width", "number", "one of the two", "Half of the interval of confidence."},
             {"relative_half_width", "number", "one of the two", "The same over the estimate."},
             {"level", "number", "0.95", "Level of confidence."}}};
}

std::vector<StudySection> all_sections()
{
    return {
        study_section(),
        scenarios_section(),
        question_section(),
        design_section(),
        parameters_section(),
        replicates_section(),
        stop_section(),
        {"budget",
         SectionShape::table,
         "What a study may cost.",
         {{"core_hours", "number", "any",
           "Hours times cores; a study that would take more is refused."},
          {"task_timeout", "\"90s\", \"30m\", \"2h\"", "none",
           "Time after which a run is given up."}}},
        {"run",
         SectionShape::table,
         "How runs are computed.",
         {{"ranks_per_task", "whole number", "1", "Processes of one run."},
          {"threads", "whole number", "1", "Threads of each process."},
          {"max_failed_share", "number", "0.05", "Share of failed runs at which the study ends."},
          {"host_failures", "whole number", "5",
           "Failures in a row on one host until it gets no more runs."}}},
        {"series",
         SectionShape::table,
         "What is kept of every quarter.",
         {{"replicates", "whole number", "0", "Replicates whose series are kept, from the first."},
          {"variables", "list of outputs", "",
           "Any output but those by lead firm, home or bin: by country, stage, position, sector, "
           "or "
           "of the world."}}},
        {"wave",
         SectionShape::list,
         "What was added once the study had begun; 'latecomer study extend' writes it. One key "
         "each.",
         {{"points", "file", "", "More points, of a file."},
          {"size", "whole number", "", "A larger n of the design."},
          {"replicates", "whole number", "", "More replicates, the number of all together."}}},
    };
}

}  // namespace

std::vector<std::string> StudySection::key_names() const
{
    std::vector<std::string> names;
    for (const StudyKey& row : keys) {
        names.emplace_back(row.key);
    }
    return names;
}

std::span<const StudySection> study_sections()
{
    static const std::vector<StudySection> sections = all_sections();
    return sections;
}

}  // namespace latecomer::jobs::study
