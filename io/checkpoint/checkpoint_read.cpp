#include "agents/start/initial.hpp"
#include "agents/start/switches.hpp"
#include "agents/world/rebalance.hpp"
#include "agents/world/state_hash.hpp"
#include "core/text.hpp"
#include "io/checkpoint/checkpoint.hpp"
#include "io/checkpoint/checkpoint_columns.hpp"
#include "io/checkpoint/checkpoint_layout.hpp"
#include "io/files/agreement.hpp"
#include "io/files/raw_file.hpp"
#include "io/files/seal.hpp"
#include "io/results/provenance.hpp"

#include <array>
#include <charconv>
#include <system_error>

namespace latecomer::io {
namespace {

std::string text_attribute(const Hdf5File& file, const std::filesystem::path& path,
                           const std::string& key)
{
    const Attribute attribute = file.attribute(key);
    if (const auto* words = std::get_if<std::string>(&attribute.value)) {
        return *words;
    }
    throw_file_error("use", path, text("attribute '", key, "' is no text"));
}

std::int64_t whole_attribute(const Hdf5File& file, const std::filesystem::path& path,
                             const std::string& key)
{
    const Attribute attribute = file.attribute(key);
    if (const auto* number = std::get_if<std::int64_t>(&attribute.value)) {
        return *number;
    }
    throw_file_error("use", path, text("attribute '", key, "' is no whole number"));
}

/// Which version wrote a file, if it says so.
std::string written_by(const Hdf5File& file)
{
    constexpr std::string_view key = "source";
    if (!file.has_attribute(std::string{key})) {
        return {};
    }
    const Attribute attribute = file.attribute(std::string{key});
    const auto* source = std::get_if<std::string>(&attribute.value);
    return source != nullptr ? text("; ", *source, " wrote it: go on with that one, or run anew")
                             : std::string{};
}

void check_schema(const Hdf5File& file, const std::filesystem::path& path)
{
    if (!file.has_attribute("schema") ||
        text_attribute(file, path, "schema") != checkpoint_schema) {
        throw_file_error("use", path, "it is no checkpoint");
    }
    if (const std::int64_t version = whole_attribute(file, path, "schema_version");
        version != schema_version) {
        throw_file_error("use", path,
                         text("it has version ", version, " of the format, this program reads ",
                              schema_version, written_by(file)));
    }
}

RecordSums records_in(const Hdf5File& file, const std::filesystem::path& path)
{
    const auto sum_of = [&](const std::string& key) {
        if (!file.has_attribute(key)) {  // nothing was recorded
            return RollingSum{};
        }
        const std::string words = text_attribute(file, path, key);
        std::uint64_t value = 0;
        const auto [end, error] =
            std::from_chars(words.data(), words.data() + words.size(), value, 16);
        if (error != std::errc{} || end != words.data() + words.size()) {
            throw_file_error("use", path, text("attribute '", key, "' is no checksum"));
        }
        return RollingSum{value};
    };
    return {sum_of("rows_checksum"), sum_of("events_checksum")};
}

CheckpointHead head_of(const Hdf5File& file, const std::filesystem::path& path)
{
    check_schema(file, path);
    CheckpointHead head;
    head.quarters = whole_attribute(file, path, "quarters_completed");
    head.firms = whole_attribute(file, path, "firms");
    head.state_hash = text_attribute(file, path, "state_hash");
    head.records = records_in(file, path);
    if (file.has_attribute("snapshots")) {
        head.snapshots = snapshots_in(text_attribute(file, path, "snapshots"));
    }
    if (head.quarters < 0 || head.quarters > 4000 || head.firms < 0) {
        throw_file_error("use", path, "its numbers of quarters and firms make no sense");
    }
    return head;
}

std::vector<StatePart> parts_in(const Hdf5File& file, const std::filesystem::path& path)
{
    const Dataset shared = file.open_dataset("shared");
    if (shared.type() != Type::u64 || shared.extents().size() != 1) {
        throw_file_error("use", path, "'shared' has another shape");
    }
    std::vector<std::uint64_t> words(shared.rows());
    shared.read(0, shared.rows(), words.data());
    std::string why;
    std::vector<StatePart> parts =
        parts_of(text_attribute(file, path, "shared_layout"), words, why);
    if (!why.empty()) {
        throw_file_error("use", path, why);
    }
    return parts;
}

/// Where the columns lie: identities, pools, then the others in order of their declaration.
std::vector<std::uint64_t> places_in(const Hdf5File& file, const std::filesystem::path& path,
                                     std::int64_t firms)
{
    std::vector<std::string> keys{"firm", "pool"};
    const Firms none;
    for_each_state_column(none, [&](const std::string& key, auto, auto, const auto&) {
        if (key != "id") {
            keys.push_back(key);
        }
    });
    std::vector<std::uint64_t> places;
    for (const std::string& key : keys) {
        const Dataset dataset = file.open_dataset(key);
        if (size_of(dataset.type()) != word_bytes || dataset.extents().size() != 1 ||
            dataset.rows() != static_cast<std::uint64_t>(firms)) {
            throw_file_error("use", path, text("'", key, "' has another shape"));
        }
        places.push_back(dataset.place().value_or(0));
    }
    return places;
}

/// What rank 0 finds in the file, on every rank.
struct Opened {
    CheckpointHead head;
    std::vector<StatePart> parts;
    std::vector<std::uint64_t> places;
};

std::vector<std::uint64_t> broadcast_words(std::vector<std::uint64_t> words,
                                           const mpi::Communicator& comm)
{
    std::array<std::int64_t, 1> size{static_cast<std::int64_t>(words.size())};
    comm.broadcast(std::span{size});
    words.resize(static_cast<std::size_t>(size[0]));
    comm.broadcast(std::span{words});
    return words;
}

void check_intact(const std::filesystem::path& path, const mpi::Communicator& comm)
{
    if (const std::string why = damage(path, comm); !why.empty()) {
        throw_file_error("use", path, why);
    }
}

Opened open(const std::filesystem::path& path, const mpi::Communicator& comm)
{
    check_intact(path, comm);
    Opened opened;
    std::vector<std::uint64_t> words;
    do_and_agree(comm, [&] {
        if (comm.is_root()) {
            const Hdf5File file = Hdf5File::open(path);
            opened.head = head_of(file, path);
            opened.parts = parts_in(file, path);
            opened.places = places_in(file, path, opened.head.firms);
            for (const StatePart& part : opened.parts) {
                words.insert(words.end(), part.words.begin(), part.words.end());
            }
        }
    });
    opened.head.state_hash = comm.broadcast(std::move(opened.head.state_hash));
    std::array<std::int64_t, 2> numbers{opened.head.quarters, opened.head.firms};
    comm.broadcast(std::span{numbers});
    opened.head.quarters = numbers[0];
    opened.head.firms = numbers[1];
    const std::string layout = comm.broadcast(layout_text(opened.parts));
    words = broadcast_words(std::move(words), comm);
    std::string why;
    opened.parts = parts_of(layout, words, why);
    opened.places = broadcast_words(std::move(opened.places), comm);
    return opened;
}

/// Reads this rank's run of firms; ranks get equal parts, whatever pools they are of.
void read_firms(const std::filesystem::path& path, const Opened& opened, World& world,
                const mpi::Communicator& comm)
{
    const mpi::Range mine =
        mpi::even_part(static_cast<std::int64_t>(opened.head.firms), comm.rank(), comm.size());
    const auto first = static_cast<std::uint64_t>(mine.begin);
    std::vector<std::uint64_t> words(static_cast<std::size_t>(mine.size()));
    const RawFile file = RawFile::open_to_read(path);
    const auto read = [&](std::uint64_t place) {
        file.read(place + first * word_bytes, std::as_writable_bytes(std::span{words}));
    };

    read(opened.places[1]);
    std::vector<std::size_t> arrivals(world.pools.size());
    for (const std::uint64_t pool : words) {
        if (pool >= arrivals.size()) {
            throw_file_error("use", path,
                             text("a firm is in pool ", pool, ", which does not exist"));
        }
        ++arrivals[pool];
    }
    world.firms.reserve(arrivals);
    std::vector<FirmIndex> slots;
    for (const std::uint64_t pool : words) {
        slots.push_back(world.firms.add(PoolId{pool}, FirmRecord{}));
    }
    std::size_t next = 2;
    for_each_state_column(world.firms.columns,
                          [&](const std::string& key, auto, auto, auto& column) {
                              read(key == "id" ? opened.places[0] : opened.places[next++]);
                              for (std::size_t i = 0; i < slots.size(); ++i) {
                                  from_word(words[i], column[slots[i]]);
                              }
                          });
}

}  // namespace

Restart read_checkpoint(const std::filesystem::path& path, const Scenario& scenario,
                        const mpi::Communicator& comm)
{
    const Opened opened = open(path, comm);
    Restart restart{make_empty_world(scenario), {}, opened.head.records, opened.head.snapshots};
    World& world = restart.world;
    OutcomesMemory outcomes;
    const std::string misfit = restore_shared_state(world, outcomes, opened.parts);
    if (!misfit.empty()) {
        throw_file_error("use", path, text("it does not fit the scenario: ", misfit));
    }
    if (world.quarter != opened.head.quarters) {
        throw_file_error("use", path, "it contradicts itself about the quarter");
    }
    restart.outcomes = Outcomes{std::move(outcomes)};
    continue_with(world, scenario);
    do_and_agree(comm, [&] { read_firms(path, opened, world, comm); });
    redistribute(world, comm);
    if (hexadecimal(state_hash(world, comm)) != opened.head.state_hash) {
        throw_file_error("use", path, "its content does not give its state hash");
    }
    return restart;
}

CheckpointContent read_checkpoint_content(const std::filesystem::path& path)
{
    const mpi::Communicator alone;
    Opened opened = open(path, alone);
    CheckpointContent content{
        opened.head, std::move(opened.parts), {"firm", "pool"}, {}, {true, true}};
    const Firms none;
    for_each_state_column(none, [&](const std::string& key, auto, auto, const auto& column) {
        if (key != "id") {
            content.columns.push_back(key);
            content.is_whole.push_back(
                !std::is_same_v<typename std::remove_cvref_t<decltype(column)>::value_type,
                                double>);
        }
    });
    const RawFile file = RawFile::open_to_read(path);
    for (const std::uint64_t place : opened.places) {
        auto& words =
            content.column_words.emplace_back(static_cast<std::size_t>(opened.head.firms));
        file.read(place, std::as_writable_bytes(std::span{words}));
    }
    return content;
}

}  // namespace latecomer::io
