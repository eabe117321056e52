#include "agents/world/state_hash.hpp"
#include "core/text.hpp"
#include "io/checkpoint/checkpoint.hpp"
#include "io/checkpoint/checkpoint_columns.hpp"
#include "io/checkpoint/checkpoint_layout.hpp"
#include "io/files/agreement.hpp"
#include "io/files/publish.hpp"
#include "io/files/raw_file.hpp"
#include "io/files/seal.hpp"
#include "io/hdf5/redistribution.hpp"
#include "io/results/provenance.hpp"
#include "io/results/series.hpp"

#include <system_error>

namespace latecomer::io {
namespace {

struct FirmPlaces {
    std::vector<FirmIndex> slots;
    std::vector<PoolId> pools;
    std::vector<std::uint64_t> ids;
};

FirmPlaces places_of(const World& world)
{
    FirmPlaces places;
    places.slots.reserve(world.firms.size());
    places.pools.reserve(world.firms.size());
    places.ids.reserve(world.firms.size());
    for (const PoolId pool : world.pool_indices()) {
        for (const FirmIndex i : world.firms.firms_of(pool)) {
            places.slots.push_back(i);
            places.pools.push_back(pool);
            places.ids.push_back(identity::bits(world.firms.columns.id[i]));
        }
    }
    return places;
}

/// Creates the draft with all that rank 0 knows.  @return where the columns of firms begin
std::vector<std::uint64_t> create_draft(const std::filesystem::path& path, const World& world,
                                        const std::vector<StatePart>& parts,
                                        const Attributes& attributes, std::uint64_t firms)
{
    std::error_code error;
    std::filesystem::create_directories(path.parent_path(), error);
    if (error) {
        throw_file_error("make", path.parent_path(), error.message());
    }
    Hdf5File file = Hdf5File::create(draft_of(path));
    std::vector<Coordinate> coordinates = model_coordinates(world);
    coordinates.insert(coordinates.begin(),
                       {"firm", "1", "Identity of the firm", Identities{firms}});
    std::vector<Variable> variables{
        {"pool", "1", "Country times number of positions, plus position", "", {"firm"}, Type::u64}};
    for_each_state_column(world.firms.columns, [&](const std::string& key, auto unit, auto doc,
                                                   auto& column) {
        if (key != "id") {
            const bool is_double =
                std::is_same_v<typename std::remove_cvref_t<decltype(column)>::value_type, double>;
            variables.push_back({key,
                                 std::string{unit},
                                 std::string{doc},
                                 "",
                                 {"firm"},
                                 is_double ? Type::f64 : Type::u64});
        }
    });
    Attributes all = attributes;
    all.push_back({"shared_layout", layout_text(parts)});
    std::vector<std::uint64_t> places = create_raw_layout(file, coordinates, variables, all);
    std::vector<std::uint64_t> words;
    for (const StatePart& part : parts) {
        words.insert(words.end(), part.words.begin(), part.words.end());
    }
    Dataset shared = file.create_dataset({"shared", Type::u64, {words.size()}, Storage::raw});
    shared.write(0, words.size(), words.data());
    shared.close();
    file.close();
    return places;
}

/// The draft while all ranks write their parts into it.
class Parts {
public:
    Parts(const std::filesystem::path& path, const Redistribution& plan,
          const mpi::Communicator& comm)
        : plan_{plan}, comm_{comm}
    {
        do_and_agree(comm, [&] { file_ = RawFile::open_to_write(draft_of(path)); });
    }

    void write(std::uint64_t place, std::span<const std::byte> values)
    {
        do_and_agree(comm_, [&] {
            const std::uint64_t at = place + plan_.first() * word_bytes;
            file_.write(at, values);
            file_.start_sync(at, values.size());
            checksum_ += checksum_of(at, values);
        });
        ranges_.push_back({place, place + plan_.total() * word_bytes});
    }

    /// Other hosts' parts must be on disk before rank 0 says that the file is.
    void close()
    {
        do_and_agree(comm_, [&] {
            file_.sync();
            file_.close();
        });
        comm_.sum(std::span{&checksum_, 1});
    }

    std::uint64_t checksum() const { return checksum_; }
    const std::vector<ByteRange>& ranges() const { return ranges_; }

private:
    const Redistribution& plan_;
    const mpi::Communicator& comm_;
    RawFile file_;
    std::uint64_t checksum_ = 0;
    std::vector<ByteRange> ranges_;
};

void write_firms(Parts& parts, const World& world, const FirmPlaces& firms,
                 const Redistribution& plan, std::span<const std::uint64_t> places,
                 const mpi::Communicator& comm)
{
    std::vector<FirmIndex> slots;
    std::vector<std::uint64_t> words;
    slots.reserve(firms.slots.size());
    words.reserve(firms.slots.size());
    for (const std::size_t place : plan.order()) {
        slots.push_back(firms.slots[place]);
        words.push_back(firms.pools[place].at());
    }
    std::vector<std::byte> room;
    const auto send = [&](std::uint64_t place) {
        parts.write(place, plan.apply(std::as_bytes(std::span{words}), word_bytes, room, comm));
    };
    parts.write(places[0], std::as_bytes(plan.ids()));
    send(places[1]);
    std::size_t next = 2;
    for_each_state_column(world.firms.columns,
                          [&](const std::string& key, auto, auto, const auto& column) {
                              if (key != "id") {
                                  for (std::size_t i = 0; i < slots.size(); ++i) {
                                      words[i] = to_word(column[slots[i]]);
                                  }
                                  send(places[next++]);
                              }
                          });
}

}  // namespace

void write_checkpoint(const std::filesystem::path& path, const World& world,
                      const Outcomes& outcomes, const Attributes& attributes,
                      const mpi::Communicator& comm)
{
    const auto parts =
        comm.is_root() ? shared_state(world, outcomes.memory()) : std::vector<StatePart>{};
    write_checkpoint(path, world, parts, state_hash(world, comm), attributes, comm);
}

void write_checkpoint(const std::filesystem::path& path, const World& world,
                      const std::vector<StatePart>& parts, std::uint64_t hash,
                      const Attributes& attributes, const mpi::Communicator& comm)
{
    const FirmPlaces firms = places_of(world);
    const Redistribution plan{firms.ids, comm};
    std::vector<std::uint64_t> places(2 + column_count());
    try {
        do_and_agree(comm, [&] {
            if (comm.is_root()) {
                Attributes all = attributes;
                all.push_back({"quarters_completed", std::int64_t{world.quarter}});
                all.push_back({"firms", static_cast<std::int64_t>(plan.total())});
                all.push_back(state_hash_attribute(hash));
                places = create_draft(path, world, parts, all, plan.total());
                reserve_whole_draft(path);
            }
        });
        comm.broadcast(std::span{places});
        Parts columns{path, plan, comm};
        write_firms(columns, world, firms, plan, places, comm);
        columns.close();
        do_and_agree(comm, [&] {
            if (comm.is_root()) {
                seal(draft_of(path), {}, columns.ranges(), columns.checksum());
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

std::uint64_t checkpoint_bytes(std::uint64_t firms)
{
    return firms * (2 + column_count()) * word_bytes;
}

}  // namespace latecomer::io
