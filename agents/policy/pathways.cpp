#include "agents/policy/pathways.hpp"

#include <algorithm>

namespace latecomer {

namespace {

constexpr std::array<Pathway, 6> rows{{
    {"none",
     "",
     "No policy",
     "No instrument is requested.",
     "",
     {{{0, 0, 0, 0}, {0, 0, 0, 0}, {0, 0, 0, 0}, {0, 0, 0, 0}}}},
    {"sovereignty",
     "i",
     "Data sovereignty and localisation",
     "Data have to stay, foreign providers are bound by rules, domestic storage is preferred.",
     "Indonesia",
     {{{0, .3, .6, 0}, {.3, .4, .8, .3}, {0, 0, .2, 0}, {0, .2, .4, 0}}}},
    {"strategic_data",
     "ii",
     "Strategic government data initiatives",
     "Government data are opened and shared, and skills to use them are built.",
     "India, Chile, Mexico, Colombia, Thailand",
     {{{.3, .8, .2, .8}, {.2, .5, 0, .2}, {.3, .2, .6, .1}, {.1, .1, 0, .3}}}},
    {"low_value",
     "iii",
     "Low-value data processes",
     "Work such as annotation and outsourcing is sold to lead firms; skills and standards help.",
     "India, Pakistan, Philippines",
     {{{.2, .2, 0, .1}, {.1, .5, 0, 0}, {.7, .4, .5, .1}, {0, 0, 0, 0}}}},
    {"sector_applications",
     "iv",
     "Sector applications",
     "Applications in chosen sectors are developed and bought at home.",
     "Mexico, South Africa",
     {{{.1, .2, .1, .1}, {.1, .3, 0, 0}, {.3, .5, .2, .7}, {.5, .7, .3, .7}}}},
    {"all",
     "",
     "Every instrument",
     "Every instrument is requested in full.",
     "",
     {{{1, 1, 1, 1}, {1, 1, 1, 1}, {1, 1, 1, 1}, {1, 1, 1, 1}}}},
}};

}  // namespace

std::span<const Pathway> pathways()
{
    return rows;
}

const Pathway* find_pathway(std::string_view key)
{
    const auto found =
        std::ranges::find_if(rows, [&](const Pathway& row) { return row.key == key; });
    return found == rows.end() ? nullptr : &*found;
}

PolicyMix mix_of(const Pathway& pathway, std::size_t sectors)
{
    PolicyMix mix = no_policy(sectors);
    for (const InstrumentId id : instrument_indices()) {
        const Instrument& row = instrument(id);
        const double intensity =
            pathway.intensity[at(row.stage)][static_cast<std::size_t>(row.orientation)];
        std::ranges::fill(mix.row(id), intensity);
    }
    return mix;
}

}  // namespace latecomer
