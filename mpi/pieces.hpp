#pragma once

#include <algorithm>
#include <cstdint>

namespace latecomer::mpi {

/// Cuts `total` elements into pieces of at most `limit` and calls `visit(begin, count)` for each in
/// order; MPI counts elements in an int.  Precondition: 0 < limit < 2^31.
template <class Visit>
void for_each_piece(std::int64_t total, std::int64_t limit, Visit visit)
{
    for (std::int64_t begin = 0; begin < total; begin += limit) {
        visit(begin, static_cast<int>(std::min(limit, total - begin)));
    }
}

}  // namespace latecomer::mpi
