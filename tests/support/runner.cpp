#if !__has_include(<catch2/catch_all.hpp>)
#define CATCH_CONFIG_RUNNER
#endif
#include "tests/support/runner.hpp"

#include "core/instruction_set.hpp"
#include "tests/support/catch.hpp"

#include <string_view>
#include <vector>

namespace latecomer::tests {
namespace {

/// Set once by `run_tests`, before any test runs.
bool update_requested = false;

}  // namespace

int run_tests(int argc, char** argv)
{
    use_instruction_set_of_environment();
    std::vector<const char*> arguments{argv[0]};
    bool order_given = false;
    bool seed_given = false;
    for (int i = 1; i < argc; ++i) {
        const std::string_view argument{argv[i]};
        if (argument == "--update") {
            update_requested = true;
            continue;
        }
        order_given = order_given || argument == "--order";
        seed_given = seed_given || argument == "--rng-seed";
        arguments.push_back(argv[i]);
    }
    if (!order_given) {
        arguments.insert(arguments.end(), {"--order", "decl"});
    }
    if (!seed_given) {
        arguments.insert(arguments.end(), {"--rng-seed", "1"});
    }
    return Catch::Session().run(static_cast<int>(arguments.size()), arguments.data());
}

bool update_golden_files()
{
    return update_requested;
}

std::filesystem::path source_dir()
{
    return LATECOMER_SOURCE_DIR;
}

}  // namespace latecomer::tests
