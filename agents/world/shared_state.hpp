#pragma once

#include "agents/world/outcomes_memory.hpp"
#include "agents/world/world.hpp"

#include <string>
#include <vector>

/// The state that all ranks share, as named lists of 64-bit words: what a checkpoint holds besides
/// firms.  Structs declare it in their tables; saving, restoring, comparing and hashing walk
/// these rows.
namespace latecomer {

/// A piece of an entry: so many words of a name.
struct StateMember {
    std::string name;  ///< empty: the entry is one number
    std::size_t words = 1;
    bool is_whole = false;  ///< whole numbers, not doubles
};

/// A list of entries that have the same members.
struct StatePart {
    std::string name;                  ///< "market.share"
    std::vector<std::string> axes;     ///< what entries are counted along: {"country", "position"}
    std::vector<StateMember> members;  ///< of an entry, in order
    std::vector<std::uint64_t> words;

    std::size_t words_per_entry() const;
};

/// All of it at the end of a quarter.  Outcomes are of the run, not of the world, but go on with it.
std::vector<StatePart> shared_state(const World& world, const OutcomesMemory& outcomes);

/// Puts it into a world of the same scenario (see make_empty_world).
///
/// @return what does not fit, in words; empty: all is well
std::string restore_shared_state(World& world, OutcomesMemory& outcomes,
                                 const std::vector<StatePart>& parts);

}  // namespace latecomer
