"""Do outcomes depend on how many firms stand for an economy?  Moments of runs at several resolutions."""

from functools import partial
from math import nan

import numpy as np
import pandas as pd
from scipy import stats

from latecomer.statistics import facts_countries, facts_firms
from latecomer.statistics.estimate import NoData
from latecomer.statistics.evidence import Evidence

MOMENTS = {  # those of the battery by its functions, and the share of the largest firm
    "tail_exponent": facts_firms.tail_by_rank,
    "growth_shape": facts_firms.growth_shape,
    "volatility_slope": facts_firms.growth_volatility,
    "productivity_gap": facts_firms.productivity,
    "turnover": facts_firms.turnover_of_firms,
    "early_exits": facts_firms.entrants,
    "exporters": facts_firms.exporters,
    "export_premium_revenue": facts_firms.exporter_size,
    "export_premium_capability": facts_firms.exporter_productivity,
    "top_three_storage": facts_countries.top_three,
    "climb_from_processing": partial(facts_countries.climbing_a_year, position="PRL"),
    "largest_share": facts_firms.largest_shares,
}
COLUMNS = ("moment", "firms_per_country", "replicates", "mean", "low", "high", "difference", "difference_low",
           "difference_high")


def moments(run):
    """Twelve moments of a run by their names, NaN where the run cannot tell.

    run: what latecomer.results.Run offers (series, events, snapshots, firms(quarters)).
    """
    evidence = Evidence(run)
    return {name: value_of(measure, evidence) for name, measure in MOMENTS.items()}


def value_of(measure, evidence):
    try:
        return float(measure(evidence)[0].value)
    except NoData:
        return nan


def table(results, level=0.95):
    """Means of moments by resolution, and their differences from the first resolution.

    results: {firms_per_country: [moments of a replicate, ...]}.  Columns: moment, firms_per_country,
    replicates (with a value), mean, low, high (t), difference, difference_low, difference_high (Welch's t, as
    variances differ: runs of two resolutions have different firms and are not paired).
    """
    first, lines = next(iter(results)), []
    names = dict.fromkeys(name for found in results.values() for values in found for name in values)
    for moment in names:
        samples = {firms: known([values.get(moment, nan) for values in found]) for firms, found in results.items()}
        for firms, sample in samples.items():
            apart = (nan,) * 3 if firms == first else difference(sample, samples[first], level)
            lines.append((moment, firms, sample.size, *mean_of(sample, level), *apart))
    return pd.DataFrame(lines, columns=COLUMNS)


def known(values):
    values = np.asarray(values, float)
    return values[np.isfinite(values)]


def mean_of(sample, level):
    """Mean with the ends of its t interval, NaN where there are none."""
    if sample.size < 2:
        return (float(sample[0]) if sample.size else nan), nan, nan
    return ends(float(sample.mean()), sample.var(ddof=1) / sample.size, sample.size - 1, level)


def difference(sample, other, level):
    """Difference of two means with Welch's interval."""
    if min(sample.size, other.size) == 0:
        return nan, nan, nan
    value = float(sample.mean() - other.mean())
    if min(sample.size, other.size) < 2:
        return value, nan, nan
    parts = [(x.var(ddof=1) / x.size, x.size - 1) for x in (sample, other)]
    variance = sum(part for part, _ in parts)
    degrees = variance**2 / sum(part**2 / of for part, of in parts) if variance > 0.0 else sum(of for _, of in parts)
    return ends(value, variance, degrees, level)


def ends(value, variance, degrees, level):
    half = float(stats.t.ppf(0.5 + level / 2.0, degrees) * np.sqrt(variance))
    return value, value - half, value + half
