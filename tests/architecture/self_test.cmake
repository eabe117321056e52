# Each check passes a good tree and fails on a tree with one fault, for the reason of that fault.
#   cmake -DSCRATCH=<folder to write in> -DCXX=<compiler> -P self_test.cmake

cmake_minimum_required(VERSION 3.22)

set(here "${CMAKE_CURRENT_LIST_DIR}")
set(tree "${SCRATCH}/tree")
set(failures 0)
set(cases 0)

function(fail what)
    message("FAILED: ${what}")
    math(EXPR failures "${failures} + 1")
    set(failures ${failures} PARENT_SCOPE)
endfunction()

# A small tree in which every check passes.
function(write_good_tree)
    file(REMOVE_RECURSE "${tree}")
    foreach(document core/README.md mpi/README.md io/FORMAT.md io/hdf5/README.md jobs/README.md
            tests/README.md)
        file(WRITE "${tree}/${document}" "# What it is, and `code`\n\nWhat this folder is for.\n")
    endforeach()
    file(WRITE "${tree}/README.md" "A [project](core/README.md#what-it-is-and-code), its [model](agents/MODEL.md) and\n"
         "[home](https://nowhere.invalid/); [folders](core) too.  Code is no link: `a[i](j)`.\n"
         "```\nb[i](j) # [x](y)\n```\n")
    configure_file("${here}/../../.clang-format" "${tree}/.clang-format" COPYONLY)
    file(WRITE "${tree}/agents/MODEL.md" "x = y **(1)**\n\ny = z **(2)**, unlike eq. 3b\n")
    file(WRITE "${tree}/agents/firms/README.md" "z = 1 **(3b)**\n")
    file(WRITE "${tree}/agents/firms/good.hpp" "#pragma once\n\n// The same (eq. 3b).\n")
    file(WRITE "${tree}/agents/good.hpp" "#pragma once\n\n#include \"core/good.hpp\"\n\n"
         "// Equations (eq. 1-2, 3b).  Never printf() or std::exp here; see <random>.\n")
    file(WRITE "${tree}/core/good.hpp" "#pragma once\n\n#include <vector>\n\nint snprintf_like(int a);\n")
    file(WRITE "${tree}/core/random.hpp" "enum class Stream : int {\n    a = 1,\n    b = 2,\n};\n")
    file(WRITE "${tree}/CMakeLists.txt" "project(\n    p\n    VERSION 1.2.3)\n")
    file(WRITE "${tree}/CITATION.cff" "message: m\nversion: 1.2.3\ndate-released: 2026-11-30\n")
    file(WRITE "${tree}/CHANGELOG.md" "# C\n\n## 1.2.3, 2026-11-30\n\n## 1.2.2, 2026-01-01\n")
    file(WRITE "${tree}/jobs/spack/packages/latecomer/package.py" "version(\"main\")\nversion(\"1.2.3\")\n")
    file(WRITE "${tree}/mpi/native.hpp" "#include <mpi.h>\n")
    file(WRITE "${tree}/io/hdf5/good.cpp" "#include \"mpi/native.hpp\"\n#include <hdf5.h>\n")
endfunction()

function(run_check check)
    execute_process(
        COMMAND "${CMAKE_COMMAND}" "-DROOT=${tree}" -P "${here}/check_${check}.cmake"
        RESULT_VARIABLE status
        OUTPUT_VARIABLE output
        ERROR_VARIABLE output)
    set(status "${status}" PARENT_SCOPE)
    set(output "${output}" PARENT_SCOPE)
endfunction()

# expect_finding(CHECK PATH TEXT PATTERN): with a file PATH of this TEXT in the good tree, CHECK fails
# and its output matches PATTERN.
function(expect_finding check path text pattern)
    write_good_tree()
    file(WRITE "${tree}/${path}" "${text}")
    run_check(${check})
    if(status EQUAL 0)
        fail("check_${check} passes ${path}: ${text}")
    elseif(NOT output MATCHES "${pattern}")
        fail("check_${check} on ${path} says nothing of '${pattern}' but:\n${output}")
    endif()
    set(failures ${failures} PARENT_SCOPE)
    math(EXPR cases "${cases} + 1")
    set(cases ${cases} PARENT_SCOPE)
