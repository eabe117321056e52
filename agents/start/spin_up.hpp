#pragma once

#include "agents/world/world.hpp"

/// A spin-up, as climate models do it: before the first quarter firms live for a while in economies that stand still,
/// so that sizes, ages and exporters are what the model makes of them and economies are what data say.
namespace latecomer {

/// Remembers the shares at which a spin-up keeps markets.
void hold(World& world);

/// Brings capabilities back after a quarter of the spin-up (eq. 35), and with them what firms look up to.
/// @param frontier of the quarter, to which results of pools are relative
void nudge(World& world, const ByStage<double>& frontier);

/// Ends a spin-up: shares are those of the start, tastes such that they would stay, public debts are paid by the rest of
/// the economy.
void release(World& world);

}  // namespace latecomer
