#include "tests/support/allocations.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdlib>
#include <new>
#include <sstream>

#include <execinfo.h>

// Every form of `operator new` and `operator delete` of this program.

namespace {

constexpr int depth = 24;
constexpr std::size_t remembered = 16;

struct Counter {
    std::atomic<bool> counts = false;
    std::atomic<std::size_t> allocations = 0;
    std::array<std::array<void*, depth>, remembered> callers{};
    std::array<int, remembered> frames{};
};

Counter counter;

void count()
{
    if (counter.counts) {
        const std::size_t number = counter.allocations++;
        if (number < remembered) {
            counter.frames[number] = ::backtrace(counter.callers[number].data(), depth);
        }
    }
}

void* allocate(std::size_t size, std::size_t alignment)
{
    count();
    const std::size_t whole = (size + alignment - 1) / alignment * alignment;
    void* const memory = std::aligned_alloc(alignment, whole > 0 ? whole : alignment);
    if (memory == nullptr) {
        throw std::bad_alloc{};
    }
    return memory;
}

}  // namespace

void* operator new(std::size_t size)
{
    return allocate(size, __STDCPP_DEFAULT_NEW_ALIGNMENT__);
}
void* operator new[](std::size_t size)
{
    return allocate(size, __STDCPP_DEFAULT_NEW_ALIGNMENT__);
}
void* operator new(std::size_t size, std::align_val_t alignment)
{
    return allocate(size, static_cast<std::size_t>(alignment));
}
void* operator new[](std::size_t size, std::align_val_t alignment)
{
    return allocate(size, static_cast<std::size_t>(alignment));
}
void operator delete(void* memory) noexcept
{
    std::free(memory);
}
void operator delete[](void* memory) noexcept
{
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept
{
    std::free(memory);
}
void operator delete[](void* memory, std::size_t) noexcept
{
    std::free(memory);
}
void operator delete(void* memory, std::align_val_t) noexcept
{
    std::free(memory);
}
void operator delete[](void* memory, std::align_val_t) noexcept
{
    std::free(memory);
}
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept
{
    std::free(memory);
}
void operator delete[](void* memory, std::size_t, std::align_val_t) noexcept
{
    std::free(memory);
}

namespace latecomer::tests {

void count_allocations()
{
    counter.allocations = 0;
    counter.counts = true;
}

std::size_t allocations_counted()
{
    counter.counts = false;
    return counter.allocations;
}

std::string callers_of_allocations()
{
    std::ostringstream words;
    for (std::size_t i = 0; i < std::min(remembered, counter.allocations.load()); ++i) {
        for (int frame = 0; frame < counter.frames[i]; ++frame) {
            words << counter.callers[i][static_cast<std::size_t>(frame)] << ' ';
        }
        words << '\n';
    }
    return words.str();
}

}  // namespace latecomer::tests
