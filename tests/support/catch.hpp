#pragma once

/// Takes Catch2 of version 3 or 2, whichever is installed.  Tests include this header, never Catch's.
#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
using Catch::Approx;
#else
#include <catch2/catch.hpp>
#endif
