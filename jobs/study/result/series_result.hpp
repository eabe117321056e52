#pragma once

#include "jobs/study/result/result_file.hpp"
#include "jobs/study/schedule/progress_of.hpp"

namespace latecomer::jobs::study {

/// Writes the chosen series of the replicates that the study keeps: series_<output>(series_run, time,
/// its own dimensions), NaN where a run is not done or was done when the study did not keep its series.
/// @throws FileError
void write_series(ResultFile& result, const Plan& plan, const Progress& progress);

}  // namespace latecomer::jobs::study
