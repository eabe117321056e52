"""Do countries converge?  Spread (sigma), catching up of those behind (beta), and clubs.

Argument `levels` is an array [time, country] of a positive quantity, such as mean capability.
"""

import numpy as np
import pandas as pd

from analysis.statistics.estimate import SEED, Estimate, NoData, resampled

FEWEST_COUNTRIES = 5
BANDS = (0.25, 0.5, 1.0, 2.0)  # of the level over the world's mean: bounds of Quah's (1993) five states
GRID = 512  # places at which a density is looked at
SAMPLES = 500


def complete(levels):
    """Columns of countries that have a positive level throughout."""
    levels = np.asarray(levels, float)
    kept = (np.isfinite(levels) & (levels > 0.0)).all(axis=0)
    if kept.sum() < FEWEST_COUNTRIES:
        raise NoData(f"{kept.sum()} countries with values, at least {FEWEST_COUNTRIES} are needed")
    return levels[:, kept]


def sigma_change(levels, level=0.95):
    """Change of the standard deviation of ln levels from the first row to the last; countries resampled."""
    logs = np.log(complete(np.asarray(levels, float)[[0, -1]]))
    return resampled(lambda first, last: last.std(ddof=1) - first.std(ddof=1), logs[0], logs[1], level=level)


def beta(levels, years, level=0.95):
    """Slope of yearly growth on the initial ln level: negative where those behind grow faster.

    Least squares over countries, HC3 standard errors, t interval.
    """
    import statsmodels.api as sm

    logs = np.log(complete(np.asarray(levels, float)[[0, -1]]))
    if not years > 0.0:
        raise NoData("one quarter has no growth")
    growth = (logs[1] - logs[0]) / years
    if np.ptp(logs[0]) == 0.0:
        raise NoData("all countries start from the same level")
    fit = sm.OLS(growth, sm.add_constant(logs[0])).fit(cov_type="HC3", use_t=True)
    low, high = fit.conf_int(1.0 - level)[1]
    return Estimate(float(fit.params[1]), float(low), float(high), logs.shape[1])


def modes(values, bandwidth):
    """Number of modes of the density of values with normal kernels of this bandwidth."""
    values = np.asarray(values, float)
    grid = np.linspace(values.min() - 3.0 * bandwidth, values.max() + 3.0 * bandwidth, GRID)
    density = np.exp(-0.5 * ((grid[:, None] - values) / bandwidth) ** 2).sum(axis=1)
    rises = np.sign(np.diff(density))
    rises = rises[rises != 0.0]
    return int(((rises[:-1] > 0.0) & (rises[1:] < 0.0)).sum())


def critical_bandwidth(values, most=1):
    """The least bandwidth at which the density has no more than `most` modes (Silverman 1981)."""
    spread = float(np.ptp(values))
    low, high = 1e-3 * spread, spread
    for _ in range(40):
        middle = 0.5 * (low + high)
        if modes(values, middle) > most:
            low = middle
        else:
            high = middle
    return high


def bimodality_p(values, samples=SAMPLES):
    """Silverman's (1981) test: p of the hypothesis that values come from a density of one mode.

    Samples from the density at the critical bandwidth, with the variance of the values.
    """
    values = np.asarray(values, float)
    values = values[np.isfinite(values)]
    if values.size < 2 * FEWEST_COUNTRIES:
        raise NoData(f"{values.size} countries are too few for a test of modes")
    if np.ptp(values) == 0.0:
        raise NoData("all countries have the same value")
    width = critical_bandwidth(values)
    random = np.random.default_rng(SEED)
    shrink = 1.0 / np.sqrt(1.0 + width**2 / values.var())
    beyond = 0
    for _ in range(samples):
        drawn = random.choice(values, values.size) + width * random.standard_normal(values.size)
        beyond += modes(values.mean() + shrink * (drawn - values.mean()), width) > 1
    return Estimate(beyond / samples, count=values.size)


def states(levels, bands=BANDS):
    """The band of each country's level over the mean of countries, from 0."""
    levels = np.asarray(levels, float)
    return np.digitize(levels / levels.mean(axis=1, keepdims=True), bands)


def transition_matrix(paths, count):
    """Shares of moves from one state to another; paths [time, country] of states 0 .. count - 1.

    A state that is never left has probability 1 of staying.
    """
    moves = np.zeros((count, count))
    np.add.at(moves, (paths[:-1].ravel(), paths[1:].ravel()), 1.0)
    total = moves.sum(axis=1, keepdims=True)
    return np.where(total > 0.0, moves / np.maximum(total, 1.0), np.eye(count))


def ergodic(matrix, start=None):
    """The distribution in the long run from a distribution at the start (default: uniform).

    From a chain with one recurrent class that is its ergodic distribution, whatever the start.
    """
    count = len(matrix)
    start = np.full(count, 1.0 / count) if start is None else np.asarray(start, float)
    lazy = 0.5 * (matrix + np.eye(count))  # the same distribution, without periods
    for _ in range(60):  # powers 2, 4, ... 2^60; rows are kept at sum 1
        lazy = lazy @ lazy
        lazy /= lazy.sum(axis=1, keepdims=True)
    return start @ lazy


def valley(distribution):
    """Depth of the deepest valley between two peaks: lower peak less valley; 0 where there is one peak."""
    distribution = np.asarray(distribution, float)
    deepest = 0.0
    for i in range(1, len(distribution) - 1):
        peak = min(distribution[:i].max(), distribution[i + 1 :].max())
        deepest = max(deepest, peak - distribution[i])
    return deepest


def club_valley(levels, level=0.95):
    """Depth of the valley between clubs in the long run of Quah's transition matrix; countries resampled.

    levels: rows a year apart.
    """
    paths = states(complete(levels))
    count = len(BANDS) + 1

    def depth(chosen):
        taken = paths[:, chosen]
        start = np.bincount(taken[0], minlength=count) / taken.shape[1]
        return valley(ergodic(transition_matrix(taken, count), start))

    return resampled(depth, np.arange(paths.shape[1]), level=level)


def chain_of(levels):
    """Transition matrix and distribution in the long run as a table: lines and columns are bands."""
    paths = states(complete(levels))
    count = len(BANDS) + 1
    names = [f"below {BANDS[0]:g}"]
    names += [f"{low:g} to {high:g}" for low, high in zip(BANDS, BANDS[1:])] + [f"{BANDS[-1]:g} or more"]
    matrix = transition_matrix(paths, count)
    start = np.bincount(paths[0], minlength=count) / paths.shape[1]
    table = pd.DataFrame(matrix, index=names, columns=names)
    table["start"] = start
    table["long run"] = ergodic(matrix, start)
    return table
