#include "jobs/run/recorded.hpp"

#include "io/files/file_error.hpp"
#include "io/files/seal.hpp"
#include "io/hdf5/hdf5.hpp"
#include "io/results/chronicle.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <span>
#include <utility>

namespace latecomer::jobs {
namespace {

io::Hdf5File open_series(const std::filesystem::path& run)
{
    const std::filesystem::path path = run / "series.h5";
    if (const std::string why = io::damage(path); !why.empty()) {
        io::throw_file_error("use", path, why);
    }
    return io::Hdf5File::open(path);
}

std::vector<std::string> texts_of(const io::Hdf5File& series, const std::string& name)
{
    return series.open_dataset(name).read_texts();
}

std::int64_t number_of(const io::Hdf5File& series, const std::string& key)
{
    if (!series.has_attribute(key)) {
        return 0;
    }
    const io::Attribute attribute = series.attribute(key);
    const auto* number = std::get_if<std::int64_t>(&attribute.value);
    return number != nullptr ? *number : 0;
}

CountryRole role_named(const std::string& name)
{
    const auto found = std::ranges::find(country_role_names, name);
    return found == country_role_names.end()
               ? CountryRole::latecomer
               : static_cast<CountryRole>(found - country_role_names.begin());
}

/// Sets the outcomes that a table has of `who`; an empty cell is NaN, and so is what is not there.
template <class Outcome>
void set_outcomes(const std::map<std::pair<std::string, std::string>, double>& values,
                  const std::string& who, std::span<const OutcomeRow<Outcome>> rows,
                  Outcome& outcome)
{
    for (const OutcomeRow<Outcome>& row : rows) {
        const auto found = values.find({who, std::string{row.key}});
        outcome.*row.member = found == values.end() ? std::nan("") : found->second;
    }
}

}  // namespace

std::vector<std::string> recorded_economies(const std::filesystem::path& run)
{
    return texts_of(open_series(run), "country");
}

std::int64_t recorded_start_year(const std::filesystem::path& run)
{
    try {
        return number_of(open_series(run), "start_year");
    } catch (const io::FileError&) {
        return 0;
    }
}

Summary recorded_summary(const std::filesystem::path& run)
{
    std::map<std::pair<std::string, std::string>, double> values;
    for (const auto& cells : io::read_table(run / "outcomes.csv", mpi::Communicator{})) {
        if (cells.size() > 2) {
            const double number = cells[2].empty() ? std::nan("") : std::atof(cells[2].c_str());
            values[{cells[0], cells[1]}] = number;
        }
    }
    const io::Hdf5File series = open_series(run);
    const std::vector<std::string> keys = texts_of(series, "country");
    const std::vector<std::string> names = texts_of(series, "country_name");
    const std::vector<std::string> income_groups = texts_of(series, "country_income_group");
    const std::vector<std::string> roles = texts_of(series, "country_role");
    Summary summary;
    for (std::size_t c = 0; c < keys.size(); ++c) {
        EconomySummary economy{
            keys[c], names.at(c), income_groups.at(c), role_named(roles.at(c)), {}};
        set_outcomes(values, keys[c], country_outcomes(), economy.outcome);
        summary.economies.push_back(std::move(economy));
    }
    set_outcomes(values, "world", world_outcomes(), summary.world);
    const std::int64_t burn_in = number_of(series, "burn_in");
    summary.start_year = number_of(series, "start_year");
    summary.first_quarter = number_of(series, "quarters") > burn_in ? burn_in : 0;
    return summary;
}

}  // namespace latecomer::jobs
