#include "agents/world/shared_state.hpp"

#include "agents/world/state_visitors.hpp"
#include "core/text.hpp"

namespace latecomer {

std::size_t StatePart::words_per_entry() const
{
    std::size_t all = 0;
    for (const StateMember& member : members) {
        all += member.words;
    }
    return all;
}

const std::vector<std::uint64_t>* StateRestorer::next(std::string_view name, std::size_t words)
{
    if (!complaint_.empty()) {
        return nullptr;
    }
    if (place_ == parts_.size() || parts_[place_].name != name) {
        complaint_ = text("part '", name, "' is missing");
        return nullptr;
    }
    const StatePart& part = parts_[place_++];
    if (part.words.size() != words) {
        complaint_ =
            text("part '", name, "' has ", part.words.size(), " numbers instead of ", words);
        return nullptr;
    }
    return &part.words;
}

std::string StateRestorer::complaint() const
{
    return complaint_.empty() && place_ < parts_.size()
               ? text("unexpected part '", parts_[place_].name, '\'')
               : complaint_;
}

std::vector<StatePart> shared_state(const World& world, const Outcomes& outcomes)
{
    StateSaver saver;
    walk_state(world, saver);
    walk_state(outcomes.memory(), saver);
    return std::move(saver).parts();
}

std::string restore_shared_state(World& world, Outcomes& outcomes,
                                 const std::vector<StatePart>& parts)
{
    StateRestorer restorer{parts};
    walk_state(world, restorer);
    OutcomesMemory memory;
    restorer.let_vectors_grow();
    walk_state(memory, restorer);
    outcomes = Outcomes{std::move(memory)};
    return restorer.complaint();
}

}  // namespace latecomer
