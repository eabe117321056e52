# The tree shows the architecture: no unknown name at the top, a document in each folder, no endless file,
# no folder with more files than one can take in at a glance.
#   cmake -DROOT=<tree> -P check_layout.cmake

cmake_minimum_required(VERSION 3.22)
include("${CMAKE_CURRENT_LIST_DIR}/scan.cmake")

set(top_names
    core mpi agents io jobs tests analysis .ci
    CMakeLists.txt CMakePresets.json README.md CHANGELOG.md CONTRIBUTING.md LICENSE CITATION.cff
    .clang-format .editorconfig .gitattributes .gitignore)
set(documents
    core/README.md mpi/README.md agents/MODEL.md io/FORMAT.md jobs/README.md tests/README.md
    analysis/README.md)
set(most_lines 400)
set(most_sources 30) # in a folder

# In a checkout, what git ignores does not count: builds, runs.
find_program(git_program git)
set(files "")
if(git_program AND EXISTS "${ROOT}/.git")
    execute_process(
        COMMAND "${git_program}" ls-files --cached --others --exclude-standard
        WORKING_DIRECTORY "${ROOT}"
        OUTPUT_VARIABLE files
        RESULT_VARIABLE status
        ERROR_QUIET)
    if(NOT status EQUAL 0)
        set(files "")
    endif()
    string(REPLACE "\n" ";" files "${files}")
endif()
if(NOT files)
    file(GLOB_RECURSE files RELATIVE "${ROOT}" "${ROOT}/*")
    list(FILTER files EXCLUDE REGEX "^(\\.git|build|runs)/")
endif()

set(top "")
foreach(path ${files})
    string(REGEX REPLACE "/.*" "" name "${path}")
    list(APPEND top "${name}")
endforeach()
list(REMOVE_DUPLICATES top)
foreach(name ${top})
    if(NOT name IN_LIST top_names)
        finding("${name}" "not a name for the top of the tree; it belongs into one of the folders")
    endif()
endforeach()

foreach(document ${documents})
    get_filename_component(folder "${document}" DIRECTORY)
    if(folder IN_LIST top AND NOT EXISTS "${ROOT}/${document}")
        finding("${folder}" "has no ${document} that says what it is for")
    endif()
endforeach()

list_sources(sources ${folders} tests)
foreach(path ${sources})
    file(READ "${ROOT}/${path}" text)
    string(REGEX REPLACE "[^\n]" "" newlines "${text}")
    string(LENGTH "${newlines}" lines)
    if(lines GREATER most_lines)
        finding("${path}" "has ${lines} lines, more than ${most_lines}: it has more than one subject")
    endif()
endforeach()

set(source_folders "")
foreach(path ${sources})
    get_filename_component(folder "${path}" DIRECTORY)
    if(folder IN_LIST source_folders)
        math(EXPR sources_in_${folder} "${sources_in_${folder}} + 1")
    else()
        list(APPEND source_folders "${folder}")
        set(sources_in_${folder} 1)
    endif()
endforeach()
foreach(folder ${source_folders})
    if(sources_in_${folder} GREATER most_sources)
        finding("${folder}" "holds ${sources_in_${folder}} sources, more than ${most_sources}: it has more than one subject")
    endif()
    if(NOT folder MATCHES "^tests/" AND NOT EXISTS "${ROOT}/${folder}/README.md" AND NOT folder STREQUAL "agents")
        finding("${folder}" "has no README.md that says what is in it, what it may include and where to begin")
    endif()
endforeach()
verdict("Things out of place")
