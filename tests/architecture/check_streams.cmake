# Streams of random numbers have written, unique numbers: two of one number would be correlated.
#   cmake -DROOT=<tree> -P check_streams.cmake

cmake_minimum_required(VERSION 3.22)
include("${CMAKE_CURRENT_LIST_DIR}/scan.cmake")

read_code("core/random.hpp" code)
if(NOT code MATCHES "enum class Stream[^{]*{([^}]*)}")
    message(FATAL_ERROR "core/random.hpp: no 'enum class Stream' found")
endif()
set(body "${CMAKE_MATCH_1}")
string(REGEX REPLACE "[ \t\n]" "" body "${body}")
string(REPLACE "," ";" entries "${body}")

set(numbers "")
foreach(entry ${entries})
    if(NOT entry MATCHES "^([a-z_0-9]+)=([0-9]+)$")
        finding("core/random.hpp" "stream '${entry}' has no written number")
        continue()
    endif()
    if(CMAKE_MATCH_2 IN_LIST numbers)
        finding("core/random.hpp" "stream '${CMAKE_MATCH_1}' reuses the number ${CMAKE_MATCH_2}")
    endif()
    list(APPEND numbers ${CMAKE_MATCH_2})
endforeach()
verdict("Streams without a number of their own")
