# The version is the same wherever it is written, and a version that is out has a date in both CITATION.cff and
# CHANGELOG.md.
#   cmake -DROOT=<tree> -P check_version.cmake

cmake_minimum_required(VERSION 3.22)
include("${CMAKE_CURRENT_LIST_DIR}/scan.cmake")

file(READ "${ROOT}/CMakeLists.txt" text)
if(NOT text MATCHES "project\\([^)]*VERSION ([0-9]+\\.[0-9]+\\.[0-9]+)")
    message(FATAL_ERROR "CMakeLists.txt: no version of the form 1.0.0 in project()")
endif()
set(version "${CMAKE_MATCH_1}")

# Finds fault with a file that does not hold the version where it should.
function(expect_version path pattern)
    file(READ "${ROOT}/${path}" text)
    if(NOT text MATCHES "${pattern}")
        finding("${path}" "names no version")
    elseif(NOT CMAKE_MATCH_1 STREQUAL version)
        finding("${path}" "names version ${CMAKE_MATCH_1}, CMakeLists.txt ${version}")
    endif()
    set(findings ${findings} PARENT_SCOPE)
endfunction()

expect_version(CITATION.cff "\nversion: ([^\n]*)")
expect_version(jobs/spack/packages/latecomer/package.py "version\\(\"([0-9.]+)\"\\)")

file(READ "${ROOT}/CITATION.cff" text)
if(NOT text MATCHES "\ndate-released: (20[0-9][0-9]-[01][0-9]-[0-3][0-9])\n")
    finding(CITATION.cff "has no date-released of the form 2026-11-30")
endif()
set(date "${CMAKE_MATCH_1}")
file(READ "${ROOT}/CHANGELOG.md" text)
string(REGEX MATCH "\n## ${version}[^\n]*" heading "${text}")
if(heading AND NOT heading MATCHES "${date}")
    finding(CHANGELOG.md "dates version ${version} otherwise than CITATION.cff, ${date}:${heading}")
endif()
verdict("Versions and dates that differ")
