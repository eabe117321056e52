#pragma once

#include "jobs/study/spec/spec.hpp"

#include <cstddef>
#include <cstdint>

namespace latecomer::tests {

/// A design whose marginals are uniform in [0, 1], so that points are those of the unit hypercube.
inline jobs::study::DesignSpec unit_design(jobs::study::DesignKind kind, std::int64_t n,
                                           std::size_t dimensions)
{
    jobs::study::DesignSpec spec;
    spec.kind = kind;
    spec.n = n;
    spec.seed = 20;
    spec.marginals.resize(dimensions);
    return spec;
}

}  // namespace latecomer::tests
