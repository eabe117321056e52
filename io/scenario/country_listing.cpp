#include "io/scenario/country_listing.hpp"

#include "io/scenario/scenario_draft.hpp"

#include <algorithm>

namespace latecomer {

CountryListing country_listing(std::string_view table)
{
    ScenarioDraft draft;
    apply_layer(parse_toml(table, "the country table"), LayerRole::included, draft);
    CountryListing listing;
    for (auto& [key, country] : draft.countries.edit()) {
        ListedEconomy economy{std::move(country.data), std::move(country.by_year)};
        economy.data.role = country.role.value_or(economy.data.role);
        economy.data.row = country.row.value_or(economy.data.row);
        listing.economies.push_back(std::move(economy));
    }
    std::ranges::sort(listing.economies, {},
                      [](const ListedEconomy& economy) { return economy.data.row; });
    listing.sources = std::move(draft.sources.edit());
    return listing;
}

}  // namespace latecomer
