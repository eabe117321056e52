// A source for the target that owns the precompiled header of tests; see tests/CMakeLists.txt.
