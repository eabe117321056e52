// ctest: cost 10

#include "io/hdf5/series_file.hpp"

#include "io/files/file_error.hpp"
#include "io/files/publish.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/scratch.hpp"

#include <cmath>
#include <string>
#include <vector>

#include <sys/wait.h>

namespace latecomer::tests::series_file_test {

using namespace latecomer::io;
using latecomer::tests::FullDisk;
using latecomer::tests::Scratch;

namespace {

SeriesFile new_file(const std::filesystem::path& path, std::uint64_t rows,
                    std::size_t countries = 2)
{
    std::vector<std::string> keys;
    for (std::size_t c = 0; c < countries; ++c) {
        keys.push_back("C" + std::to_string(c));
    }
    return {path,
            rows,
            {{"country", "", "Economy", keys},
             {"stage", "", "Stage", std::vector<std::string>{"collection", "storage"}}},
            {{"gap_by_stage", "1", "Gap to the frontier", "9", {"country", "stage"}},
             {"price", "numeraire", "Price", "", {"country"}},
             {"residual_money", "1", "Residual", "", {}}},
            {{"title", "a test"}}};
}

std::vector<double> column(const Hdf5File& file, const std::string& name)
{
    const Dataset dataset = file.open_dataset(name);
    std::vector<double> values(dataset.rows() * dataset.row_bytes() / sizeof(double));
    dataset.read(0, dataset.rows(), values.data());
    return values;
}

std::int64_t n_valid(const Hdf5File& file)
{
    std::int64_t rows = -1;
    file.open_dataset("n_valid").read(0, 1, &rows);
    return rows;
}

/// Writes rows of which every value is the number of the row, until somebody ends it.
[[noreturn]] void write_until_killed(const std::filesystem::path& path)
{
    SeriesFile file = new_file(path, 100000, 40);
    for (int row = 0; row < 100000; ++row) {
        file.append(std::vector<double>(file.row_size(), double(row)));
    }
    _exit(0);
}

}  // namespace

TEST_CASE("rows that are not yet written are missing values", "[io]")
{
    const Scratch scratch;
    SeriesFile file = new_file(scratch / "series.h5", 3);
    REQUIRE(file.row_size() == 7);
    file.append(std::vector<double>{1, 2, 3, 4, 5, 6, 7});

    const Hdf5File live = Hdf5File::open(scratch / "series.h5");
    CHECK(n_valid(live) == 1);
    const auto price = column(live, "price");
    CHECK(price[0] == 5);
    CHECK(price[1] == 6);
    CHECK(std::isnan(price[2]));
    CHECK(std::isnan(price[5]));
    CHECK(column(live, "time") == std::vector<double>{0.25, 0.5, 0.75});
}

TEST_CASE("the finished file has the same values, is checked and names the hash", "[io]")
{
    const Scratch scratch;
    SeriesFile file = new_file(scratch / "series.h5", 200, 40);
    for (int t = 0; t < 200; ++t) {
        file.append(std::vector<double>(file.row_size(), 0.5 + t));
    }
    const auto bytes_before = std::filesystem::file_size(scratch / "series.h5");
    file.finish({{"state_hash", "0123456789abcdef"}});

    const Hdf5File done = Hdf5File::open(scratch / "series.h5");
    CHECK(n_valid(done) == 200);
    const auto gap = column(done, "gap_by_stage");
    CHECK(gap.size() == 200 * 80);
    CHECK(gap.front() == 0.5);
    CHECK(gap[80] == 1.5);
    CHECK(gap.back() == 199.5);
    CHECK(std::get<std::string>(done.attribute("state_hash").value) == "0123456789abcdef");
    CHECK(std::filesystem::file_size(scratch / "series.h5") < bytes_before / 2);
    CHECK(!std::filesystem::exists(draft_of(scratch / "series.h5")));
}

TEST_CASE("a run of no quarter, or without any country, has a file as well", "[io]")
{
    const Scratch scratch;
    SeriesFile no_quarter = new_file(scratch / "no_quarter.h5", 0);
    no_quarter.finish({{"state_hash", "0"}});
    SeriesFile no_country = new_file(scratch / "no_country.h5", 2, 0);
    no_country.append(std::vector<double>{3.0});
    no_country.append(std::vector<double>{4.0});
    no_country.finish({{"state_hash", "0"}});

    CHECK(n_valid(Hdf5File::open(scratch / "no_quarter.h5")) == 0);
    CHECK(column(Hdf5File::open(scratch / "no_country.h5"), "residual_money") ==
          std::vector<double>{3.0, 4.0});
}

TEST_CASE("a writer killed at any moment leaves a file whose valid rows are complete", "[io]")
{
    const Scratch scratch;
    const std::filesystem::path path = scratch / "series.h5";
    int begun = 0;
    for (int kill_number = 0; kill_number < 10; ++kill_number) {
        std::filesystem::remove(path);
        const pid_t writer = fork();
        if (writer == 0) {
            write_until_killed(path);
        }
        while (!std::filesystem::exists(path)) {
            usleep(200);
        }
        // Times that no period of the writer's work divides: from 0 to 45 ms.
        usleep(static_cast<useconds_t>(kill_number * 5003));
        kill(writer, SIGKILL);
        int status = 0;
        waitpid(writer, &status, 0);
        REQUIRE(WIFSIGNALED(status));

        const Hdf5File file = Hdf5File::open(path);
        const std::int64_t rows = n_valid(file);
        begun += rows > 0 ? 1 : 0;
        for (const std::string name : {"gap_by_stage", "price", "residual_money"}) {
            const auto values = column(file, name);
            const std::size_t per_row = values.size() / 100000;
            std::size_t wrong = 0;
            for (std::size_t i = 0; i < static_cast<std::size_t>(rows) * per_row; ++i) {
                wrong += values[i] == double(i / per_row) ? 0 : 1;
            }
            CHECK(wrong == 0);
        }
    }
    CHECK(begun >= 5);
}

TEST_CASE("a series for which there is no room leaves nothing behind", "[io]")
{
    const Scratch scratch;
    const FullDisk full{50000};
    CHECK_THROWS_AS(new_file(scratch / "series.h5", 100000), FileError);
    CHECK(std::filesystem::is_empty(scratch.path()));
}

TEST_CASE("a disk that fills up at the end leaves the rows that were written", "[io]")
{
    const Scratch scratch;
    SeriesFile file = new_file(scratch / "series.h5", 400);
    for (int t = 0; t < 400; ++t) {
        file.append(std::vector<double>(file.row_size(), 0.1 * t));
    }
    {
        const FullDisk full{4096};
        CHECK_THROWS_AS(file.finish({{"state_hash", "0"}}), FileError);
    }
    CHECK(n_valid(Hdf5File::open(scratch / "series.h5")) == 400);
    CHECK(!std::filesystem::exists(draft_of(scratch / "series.h5")));
}

}  // namespace latecomer::tests::series_file_test
