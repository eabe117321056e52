"""long_names.py FILE...: whether HDF5 files explain themselves to who sees a variable alone, as below an axis."""

import re
import sys

import h5py

NAMES = ("country_name", "country_region", "country_income_group", "country_role")


def text(value):
    return value.decode() if isinstance(value, bytes) else str(value)


def check(path):
    with h5py.File(path) as file:
        assert text(file.attrs["Conventions"]).startswith("CF-1."), f"{path}: no conventions"
        assert text(file.attrs["title"]), f"{path}: no title"
        said = {}
        for key, variable in file.items():
            where = f"{path}: {key}"
            name = text(variable.attrs.get("long_name", ""))
            assert re.match(r"[A-Z]", name), f"{where} does not begin as a name does: '{name}'"
            assert not name.endswith((".", ":", ",")), f"{where} ends like a sentence: '{name}'"
            assert "_" not in name and "`" not in name, f"{where} names an identifier: '{name}'"
            assert not re.match(r"(It|Its|Of it|Of them|The same)\b", name), f"{where} speaks of another: '{name}'"
            assert len(name) <= 125, f"{where} is long: '{name}'"
            assert name not in said, f"{where} and {said[name]} are both '{name}'"
            said[name] = key
            assert variable.dtype.kind == "O" or text(variable.attrs["units"]), f"{where} has no unit"
            about = "usd_per_unit" in variable.attrs or "usd_at_zero" in variable.attrs
            assert about == ("comment" in variable.attrs), f"{where}: dollars and what they mean go together"
            if variable.ndim and any("country" in scale for scale in variable.dims) and key not in (*NAMES, "country"):
                assert text(variable.attrs["coordinates"]).split()[-4:] == list(NAMES), f"{where}: names of economies"
        assert all(name in file for name in NAMES), f"{path}: economies have no names"
    return len(said)


print("long names:", *(check(path) for path in sys.argv[1:]))
