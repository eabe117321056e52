#include "jobs/study/archive/tar_file.hpp"

#include "core/text.hpp"
#include "io/files/raw_file.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/scratch.hpp"

#include <cstdlib>
#include <string>
#include <vector>

namespace latecomer::jobs::study::tar_file_test {
namespace {

TEST_CASE("tar reads names of any length and alphabet from an archive")
{
    const tests::Scratch folder;
    std::vector<std::string> names{"plain.toml", "model/plain.toml", "été/ñ \"q\" 'x', 語.toml",
                                   std::string(200, 'p') + "/short"};
    for (std::size_t length = 88; length <= 102; ++length) {  // records of 98 to 112 bytes
        names.push_back("long/" + std::string(length, 'x'));
    }
    names.push_back("long/" + std::string(255, 'y'));

    TarFile tar{folder / "all.tar"};
    for (const std::string& name : names) {
        tar.add(name, "content of " + name);
    }
    tar.finish();

    const std::string place = folder.path().string();
    REQUIRE(std::system(text("tar -xf '", place, "/all.tar' -C '", place, '\'').c_str()) == 0);
    for (const std::string& name : names) {
        INFO(name);
        CHECK(io::bytes_of(folder / name) == "content of " + name);
    }
}

TEST_CASE("an archive that is not finished leaves nothing behind")
{
    const tests::Scratch folder;
    {
        TarFile tar{folder / "all.tar"};
        tar.add("a", std::string(200000, 'a'));
    }
    CHECK(std::filesystem::is_empty(folder.path()));
}

}  // namespace
}  // namespace latecomer::jobs::study::tar_file_test
