#include "core/suggest.hpp"

#include "tests/support/catch.hpp"

namespace latecomer::tests::suggest_test {

TEST_CASE("an edit is an insertion, a deletion, a change or a swap of neighbours")
{
    CHECK(edit_distance("share", "share") == 0);
    CHECK(edit_distance("share", "shares") == 1);
    CHECK(edit_distance("share", "hare") == 1);
    CHECK(edit_distance("share", "shale") == 1);
    CHECK(edit_distance("share", "sahre") == 1);
    CHECK(edit_distance("kitten", "sitting") == 3);
    CHECK(edit_distance("", "abc") == 3);
    CHECK(edit_distance("abc", "") == 3);
}

TEST_CASE("letters that were swapped cannot be edited again")
{
    // The unrestricted distance of Damerau would be 2.
    CHECK(edit_distance("ca", "abc") == 3);
}

TEST_CASE("the distance is the same both ways")
{
    CHECK(edit_distance("seach_rate", "search_share") ==
          edit_distance("search_share", "seach_rate"));
}

TEST_CASE("the nearest word is suggested, the first of equals")
{
    const std::vector<std::string> known{"seed", "quarters", "replicate", "reed"};
    CHECK(nearest("quartes", known) == "quarters");
    CHECK(nearest("deed", known) == "seed");
    CHECK(did_you_mean("replciate", known) == " Did you mean 'replicate'?");
}

TEST_CASE("words that differ in more than a third of their letters are not suggested")
{
    const std::vector<std::string> known{"seed", "quarters"};
    CHECK(nearest("colour", known).empty());
    CHECK(nearest("sd", known).empty());
    CHECK(nearest("xed", known).empty());
    CHECK(did_you_mean("colour", known).empty());
    CHECK(did_you_mean("anything", {}).empty());
}

TEST_CASE("capital letters are near to small ones, and the same case is nearer")
{
    const std::vector<std::string> known{"IDN", "IND", "USA", "seed", "Seed"};
    CHECK(nearest("ind", known) == "IND");
    CHECK(nearest("uSa", known) == "USA");
    CHECK(nearest("SEED", known) == "Seed");
    CHECK(nearest("seed ", known) == "seed");
    CHECK(did_you_mean("idn", known) == " Did you mean 'IDN'?");
}

TEST_CASE("of words that are as near, the one that begins with what was given is suggested")
{
    const std::vector<std::string> known{"IDN", "IND", "VNM", "sharp", "shares"};
    CHECK(nearest("IN", known) == "IND");
    CHECK(nearest("in", known) == "IND");
    CHECK(nearest("share", known) == "shares");
}

TEST_CASE("of one or two letters nothing is made but a word that begins with them")
{
    const std::vector<std::string> known{"CAN", "CHN", "4D", "DEU", "KOR"};
    CHECK(nearest("CN", known).empty());
    CHECK(nearest("KR", known).empty());
    CHECK(nearest("4E", known).empty());
    CHECK(nearest("D", known).empty());
    CHECK(nearest("DE", known) == "DEU");
    CHECK(nearest("4d", known) == "4D");
}

}  // namespace latecomer::tests::suggest_test
