# What `cpack` makes of a build: a Debian package, and an archive to unpack anywhere.  README.md says what is in them.

set(CPACK_PACKAGE_NAME latecomer)
set(CPACK_PACKAGE_VENDOR "The Latecomer developers")
# Who puts a package into a repository gives a name with an address: -DLATECOMER_MAINTAINER="Name <address>".
set(LATECOMER_MAINTAINER "The Latecomer developers" CACHE STRING "Maintainer of packages, with an address")
set(CPACK_PACKAGE_CONTACT "${LATECOMER_MAINTAINER}")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "agent-based model of how firms of digital latecomers catch up")
set(CPACK_PACKAGE_FILE_NAME "latecomer-${PROJECT_VERSION}-${CMAKE_SYSTEM_NAME}-${CMAKE_SYSTEM_PROCESSOR}")
set(CPACK_RESOURCE_FILE_LICENSE "${CMAKE_SOURCE_DIR}/LICENSE")
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)

find_program(DPKG_SHLIBDEPS dpkg-shlibdeps)
find_program(FILE_UTILITY file) # finds programs and libraries for dpkg-shlibdeps
mark_as_advanced(DPKG_SHLIBDEPS FILE_UTILITY)
set(CPACK_GENERATOR TGZ)
if(DPKG_SHLIBDEPS AND FILE_UTILITY)
    list(PREPEND CPACK_GENERATOR DEB)
else()
    message(STATUS "cpack will make no Debian package: it needs dpkg-shlibdeps (package dpkg-dev) and file")
endif()

# Libraries that the program needs are found by dpkg-shlibdeps.  Python runs what lies in share/latecomer/analysis;
# without the packages that are recommended the program works, and figures are not drawn.
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "python3:any")
set(recommended
    openmpi-bin python3-h5netcdf python3-h5py python3-matplotlib python3-netcdf4 python3-pandas python3-scipy
    python3-statsmodels python3-xarray)
list(JOIN recommended ", " CPACK_DEBIAN_PACKAGE_RECOMMENDS)
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "python3-sklearn, bash-completion, lmod | environment-modules")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
    "Latecomer simulates firms, lead firms and governments along the data value
chain, in up to 149 economies, and tells how pathways of digital industrial
policy change who catches up.

A run gives the same bytes on any number of MPI processes and threads; studies
of thousands of runs survive kills and node failures, on a workstation or under
Slurm or PBS.  The package holds the program, scenarios, studies and job
scripts, and the Python package that draws figures and makes tables of results.")

set(CPACK_PRE_BUILD_SCRIPTS "${CMAKE_SOURCE_DIR}/jobs/package/stage.cmake")
include(CPack)
