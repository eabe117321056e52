# Run by cpack when everything lies in the folder of a package, before it is packed: what Debian wants besides, and
# what keeps bytes the same.
set(stage "${CPACK_TEMPORARY_DIRECTORY}")
if(DEFINED ENV{SOURCE_DATE_EPOCH})
    set(moment "@$ENV{SOURCE_DATE_EPOCH}")
endif()

if(CPACK_GENERATOR STREQUAL "DEB")
    set(documents "${stage}/usr/share/doc/latecomer")

    # The Python package where Debian's python3 looks for it: one copy, which scripts beside it use as well.
    set(packages "${stage}/usr/lib/python3/dist-packages")
    file(MAKE_DIRECTORY "${packages}")
    file(CREATE_LINK "../../../share/latecomer/analysis/latecomer" "${packages}/latecomer" SYMBOLIC)
    set(about "${packages}/latecomer-${CPACK_PACKAGE_VERSION}.dist-info")
    file(WRITE "${about}/METADATA" "Metadata-Version: 2.1\nName: latecomer\nVersion: ${CPACK_PACKAGE_VERSION}\n"
                                   "Summary: Figures and tables of results of the model Latecomer\n")
    file(WRITE "${about}/INSTALLER" "dpkg\n")

    # Libraries of Debian lie where the system's linker finds them.
    file(RPATH_REMOVE FILE "${stage}/usr/bin/latecomer")

    # A changelog wants a name with an address, if it is an empty one.
    set(who "${CPACK_PACKAGE_CONTACT}")
    if(NOT who MATCHES "<.*>")
        string(APPEND who " <>")
    endif()
    string(TIMESTAMP date "%a, %d %b %Y %H:%M:%S +0000" UTC)
    file(WRITE "${documents}/changelog" "latecomer (${CPACK_PACKAGE_VERSION}) unstable; urgency=low\n\n"
                                        "  * See CHANGELOG.md.\n\n"
                                        " -- ${who}  ${date}\n")
    file(READ "${CPACK_RESOURCE_FILE_LICENSE}" licence)
    string(REGEX REPLACE "\n\n" "\n.\n" licence "${licence}")
    string(REGEX REPLACE "\n([^\n])" "\n \\1" licence "${licence}")
    string(REGEX MATCH "Copyright [^\n]*" holder "${licence}")
    file(WRITE "${documents}/copyright"
         "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n"
         "Upstream-Name: latecomer\n\nFiles: *\n${holder}\nLicense: BSD-3-Clause\n ${licence}")
    file(REMOVE "${documents}/LICENSE")
    foreach(path "${documents}/changelog" "${stage}/usr/share/man/man1/latecomer.1")
        if(EXISTS "${path}")
            execute_process(COMMAND gzip -9 -n -f "${path}" COMMAND_ERROR_IS_FATAL ANY)
        endif()
    endforeach()
endif()

# An archive does not tell where it was made: its module file finds the installation from where it lies, and names a usual
# place for systems that do not say where that is.
if(NOT CPACK_GENERATOR STREQUAL "DEB")
    file(GLOB_RECURSE modules "${stage}/*/modulefiles/latecomer/*")
    foreach(module ${modules})
        file(READ "${module}" text)
        string(REGEX REPLACE "set root {[^}]*}" "set root {/opt/latecomer}" text "${text}")
        file(WRITE "${module}" "${text}")
    endforeach()
endif()

# Job scripts may be called as they are.
file(GLOB scripts "${stage}/usr/share/latecomer/*/*.sbatch" "${stage}/usr/share/latecomer/*/*.pbs"
     "${stage}/usr/share/latecomer/batch/workstation.sh")
foreach(script ${scripts})
    execute_process(COMMAND chmod a+x "${script}" COMMAND_ERROR_IS_FATAL ANY)
endforeach()

# Neither the umask of who builds nor the time of building shows.
execute_process(COMMAND chmod -R u=rwX,go=rX "${stage}" COMMAND_ERROR_IS_FATAL ANY)
if(DEFINED moment)
    execute_process(COMMAND find "${stage}" -exec touch -h -d "${moment}" {} + COMMAND_ERROR_IS_FATAL ANY)
endif()
