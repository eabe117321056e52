#include "io/results/snapshot.hpp"

#include "agents/world/state_hash.hpp"
#include "core/hash.hpp"
#include "core/text.hpp"
#include "io/results/dollar_attributes.hpp"
#include "io/results/provenance.hpp"
#include "io/results/series.hpp"

#include <algorithm>
#include <concepts>

namespace latecomer::io {
namespace {

/// Identities are the coordinate of the firms, not a column beside others.
constexpr std::string_view identity_key = "id";

bool is_selected(std::string_view key, const OutputParameters& output)
{
    const auto& fields = output.snapshot_fields;
    return key != identity_key &&
           (fields.empty() || std::ranges::find(fields, key) != fields.end());
}

template <class Number>
Type type_of(const FirmColumn<Number>&, Precision precision)
{
    if constexpr (std::same_as<Number, double>) {
        return precision == Precision::f32 ? Type::f32 : Type::f64;
    } else {
        static_assert(std::same_as<Number, std::uint32_t>);
        return Type::u32;
    }
}
Type type_of(const FirmColumn<FirmId>&, Precision)
{
    return Type::u64;
}

template <class Stored, class Number>
void gather(const FirmColumn<Number>& column, std::span<const std::size_t> slots, Stored* to,
            std::size_t step)
{
    for (std::size_t i = 0; i < slots.size(); ++i) {
        to[i * step] = static_cast<Stored>(column[FirmIndex{slots[i]}]);
    }
}

template <class Number>
void gather_as(Type type, const FirmColumn<Number>& column, std::span<const std::size_t> slots,
               void* to, std::size_t first, std::size_t step)
{
    if (type == Type::f32) {
        gather(column, slots, static_cast<float*>(to) + first, step);
    } else {
        gather(column, slots, static_cast<Number*>(to) + first, step);
    }
}

/// One source per selected column.  The world must outlive them.
std::vector<FirmSource> field_sources(const Firms& firms, const OutputParameters& output)
{
    std::vector<FirmSource> sources;
    for_each(Firms::table, [&](const auto& field) {
        if (!is_selected(field.key, output)) {
            return;
        }
        const auto columns = columns_of(firms.*field.member);
        const Type type = type_of(columns.front(), output.snapshot_precision);
        const std::size_t step = columns.size();
        FirmSource source{{std::string{field.key},
                           std::string{field.unit},
                           std::string{field.doc},
                           std::string{field.equation},
                           {"firm"},
                           type},
                          step,
                          [columns, type, step](std::span<const std::size_t> slots, void* to) {
                              for (std::size_t s = 0; s < step; ++s) {
                                  gather_as(type, columns[s], slots, to, s, step);
                              }
                          }};
        if (step > 1) {
            source.variable.dimensions.emplace_back("stage");
        }
        sources.push_back(std::move(source));
    });
    return sources;
}

/// The firms of a snapshot, and the pool of every slot in use.
struct Places {
    FirmList list;
    std::vector<PoolId> pool_of_slot;
};

Places places_of(const World& world)
{
    const OutputParameters& output = world.scenario.parameters.output;
    Places places;
    places.pool_of_slot.resize(world.firms.room());
    for (const PoolId pool : world.pool_indices()) {
        if (!has_country(output, world.countries.key[world.country_of(pool)])) {
            continue;
        }
        for (const FirmIndex i : world.firms.firms_of(pool)) {
            const FirmId id = world.firms.columns.id[i];
            if (is_in_sample(id, output.snapshot_sample)) {
                places.list.slots.push_back(i.at());
                places.list.ids.push_back(identity::bits(id));
                places.pool_of_slot[i.at()] = pool;
            }
        }
    }
    return places;
}

/// What a firm's pool says of it; `of` gives the country or the position of a pool.
template <class Of>
FirmSource pool_source(std::string_view dimension, const std::vector<PoolId>& pool_of_slot, Of of)
{
    Variable variable{text(dimension, "_index"),
                      "1",
                      text("Place of the firm's ", dimension, " in the list of the dimension ",
                           dimension, ", from 0"),
                      "",
                      {"firm"},
                      Type::u16};
    return {std::move(variable), 1,
            [&pool_of_slot, of](std::span<const std::size_t> slots, void* to) {
                auto* values = static_cast<std::uint16_t*>(to);
                for (std::size_t i = 0; i < slots.size(); ++i) {
                    values[i] = static_cast<std::uint16_t>(of(pool_of_slot[slots[i]]).at());
                }
            }};
}

/// Files hold shares that sum to one over a pool: the stored share times its pool's scale.
void normalise_shares(FirmSource& source, const World& world,
                      const std::vector<PoolId>& pool_of_slot)
{
    const bool domestic = source.variable.key == "domestic_share";
    if (!domestic && source.variable.key != "export_share") {
        return;
    }
    const Type type = source.variable.type;
    source.gather = [&world, &pool_of_slot, domestic, type](std::span<const std::size_t> slots,
                                                            void* to) {
        const Firms& firms = world.firms.columns;
        const FirmColumn<double>& column = domestic ? firms.domestic_share : firms.export_share;
        for (std::size_t i = 0; i < slots.size(); ++i) {
            const PoolState& pool = world.pools[pool_of_slot[slots[i]]];
            const double value =
                column[FirmIndex{slots[i]}] * (domestic ? pool.domestic_scale : pool.export_scale);
            if (type == Type::f32) {
                static_cast<float*>(to)[i] = static_cast<float>(value);
            } else {
                static_cast<double*>(to)[i] = value;
            }
        }
    };
}

/// The dimensions that a snapshot uses.
std::vector<Coordinate> snapshot_coordinates(const World& world)
{
    std::vector<Coordinate> coordinates = model_coordinates(world);
    std::erase_if(coordinates, [](const Coordinate& coordinate) {
        const std::string& of = coordinate.along.empty() ? coordinate.key : coordinate.along;
        return of != "country" && of != "position" && of != "stage";
    });
    return coordinates;
}

/// Which firms of the world there are, for who reads the file.
Attributes selection_attributes(const OutputParameters& output, std::int64_t firms)
{
    std::string countries;
    for (const std::string& country : output.snapshot_countries) {
        countries += text(countries.empty() ? "" : ",", country);
    }
    return {{"snapshot_countries", countries.empty() ? "all" : countries},
            {"snapshot_sample", output.snapshot_sample},
            {"firms_in_world", firms}};
}

}  // namespace

bool is_in_sample(FirmId firm, double sample)
{
    constexpr double from_53_bits = 0x1p-53;
    const std::uint64_t hash = mix64(identity::bits(firm)) >> 11;
    return static_cast<double>(hash) * from_53_bits < sample;
}

bool has_country(const OutputParameters& output, const std::string& country)
{
    const auto& countries = output.snapshot_countries;
    return countries.empty() || std::ranges::find(countries, country) != countries.end();
}

void write_firm_snapshot(const std::filesystem::path& path, const World& world,
                         const Attributes& attributes, const mpi::Communicator& comm)
{
    const std::uint64_t hash = state_hash(world, comm);
    const Places places = places_of(world);
    std::vector<FirmSource> sources;
    sources.push_back(pool_source("country", places.pool_of_slot,
                                  [&](PoolId pool) { return world.country_of(pool); }));
    sources.push_back(pool_source("position", places.pool_of_slot,
                                  [&](PoolId pool) { return world.position_of(pool); }));
    for (FirmSource& source :
         field_sources(world.firms.columns, world.scenario.parameters.output)) {
        normalise_shares(source, world, places.pool_of_slot);
        source.variable.more =
            dollar_attributes(source.variable.key, source.variable.unit, world.scenario);
        sources.push_back(std::move(source));
    }

    Attributes all = attributes;
    for (Attribute& attribute :
         selection_attributes(world.scenario.parameters.output, firm_count(world))) {
        all.push_back(std::move(attribute));
    }
    all.push_back({"quarters_completed", std::int64_t{world.quarter}});
    all.push_back(state_hash_attribute(hash));
    write_firm_file(path, places.list, sources, snapshot_coordinates(world), all, comm);
}

std::uint64_t snapshot_bytes(const OutputParameters& output, std::uint64_t firms)
{
    std::uint64_t bytes = size_of(Type::u64) + 2 * size_of(Type::u16);
    const Firms none;
    for (const FirmSource& source : field_sources(none, output)) {
        bytes += source.values_per_firm * size_of(source.variable.type);
    }
    return static_cast<std::uint64_t>(static_cast<double>(bytes * firms) * output.snapshot_sample);
}

}  // namespace latecomer::io
