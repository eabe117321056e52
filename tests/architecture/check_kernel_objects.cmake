# Objects of kernels offer no inline function to the linker, which might take it into code for a processor that
# lacks these instructions: nm shows no weak and no unique symbol in them.
#   cmake -DROOT=<tree> -DNM=<nm> -DOBJECTS=<files, separated by :> -P check_kernel_objects.cmake

cmake_minimum_required(VERSION 3.22)
include("${CMAKE_CURRENT_LIST_DIR}/scan.cmake")

string(REPLACE ":" ";" objects "${OBJECTS}")
if(NOT objects)
    message(FATAL_ERROR "check_kernel_objects.cmake: there are no objects to look at")
endif()
foreach(object ${objects})
    execute_process(COMMAND "${NM}" -C "${object}" OUTPUT_VARIABLE symbols RESULT_VARIABLE status)
    if(NOT status EQUAL 0)
        finding("${object}" "${NM} cannot read it")
    endif()
    string(REGEX MATCHALL "[0-9a-f]+ [WVu] [^\n]*" weak "${symbols}")
    foreach(symbol ${weak})
        string(REGEX REPLACE "^[0-9a-f]+ . " "" symbol "${symbol}")
        finding("${object}" "offers ${symbol} to the linker: inline it always, or give it internal linkage")
    endforeach()
endforeach()
verdict("Inline functions of kernels that others could get")
