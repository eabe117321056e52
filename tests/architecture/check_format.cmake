# The sources are as clang-format 14 lays them out; other versions differ in details and are not asked.
#   cmake -DROOT=<tree> -P check_format.cmake          (to repair: add -DFIX=ON)

cmake_minimum_required(VERSION 3.22)
include("${CMAKE_CURRENT_LIST_DIR}/scan.cmake")

set(version 14)
find_program(clang_format NAMES clang-format-${version} clang-format)
set(found "none")
if(clang_format)
    execute_process(COMMAND "${clang_format}" --version OUTPUT_VARIABLE found
                    OUTPUT_STRIP_TRAILING_WHITESPACE)
endif()
if(NOT found MATCHES "version ${version}\\.")
    message("Skipped: needs clang-format ${version}; found: ${found}")
    return()
endif()

set(action --dry-run -Werror)
if(FIX)
    set(action -i)
endif()
list_sources(sources ${folders} tests)
if(sources)
    execute_process(COMMAND "${clang_format}" ${action} ${sources} WORKING_DIRECTORY "${ROOT}"
                    RESULT_VARIABLE status)
    if(NOT status EQUAL 0)
        message(FATAL_ERROR "Not laid out by .clang-format; repair with:\n"
                            "  cmake -DROOT=. -DFIX=ON -P tests/architecture/check_format.cmake")
    endif()
endif()
message("Sources out of format: none")
