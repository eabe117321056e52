#pragma once

#include "jobs/study/study.hpp"

namespace latecomer::jobs::study {

/// What another job of a study would find.
struct Left {
    std::int64_t runs = 0;
    int status = 0;  ///< as a job would end that had no time: 0, 85 or 3
};

/// The runs of a part of a study that another job would compute: none after too many failures.
Left left_of(const Plan& plan, const Progress& progress, StaticPart part);

}  // namespace latecomer::jobs::study
