"""Means and shares with 95 % intervals, as the figures show them."""

import numpy as np
from scipy import stats

LEVEL = 0.95


def mean_interval(values, axis=-1):
    """Mean and 95 % Student interval over an axis, without missing values; NaN bounds below two."""
    values = np.asarray(values, dtype=float)
    count = np.isfinite(values).sum(axis=axis)
    with np.errstate(all="ignore"):
        total = np.nansum(values, axis=axis)
        mean = np.where(count > 0, total / np.maximum(count, 1), np.nan)
        centred = values - np.expand_dims(mean, axis)
        variance = np.nansum(centred**2, axis=axis) / np.maximum(count - 1, 1)
        half = stats.t.ppf(0.5 + LEVEL / 2, np.maximum(count - 1, 1)) * np.sqrt(variance / np.maximum(count, 1))
        half = np.where(count > 1, half, np.nan)
    return mean, mean - half, mean + half


def wilson(share, count):
    """Wilson's 95 % interval of a share of so many trials (which need not be a whole number)."""
    share, count = np.asarray(share, dtype=float), np.asarray(count, dtype=float)
    z = stats.norm.ppf(0.5 + LEVEL / 2)
    with np.errstate(all="ignore"):
        middle = (share + z**2 / (2 * count)) / (1 + z**2 / count)
        half = z / (1 + z**2 / count) * np.sqrt(share * (1 - share) / count + z**2 / (4 * count**2))
    low, high = np.where(share == 0, 0, middle - half), np.where(share == 1, 1, middle + half)  # not 1e-17
    return np.clip(low, 0, 1), np.clip(high, 0, 1)


def effective_trials(hits):
    """How many independent trials tell as much as hits [cluster, member], 0 or 1.

    Members of a cluster, such as the countries of one run, are alike: the effective number is the one at which a
    binomial share would vary as the means of the clusters do; where nothing varies, the number of clusters.
    """
    hits = np.asarray(hits, dtype=float)
    trials = float(np.isfinite(hits).sum())
    means = np.nanmean(hits, axis=1)
    clusters, share = len(means), float(np.nanmean(hits))
    variance = float(np.var(means, ddof=1)) / clusters if clusters > 1 else 0.0
    effective = share * (1 - share) / variance if variance > 0 else clusters
    return float(np.clip(effective, min(clusters, trials), trials))
