#include "io/files/text_file.hpp"

#include "core/errors.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/scratch.hpp"
#include "tests/support/write_file.hpp"

#include <sys/stat.h>

namespace latecomer::io::text_file_test {
namespace {

using tests::Scratch;
using tests::write_file;

constexpr TextLimit three_bytes{3, "larger than 3 bytes"};

std::string refusal(const std::filesystem::path& path, const Place& place)
{
    try {
        read_text_file(path, place, three_bytes);
    } catch (const InputError& error) {
        return error.what();
    }
    return "accepted";
}

TEST_CASE("a file of text is read byte by byte")
{
    const Scratch scratch;
    const std::string bytes{"a\0\n", 3};
    CHECK(read_text_file(write_file(scratch / "file", bytes), {}, three_bytes) == bytes);
    CHECK(read_text_file(scratch / "file", {}, three_bytes, mpi::Communicator{}) == bytes);
    CHECK(read_text_file(write_file(scratch / "long", std::string(200000, 'x')), {}, study_limit) ==
          std::string(200000, 'x'));
}

TEST_CASE("a file of text that cannot be read is refused where it was named, with the reason")
{
    const Scratch scratch;
    const std::string none = (scratch / "none").string();
    CHECK(refusal(none, {"study.toml", 4, 8}) ==
          "study.toml:4:8: cannot read '" + none + "' (No such file or directory); check the path");
    const std::string folder = scratch.path().string();
    CHECK(refusal(folder, {"--site"}) ==
          "--site: cannot read '" + folder + "' (Is a directory); check the path");
    const std::string pipe = (scratch / "pipe").string();
    REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
    for (const std::string& odd : {pipe, std::string{"/dev/zero"}, std::string{"/dev/null"}}) {
        CHECK(refusal(odd, {"a.toml", 1, 2}) ==
              "a.toml:1:2: cannot read '" + odd +
                  "' (it is a pipe or a device, no file); check the path");
    }
    const std::string large = write_file(scratch / "large", "four").string();
    CHECK(refusal(large, {}) ==
          "cannot read '" + large + "' (larger than 3 bytes); check the path");
}

TEST_CASE("a scenario may be as large as 64 MiB, a file of a study as 256 MiB")
{
    CHECK(scenario_limit.bytes == 67108864);
    CHECK(scenario_limit.why == "larger than 64 MiB: no scenario is");
    CHECK(study_limit.bytes == 268435456);
    CHECK(study_limit.why == "larger than 256 MiB");
}

}  // namespace
}  // namespace latecomer::io::text_file_test
