#include "agents/observation/moments.hpp"
#include "agents/observation/outcomes.hpp"
#include "io/manual/manual_table.hpp"

namespace latecomer {
namespace {

template <class Row>
ManualTable table_of_results(std::string key, std::string title, std::string doc,
                             std::span<const Row> rows)
{
    ManualTable table{
        std::move(key), std::move(title), std::move(doc), {"key", "unit", "meaning"}, {}};
    for (const Row& row : rows) {
        table.rows.push_back({std::string{row.key}, std::string{row.unit}, std::string{row.doc}});
    }
    return table;
}

}  // namespace

ManualTopic manual_outcomes()
{
    return {"outcomes",
            "Outcomes",
            "What became of a run: outcomes.csv of a run and study.h5 of a study hold it.  The "
            "start is "
            "the end of run.burn_in.",
            {table_of_results("outcome", "Outcomes of economies",
                              "One value for each economy; a rule of [[stop]] calls it KEY.IND.",
                              country_outcomes()),
             table_of_results("world_outcome", "Outcomes of the world",
                              "One value a run; a rule of [[stop]] calls it world.KEY.",
                              world_outcomes())}};
}

ManualTopic manual_moments()
{
    return {"moments",
            "Moments",
            "Statistics of a run that targets of a calibration speak of "
            "(jobs/calibration/targets.toml).",
            {table_of_results("moment", "",
                              "One value a run, in study.h5 where study.moments = true; a rule of "
                              "[[stop]] calls it moment.KEY.",
                              moment_rows())}};
}

}  // namespace latecomer
