#include "io/hdf5/firm_file.hpp"

#include "io/files/agreement.hpp"
#include "io/files/publish.hpp"
#include "io/files/seal.hpp"
#include "io/hdf5/redistribution.hpp"

#include <string>
#include <system_error>

namespace latecomer::io {
namespace {

constexpr std::uint64_t chunk_values = 65536;

/// Creates the draft, complete but for the values of firms: one process does it alone, so that
/// nothing but values is left for all ranks to write together.
void create_draft(const std::filesystem::path& path, const std::vector<FirmSource>& columns,
                  const std::vector<Coordinate>& coordinates, const Attributes& attributes)
{
    std::error_code ignored;  // creating the file will tell
    std::filesystem::create_directories(path.parent_path(), ignored);
    std::vector<Variable> variables;
    for (const FirmSource& column : columns) {
        variables.push_back(column.variable);
    }
    Hdf5File file = Hdf5File::create(draft_of(path));
    std::vector<Dataset> datasets =
        create_layout(file, coordinates, variables, attributes, Storage::checked, chunk_values);
    for (Dataset& dataset : datasets) {
        dataset.close();
    }
    datasets.clear();
    file.close();
}

/// Bytes that the values of all firms take, with a margin for the lists of chunks.
std::uint64_t bytes_wanted(const std::vector<FirmSource>& columns, std::uint64_t firms)
{
    std::uint64_t bytes_per_firm = size_of(Type::u64);
    for (const FirmSource& column : columns) {
        bytes_per_firm += column.values_per_firm * size_of(column.variable.type);
    }
    constexpr std::uint64_t margin = 65536;
    return firms * bytes_per_firm / 64 * 65 + margin * (columns.size() + 1);
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

/// Writes this rank's part of a dataset.  Collective.
void write_part(Hdf5File& file, const std::string& name, const Redistribution& plan,
                const void* values, const mpi::Communicator& comm)
{
    do_and_agree(comm, [&] {
        Dataset dataset = file.open_dataset(name);
        if (plan.total() > 0) {
            dataset.write(plan.first(), plan.ids().size(), values, Transfer::together);
        }
        dataset.close();
    });
}

/// Fills the draft.  Collective.
void write_values(const std::filesystem::path& path, const FirmList& firms,
                  const std::vector<FirmSource>& columns, const Redistribution& plan,
                  const mpi::Communicator& comm)
{
    Hdf5File file = Hdf5File::open_together(draft_of(path), comm);
    write_part(file, "firm", plan, plan.ids().data(), comm);
    const std::vector<std::size_t> slots = slots_in_order(firms, plan);
    std::vector<std::byte> mine;
    std::vector<std::byte> room;
    for (const FirmSource& column : columns) {
        const std::size_t bytes_each = column.values_per_firm * size_of(column.variable.type);
        mine.resize(slots.size() * bytes_each);
        column.gather(slots, mine.data());
        const std::span<const std::byte> values = plan.apply(mine, bytes_each, room, comm);
        write_part(file, column.variable.key, plan, values.data(), comm);
    }
    do_and_agree(comm, [&] { file.close(); });
}

}  // namespace

void write_firm_file(const std::filesystem::path& path, const FirmList& firms,
                     const std::vector<FirmSource>& columns, std::vector<Coordinate> coordinates,
                     const Attributes& attributes, const mpi::Communicator& comm)
{
    const Redistribution plan{firms.ids, comm};
    coordinates.insert(coordinates.begin(),
                       {"firm", "1", "Identity of the firm", Identities{plan.total()}});
    try {
        do_and_agree(comm, [&] {
            if (comm.is_root()) {
                create_draft(path, columns, coordinates, attributes);
                reserve_draft(path, bytes_wanted(columns, plan.total()));
            }
        });
        write_values(path, firms, columns, plan, comm);
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
