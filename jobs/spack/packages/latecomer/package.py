"""Spack recipe.  From the root of the tree:

    spack repo add jobs/spack
    spack dev-build latecomer@main
"""

from spack.package import *


class Latecomer(CMakePackage):
    """Agent-based model of firms and governments of digital latecomer economies on any number of
    MPI processes, with the same bytes for the same scenario and seed."""

    license("BSD-3-Clause")

    # Built from a working tree by `spack dev-build`; the project names no public address yet.
    version("main")
    version("0.1.0")

    variant("tests", default=False, description="Build the test programs")

    depends_on("c", type="build")
    depends_on("cxx", type="build")
    depends_on("cmake@3.22:", type="build")
    depends_on("ninja", type="build")
    depends_on("mpi@3:")
    depends_on("hdf5@1.10: +mpi +hl")
    depends_on("boost@1.74: +program_options")
    depends_on("tomlplusplus")
    depends_on("catch2", when="+tests", type="build")
    depends_on("random123", when="+tests", type="build")

    conflicts("%gcc@:11")
    conflicts("%clang@:13")

    generator("ninja")

    def cmake_args(self):
        return [self.define_from_variant("LATECOMER_TESTS", "tests")]

    def setup_run_environment(self, env):
        env.set("LATECOMER_JOBS", self.prefix.share.latecomer)
        env.prepend_path("PYTHONPATH", self.prefix.share.latecomer.analysis)
