#include "tests/support/runner.hpp"

int main(int argc, char** argv)
{
    return latecomer::tests::run_tests(argc, argv);
}
