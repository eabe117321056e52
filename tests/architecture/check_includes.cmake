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
rule("^agents/policy/" "${nowhere}" "${include}\"agents/firms[^\"\n]*"
     "policy knows levers, not firms")
rule("^agents/policy/" "${nowhere}" "${include}\"(agents/[a-oq-z]|agents/p[a-np-z]|agents/pool|mpi|io|jobs)[^\"\n]*"
     "policy knows levers and positions; what it does to the world is in agents/governments/governments.cpp")
rule("^agents/(firm|learning|competition|settlement|mobility|entry|market|lead_firms|data_flows|macro|references|presence|retaliation|windows|accounts)"
     "${nowhere}" "${include}\"agents/policy/[a-km-z][^\"\n]*" "firms and markets know levers, not instruments")

# The model prints nothing, opens no file and blames no user.
rule("^(core|mpi|agents)/" "${nowhere}" "${include}<(iostream|print)>" "no output below io/")
rule("^(core|mpi|agents)/" "^mpi/session\\.cpp$" "(^|[^_a-zA-Z0-9])(f|v|vf)?(printf|puts|putchar)[ \t]*\\("
     "no output below io/")
rule("^agents/" "${nowhere}" "${include}<(fstream|filesystem|cstdio)>" "agents/ opens no file")
rule("^agents/" "${nowhere}" "InputError" "the border, io/ and jobs/, checks what users give")

# Processes and threads.
rule("^(core|agents|io|jobs|tests)/" "${nowhere}" "MPI_COMM_WORLD"
     "take a Communicator as the last argument")
rule("^(core|agents|jobs|tests)/" "${nowhere}" "(^|[^_a-zA-Z0-9])MPI_[A-Z][a-z]+[a-zA-Z_]*"
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

# Reports what a file includes from a folder above its own.
function(check_order path text)
    string(REGEX REPLACE "/.*" "" own "${path}")
    list(FIND folders "${own}" level)
    if(level EQUAL -1) # tests may include everything
        return()
    endif()
    while(text MATCHES "${include}\"([^\"\n]*)\"")
        set(match "${CMAKE_MATCH_0}")
        set(target "${CMAKE_MATCH_1}")
        string(REGEX REPLACE "/.*" "" folder "${target}")
        list(FIND folders "${folder}" target_level)
        if(target_level EQUAL -1)
            finding("${path}" "includes \"${target}\": write project headers from the root, \"${own}/...\"")
        elseif(target_level GREATER level)
            finding("${path}" "includes \"${target}\": ${own}/ lies below ${folder}/")
        endif()
        string(FIND "${text}" "${match}" begin)
        string(LENGTH "${match}" length)
        math(EXPR end "${begin} + ${length}")
        string(SUBSTRING "${text}" ${end} -1 text)
    endwhile()
    set(findings ${findings} PARENT_SCOPE)
endfunction()

list_sources(sources ${folders} tests)
math(EXPR last_rule "${rules} - 1")
foreach(path ${sources})
    read_code("${path}" code)
    check_order("${path}" "${code}")
    foreach(i RANGE ${last_rule})
        if("${path}" MATCHES "${rule_${i}_files}" AND NOT "${path}" MATCHES "${rule_${i}_except}")
            report_matches("${path}" "${code}" "${rule_${i}_pattern}" "${rule_${i}_why}")
        endif()
    endforeach()
endforeach()
verdict("Breaches of the architecture")
