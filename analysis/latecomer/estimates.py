"""Means and shares with 95 % intervals, as the figures show them."""

import numpy as np
from scipy import stats

from latecomer.statistics.estimate import wilson_ends

LEVEL = 0.95


def mean_interval(values, axis=-1):
    """Mean and 95 % Student interval over an axis, without missing values; NaN bounds below two."""
    values = np.asarray(values, dtype=float)
    values = np.where(np.isfinite(values), values, np.nan)
    count = np.isfinite(values).sum(axis=axis)
    with np.errstate(all="ignore"):
        total = np.nansum(values, axis=axis)
        mean = np.where(count > 0, total / np.maximum(count, 1), np.nan)
        centred = values - np.expand_dims(mean, axis)
        variance = np.nansum(centred**2, axis=axis) / np.maximum(count - 1, 1)
        half = stats.t.ppf(0.5 + LEVEL / 2, np.maximum(count - 1, 1)) * np.sqrt(variance / np.maximum(count, 1))
        half = np.where(count > 1, half, np.nan)
    return mean, mean - half, mean + half


def tenths(values):
    """The tenth, fiftieth and ninetieth percentile; of one value only the middle is known."""
    low, mid, high = (float(x) for x in np.percentile(values, (10, 50, 90)))
    return (low, mid, high) if len(values) > 1 else (np.nan, mid, np.nan)


def ends_words(low, high):
    """The ends of an interval in %, for a cell; nothing where it is not known."""
    return f"{100 * low:.0f}–{100 * high:.0f}" if np.isfinite(low) and np.isfinite(high) else ""


def wilson(share, count):
    """Wilson's 95 % interval of a share of so many trials; NaN bounds below two."""
    return wilson_ends(share, count, LEVEL)
