"""Impulse responses: how far a series of a scenario lies from that of the reference, over time.

Both runs of a pair have the same point and replicate, so they share all random events that both contain,
and what is left of their difference is what the scenario does.
"""

import numpy as np
import pandas as pd

from latecomer.estimates import mean_interval

COLUMNS = ("scenario", "who", "part", "year", "difference", "low", "high", "n")


def own_dimensions(variable):
    """The dimensions of a series beside run, time and country: stage, position, sector and the like."""
    return [str(name) for name in variable.dims if name not in ("series_run", "time", "country")]


def parts_of(variable):
    """A series [series_run, time, country, part] as an array, with the names of its economies and parts.

    The economies of a series of the world are [None]; the parts of one without dimensions of its own are [""].
    """
    own = own_dimensions(variable)
    has_country = "country" in variable.dims
    ordered = variable.transpose("series_run", "time", *(["country"] if has_country else []), *own)
    countries = [str(key) for key in variable["country"].values] if has_country else [None]
    labels = [[str(label) for label in variable[name].values] for name in own]
    parts = [", ".join(names) for names in pd.MultiIndex.from_product(labels)] if labels else [""]
    shape = (variable.sizes["series_run"], variable.sizes["time"], len(countries), len(parts))
    return ordered.values.reshape(shape), countries, parts


def pairs_of(runs, scenario, reference):
    """Places in `runs` of the two runs of each pair, and the point and replicate that they share, as a table.

    runs: a table with a line a run and columns scenario, point, replicate.
    """
    keys = ["point", "replicate"]
    lines = runs[["scenario", *keys]].assign(place=np.arange(len(runs)))
    one, other = (lines[lines["scenario"] == name].drop(columns="scenario") for name in (scenario, reference))
    return one.merge(other, on=keys, suffixes=("", "_reference")).sort_values(keys).reset_index(drop=True)


def differences_of(values, runs, scenario, reference):
    """Scenario less reference for every pair with a value, [pair, ...], and the pairs."""
    pairs = pairs_of(runs, scenario, reference)
    differences = values[pairs["place"].to_numpy()] - values[pairs["place_reference"].to_numpy()]
    known = np.isfinite(differences).any(axis=tuple(range(1, differences.ndim)))
    return differences[known], pairs[known].reset_index(drop=True)


def unit_means(differences, units):
    """Means of differences [pair, time, country, part] over economies and the pairs of a unit, [unit, time, part].

    What one run of a pair lacks, such as an economy without firms, is left out of both.
    """
    known = np.isfinite(differences)
    names = np.unique(units)
    means = np.full((len(names), differences.shape[1], differences.shape[3]), np.nan)
    for place, name in enumerate(names):
        chosen = units == name
        count = known[chosen].sum(axis=(0, 2))
        total = np.where(known[chosen], differences[chosen], 0.0).sum(axis=(0, 2))
        means[place] = np.where(count > 0, total / np.maximum(count, 1), np.nan)
    return means


def responses(variable, runs, reference, members, unit="replicate"):
    """Mean responses with 95 % bands of Student's t over units, a line for each scenario, group, part and quarter.

    variable: an xarray.DataArray over series_run, time and any of its own.  runs: a table with a line for each
    series_run and columns scenario, point, replicate.  members: keys of economies by the name of a group or
    economy; of a series of the world only the name is used.  unit: what intervals count, "replicate" or "point".
    Columns: scenario, who, part, year, difference, low, high, n (units with a value).
    """
    values, countries, parts = parts_of(variable)
    years = variable["time"].values
    tables = []
    for scenario in dict.fromkeys(runs["scenario"]):
        if scenario == reference:
            continue
        differences, pairs = differences_of(values, runs, scenario, reference)
        if not len(pairs):
            continue
        for who, keys in members.items():
            places = [0] if countries == [None] else [countries.index(key) for key in keys]
            means = unit_means(differences[:, :, places], pairs[unit].to_numpy())
            mean, low, high = mean_interval(means, axis=0)  # [time, part]
            count = np.isfinite(means).sum(axis=0)
            for place, part in enumerate(parts):
                tables.append(pd.DataFrame({
                    "scenario": scenario, "who": who, "part": part, "year": years, "difference": mean[:, place],
                    "low": low[:, place], "high": high[:, place], "n": count[:, place],
                }))
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=COLUMNS)


def sizes(table, by):
    """How large responses are: the mean over time of their absolute mean, the largest of each value of `by`."""
    columns = list(dict.fromkeys(["scenario", "who", "part", by]))
    absolute = table.assign(size=table["difference"].abs()).dropna(subset=["size"])
    return absolute.groupby(columns, sort=False)["size"].mean().groupby(by, sort=False).max()


def largest(table, by, most):
    """So many values of a column with the largest responses, in the order of the table; zero responses never."""
    found = sizes(table, by)
    chosen = set(found[found > 0].sort_values(ascending=False, kind="stable").index[:most])
    return [name for name in dict.fromkeys(table[by]) if name in chosen]
