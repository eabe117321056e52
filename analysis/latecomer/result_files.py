"""What the files of runs and studies have in common: kinds of HDF5 files, tables of text, numbers in TOML."""

import re
from difflib import get_close_matches
from io import StringIO

import pandas as pd

from latecomer.series import Unusable, without_locks


def schema_of(path):
    """The kind of a file of the program; Unusable if it is no HDF5 file."""
    import h5py

    try:
        with without_locks(), h5py.File(path, "r") as file:
            return str(file.attrs.get("schema", ""))
    except OSError as error:
        reason = " ".join(str(error).split())
        raise Unusable(f"'{path}' cannot be read as an HDF5 file ({reason})") from error


def read_table(path):
    """A table of text as pandas has it, or None; a last line without its end is left out."""
    if not path.is_file():
        return None
    text = path.read_text(encoding="utf-8", errors="backslashreplace")
    try:
        return pd.read_csv(StringIO(text[: text.rfind("\n") + 1]), keep_default_na=False, na_values=[""])
    except ValueError as error:
        raise Unusable(f"'{path}' is no table ({' '.join(str(error).split())})") from error


def alike(name, names):
    """A question for messages: which of the names may have been meant; nothing where none is near."""
    near = get_close_matches(str(name), [str(other) for other in names], 1)
    return f" (did you mean '{near[0]}'?)" if near else ""


def words_of(variable):
    """What a variable of a file is, with its unit."""
    unit = str(variable.attrs.get("units", ""))
    return f"{variable.attrs.get('long_name', '')}{f' [{unit}]' if unit not in ('', '1') else ''}"


def number_named(text, key):
    """The first whole number of this name in a file in TOML, as a key of [run] or [study]; None without one."""
    found = re.search(rf"^\s*(?:run\.)?{key}\s*=\s*(\d+)", text, re.MULTILINE)
    return int(found[1]) if found else None
