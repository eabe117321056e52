#pragma once

#include <exception>
#include <omp.h>

namespace latecomer {

/// The number of threads that `for_each_index` uses.
inline int thread_count()
{
    return omp_get_max_threads();
}

/// Sets the number of threads that `for_each_index` uses.
inline void set_thread_count(int threads)
{
    omp_set_num_threads(threads);
}

/// Calls `body(index, thread)` for index 0 .. count-1 on all threads, in any order.
///
/// The only parallel region of the program.  Work is dealt as it is asked for, because blocks differ
/// in length, in stretches: what one thread works on, or fetches ahead, is seldom next to what another
/// writes.  `body` must not depend on order.  The first exception ends the loop and is thrown here.
template <class Body>
void for_each_index(long count, const Body& body)
{
    // In small worlds a parallel region would cost more than what it does.
    if (count <= 1 || thread_count() == 1) {
        for (long index = 0; index < count; ++index) {
            body(index, 0);
        }
        return;
    }
    constexpr long stretches_per_thread = 128;
    const long stretch = 1 + count / (stretches_per_thread * thread_count());
    std::exception_ptr failure;
#pragma omp parallel
    {
        const int thread = omp_get_thread_num();
#pragma omp for schedule(dynamic, stretch)
        for (long index = 0; index < count; ++index) {
            try {
                body(index, thread);
            } catch (...) {
#pragma omp critical(latecomer_failure)
                if (!failure) {
                    failure = std::current_exception();
                }
            }
        }
    }
    if (failure) {
        std::rethrow_exception(failure);
    }
}

}  // namespace latecomer
