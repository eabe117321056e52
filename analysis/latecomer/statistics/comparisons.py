"""Scenarios against the reference of a study, by group and economy: what study.h5 says in against_<quantity>."""

import numpy as np
import pandas as pd

from latecomer.groups import GROUPS, INCOME_GROUP

ALL = "latecomers"  # the group of all economies that try to catch up
CATCH_UP = ("latecomer", "both")  # roles of economies that try to
OTHERS = "other economies"  # heading of those that are in no group


def group_names(data):
    """Names of the groups of a study.h5 (an xarray.Dataset) that are no single economy."""
    economies = set(data["country"].values.astype(str))
    return [name for name in data["group"].values.astype(str) if name not in economies]


def comparison(data, quantity, place=0):
    """The quantity by scenario and group in one cell of a study, the reference left out.

    Columns: scenario, group, is_economy, value, low, high, and of an ensemble agreement and chance; lines without any value in
    `group` are kept.
    """
    groups = set(group_names(data))
    ends = {"value": "", "low": "_low", "high": "_high"} | ({"agreement": "_agreement", "chance": "_chance"} if "weight" in data else {})
    cell = data[[f"against_{quantity}{end}" for end in ends.values()]].isel(cell=place)
    reference = str(data.attrs["reference"])
    lines = [
        (scenario, group, group not in groups,
         *(float(cell[name].values[i, j]) for name in cell.data_vars))
        for i, scenario in enumerate(data["scenario"].values.astype(str)) if scenario != reference
        for j, group in enumerate(data["group"].values.astype(str))
    ]
    return pd.DataFrame(lines, columns=["scenario", "group", "is_economy", *ends])


ROBUST = 0.95  # share of the weight of sets of parameters that has the sign of the mean


def holds_zero(table):
    """Whether the interval of a line contains zero, or is not known; of an ensemble, whether the sign is not robust."""
    if "agreement" in table:
        return ~((table["agreement"] >= ROBUST) & (table["value"].abs() > table["chance"]))
    return ~((table["low"] > 0) | (table["high"] < 0))


def size_of(table):
    """The largest absolute value of each group over scenarios, the largest first; groups without a value left out."""
    sizes = table.assign(size=table["value"].abs()).groupby("group", sort=False)["size"].max()
    return sizes.dropna().sort_values(ascending=False, kind="stable")


def ordered(table, members):
    """Lines of a heat map from above: pairs of a name and whether it is an economy.

    All latecomers; then each income group with its economies below it, the largest response first; then those of
    no group, below a heading where others have one.  members: keys of economies by group, or nothing where these
    are not known.
    """
    sizes = size_of(table)
    economies = set(table.loc[table["is_economy"], "group"])
    groups = [g for g in dict.fromkeys(table["group"]) if g in sizes.index and g not in economies]
    grouped = {key for name in groups if name != ALL for key in members.get(name, ())}
    lines = [(ALL, False)] if ALL in groups else []
    for name in groups:
        if name != ALL:
            lines.append((name, False))
            lines += [(key, True) for key in sizes.index if key in set(members.get(name, ()))]
    others = [(key, True) for key in sizes.index if key in economies and key not in grouped]
    return lines + ([(OTHERS, False)] if grouped and others else []) + others


def without_smallest(lines, table, most):
    """At most so many of the lines: the economies with the smallest responses are left out."""
    economies = [name for name in size_of(table).index if (name, True) in set(lines)]
    dropped = set(economies[len(economies) - max(0, len(lines) - most) :])
    return [line for line in lines if line[0] not in dropped or not line[1]]


def members_of(data):
    """Keys of the economies of each group of study.h5, the poor first; {} if the file does not tell roles and income groups."""
    if "country_role" not in data or INCOME_GROUP not in data:
        return {}
    keys, roles, incomes = (data[name].values.astype(str) for name in ("country", "country_role", INCOME_GROUP))
    tries = np.isin(roles, CATCH_UP)
    members = {ALL: keys[tries].tolist(), **{group: keys[tries & (incomes == group)].tolist() for group in reversed(GROUPS)}}
    return {group: found for group, found in members.items() if found}