endfunction()

foreach(check includes equations links layout streams version format shell)
    write_good_tree()
    run_check(${check})
    if(NOT status EQUAL 0)
        fail("check_${check} refuses a good tree:\n${output}")
    endif()
endforeach()

# The order of folders.
expect_finding(includes core/x.hpp "\n#include \"mpi/a.hpp\"\n" "core/ must not know mpi/")
expect_finding(includes mpi/x.cpp "#include \"agents/a.hpp\"\n" "mpi/ must not know agents/")
expect_finding(includes agents/x.cpp "  #  include \"io/files/a.hpp\"\n" "agents/ must not know io/files/")
expect_finding(includes io/files/x.cpp "#include \"core/a.hpp\"\n#include \"jobs/run/a.hpp\"\n"
               "io/files/ must not know jobs/run/")
expect_finding(includes io/files/x.cpp "#include \"a.hpp\"\n" "from the root")
expect_finding(includes jobs/x.cpp "#include \"tests/support/a.hpp\"\n" "from the root")

# Folders within one of the five, upwards and sideways.
expect_finding(includes agents/economy/x.cpp "#include \"agents/world/world.hpp\"\n"
               "agents/economy/ must not know agents/world/")
expect_finding(includes agents/lead_firms/x.cpp "#include \"agents/markets/a.hpp\"\n"
               "agents/lead_firms/ must not know agents/markets/")
expect_finding(includes agents/firms/x.cpp "#include \"agents/observation/outputs.hpp\"\n"
               "agents/firms/ must not know agents/observation/")
expect_finding(includes io/toml/x.cpp "#include \"io/hdf5/a.hpp\"\n" "io/toml/ must not know io/hdf5/")
expect_finding(includes jobs/study/plan/x.cpp "#include \"jobs/study/result/a.hpp\"\n"
               "jobs/study/plan/ must not know jobs/study/result/")
expect_finding(includes agents/firms/x.cpp "#include \"agents/step.hpp\"\n" "agents/firms/ must not know agents/")
expect_finding(includes agents/trade/x.cpp "int a;\n" "agents/trade/ has no line")
expect_finding(includes agents/x.cpp "#include \"agents/trade/a.hpp\"\n" "no folder agents/trade/")

# Firms know levers, whatever lies between them and the instruments; policy knows no firms.
expect_finding(includes agents/firms/x.cpp "#include \"agents/policy/instruments.hpp\"\n" "not what governments do")
write_good_tree()
file(WRITE "${tree}/agents/policy/levers.hpp" "#pragma once\n")
file(WRITE "${tree}/agents/firms/x.cpp" "#include \"agents/policy/levers.hpp\"\n")
run_check(includes)
if(NOT status EQUAL 0)
    fail("check_includes refuses firms that know levers:\n${output}")
endif()
write_good_tree()
file(WRITE "${tree}/agents/policy/plan.hpp" "#pragma once\n")
file(WRITE "${tree}/agents/world/b.hpp" "#include \"agents/policy/plan.hpp\"\n")
file(WRITE "${tree}/agents/world/a.hpp" "#include \"agents/world/b.hpp\"\n")
file(WRITE "${tree}/agents/firms/x.cpp" "#include \"agents/world/a.hpp\"\n")
run_check(includes)
if(NOT output MATCHES "agents/firms/x.cpp > agents/world/a.hpp > agents/world/b.hpp > agents/policy/plan.hpp: ")
    fail("check_includes does not see through two headers to policy:\n${output}")
endif()
expect_finding(includes agents/policy/x.cpp "#include \"agents/world/firms.hpp\"\n"
               "agents/policy/ must not know agents/world/")

expect_finding(includes agents/markets/x.cpp "double x = world.governments[c].spent;\n" "not what governments do")
expect_finding(includes agents/firms/x.cpp "f(world.scenario.policies);\n" "not what governments do")

