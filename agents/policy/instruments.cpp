#include "agents/policy/instruments.hpp"

namespace latecomer {

std::span<const Instrument> instruments()
{
    static const std::vector<Instrument> rows = instrument_rows();
    return rows;
}

const Instrument& instrument(InstrumentId id)
{
    return instruments()[id.at()];
}

}  // namespace latecomer
