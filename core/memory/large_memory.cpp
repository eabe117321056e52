#include "core/memory/large_memory.hpp"

#include <new>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace latecomer {

namespace {

constexpr std::align_val_t cache_line{64};

constexpr std::align_val_t alignment_of(std::size_t bytes)
{
    return bytes >= huge_page ? std::align_val_t{huge_page} : cache_line;
}

}  // namespace

void* allocate_columns(std::size_t bytes)
{
    void* memory = ::operator new(bytes, alignment_of(bytes));
#if defined(__linux__) && defined(MADV_HUGEPAGE)
    if (bytes >= huge_page) {
        // A wish only: where the system does not have it, pages are small and all else is the same.
        static_cast<void>(madvise(memory, bytes / huge_page * huge_page, MADV_HUGEPAGE));
    }
#endif
    return memory;
}

void free_columns(void* memory, std::size_t bytes) noexcept
{
    ::operator delete(memory, alignment_of(bytes));
}

}  // namespace latecomer
