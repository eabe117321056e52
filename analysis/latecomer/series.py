"""Opens series.h5 of a run and checks that it is one."""

import os
from contextlib import contextmanager
from pathlib import Path

SCHEMA = "latecomer-series"
SCHEMA_VERSION = 5
NEWEST_OUTPUT = "capability_index"  # since version 3 of the model
PACKAGES = ("python3-h5py", "python3-xarray", "python3-h5netcdf", "python3-pandas", "python3-scipy",
            "python3-statsmodels", "python3-matplotlib")

STAGES = ("collection", "storage", "analytics", "applications")
STAGE_OF_POSITION = {"COL": "collection", "STO": "storage", "PRL": "analytics", "ANA": "analytics"}


LOCKING = "HDF5_USE_FILE_LOCKING"


class Unusable(ValueError):
    """What is wrong with the input or the machine, in one line for the user."""


@contextmanager
def without_locks():
    """Opens files of HDF5 without locks, unless the user has said otherwise; the variable is as before afterwards.

    A file that a run is still writing can be read; locks only get in the way on network disks.
    """
    said = os.environ.get(LOCKING)
    os.environ.setdefault(LOCKING, "FALSE")
    try:
        yield
    finally:
        if said is None:
            os.environ.pop(LOCKING, None)


def missing_packages(error):
    """The message for a failed import."""
    return Unusable(
        f"the Python package '{error.name}' is missing: on Debian and Ubuntu, "
        f"apt-get install {' '.join(PACKAGES)}, and call /usr/bin/python3"
    )


def stages_of_positions(positions):
    """Where positions stand on the data value chain; those of applications are named APP_<sector>."""
    return {str(p): STAGE_OF_POSITION.get(str(p), "applications") for p in positions}


def path_of(run):
    """The series of a run folder, or the file itself."""
    path = Path(run)
    return path / "series.h5" if path.is_dir() else path


def open_series(run):
    """The complete quarters of a run, as an xarray.Dataset in memory.

    Works while the run is still writing.  Raises Unusable with a line for the user.
    """
    try:
        import h5netcdf  # noqa: F401  (xarray would only say that no engine fits)
        import xarray
    except ImportError as error:
        raise missing_packages(error) from error

    path = path_of(run)
    if not path.is_file():
        raise Unusable(f"'{path}' does not exist: name a run folder, or its series.h5")
    try:
        with without_locks(), xarray.open_dataset(path, engine="h5netcdf") as file:
            _check_schema(path, file.attrs)
            if NEWEST_OUTPUT not in file:
                raise Unusable(f"'{path}' is of an earlier version of the model (it has no {NEWEST_OUTPUT}): use the "
                               "analysis folder of the program that wrote it")
            rows = int(file["n_valid"])
            if rows == 0:
                raise Unusable(f"'{path}' holds no complete quarter yet: let the run go on")
            return file.isel(time=slice(0, rows)).load()
    except Unusable:
        raise
    except (OSError, KeyError, ValueError) as error:
        reason = " ".join(str(error).split())
        raise Unusable(f"'{path}' cannot be read as a series of a run ({reason})") from error


def _check_schema(path, attributes):
    schema = attributes.get("schema")
    version = attributes.get("schema_version")
    if schema != SCHEMA:
        raise Unusable(f"'{path}' is not a series of latecomer (schema: {schema or 'none'})")
    if int(version) != SCHEMA_VERSION:
        raise Unusable(
            f"'{path}' has version {version} of the format, this program reads "
            f"version {SCHEMA_VERSION}: use the analysis folder of the program that wrote it"
        )