# Libraries.
expect_finding(includes mpi/x.cpp "#include <mpi.h>\n" "mpi/x.cpp:1: .*only mpi/native.hpp")
expect_finding(includes mpi/x.hpp "#include \"mpi/native.hpp\"\n" "know native MPI")
expect_finding(includes agents/x.cpp "#include \"mpi/native.hpp\"\n" "know native MPI")
expect_finding(includes tests/mpi/x.cpp "#include <mpi.h>\n" "only mpi/native.hpp")
expect_finding(includes io/files/x.hpp "#include <hdf5.h>\n" "knows HDF5")
expect_finding(includes jobs/x.cpp "#include <H5Cpp.h>\n" "knows HDF5")
expect_finding(includes jobs/x.cpp "#include <toml++/toml.h>\n" "knows TOML")
expect_finding(includes io/files/x.hpp "#include <toml.hpp>\n" "knows TOML")
expect_finding(includes jobs/x.hpp "#include <boost/program_options.hpp>\n" "knows Boost")
expect_finding(includes tests/unit/x.cpp "#include <catch2/catch.hpp>\n" "either version")

# The model prints nothing, opens no file and blames no user.
expect_finding(includes agents/x.cpp "#include <iostream>\n" "no output below io/")
expect_finding(includes core/x.cpp "void f()\n{\n    std::fprintf(stderr, \"\");\n}\n" "core/x.cpp:3: ")
expect_finding(includes mpi/x.cpp "int a;\n\n int f() { puts(\"a;[b\"); }\n" "mpi/x.cpp:3: ")
expect_finding(includes agents/x.cpp "#include <fstream>\n" "opens no file")
expect_finding(includes agents/x.cpp "throw InputError(text);\n" "checks what users give")

# Processes and threads.
expect_finding(includes io/files/x.cpp "f(MPI_COMM_WORLD);\n" "take a Communicator")
expect_finding(includes agents/x.cpp "MPI_Barrier(comm);\n" "only mpi/ and io/ call MPI")
expect_finding(includes agents/x.cpp "#pragma omp parallel for\n" "core/parallel.hpp")

# The same bytes on any machine.
expect_finding(includes mpi/x.cpp "MPI_Allreduce(a, b, 1, MPI_DOUBLE,\n  MPI_SUM, comm);\n" "exact sums")
expect_finding(includes io/files/x.cpp "f(MPI_SUM, MPI_DOUBLE);\n" "exact sums")
expect_finding(includes agents/x.cpp "#pragma omp simd reduction(+:sum)\n" "exact sums")
expect_finding(includes agents/x.cpp "#pragma omp atomic\n" "order of updates")
expect_finding(includes io/files/x.cpp "std::reduce(a, b);\n" "order of operations")
expect_finding(includes agents/x.cpp "double x = 2 * std::exp(1.0);\n" "core/elementary.hpp")
expect_finding(includes core/x.cpp "using std::log;\n" "core/elementary.hpp")
expect_finding(includes agents/x.cpp "std::powf(a, b);\n" "core/elementary.hpp")
expect_finding(includes agents/x.cpp "#include <random>\n" "core/random.hpp")
expect_finding(includes jobs/x.cpp "std::uniform_real_distribution<double> d;\n" "core/random.hpp")
expect_finding(includes jobs/x.cpp "std::mt19937 g;\n" "core/random.hpp")

# Code and document.
expect_finding(equations agents/x.cpp "// (eq. 7)\n" "agents/x.cpp: cites .eq. 7., which no document")
expect_finding(equations io/files/x.cpp "// (eqs. 1,\n    // 5)\n" "cites .eq. 5.")
expect_finding(equations core/x.hpp "// (eq. 1-4)\n" "cites .eq. 4.")
expect_finding(equations agents/good.hpp "// (eq. 1, 3b)\n" "equation .2. is cited by no file")
expect_finding(equations agents/firms/good.hpp "// (eq. 1-3)\n" "equation .3b. is cited by no file of agents/firms/")
expect_finding(equations agents/MODEL.md "**(1)** **(2)** **(1)**\n" "equation .1. is there twice")
expect_finding(equations agents/firms/README.md "**(3b)** **(2)**\n"
               "agents/firms/README.md: equation .2. is there twice: also in agents/MODEL.md")
