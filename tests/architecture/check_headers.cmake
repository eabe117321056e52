# add_header_check(TARGET ROOT FOLDERS...) makes an object library in which every header below the folders
# is all that a compiler sees, so that a header which includes too little does not compile.
# For each header a source is made that includes it and nothing else.  Nothing of that is optimised: what
# counts is whether it parses.
function(add_header_check target root)
    set(sources "")
    foreach(folder ${ARGN})
        file(GLOB_RECURSE headers RELATIVE "${root}" CONFIGURE_DEPENDS "${root}/${folder}/*.hpp")
        foreach(header ${headers})
            file(STRINGS "${root}/${header}" once REGEX "^#pragma once$")
            if(NOT once)
                message(SEND_ERROR "${header} has no line '#pragma once'")
            endif()
            set(source "${CMAKE_CURRENT_BINARY_DIR}/${target}/${header}.cpp")
            file(CONFIGURE OUTPUT "${source}" CONTENT "#include \"${header}\"\n" @ONLY)
            list(APPEND sources "${source}")
        endforeach()
    endforeach()
    if(sources)
        add_library(${target} OBJECT ${sources})
        target_include_directories(${target} PRIVATE "${root}")
        target_compile_options(${target} PRIVATE -O0 -g0)
    endif()
endfunction()
