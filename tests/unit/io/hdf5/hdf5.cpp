#include "io/hdf5/hdf5.hpp"

#include "core/hash.hpp"
#include "io/files/file_error.hpp"
#include "io/hdf5/layout.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/scratch.hpp"

#include <fstream>
#include <string>
#include <vector>

namespace latecomer::tests::hdf5_test {

using namespace latecomer::io;
using tests::FullDisk;
using tests::Scratch;

namespace {

template <class Work>
std::string message_of(const Work& work)
{
    try {
        work();
    } catch (const FileError& error) {
        return error.what();
    }
    return "no error";
}

bool contains(const std::string& text, const std::string& part)
{
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a file gives back what was written, of every type", "[io]")
{
    const Scratch scratch;
    const std::vector<double> doubles{1.5, -0.0, 1e-300, 4.0, 5.0, 6.0};
    const std::vector<std::uint64_t> identities{0, 1, 18446744073709551615u};
    const std::vector<std::string> texts{"Côte d'Ivoire", "", "a longer text than the others"};
    {
        Hdf5File file = Hdf5File::create(scratch / "all.h5");
        Dataset table = file.create_dataset({"table", Type::f64, {3, 2}});
        table.write(0, 3, doubles.data());
        Dataset ids = file.create_dataset({"ids", Type::u64, {3}, Storage::compressed, {2}});
        ids.write(0, 3, identities.data());
        Dataset words = file.create_dataset({"words", Type::text, {3}});
        words.write_texts(texts);
        file.set_attribute({"title", "São Tomé"});
        file.set_attribute({"seed", std::int64_t{9007199254740993}});
        file.set_attribute({"half", 0.5});
        for (Dataset* dataset : {&table, &ids, &words}) {
            dataset->close();
        }
        file.close();
    }
    const Hdf5File file = Hdf5File::open(scratch / "all.h5");
    std::vector<double> row(2);
    file.open_dataset("table").read(1, 1, row.data());
    CHECK(row == std::vector<double>{1e-300, 4.0});
    std::vector<std::uint64_t> ids(3);
    file.open_dataset("ids").read(0, 3, ids.data());
    CHECK(ids == identities);
    CHECK(file.open_dataset("words").read_texts() == texts);
    CHECK(std::get<std::string>(file.attribute("title").value) == "São Tomé");
    CHECK(std::get<std::int64_t>(file.attribute("seed").value) == 9007199254740993);
    CHECK(std::get<double>(file.attribute("half").value) == 0.5);
    CHECK(file.dataset_names() == std::vector<std::string>{"ids", "table", "words"});
}

TEST_CASE("texts come back, be it one or more than are converted at once", "[io]")
{
    const Scratch scratch;
    for (const std::size_t count : {std::size_t{1}, std::size_t{2}, std::size_t{100001}}) {
        std::vector<std::string> texts(count);
        for (std::size_t i = 0; i < count; ++i) {
            texts[i] = "firm " + std::to_string(i);
        }
        const std::string name = std::to_string(count) + ".h5";
        Hdf5File file = Hdf5File::create(scratch / name);
        Dataset words = file.create_dataset({"words", Type::text, {count}});
        words.write_texts(texts);
        words.close();
        file.close();
        CHECK((Hdf5File::open(scratch / name).open_dataset("words").read_texts() == texts));
    }
}

TEST_CASE("the same calls give the same bytes, whenever they are made", "[io]")
{
    const Scratch scratch;
    for (const std::string name : {"first.h5", "second.h5"}) {
        Hdf5File file = Hdf5File::create(scratch / name);
        auto datasets = create_layout(
            file, {{"country", "", "Economy", std::vector<std::string>{"IDN", "IND"}}},
            {{"gap", "1", "Gap", "9", {"country"}}}, {{"title", "x"}}, Storage::compressed, 16);
        const std::vector<double> values{1.0, 2.0};
        datasets[0].write(0, 2, values.data());
        datasets[0].close();
        file.close();
        usleep(name == "first.h5" ? 1100000 : 0);
    }
    const auto bytes = [&](const std::string& name) {
        std::ifstream file{scratch / name, std::ios::binary};
        return std::string{std::istreambuf_iterator<char>{file}, {}};
    };
    CHECK(bytes("first.h5").size() > 1000);
    CHECK((bytes("first.h5") == bytes("second.h5")));
}

TEST_CASE("a file cannot be closed while a dataset is open", "[io]")
{
    const Scratch scratch;
    Hdf5File file = Hdf5File::create(scratch / "leak.h5");
    const Dataset open = file.create_dataset({"x", Type::f64, {1}});
    CHECK_THROWS_AS(file.close(), FileError);
}

TEST_CASE("errors name the file, the reason of the system and the room wanted", "[io]")
{
    const Scratch scratch;
    const std::string missing = (scratch / "missing.h5").string();
    CHECK(message_of([&] { Hdf5File::open(missing); }) ==
          "cannot open '" + missing + "' (No such file or directory)");

    std::ofstream{scratch / "words.h5"} << "no HDF5 in here";
    CHECK(contains(message_of([&] { Hdf5File::open(scratch / "words.h5"); }), "words.h5' ("));

    const FullDisk full{100000};
    const std::string message = message_of([&] {
        Hdf5File file = Hdf5File::create(scratch / "big.h5");
        file.create_dataset({"gap", Type::f64, {1000, 100}});
    });
    CHECK(contains(message, "big.h5' (File too large): 800000 bytes wanted for 'gap'"));
}

TEST_CASE("a full disk is noticed, at the latest when the file is closed", "[io]")
{
    const Scratch scratch;
    std::vector<double> values(100000);
    for (std::size_t i = 0; i < values.size(); ++i) {
        values[i] = static_cast<double>(mix64(i));  // which nothing compresses
    }
    const FullDisk full{100000};
    const std::string message = message_of([&] {
        Hdf5File file = Hdf5File::create(scratch / "big.h5");
        Dataset dataset =
            file.create_dataset({"x", Type::f64, {100000}, Storage::compressed, {100}});
        dataset.write(0, 100000, values.data());
        dataset.close();
        file.close();
    });
    CHECK(contains(message, "(File too large)"));
}

}  // namespace latecomer::tests::hdf5_test
