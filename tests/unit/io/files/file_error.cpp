#include "io/files/file_error.hpp"

#include "io/files/agreement.hpp"
#include "io/files/publish.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/scratch.hpp"

#include <cerrno>
#include <string>

namespace latecomer::tests::file_error_test {

using namespace latecomer::io;

namespace {

template <class Error, class Work>
bool throws(const Work& work)
{
    try {
        work();
    } catch (const Error&) {
        return true;
    } catch (...) {  // another one
        return false;
    }
    return false;
}

template <class Error>
bool throws(std::string_view verb, int error_number)
{
    return throws<Error>([&] { throw_file_error(verb, "a", reason(error_number)); });
}

TEST_CASE("what cannot be written is an error of output, whatever the reason")
{
    for (const int number : {ENOSPC, EFBIG, EDQUOT, EIO, EBADF, EACCES}) {
        CAPTURE(number);
        CHECK(throws<OutputError>("write", number));
    }
}

TEST_CASE("a lack of room is an error of output, whatever was being done")
{
    for (const char* verb : {"open", "make", "rename", "create", "begin journal"}) {
        CAPTURE(verb);
        CHECK(throws<OutputError>(verb, ENOSPC));
        CHECK(throws<OutputError>(verb, EFBIG));
        CHECK(throws<OutputError>(verb, EDQUOT));
        CHECK_FALSE(throws<OutputError>(verb, EACCES));
        CHECK_FALSE(throws<OutputError>(verb, ENOENT));
    }
    CHECK(throws<FileError>("read", ENOENT));
}

TEST_CASE("ranks agree that there is no room, where they take another error for bad input")
{
    const mpi::Communicator alone;
    CHECK(throws<OutputError>(
        [&] { do_and_agree<InputError>(alone, [] { throw_file_error("write", "a", "why"); }); }));
    CHECK(throws<InputError>(
        [&] { do_and_agree<InputError>(alone, [] { throw_file_error("read", "a", "why"); }); }));
    CHECK(throws<InputError>(
        [&] { do_and_agree<InputError>(alone, [] { throw InputError("bad"); }); }));
}

TEST_CASE("a limit of file size is an error of output")
{
    const tests::Scratch folder;
    const tests::FullDisk limit{4096};
    CHECK(throws<OutputError>([&] { publish_text(folder / "large", std::string(5000, 'x')); }));
    CHECK_FALSE(throws<OutputError>([&] { publish_text(folder / "small", "x"); }));
}

}  // namespace

}  // namespace latecomer::tests::file_error_test
