# Who may include whom, and what may be used where.  A new rule is one line here and one bad file in
# self_test.cmake.
#   cmake -DROOT=<tree> -P check_includes.cmake

cmake_minimum_required(VERSION 3.22)
include("${CMAKE_CURRENT_LIST_DIR}/scan.cmake")

set(include "#[ \t]*include[ \t]*")
set(everywhere "^(core|mpi|agents|io|jobs|tests)/")
set(nowhere "^$")
set(rules 0)

# rule(files which they are not allowed in, exceptions among these, pattern, reason and remedy)
function(rule files except pattern why)
    set(rule_${rules}_files "${files}" PARENT_SCOPE)
    set(rule_${rules}_except "${except}" PARENT_SCOPE)
    set(rule_${rules}_pattern "${pattern}" PARENT_SCOPE)
    set(rule_${rules}_why "${why}" PARENT_SCOPE)
    math(EXPR next "${rules} + 1")
    set(rules ${next} PARENT_SCOPE)
endfunction()

# Libraries and where they are known.
rule("${everywhere}" "^mpi/native\\.hpp$" "${include}[<\"]mpi\\.h" "only mpi/native.hpp knows MPI")
rule("${everywhere}" "^(mpi|io)/.*\\.cpp$" "${include}[<\"][^>\"\n]*native\\.hpp"
     "only mpi/*.cpp and io/*.cpp know native MPI")
rule("${everywhere}" "^io/.*\\.cpp$" "${include}[<\"](hdf5|H5)[^>\"\n]*" "only io/*.cpp knows HDF5")
rule("${everywhere}" "^io/.*\\.cpp$" "${include}[<\"]toml[^>\"\n]*" "only io/*.cpp knows TOML")
rule("${everywhere}" "^jobs/.*\\.cpp$" "${include}[<\"]boost[^>\"\n]*" "only jobs/*.cpp knows Boost")
rule("${everywhere}" "^tests/support/catch\\.hpp$" "${include}[<\"]catch2[^>\"\n]*"
     "include tests/support/catch.hpp, which takes either version")

# What governments remember lies in the world, where all can reach it: firms and markets do not.
rule("^agents/(firms|lead_firms|markets|countries)/" "${nowhere}" "(\\.|->)(governments|policies)[^a-z_]"
     "firms and markets know levers, not what governments do to set them")

# The model prints nothing, opens no file and blames no user.
rule("^(core|mpi|agents)/" "${nowhere}" "${include}<(iostream|print)>" "no output below io/")
rule("^(core|mpi|agents)/" "^mpi/session\\.cpp$" "(^|[^_a-zA-Z0-9])(f|v|vf)?(printf|puts|putchar)[ \t]*\\("
     "no output below io/")
rule("^agents/" "${nowhere}" "${include}<(fstream|filesystem|cstdio)>" "agents/ opens no file")
rule("^agents/" "${nowhere}" "InputError" "the border, io/ and jobs/, checks what users give")

# Processes and threads.
rule("^(core|agents|io|jobs|tests)/" "^tests/arm64/serial_mpi/" "MPI_COMM_WORLD"
     "take a Communicator as the last argument")
rule("^(core|agents|jobs|tests)/" "^tests/arm64/serial_mpi/" "(^|[^_a-zA-Z0-9])MPI_[A-Z][a-z]+[a-zA-Z_]*"
     "only mpi/ and io/ call MPI")
rule("${everywhere}" "^core/parallel\\.hpp$" "#[ \t]*pragma[ \t]+omp[ \t]+parallel"
     "use the loops of core/parallel.hpp")

# The same bytes on any machine.
rule("${everywhere}" "${nowhere}" "MPI_DOUBLE[^;]*MPI_SUM" "this sum depends on the ranks; use exact sums")
rule("${everywhere}" "${nowhere}" "MPI_SUM[^;]*MPI_DOUBLE" "this sum depends on the ranks; use exact sums")
rule("^(core|mpi|agents|io|jobs)/" "^core/(exact_sum|sum_table)\\.cpp$"
     "#[ \t]*pragma[ \t]+omp[^\n]*reduction[ \t]*\\([ \t]*[-+*][^\n]*"
     "this sum depends on threads and vector width; use exact sums")
rule("^(core|mpi|agents|io|jobs)/" "${nowhere}" "#[ \t]*pragma[ \t]+omp[ \t]+atomic"
     "the order of updates shows in the result; use exact sums")
rule("^(core|mpi|agents|io|jobs)/" "${nowhere}"
     "std::(reduce|transform_reduce|execution)[^a-zA-Z0-9_]" "this order of operations is not fixed")
rule("^(core|mpi|agents|io)/" "${nowhere}"
     "(std::|__builtin_)(exp|exp2|expm1|log|log2|log10|log1p|pow|sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh|asinh|acosh|atanh|cbrt|hypot|erf|erfc|tgamma|lgamma)f?[^a-zA-Z0-9_:]"
     "libraries differ in the last bit; use core/elementary.hpp")
rule("^(core|mpi|agents|io|jobs)/" "${nowhere}" "${include}<random>"
     "libraries differ; use core/random.hpp")
rule("^(core|mpi|agents|io|jobs)/" "${nowhere}"
     "std::[a-z_]*(_distribution|mt19937|random_device|_engine|_rand)[^a-zA-Z]"
     "libraries differ; use core/random.hpp")

