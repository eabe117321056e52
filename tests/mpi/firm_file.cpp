#include "io/hdf5/firm_file.hpp"

#include "core/hash.hpp"
#include "io/files/file_error.hpp"
#include "io/files/publish.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/scratch.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace latecomer::tests::firm_file_test {

using namespace latecomer::io;
using tests::FullDisk;
using tests::Scratch;

namespace {

/// Identities that are scattered but unique and below 2^54.
std::uint64_t id_of(std::uint64_t firm)
{
    return (mix64(firm) & ((std::uint64_t{1} << 34) - 1)) << 20 | firm;
}

/// The firms of a rank: pools of 1000 firms are dealt to the ranks but the last, which has none.
FirmList firms_of_rank(std::uint64_t firms, const mpi::Communicator& comm)
{
    FirmList list;
    const auto ranks = static_cast<std::uint64_t>(std::max(1, comm.size() - 1));
    for (std::uint64_t firm = 0; firm < firms; ++firm) {
        if (mix64(firm / 1000) % ranks == static_cast<std::uint64_t>(comm.rank())) {
            list.slots.push_back(firm + 3);  // the first slots are free
            list.ids.push_back(id_of(firm));
        }
    }
    return list;
}

/// Columns whose values tell which firm they belong to.
std::vector<FirmSource> columns()
{
    std::vector<FirmSource> sources;
    sources.push_back({{"cash", "numeraire", "Cash", "17", {"firm"}},
                       1,
                       [](std::span<const std::size_t> slots, void* to) {
                           auto* values = static_cast<double*>(to);
                           for (const std::size_t slot : slots) {
                               *values++ = 0.5 * static_cast<double>(slot - 3);
                           }
                       }});
    sources.push_back({{"capability", "1", "Capability", "9", {"firm", "stage"}, Type::f32},
                       2,
                       [](std::span<const std::size_t> slots, void* to) {
                           auto* values = static_cast<float*>(to);
                           for (const std::size_t slot : slots) {
                               *values++ = static_cast<float>(slot - 3);
                               *values++ = -static_cast<float>(slot - 3);
                           }
                       }});
    sources.push_back({{"windows", "1", "The same for all", "", {"firm"}, Type::u32},
                       1,
                       [](std::span<const std::size_t> slots, void* to) {
                           std::fill_n(static_cast<std::uint32_t*>(to), slots.size(), 7u);
                       }});
    return sources;
}

void write(const std::filesystem::path& path, std::uint64_t firms, const mpi::Communicator& comm)
{
    write_firm_file(path, firms_of_rank(firms, comm), columns(),
                    {{"stage", "", "Stage", std::vector<std::string>{"collection", "storage"}}},
                    {{"title", "a test"}}, comm);
}

/// The same folder on all ranks, made by the root.
std::filesystem::path common_folder(const Scratch& scratch, const mpi::Communicator& comm)
{
    return comm.broadcast(scratch.path().string());
}

/// How many values of the file are not what the firms were given; read by the root alone.
std::size_t wrong_values(const std::filesystem::path& path, std::uint64_t firms)
{
    std::vector<std::uint64_t> order(firms);
    for (std::uint64_t firm = 0; firm < firms; ++firm) {
        order[firm] = firm;
    }
    std::ranges::sort(order, {}, id_of);

    const Hdf5File file = Hdf5File::open(path);
    std::vector<std::uint64_t> ids(firms);
    std::vector<double> cash(firms);
    std::vector<float> capability(2 * firms);
    std::vector<std::uint32_t> windows(firms);
    const auto read = [&](const char* name, void* to) {
        const Dataset dataset = file.open_dataset(name);
        if (dataset.rows() == firms && firms > 0) {
            dataset.read(0, firms, to);
        }
    };
    read("firm", ids.data());
    read("cash", cash.data());
    read("capability", capability.data());
    read("windows", windows.data());
    std::size_t wrong = 0;
    for (std::size_t i = 0; i < firms; ++i) {
        const auto number = static_cast<float>(order[i]);
        wrong += ids[i] != id_of(order[i]);
        wrong += cash[i] != 0.5 * static_cast<double>(order[i]);
        wrong += capability[2 * i] != number || capability[2 * i + 1] != -number;
        wrong += windows[i] != 7;
    }
    return wrong;
}

}  // namespace

TEST_CASE("firms are written in order of identity, whatever rank they are on", "[io][mpi]")
{
    const auto comm = mpi::Communicator::world();
    const Scratch scratch;
    const auto folder = common_folder(scratch, comm);
    // None, fewer than ranks, one chunk, four chunks whose boundaries are not those of ranks.
    for (const std::uint64_t firms : {0u, 2u, 5000u, 200001u}) {
        const auto path = folder / "firms" / ("firms_" + std::to_string(firms) + ".h5");
        write(path, firms, comm);
        const std::size_t wrong = comm.is_root() ? wrong_values(path, firms) : 0;
        const bool has_draft = std::filesystem::exists(draft_of(path));
        comm.barrier();
        CHECK(wrong == 0);
        CHECK(!has_draft);
    }
}

TEST_CASE("a snapshot by one process alone has the same values", "[io][mpi]")
{
    const Scratch scratch;
    write(scratch / "firms.h5", 200001, mpi::Communicator{});
    CHECK(wrong_values(scratch / "firms.h5", 200001) == 0);
}

TEST_CASE("all ranks learn that the disk is full, and no file is left", "[io][mpi]")
{
    const auto comm = mpi::Communicator::world();
    const Scratch scratch;
    const auto folder = common_folder(scratch, comm);
    std::string message;
    {
        const FullDisk full{300000};
        try {
            write(folder / "firms.h5", 200001, comm);
        } catch (const FileError& error) {
            message = error.what();
        }
    }
    const auto messages = comm.gather_all(message);
    const bool is_empty = std::filesystem::is_empty(folder);
    comm.barrier();
    CHECK(message.find("firms.h5.tmp' (File too large): ") != std::string::npos);
    CHECK(messages == std::vector<std::string>(messages.size(), message));
    CHECK(is_empty);
}

}  // namespace latecomer::tests::firm_file_test
