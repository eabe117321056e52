#pragma once

#include "agents/world/world.hpp"

/// A spin-up, as climate models do it: before the first quarter firms live for a while in economies that stand still,
/// so that sizes, ages and exporters are what the model makes of them and economies are what data say.
namespace latecomer {

/// Remembers the state that a spin-up keeps economies at.
void hold(World& world);

/// Brings capabilities back after a quarter of the spin-up: of all firms of a country at a stage by one factor, so that
/// the mean of what it sells is again what it was at the start; of lead firms by the growth of the frontier.
void nudge(World& world);

/// Ends a spin-up: shares are those of the start, tastes such that they would stay, public debts are paid by the rest of
/// the economy.
void release(World& world);

}  // namespace latecomer
