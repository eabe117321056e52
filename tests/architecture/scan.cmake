# What the checks share: reading sources, collecting findings, and the verdict.
# Each check is run as  cmake -DROOT=<tree> -P check_NAME.cmake  and fails when it found something.

cmake_minimum_required(VERSION 3.22)

if(NOT IS_DIRECTORY "${ROOT}")
    message(FATAL_ERROR "Call with -DROOT=<root of the source tree>")
endif()
get_filename_component(ROOT "${ROOT}" ABSOLUTE)

set(folders core mpi agents io jobs) # in the order of who may include whom
set(findings 0)

# Sets out to the paths, relative to ROOT, of the C++ files below the folders.
function(list_sources out)
    set(globs "")
    foreach(folder ${ARGN})
        list(APPEND globs "${ROOT}/${folder}/*.cpp" "${ROOT}/${folder}/*.hpp")
    endforeach()
    file(GLOB_RECURSE files RELATIVE "${ROOT}" ${globs})
    if(NOT files)
        message(FATAL_ERROR "${ROOT} holds no sources: nothing was checked")
    endif()
    set(${out} "${files}" PARENT_SCOPE)
endfunction()

# Sets out to the text of a file without its // comments; lines keep their numbers.
function(read_code path out)
    file(READ "${ROOT}/${path}" text)
    string(REGEX REPLACE "//[^\n]*" "" text "${text}")
    set(${out} "${text}" PARENT_SCOPE)
endfunction()

function(finding where what)
    message("${where}: ${what}")
    math(EXPR findings "${findings} + 1")
    set(findings ${findings} PARENT_SCOPE)
endfunction()

# Reports every place of the text where the pattern matches, with its line.
function(report_matches path text pattern why)
    set(line 1)
    while(text MATCHES "${pattern}")
        set(match "${CMAKE_MATCH_0}")
        string(FIND "${text}" "${match}" begin)
        string(LENGTH "${match}" length)
        math(EXPR end "${begin} + ${length}")
        string(SUBSTRING "${text}" 0 ${end} passed)
        string(REGEX REPLACE "[^\n]" "" newlines "${passed}")
        string(LENGTH "${newlines}" passed_lines)
        math(EXPR line "${line} + ${passed_lines}")
        string(STRIP "${match}" match)
        string(REGEX REPLACE "[ \t\n]+" " " match "${match}")
        finding("${path}:${line}" "'${match}': ${why}")
        string(SUBSTRING "${text}" ${end} -1 text)
    endwhile()
    set(findings ${findings} PARENT_SCOPE)
endfunction()

function(verdict what)
    if(findings GREATER 0)
        message(FATAL_ERROR "${what}: ${findings} found")
    endif()
    message("${what}: none")
endfunction()
