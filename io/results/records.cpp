#include "io/results/records.hpp"

#include "agents/observation/outputs.hpp"
#include "core/text.hpp"
#include "io/files/agreement.hpp"
#include "io/hdf5/series_file.hpp"
#include "io/results/chronicle.hpp"
#include "io/results/series.hpp"

#include <cstdlib>
#include <sstream>

namespace latecomer::io {

std::vector<double> row_of(const World& world)
{
    std::vector<double> row;
    for (const Output& output : outputs()) {
        const std::size_t before = row.size();
        row.resize(before + output_size(world, output));
        output.fill(world, std::span{row}.subspan(before));
    }
    return row;
}

void RecordSums::add_row(std::span<const double> row)
{
    rows.add(std::as_bytes(row));
}

void RecordSums::add_events(std::span<const std::string> lines)
{
    for (const std::string& line : lines) {
        events.add(std::as_bytes(std::span{line}));
    }
}

Attributes attributes_of(const RecordSums& sums, std::span<const std::int64_t> snapshots)
{
    std::string quarters;
    for (const std::int64_t quarter : snapshots) {
        quarters += text(quarters.empty() ? "" : ",", quarter);
    }
    return {{"rows_checksum", hexadecimal(sums.rows.value())},
            {"events_checksum", hexadecimal(sums.events.value())},
            {"snapshots", quarters}};
}

std::vector<std::int64_t> snapshots_in(const std::string& attribute)
{
    std::vector<std::int64_t> quarters;
    std::istringstream numbers{attribute};
    for (std::string number; std::getline(numbers, number, ',');) {
        quarters.push_back(std::strtoll(number.c_str(), nullptr, 10));
    }
    return quarters;
}

RecordSums read_record_sums(const std::filesystem::path& run, const World& world)
{
    RecordSums sums;
    if (world.quarter == 0) {
        return sums;
    }
    const std::vector<double> rows = read_rows(run / "series.h5", world);
    const std::size_t size = rows.size() / world.quarter;
    for (std::size_t quarter = 0; quarter < world.quarter; ++quarter) {
        sums.add_row(std::span{rows}.subspan(quarter * size, size));
    }
    sums.add_events(read_event_lines(run / "events.csv", world.quarter));
    return sums;
}

void check_records(const std::filesystem::path& run, const World& world, const RecordSums& expected,
                   const mpi::Communicator& comm)
{
    do_and_agree(comm, [&] {
        if (!comm.is_root()) {
            return;
        }
        const RecordSums found = read_record_sums(run, world);
        const auto check = [&](bool is_equal, const char* file) {
            if (!is_equal) {
                throw_file_error("use", run / file,
                                 text("its first ", world.quarter,
                                      " quarters are not what the run wrote: it is damaged, or was "
                                      "changed"));
            }
        };
        check(found.rows == expected.rows, "series.h5");
        check(found.events == expected.events, "events.csv");
    });
}

}  // namespace latecomer::io
