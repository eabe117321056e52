#pragma once

#include "core/errors.hpp"
#include "jobs/study/design/design_spec.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace latecomer::tests {

/// The row of the table of methods with this kind.
inline const jobs::study::DesignMethod& method_named(std::string_view kind)
{
    for (const jobs::study::DesignMethod& method : jobs::study::design_methods()) {
        if (method.kind == kind) {
            return method;
        }
    }
    fail("no method of designs has this kind");
}

/// A design whose marginals are uniform in [0, 1], so that points are those of the unit hypercube.
inline jobs::study::DesignSpec unit_design(std::string_view kind, std::int64_t n,
                                           std::size_t dimensions)
{
    jobs::study::DesignSpec spec;
    spec.method = &method_named(kind);
    spec.n = n;
    spec.seed = 20;
    spec.marginals.resize(dimensions);
    return spec;
}

}  // namespace latecomer::tests