math(EXPR last_rule "${rules} - 1")

# --- Which folder may include which ----------------------------------------------------------------

# may_include(FOLDER FOLDERS...): sources right in FOLDER may include what lies right in these, in core/ and
# beside themselves.  A line names folders that have lines above it, so there is no circle.
set(known "")
function(may_include own)
    foreach(other ${ARGN})
        if(NOT other IN_LIST known)
            message(FATAL_ERROR "check_includes.cmake: ${own}/ may include ${other}/, which has no line above it")
        endif()
    endforeach()
    set(known ${known} "${own}" PARENT_SCOPE)
    set(may_include_of_${own} core ${ARGN} "${own}" PARENT_SCOPE)
endfunction()
include("${CMAKE_CURRENT_LIST_DIR}/edges.cmake")

# Sets out to what a text includes of the project, path by path.
function(included_by text out)
    set(paths "")
    string(REGEX MATCHALL "${include}\"[^\"\n]*\"" lines "${text}")
    foreach(line ${lines})
        string(REGEX REPLACE "^[^\"]*\"([^\"]*)\"$" "\\1" target "${line}")
        list(APPEND paths "${target}")
    endforeach()
    set(${out} "${paths}" PARENT_SCOPE)
endfunction()

# Reports what a file includes from a folder that its own must not know.
function(check_edges path)
    get_filename_component(own "${path}" DIRECTORY)
    if(NOT own IN_LIST known)
        finding("${path}" "its folder ${own}/ has no line in edges.cmake that says what it may include")
    endif()
    foreach(target ${includes_of_${path}})
        get_filename_component(folder "${target}" DIRECTORY)
        string(REGEX REPLACE "/.*" "" top "${target}")
        if(NOT top IN_LIST folders OR NOT target MATCHES "/")
            finding("${path}" "includes \"${target}\": write project headers from the root, \"${own}/...\"")
        elseif(NOT folder IN_LIST known)
            finding("${path}" "includes \"${target}\": there is no folder ${folder}/ in edges.cmake")
        elseif(own IN_LIST known AND NOT folder IN_LIST may_include_of_${own})
            finding("${path}" "includes \"${target}\": ${own}/ must not know ${folder}/ (edges.cmake)")
        endif()
    endforeach()
    set(findings ${findings} PARENT_SCOPE)
endfunction()

# --- What must not be known through any number of headers --------------------------------------------

# never_reaches(FILES PATTERN EXCEPT WHY): what these files include, directly or through other headers,
# matches PATTERN nowhere but where it matches EXCEPT.
set(reaches 0)
function(never_reaches files pattern except why)
    set(reach_${reaches}_files "${files}" PARENT_SCOPE)
    set(reach_${reaches}_pattern "${pattern}" PARENT_SCOPE)
    set(reach_${reaches}_except "${except}" PARENT_SCOPE)
    set(reach_${reaches}_why "${why}" PARENT_SCOPE)
    math(EXPR next "${reaches} + 1")
    set(reaches ${next} PARENT_SCOPE)
endfunction()
never_reaches("^agents/(firms|lead_firms|markets|countries)/" "^agents/policy/" "^agents/policy/levers\\.hpp$"
              "firms and markets know levers, not what governments do to set them")
never_reaches("^agents/policy/" "^agents/(world|firms|markets|countries|lead_firms|governments)/" "${nowhere}"
              "policy knows levers and positions; what it does to the world is in agents/governments/")

# Follows the includes of a file and reports the first forbidden header of each kind with the way to it.
function(check_reach path pattern except why)
    set(seen "${path}")
    set(todo "${path}")
    set(way_of_${path} "${path}")
    while(todo)
        list(POP_FRONT todo here)
        foreach(target ${includes_of_${here}})
            if(target IN_LIST seen)
                continue()
            endif()
            list(APPEND seen "${target}")
            list(APPEND todo "${target}")
            set(way_of_${target} "${way_of_${here}} > ${target}")
            if("${target}" MATCHES "${pattern}" AND NOT "${target}" MATCHES "${except}")
                finding("${path}" "${way_of_${target}}: ${why}")
                set(findings ${findings} PARENT_SCOPE)
                return()
            endif()
        endforeach()
    endwhile()
endfunction()

list_sources(sources ${folders} tests)
foreach(path ${sources})
    read_code("${path}" code)
    included_by("${code}" includes_of_${path})
    if(NOT path MATCHES "^tests/") # which may include everything
        check_edges("${path}")
    endif()
    foreach(i RANGE ${last_rule})
        if("${path}" MATCHES "${rule_${i}_files}" AND NOT "${path}" MATCHES "${rule_${i}_except}")
            report_matches("${path}" "${code}" "${rule_${i}_pattern}" "${rule_${i}_why}")
        endif()
    endforeach()
endforeach()
math(EXPR last_reach "${reaches} - 1")
foreach(path ${sources})
    foreach(i RANGE ${last_reach})
        if("${path}" MATCHES "${reach_${i}_files}")
            check_reach("${path}" "${reach_${i}_pattern}" "${reach_${i}_except}" "${reach_${i}_why}")
        endif()
    endforeach()
endforeach()
verdict("Breaches of the architecture")
