"""What the user's surroundings may not change: settled before numpy and matplotlib are first imported."""

import atexit
import os
import shutil
import sys
import tempfile
from pathlib import Path

# Sums of linear algebra depend on how many threads share them.
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")


def settle():
    """For programs: the same result gives the same bytes, whatever files and variables are around.

    style.py does the rest: it starts from matplotlib's own defaults and fonts.
    """
    os.environ["MPLBACKEND"] = "Agg"  # another one may not exist, and then matplotlib cannot be imported
    os.environ.pop("SOURCE_DATE_EPOCH", None)
    os.environ.update({name: "1" for name in THREADS})
    if "matplotlib" not in sys.modules:
        import_matplotlib()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # names that the terminal's alphabet lacks


def import_matplotlib():
    """Imports it without the user's matplotlibrc, which may be no text at all, and without a word about caches."""
    empty = Path(tempfile.mkdtemp(prefix="latecomer-"))
    atexit.register(shutil.rmtree, empty, ignore_errors=True)
    (empty / "matplotlibrc").write_bytes(b"")
    os.environ["MATPLOTLIBRC"] = str(empty / "matplotlibrc")
    if not can_keep_a_cache():
        os.environ["MPLCONFIGDIR"] = str(empty)
    try:
        here = os.getcwd()
    except OSError:
        here = None  # the folder is gone
    os.chdir(empty)  # a matplotlibrc in the folder at hand comes first
    try:
        import matplotlib  # noqa: F401
    except ImportError:
        pass  # the program says which package is missing
    finally:
        if here is not None:
            os.chdir(here)


def can_keep_a_cache():
    """Whether matplotlib's folders can be written, by the rules with which it looks for them."""
    named = os.environ.get("MPLCONFIGDIR")
    try:
        folders = [Path(named)] if named else [
            Path(os.environ.get(variable) or Path.home() / below) / "matplotlib"
            for variable, below in (("XDG_CACHE_HOME", ".cache"), ("XDG_CONFIG_HOME", ".config"))
        ]
        for folder in folders:
            folder.mkdir(parents=True, exist_ok=True)
            if not os.access(folder, os.W_OK):
                return False
    except (OSError, RuntimeError):
        return False
    return True
