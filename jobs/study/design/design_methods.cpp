#include "jobs/study/design/design_methods.hpp"

namespace latecomer::jobs::study {

// Alone in this file, so that a test can put another table in its place.
std::span<const DesignMethod> design_methods()
{
    static const std::vector<DesignMethod> rows = design_method_rows();
    return rows;
}

}  // namespace latecomer::jobs::study
