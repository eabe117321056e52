#pragma once

#include <cstddef>

namespace latecomer {

/// Memory at the boundary of a cache line, which is also the widest vector register.  From `huge_page` bytes on it starts
/// at the boundary of a huge page, and the system is asked for such pages: firms that leave and arrive are reads and
/// writes all over the columns, and with small pages the processor looks up addresses for much of that time.
/// Throws std::bad_alloc.
void* allocate_columns(std::size_t bytes);

/// Gives back what allocate_columns(bytes) gave.
void free_columns(void* memory, std::size_t bytes) noexcept;

inline constexpr std::size_t huge_page = std::size_t{1} << 21;

}  // namespace latecomer
