# Shell scripts are without findings of shellcheck.
#   cmake -DROOT=<tree> -P check_shell.cmake

cmake_minimum_required(VERSION 3.22)
include("${CMAKE_CURRENT_LIST_DIR}/scan.cmake")

find_program(shellcheck shellcheck)
if(NOT shellcheck)
    message("Skipped: needs shellcheck")
    return()
endif()

# Scripts have a name that says so, or begin with "#!" and a shell.
file(GLOB_RECURSE files RELATIVE "${ROOT}" "${ROOT}/jobs/*" "${ROOT}/tests/*" "${ROOT}/analysis/*" "${ROOT}/.ci/*")
set(scripts "")
foreach(path ${files})
    if(path MATCHES "\\.(sh|bash|sbatch|pbs)$")
        list(APPEND scripts "${path}")
    elseif(NOT path MATCHES "\\.[a-z0-9]+$")
        file(READ "${ROOT}/${path}" begin LIMIT 32)
        if(begin MATCHES "^#![^\n]*sh")
            list(APPEND scripts "${path}")
        endif()
    endif()
endforeach()

# What a script reads lies beside it, or below jobs/.  One call for all: what several read is then parsed once.
if(scripts)
    execute_process(
        COMMAND "${shellcheck}" --external-sources --source-path=SCRIPTDIR --source-path=jobs --format=gcc ${scripts}
        WORKING_DIRECTORY "${ROOT}"
        RESULT_VARIABLE status
        OUTPUT_VARIABLE output
        ERROR_VARIABLE output)
    if(NOT status EQUAL 0)
        finding("shell scripts" "shellcheck says:\n${output}")
    endif()
endif()
verdict("Findings of shellcheck")
