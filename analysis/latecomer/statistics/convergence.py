"""Do countries drift apart?  Spread (sigma), catching up of those behind (beta), and clubs.

Argument `logs` holds logarithms of a level, such as the capability index: [time, country] of one run, or
[run, time, country] of several.  Economies of a run share its events, so of several runs the runs are resampled.
"""

import numpy as np
import pandas as pd

from latecomer.statistics.estimate import SEED, Estimate, NoData, resampled

FEWEST_COUNTRIES = 5
FEWEST_FOR_MODES = 10  # values, over all runs
BANDS = (0.25, 0.5, 1.0, 2.0)  # of the level over the mean of the run's: bounds of Quah's (1993) five states
GRID = 512  # places at which a density is looked at
SAMPLES = 500


def complete(logs):
    """Columns [..., country] of countries that have a value throughout."""
    logs = np.asarray(logs, float)
    kept = np.isfinite(logs).all(axis=tuple(range(logs.ndim - 1)))
    if kept.sum() < FEWEST_COUNTRIES:
        raise NoData(f"{kept.sum()} countries with values, at least {FEWEST_COUNTRIES} are needed")
    return logs[..., kept]


def spread(logs):
    """Standard deviation over countries [...] of logs [..., country]; NaN where fewer than two have a value."""
    logs = np.asarray(logs, float)
    known = np.isfinite(logs)
    count = known.sum(axis=-1)
    total = np.where(known, logs, 0.0).sum(axis=-1, keepdims=True)
    centred = np.where(known, logs - total / np.maximum(count, 1)[..., None], 0.0)
    return np.where(count > 1, np.sqrt((centred**2).sum(axis=-1) / np.maximum(count - 1, 1)), np.nan)


def spread_of_runs(logs):
    """Spread [run, time] of logs [run, time, country] over the countries that have a value at both ends of a run."""
    logs = np.asarray(logs, float)
    known = np.isfinite(logs[:, [0, -1]]).all(axis=1, keepdims=True)
    return spread(np.where(known, logs, np.nan))


def beta(logs, years, level=0.95):
    """Slope of yearly growth on the initial log: negative where those behind grow faster.

    Least squares over countries, HC3 standard errors, t interval.
    """
    import statsmodels.api as sm

    logs = complete(np.asarray(logs, float)[[0, -1]])
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


def relative(logs):
    """Logs [run, country] less the mean of their run: what shifts all economies of a run makes no club."""
    logs = np.asarray(logs, float)
    return logs - logs.mean(axis=-1, keepdims=True)


def bimodality_p(logs, samples=SAMPLES):
    """Silverman's (1981) test: p of the hypothesis that all come from a density of one mode.

    logs [run, country], of which each run counts relative to its mean.  Samples are runs drawn with all
    their countries, spread by the critical bandwidth and brought back to the variance of the values.
    """
    values = relative(complete(logs))
    if values.size < FEWEST_FOR_MODES:
        raise NoData(f"{values.size} countries in runs are too few for a test of modes")
    if np.ptp(values) == 0.0:
        raise NoData("all countries have the same value")
    width = critical_bandwidth(values.ravel())
    random = np.random.default_rng(SEED)
    shrink = 1.0 / np.sqrt(1.0 + width**2 / values.var())
    beyond = 0
    for _ in range(samples):
        drawn = drawn_runs(values, random).ravel()
        drawn = drawn + width * random.standard_normal(drawn.size)
        beyond += modes(drawn.mean() + shrink * (drawn - drawn.mean()), width) > 1
    return Estimate(beyond / samples, count=values.size)


def drawn_runs(values, random):
    """As many runs as there are, drawn with replacement; of one run its countries are."""
    if len(values) == 1:
        return random.choice(values[0], values.size)
    return values[random.integers(0, len(values), len(values))]


def states(logs, bands=BANDS):
    """The band of each country's level over the mean of the levels of its run at the time, from 0."""
    levels = np.exp(np.asarray(logs, float))
    return np.digitize(levels / levels.mean(axis=-1, keepdims=True), bands)


def transition_matrix(paths, count):
    """Shares of moves from one state to another; paths [time, ...] of states 0 .. count - 1.

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


def chain(paths):
    """Transition matrix of paths [time, ...] of states, their distribution at the start and in the long run."""
    count = len(BANDS) + 1
    matrix = transition_matrix(paths, count)
    start = np.bincount(paths[0].ravel(), minlength=count) / paths[0].size
    return matrix, start, ergodic(matrix, start)


def paths_of(logs):
    """States [time, run, country] of logs [run, time, country], rows a year apart."""
    return states(complete(logs)).transpose(1, 0, 2)


def club_valley(logs, level=0.95):
    """Depth of the valley between clubs in the long run of Quah's chain; logs [run, time, country], runs resampled."""
    paths = paths_of(logs)

    def depth(chosen):
        return valley(chain(paths[:, chosen])[2])

    return resampled(depth, np.arange(paths.shape[1]), level=level)


def chain_of(logs):
    """Transition matrix, start and long run of logs [run, time, country] as a table: lines and columns are bands."""
    names = [f"below {BANDS[0]:g}"]
    names += [f"{low:g} to {high:g}" for low, high in zip(BANDS, BANDS[1:])] + [f"{BANDS[-1]:g} or more"]
    matrix, start, long_run = chain(paths_of(logs))
    table = pd.DataFrame(matrix, index=names, columns=names)
    table["start"] = start
    table["long run"] = long_run
    return table
