#include "agents/firms/firm_scratch.hpp"

namespace latecomer {

FirmScratch& scratch_of(World& world)
{
    if (!world.firm_scratch.memory) {
        world.firm_scratch.memory = std::make_shared<FirmScratch>();
    }
    return *world.firm_scratch.memory;
}

void expect_departures(World& world)
{
    FirmScratch& scratch = scratch_of(world);
    const std::size_t many = world.firms.room() / 16 + 64;
    // Twice what is wanted, so that a world that grows does not come here often.
    const auto expect = [](auto& list, std::size_t wanted) {
        if (list.capacity() < wanted) {
            list.reserve(2 * wanted);
        }
    };
    for (Departures& of_thread : scratch.departures) {
        expect(of_thread.leavers, many / scratch.departures.size() + 64);
        expect(of_thread.climbers, many / scratch.departures.size() + 64);
    }
    expect(scratch.leavers, many);
    expect(scratch.climbers, many);
}

void use_plain_sums(World& world, bool plain)
{
    FirmScratch& scratch = scratch_of(world);
    if (!plain) {  // made anew, exact, when the next quarter needs them
        scratch.competition_sums.clear();
        scratch.tallies.clear();
        return;
    }
    for (SumTable& sums : scratch.competition_sums) {
        sums.be_plain();
    }
    for (Tally& tally : scratch.tallies) {
        tally.be_plain();
    }
}

}  // namespace latecomer