expect_finding(equations agents/firms/README.md "**(3b)**, unlike eq. 9\n"
               "agents/firms/README.md: cites .eq. 9., which no document")
expect_finding(equations agents/firms/x.md "**(4)**\n" "agents/firms/x.md: equation .4. is cited by no file")
write_good_tree()
file(WRITE "${tree}/agents/MODEL.md" "no equation\n")
file(WRITE "${tree}/agents/firms/README.md" "nor here\n")
run_check(equations)
if(NOT output MATCHES "holds an equation of the form")
    fail("check_equations passes documents without any equation:\n${output}")
endif()

# Links of documents.
expect_finding(links README.md "[a](core/README.md), [b](nowhere.md)\n" "README.md: links to nowhere.md, which does not")
expect_finding(links README.md "a `x` [b; c](core/README.md#nothing)\n" "but core/README.md has no such heading")
expect_finding(links core/README.md "# Core\n\n[a\nb](#not-here)\n" "but core/README.md has no such heading")
expect_finding(links agents/firms/x.md "[a](../economy/README.md)\n" "agents/firms/x.md: links to ../economy/README.md")
expect_finding(links agents/firms/x.md "[a](README.md#z) [b](../../README.md)\n" "links to README.md#z")

# The tree.
expect_finding(layout src/x.cpp "\n" "src: not a name for the top")
expect_finding(layout notes.txt "\n" "notes.txt: not a name for the top")
expect_finding(layout analysis/figures.py "\n" "analysis: has no analysis/README.md")
string(REPEAT "int a;\n" 401 long)
expect_finding(layout jobs/x.cpp "${long}" "jobs/x.cpp: has 401 lines")
expect_finding(layout agents/markets/x.cpp "int a;\n" "agents/markets: has no README.md")
write_good_tree()
foreach(number RANGE 31)
    file(WRITE "${tree}/mpi/x${number}.cpp" "int a;\n")
endforeach()
run_check(layout)
if(NOT output MATCHES "mpi: holds 33 sources, more than 30")
    fail("check_layout passes a folder of 33 sources:\n${output}")
endif()

# Streams.
expect_finding(streams core/random.hpp "enum class Stream : int { a = 1, b = 1 };\n" "'b' reuses")
expect_finding(streams core/random.hpp "enum class Stream : int { a = 1, b };\n" "'b' has no written")

# Versions and their dates.
expect_finding(version CITATION.cff "message: m\nversion: 1.2.2\ndate-released: 2026-11-30\n" "CITATION.cff: names version 1.2.2")
expect_finding(version CITATION.cff "message: m\nversion: 1.2.3\n" "CITATION.cff: has no date-released")
expect_finding(version CHANGELOG.md "# C\n\n## 1.2.3, 2026-11-29\n" "CHANGELOG.md: dates version 1.2.3 otherwise")
expect_finding(version jobs/spack/packages/latecomer/package.py "version(\"main\")\n" "package.py: names no version")

# Layout of the text, where the right clang-format is installed.
if(NOT output MATCHES "Skipped")
    write_good_tree()
    run_check(format)
    if(NOT output MATCHES "Skipped")
        expect_finding(format core/x.hpp "int  f ( ){return 1;}\n" "Not laid out")
    endif()
endif()

# Shell scripts, where shellcheck is installed.
write_good_tree()
run_check(shell)
if(NOT output MATCHES "Skipped")
    expect_finding(shell jobs/x.sh "#!/bin/bash\nrm $1\n" "jobs/x.sh:2:.*SC2086")
    expect_finding(shell jobs/x "#!/usr/bin/env bash\nrm $1\n" "jobs/x:2:.*SC2086")
