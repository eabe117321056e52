"""Intervals and tests over economies that are alike within clusters."""

from math import nan

import numpy as np
from scipy import stats

from latecomer.statistics.estimate import RESAMPLES, SEED, Estimate


def resampled_sums(clusters, *columns):
    """Sums of columns over resampled clusters [resample, column]; None where there are fewer than two clusters.

    The seed is fixed: the same clusters give the same resamples, whatever the columns.
    """
    names, number = np.unique(np.asarray(clusters, str), return_inverse=True)
    if len(names) < 2:
        return None
    drawn = np.random.default_rng(SEED).multinomial(len(names), np.full(len(names), 1.0 / len(names)), RESAMPLES)
    return drawn @ np.stack([np.bincount(number, column) for column in columns], axis=1)


def with_interval(statistic, clusters, *columns):
    """A function of sums of columns, with the percentile interval over clusters; NaN ends where it has none."""
    columns = [np.asarray(column, float) for column in columns]
    with np.errstate(all="ignore"):
        value = float(statistic(*(column.sum() for column in columns)))
        sums = resampled_sums(clusters, *columns)
        drawn = np.array([nan]) if sums is None else statistic(*sums.T)
    low, high = np.percentile(drawn, (2.5, 97.5)) if np.isfinite(drawn).all() else (nan, nan)
    return Estimate(value, float(low), float(high), len(columns[0]))


def mean_of(values, clusters):
    return with_interval(lambda total, count: total / count, clusters, values, np.ones(len(values)))


def root_mean_square(errors, clusters):
    return with_interval(lambda total, count: np.sqrt(total / count), clusters, np.square(errors), np.ones(len(errors)))


def skill(own, other, clusters):
    """1 - mean of own losses over that of the other's; the same resamples for both."""
    return with_interval(lambda mine, theirs: 1.0 - mine / theirs, clusters, own, other)


def skill_of_roots(own, other, clusters):
    """The same of roots of mean squared errors."""
    return with_interval(lambda mine, theirs: 1.0 - np.sqrt(mine / theirs), clusters, np.square(own), np.square(other))


def diebold_mariano(own, other, clusters):
    """t and p of equal losses across economies (Diebold and Mariano 1995), standard errors clustered; t > 0: own is better.

    Degrees: clusters less one.  NaN where there is one cluster, or no difference varies.
    """
    difference = np.asarray(other, float) - np.asarray(own, float)
    names, number = np.unique(np.asarray(clusters, str), return_inverse=True)
    count = len(names)
    if count < 2:
        return nan, nan
    sums = np.bincount(number, difference - difference.mean())
    error = np.sqrt(count / (count - 1.0) * (sums**2).sum()) / len(difference)
    if error <= 1e-14 * np.abs(difference).max(initial=0.0):
        return nan, nan
    t = difference.mean() / error
    return float(t), float(2.0 * stats.t.sf(abs(t), count - 1))
