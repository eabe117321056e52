/// The table of instruments with the sign of one effect flipped.  LATECOMER_FLIP is the number of the
/// effect, counted over all instruments from 0; beyond the last, the program ends with status 77.
/// The linker takes these functions instead of those of the library.

#include "agents/policy/instruments.hpp"

#include <cstdlib>
#include <iostream>

namespace latecomer {
namespace {

Size original = nullptr;

const double& flipped(const Parameters& parameters)
{
    static double size = 0.0;
    size = original == nullptr ? -1.0 : -original(parameters);
    return size;
}

std::vector<Instrument> mutated_rows()
{
    std::vector<Instrument> rows = instrument_rows();
    const char* wanted = std::getenv("LATECOMER_FLIP");
    if (wanted == nullptr) {
        return rows;
    }
    long left = std::strtol(wanted, nullptr, 10);
    for (Instrument& row : rows) {
        for (Effect& effect : row.effects) {
            if (left-- == 0) {
                std::cout << "flipped: " << row.cell << ' ' << lever_name(effect.member) << '\n';
                original = effect.size;
                effect.size = flipped;
                return rows;
            }
        }
    }
    std::exit(77);
}

}  // namespace

std::span<const Instrument> instruments()
{
    static const std::vector<Instrument> rows = mutated_rows();
    return rows;
}

const Instrument& instrument(InstrumentId id)
{
    return instruments()[id.at()];
}

}  // namespace latecomer