endif()

# A tree without sources is no success.
file(REMOVE_RECURSE "${tree}")
file(MAKE_DIRECTORY "${tree}")
run_check(includes)
if(status EQUAL 0)
    fail("check_includes passes an empty tree")
endif()

# Headers that compile on their own: a small project with one header, and perhaps a source beside it.
function(try_header text source out)
    file(REMOVE_RECURSE "${SCRATCH}/headers")
    file(WRITE "${SCRATCH}/headers/core/x.hpp" "${text}")
    if(source)
        file(WRITE "${SCRATCH}/headers/core/x.cpp" "${source}")
    endif()
    file(WRITE "${SCRATCH}/headers/CMakeLists.txt"
         "cmake_minimum_required(VERSION 3.22)\nproject(headers LANGUAGES CXX)\n"
         "include(\"${here}/check_headers.cmake\")\nadd_header_check(headers \"${SCRATCH}/headers\" core)\n")
    execute_process(
        COMMAND "${CMAKE_COMMAND}" -S "${SCRATCH}/headers" -B "${SCRATCH}/headers/build"
                "-DCMAKE_CXX_COMPILER=${CXX}"
        RESULT_VARIABLE configured OUTPUT_QUIET ERROR_QUIET)
    execute_process(COMMAND "${CMAKE_COMMAND}" --build "${SCRATCH}/headers/build"
                    RESULT_VARIABLE status OUTPUT_QUIET ERROR_QUIET)
    if(configured EQUAL 0)
        set(${out} "${status}" PARENT_SCOPE)
    else()
        set(${out} "${configured}" PARENT_SCOPE)
    endif()
endfunction()

set(good "#pragma once\n#include <vector>\nstruct X { std::vector<int> x; };\n")
set(bad "#pragma once\nstruct X { std::vector<int> x; };\n")
try_header("${good}" "" status)
if(NOT status EQUAL 0)
    fail("check_headers refuses a header that compiles on its own")
endif()
try_header("${bad}" "" status)
if(status EQUAL 0)
    fail("check_headers passes a header that includes too little")
endif()
try_header("${bad}" "#include <vector>\n#include \"core/x.hpp\"\n" status)
if(status EQUAL 0)
    fail("check_headers relies on a source that includes something else before its header")
endif()
try_header("struct X {};\n" "" status)
if(status EQUAL 0)
    fail("check_headers passes a header without #pragma once")
endif()

# Loops that say "omp simd": one that g++ can turn into vector code, one that it cannot, and one that does not say so.
function(try_loop loop out)
    file(WRITE "${SCRATCH}/loops/x_kernels.cpp" "int f(int);\nvoid g(double* x, int n)\n{\n${loop}}\n")
    execute_process(
        COMMAND "${CMAKE_COMMAND}" "-DROOT=${SCRATCH}/loops" "-DCXX=${CXX}" "-DCXX_FLAGS=-O3 -fopenmp"
                "-DSOURCES=${SCRATCH}/loops/x_kernels.cpp" -P "${here}/check_kernel_loops.cmake"
        RESULT_VARIABLE status OUTPUT_QUIET ERROR_QUIET)
    set(${out} "${status}" PARENT_SCOPE)
endfunction()

if(LOOPS)
    set(begin "    for (int i = 0; i < n; ++i) {\n")
    set(vector "${begin}        x[i] = 2.0 * x[i];\n    }\n")
    set(scalar "${begin}        x[i] = f(i);\n    }\n")
    try_loop("#pragma omp simd\n${vector}${scalar}" status)
    if(NOT status EQUAL 0)
        fail("check_kernel_loops refuses loops that may be as they are")
    endif()
    try_loop("#pragma omp simd\n${scalar}" status)
    if(status EQUAL 0)
        fail("check_kernel_loops passes a loop that is no vector code")
    endif()
endif()

if(failures GREATER 0)
    message(FATAL_ERROR "${failures} failures")
endif()
message("All checks pass the good tree and find each of ${cases} faults and 3 bad headers")
