#include "io/hdf5/firm_file.hpp"

#include "io/files/agreement.hpp"
#include "io/files/publish.hpp"
#include "io/files/raw_file.hpp"
#include "io/files/seal.hpp"
#include "io/hdf5/redistribution.hpp"

#include <span>
#include <system_error>
#include <vector>

namespace latecomer::io {
namespace {

/// Creates the draft, complete but for the values of firms.
/// @return where identities begin in it, then each column
std::vector<std::uint64_t> create_draft(const std::filesystem::path& path,
                                        const std::vector<FirmSource>& columns,
                                        const std::vector<Coordinate>& coordinates,
                                        const Attributes& attributes)
{
    std::error_code error;
    std::filesystem::create_directories(path.parent_path(), error);
    if (error) {
        throw_file_error("make", path.parent_path(), error.message());
    }
    std::vector<Variable> variables;
    for (const FirmSource& column : columns) {
        variables.push_back(column.variable);
    }
    Hdf5File file = Hdf5File::create(draft_of(path));
    std::vector<std::uint64_t> places = create_raw_layout(file, coordinates, variables, attributes);
    file.close();
    return places;
}

/// This rank's firms, in the order in which they travel.
std::vector<std::size_t> slots_in_order(const FirmList& firms, const Redistribution& plan)
{
    std::vector<std::size_t> slots;
    slots.reserve(firms.slots.size());
    for (const std::size_t place : plan.order()) {
        slots.push_back(firms.slots[place]);
    }
    return slots;
}

/// Fills the draft: each rank writes its rows of every column.  Collective.
void write_values(const std::filesystem::path& path, const FirmList& firms,
                  const std::vector<FirmSource>& columns, std::span<const std::uint64_t> places,
                  const Redistribution& plan, const mpi::Communicator& comm)
{
    RawFile file;
    do_and_agree(comm, [&] { file = RawFile::open_to_write(draft_of(path)); });
    const auto write = [&](std::uint64_t place, std::size_t bytes_each,
                           std::span<const std::byte> values) {
        do_and_agree(comm, [&] { file.write(place + plan.first() * bytes_each, values); });
    };
    write(places[0], sizeof(std::uint64_t), std::as_bytes(plan.ids()));
    const std::vector<std::size_t> slots = slots_in_order(firms, plan);
    std::vector<std::byte> mine;
    std::vector<std::byte> room;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const std::size_t bytes_each =
            columns[i].values_per_firm * size_of(columns[i].variable.type);
        mine.resize(slots.size() * bytes_each);
        columns[i].gather(slots, mine.data());
        write(places[i + 1], bytes_each, plan.apply(mine, bytes_each, room, comm));
    }
    do_and_agree(comm, [&] {
        file.sync();
        file.close();
    });
}

}  // namespace

void write_firm_file(const std::filesystem::path& path, const FirmList& firms,
                     const std::vector<FirmSource>& columns, std::vector<Coordinate> coordinates,
                     const Attributes& attributes, const mpi::Communicator& comm)
{
    const Redistribution plan{firms.ids, comm};
    coordinates.insert(coordinates.begin(),
                       {"firm", "1", "Identity of the firm", Identities{plan.total()}});
    std::vector<std::uint64_t> places(columns.size() + 1);
    try {
        do_and_agree(comm, [&] {
            if (comm.is_root()) {
                places = create_draft(path, columns, coordinates, attributes);
                reserve_whole_draft(path);
            }
        });
        comm.broadcast(std::span{places});
        write_values(path, firms, columns, places, plan, comm);
        seal(draft_of(path), comm);
        do_and_agree(comm, [&] {
            if (comm.is_root()) {
                publish(path);
            }
        });
    } catch (const FileError&) {  // of all ranks alike
        if (comm.is_root()) {
            discard_draft(path);
        }
        throw;
    }
}

}  // namespace latecomer::io
