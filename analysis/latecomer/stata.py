"""Names that Stata takes, and its files."""

import re
from datetime import datetime

import numpy as np
import pandas as pd

from latecomer.series import Unusable

LONGEST_NAME, LONGEST_LABEL, LONGEST_TEXT, MOST_COLUMNS = 32, 80, 2045, 32_767
VERSION = 118  # of the format: Stata 14 and later read it
ZERO_OF_TIME = datetime(1960, 1, 1)  # stands where the format wants the time of day: the same table gives the same bytes
RESERVED = {"_all", "_b", "byte", "_coef", "_cons", "double", "float", "if", "in", "int", "long", "_n", "_N", "_pi", "_pred", "_rc",
            "_skip", "strL", "using", "with"}
LARGEST = 8.9e307  # what is above means missing


def names_for(columns):
    """A name for each column: letters, digits and _, a letter first, 32 at most, each another, none of Stata's own words."""
    found = {}
    for column in columns:
        plain = re.sub(r"[^A-Za-z0-9_]", "_", str(column))
        if not re.match(r"[A-Za-z]", plain) or plain in RESERVED or re.fullmatch(r"str[0-9]+", plain):
            plain = "v_" + plain
        name, number = plain[:LONGEST_NAME], 1
        while name in found.values():
            number += 1
            name = f"{plain[: LONGEST_NAME - len(str(number)) - 1]}_{number}"
        found[column] = name
    return found


def labels_for(table, names):
    """What each column is, by the name that it has got; the whole name comes first where that is a shorter one."""
    words = {column: (f"{column}: " if str(column) != name else "") + table.label(column) for column, name in names.items()}
    return {names[column]: text.removesuffix(": ")[:LONGEST_LABEL] for column, text in words.items()}


def write(path, frame, labels, about):
    """Writes a table as Stata's file; texts stay texts, what is not finite is missing, dates are dates of days.

    frame: columns with names that Stata takes.  about: a line on the whole.  Raises Unusable if Stata cannot hold it.
    """
    if frame.shape[1] > MOST_COLUMNS:
        raise Unusable(f"the table has {frame.shape[1]:,} columns, and Stata takes {MOST_COLUMNS:,}: use --format csv")
    columns, dates, long = {}, {}, []
    for name in frame:
        values = frame[name]
        if pd.api.types.is_datetime64_any_dtype(values):
            columns[name], dates[name] = values, "td"
        elif pd.api.types.is_float_dtype(values):
            columns[name] = values.where(np.abs(values) < LARGEST)
        elif pd.api.types.is_bool_dtype(values):
            columns[name] = values.astype("int8")
        elif pd.api.types.is_integer_dtype(values):
            columns[name] = whole_numbers(name, values)
        else:
            columns[name] = values.map(lambda value: "" if pd.isna(value) else str(value)).astype(object)
            if columns[name].map(lambda value: len(value.encode("utf-8"))).max() > LONGEST_TEXT:
                long.append(name)
    pd.DataFrame(columns).to_stata(path, write_index=False, version=VERSION, time_stamp=ZERO_OF_TIME, variable_labels=labels,
                                   data_label=about[:LONGEST_LABEL], convert_dates=dates, convert_strl=long)


def whole_numbers(name, values):
    """Whole numbers as Stata's own, or as digits where its doubles would round them."""
    low, high = (int(values.min()), int(values.max())) if len(values) else (0, 0)
    if max(abs(low), abs(high)) > 2**53:
        return values.astype(str)
    return values.astype("int32" if max(abs(low), abs(high)) < 2**31 - 100 else "float64")
