#include "agents/observation/books.hpp"

#include "core/errors.hpp"
#include "core/text.hpp"

#include <cmath>
#include <utility>

namespace latecomer {

void expects_identities(const World& world)
{
    const Residuals& r = world.results.residuals;
    for (const auto& [name, residual] :
         {std::pair{"shares (A1)", r.shares}, std::pair{"sales (A2)", r.sales},
          std::pair{"trade (A3)", r.trade}, std::pair{"profit (A4)", r.profit},
          std::pair{"price index (A4)", r.index}, std::pair{"debt (A5)", r.debt},
          std::pair{"money (A6)", r.money}, std::pair{"data (A7)", r.data},
          std::pair{"firms (A8)", r.firms}}) {
        if (!(std::abs(residual) <= largest_residual)) {
            fail(text("quarter ", world.quarter, ": the identity of ", name,
                      " is broken, residual ", residual, "; a parameter is extreme"));
        }
    }
}

}  // namespace latecomer
