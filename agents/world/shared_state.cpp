#include "agents/world/shared_state.hpp"

#include "agents/world/state_visitors.hpp"
#include "core/text.hpp"

#include <algorithm>

namespace latecomer {

std::size_t StatePart::words_per_entry() const
{
    std::size_t all = 0;
    for (const StateMember& member : members) {
        all += member.words;
    }
    return all;
}

const StatePart* StateRestorer::take(std::string_view name)
{
    for (std::size_t i = 0; i < parts_.size(); ++i) {
        if (!taken_[i] && parts_[i].name == name) {
            taken_[i] = true;
            return &parts_[i];
        }
    }
    if (complaint_.empty()) {
        complaint_ = text("part '", name, "' is missing");
    }
    return nullptr;
}

bool StateRestorer::fits(const StatePart& part, std::size_t words)
{
    if (part.words.size() != words && complaint_.empty()) {
        complaint_ =
            text("part '", part.name, "' has ", part.words.size(), " numbers instead of ", words);
    }
    return complaint_.empty();
}

std::string StateRestorer::complaint() const
{
    const auto unknown = std::ranges::find(taken_, false);
    return complaint_.empty() && unknown != taken_.end()
               ? text("unexpected part '",
                      parts_[static_cast<std::size_t>(unknown - taken_.begin())].name, '\'')
               : complaint_;
}

std::vector<StatePart> shared_state(const World& world, const OutcomesMemory& outcomes)
{
    StateSaver saver;
    walk_state(world, saver);
    walk_state(outcomes, saver);
    return std::move(saver).parts();
}

std::string restore_shared_state(World& world, OutcomesMemory& outcomes,
                                 const std::vector<StatePart>& parts)
{
    StateRestorer restorer{parts};
    walk_state(world, restorer);
    restorer.let_vectors_grow();
    walk_state(outcomes, restorer);
    return restorer.complaint();
}

}  // namespace latecomer
