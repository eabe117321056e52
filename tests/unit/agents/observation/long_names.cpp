#include "agents/observation/moments.hpp"
#include "agents/observation/outcomes.hpp"
#include "agents/observation/outputs.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/worlds.hpp"

#include <cctype>
#include <map>
#include <string>
#include <string_view>

/// What stands below an axis is read alone.
namespace latecomer::tests::long_names_test {
namespace {

/// Names of one file, each with its key.
class Names {
public:
    void check(std::string_view key, std::string_view name)
    {
        CAPTURE(key, name);
        REQUIRE_FALSE(name.empty());
        CHECK(std::isupper(static_cast<unsigned char>(name.front())));
        CHECK(std::string_view{".:,;"}.find(name.back()) == std::string_view::npos);
        CHECK(name.find('_') == std::string_view::npos);
        CHECK(name.find("eq.") == std::string_view::npos);
        CHECK_FALSE(name.starts_with("Of it"));
        CHECK_FALSE(name.starts_with("The same"));
        CHECK_FALSE(name.starts_with("Its "));
        CHECK(name.size() <= 110);
        const auto [other, is_new] = names_.emplace(name, key);
        INFO("also of " << other->second);
        CHECK(is_new);
    }

private:
    std::map<std::string, std::string> names_;
};

TEST_CASE("every output and axis has a long name that stands alone and that no other has")
{
    Names names;
    for (const Output& output : outputs()) {
        names.check(output.key, output.doc);
    }
    for (const AxisRow& axis : axes()) {
        names.check(axis.key, axis.doc);
    }
}

TEST_CASE("every outcome and moment has a long name that stands alone and that no other has")
{
    Names names;
    for (const auto& row : country_outcomes()) {
        names.check(row.key, row.doc);
    }
    for (const auto& row : world_outcomes()) {
        names.check(row.key, row.doc);
    }
    for (const MomentRow& row : moment_rows()) {
        names.check(row.key, row.doc);
    }
}

TEST_CASE("every column of firms has a long name that stands alone and that no other has")
{
    Names names;
    for_each(Firms::table, [&](const auto& field) { names.check(field.key, field.doc); });
}

TEST_CASE("what is logarithmic says so, and what is of stages or positions says by which")
{
    for (const Output& output : outputs()) {
        CAPTURE(output.key);
        const auto has = [&](std::string_view word) {
            return output.doc.find(word) != std::string_view::npos;
        };
        CHECK((!output.key.starts_with("gap_") || has("(ln)")));
        CHECK((!output.key.starts_with("log_") || has("(ln)")));
        for (const Axis axis : output.dimensions) {
            CHECK((axis != Axis::stage || has("stage")));
            CHECK((axis != Axis::position || has("position")));
            CHECK((axis != Axis::sector || has("sector")));
            CHECK((axis != Axis::instrument || has("instrument")));
        }
    }
}

}  // namespace
}  // namespace latecomer::tests::long_names_test
