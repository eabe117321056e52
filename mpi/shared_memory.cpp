#include "mpi/shared_memory.hpp"

#include "core/text.hpp"
#include "mpi/native.hpp"

#include <atomic>
#include <cerrno>
#include <chrono>
#include <fcntl.h>
#include <string>
#include <sys/mman.h>
#include <unistd.h>
#include <utility>

namespace latecomer::mpi {
namespace {

/// A name that nothing else has on any host.
std::string new_name()
{
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return text("/latecomer.", getpid(), '.', std::chrono::nanoseconds{now}.count());
}

/// A piece of memory with a name, whose content no file keeps; closed at the end.
class NamedMemory {
public:
    NamedMemory(const std::string& name, int flags)
        : file_{shm_open(name.c_str(), flags, S_IRUSR | S_IWUSR)}
    {}
    ~NamedMemory()
    {
        if (file_ >= 0) {
            close(file_);
        }
    }
    NamedMemory(const NamedMemory&) = delete;
    NamedMemory& operator=(const NamedMemory&) = delete;

    /// Takes memory for it: whoever touches what a full system cannot give is killed.
    bool take(std::size_t bytes) const
    {
        int code = file_ < 0 ? EBADF : EINTR;
        while (code == EINTR) {  // as signals do that the program waits for
            code = posix_fallocate(file_, 0, static_cast<off_t>(bytes));
        }
        return code == 0;
    }
    /// Null if that is not possible.
    double* map(std::size_t bytes) const
    {
        if (file_ < 0) {
            return nullptr;
        }
        void* const place = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, file_, 0);
        return place == MAP_FAILED ? nullptr : static_cast<double*>(place);
    }

private:
    int file_;
};

std::size_t bytes_of(std::size_t numbers)
{
    return 2 * numbers * sizeof(double);
}

}  // namespace

std::unique_ptr<SharedMemory> SharedMemory::of(const Communicator& comm, std::size_t numbers)
{
    std::unique_ptr<SharedMemory> memory{new SharedMemory};
    return memory->map(numbers, comm) ? std::move(memory) : nullptr;
}

std::span<double> SharedMemory::next(std::size_t numbers, const Communicator& comm)
{
    if (numbers > numbers_) {
        unmap();
        if (!map(numbers, comm)) {
            return {};
        }
    }
    is_second_half_ = !is_second_half_;
    return {memory_ + (is_second_half_ ? numbers_ : 0), numbers};
}

void SharedMemory::meet(const Communicator& comm)
{
    std::atomic_thread_fence(std::memory_order_release);
    check(MPI_Barrier(native(comm)));
    std::atomic_thread_fence(std::memory_order_acquire);
}

/// Whether all ranks have it; none has it otherwise.  Ranks of another host do not find the name there.
bool SharedMemory::map(std::size_t numbers, const Communicator& comm)
{
    const std::string name = comm.broadcast(comm.is_root() ? new_name() : std::string{});
    const std::size_t bytes = bytes_of(numbers);
    comm.barrier();  // so that nobody has to be waited for while there is a name that a killed job would leave
    if (comm.is_root()) {
        const NamedMemory made{name, O_RDWR | O_CREAT | O_EXCL};
        memory_ = made.take(bytes) ? made.map(bytes) : nullptr;
    }
    if (comm.all(!comm.is_root() || memory_ != nullptr) && !comm.is_root()) {
        memory_ = NamedMemory{name, O_RDWR}.map(bytes);
    }
    const bool have_all = comm.all(memory_ != nullptr);
    if (comm.is_root()) {
        shm_unlink(name.c_str());  // the memory stays until all have let it go
    }
    numbers_ = numbers;
    if (!have_all) {
        unmap();
    }
    return have_all;
}

void SharedMemory::unmap()
{
    if (memory_ != nullptr) {
        munmap(memory_, bytes_of(numbers_));
    }
    memory_ = nullptr;
    numbers_ = 0;
}

}  // namespace latecomer::mpi
