"""Where countries stand on the data value chain, and how concentrated its markets are."""

import numpy as np
import pandas as pd

from latecomer.statistics.estimate import Estimate, NoData

LEAST_SHARE = 0.01  # of world sales at processing: growth from next to nothing is no industry's


def latecomers_of(series):
    """Keys of the latecomer economies of a run."""
    roles = series["country_role"].values
    return [str(key) for key, role in zip(series["country"].values, roles) if str(role) != "lead"]


def ladder(series, threshold=0.5):
    """The last stage whose domestic mean capability is at least `threshold` of the frontier, 0 if none.

    series: xarray.Dataset of a run.  A table with a line a quarter (index: years) and a column a latecomer.
    """
    names = latecomers_of(series)
    gaps = series["gap_by_stage"].sel(country=names).transpose("time", "country", "stage").values
    numbers = np.arange(1, gaps.shape[2] + 1)
    reached = np.where(gaps >= np.log(threshold), numbers, 0).max(axis=2)  # a missing gap compares false
    return pd.DataFrame(reached, index=pd.Index(series["time"].values, name="years"), columns=names)


def concentration(series):
    """Concentration over time (index: years): top_three_storage and herfindahl_<position> of world sales."""
    table = pd.DataFrame(index=pd.Index(series["time"].values, name="years"))
    table["top_three_storage"] = series["top_three_storage"].values
    for position in series["position"].values:
        table[f"herfindahl_{position}"] = series["world_herfindahl"].sel(position=position).values
    return table


def outsourcing_growth(revenue, revenue_per_worker, years=10):
    """Growth a year of the fastest-growing outsourcing industry, and of its revenue per worker then.

    Both arguments [time, country], a row a year.  All windows of so many years are looked at in which
    the country begins with LEAST_SHARE of all sales or more; the one in which revenue grows most is
    taken.  Returns two Estimates without intervals.
    """
    revenue, per_worker = np.asarray(revenue, float), np.asarray(revenue_per_worker, float)
    if len(revenue) <= years:
        raise NoData(f"fewer than {years} years")
    with np.errstate(divide="ignore", invalid="ignore"):
        growth = (revenue[years:] / revenue[:-years]) ** (1.0 / years) - 1.0
        other = (per_worker[years:] / per_worker[:-years]) ** (1.0 / years) - 1.0
        share = (revenue / np.nansum(revenue, axis=1, keepdims=True))[:-years]
    growth = np.where(np.isfinite(growth) & np.isfinite(other) & (share >= LEAST_SHARE), growth, -np.inf)
    if not np.isfinite(growth.max()):
        raise NoData("no country sells at processing all the time")
    best = np.unravel_index(np.argmax(growth), growth.shape)
    count = int(np.isfinite(growth).any(axis=0).sum())
    return Estimate(float(growth[best]), count=count), Estimate(float(other[best]), count=count)
