"""An estimate with its interval, and means whose interval respects that a series depends on its past."""

import warnings
from contextlib import contextmanager
from dataclasses import dataclass
from math import ceil, isfinite, nan, sqrt

import numpy as np
from scipy import optimize, stats

SEED = 20230501  # of every resampling: the same data give the same intervals
RESAMPLES = 999


@dataclass(frozen=True)
class Estimate:
    """A value, the ends of its interval (NaN where there is none), and the number of observations."""

    value: float
    low: float = nan
    high: float = nan
    count: int = 0

    def scaled(self, factor):
        """The estimate in another unit; factor > 0."""
        return Estimate(self.value * factor, self.low * factor, self.high * factor, self.count)


class NoData(Exception):
    """Why a statistic cannot be computed from what is there, in words that follow 'no data: '."""


@contextmanager
def fitting(what):
    """Turns the ways in which libraries say that a fit has found nothing into NoData."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", optimize.OptimizeWarning)
            yield
    except (ArithmeticError, RuntimeError, ValueError, np.linalg.LinAlgError, optimize.OptimizeWarning) as error:
        raise NoData(f"no {what} is found ({' '.join(str(error).split())})") from error


def normal_quantile(level):
    """The half-width of a two-sided normal interval, in standard errors."""
    return float(stats.norm.ppf(0.5 + level / 2.0))


def mean_of_series(values, level=0.95):
    """Mean over time of a series that depends on its past: Newey and West's variance.

    Lags: 1.3 sqrt(n), after Lazarus, Lewis, Stock and Watson (2018).
    """
    import statsmodels.api as sm

    values = np.asarray(values, float)
    values = values[np.isfinite(values)]
    if values.size < 8:
        raise NoData(f"{values.size} quarters after burn-in, at least 8 are needed")
    fit = sm.OLS(values, np.ones_like(values)).fit(
        cov_type="HAC", cov_kwds={"maxlags": ceil(1.3 * sqrt(values.size)), "use_correction": True}, use_t=True
    )
    low, high = fit.conf_int(1.0 - level)[0]
    return Estimate(float(fit.params[0]), float(low), float(high), values.size)


def halves(values, level=0.95):
    """Means of the first and of the second half of a series, as Estimates, and whether one mean may stand for both.

    It may if their difference lies within its own interval (the sum of both variances); else the series has a
    trend or a break, and an interval around one mean would be an interval of nothing.
    """
    values = np.asarray(values, float)
    values = values[np.isfinite(values)]
    first, second = (mean_of_series(part, level) for part in np.array_split(values, 2))
    allowed = sqrt(sum((0.5 * (part.high - part.low)) ** 2 for part in (first, second)))
    return first, second, abs(second.value - first.value) <= allowed


def resampled(statistic, *columns, level=0.95):
    """The statistic of columns of equal length, with the percentile interval over resampled lines.

    statistic: takes the columns, returns a number.  Lines are what is independent: firms, pools or countries.
    """
    columns = [np.asarray(column) for column in columns]
    count = len(columns[0])
    if count == 0:
        raise NoData("there is nothing to compute it from")
    value = float(statistic(*columns))
    if count < 2:
        return Estimate(value, count=count)
    lines = np.arange(count)
    result = stats.bootstrap(
        (lines,),
        lambda chosen: statistic(*(column[chosen] for column in columns)),
        n_resamples=RESAMPLES,
        vectorized=False,
        confidence_level=level,
        method="percentile",
        random_state=np.random.default_rng(SEED),
    )
    ends = result.confidence_interval
    if not (isfinite(ends.low) and isfinite(ends.high)):
        return Estimate(value, count=count)
    return Estimate(value, float(ends.low), float(ends.high), count)


def wilson_ends(share, trials, level=0.95):
    """Both ends of Wilson's (1927) interval of a share of so many independent trials, as arrays.

    For the same number of trials no end falls when the share rises.  NaN below two trials: one has no spread.
    """
    share, trials = np.asarray(share, float), np.asarray(trials, float)
    z = normal_quantile(level)
    with np.errstate(all="ignore"):
        middle = (share + z**2 / (2.0 * trials)) / (1.0 + z**2 / trials)
        half = z / (1.0 + z**2 / trials) * np.sqrt(share * (1.0 - share) / trials + z**2 / (4.0 * trials**2))
    low, high = np.where(share == 0.0, 0.0, middle - half), np.where(share == 1.0, 1.0, middle + half)  # not 1e-17
    known = trials >= 2.0
    return np.where(known, np.clip(low, 0.0, 1.0), nan), np.where(known, np.clip(high, 0.0, 1.0), nan)


def proportion(count, trials, level=0.95, independent=None):
    """A share with Wilson's interval; `independent`: how many of the trials are, if not all."""
    if trials == 0:
        return Estimate(nan)
    low, high = wilson_ends(count / trials, trials if independent is None else independent, level)
    return Estimate(count / trials, float(low), float(high), int(trials))


def matched_shares(differences, level=0.95):
    """Mean difference of shares of the same units, and p of none; differences from -1 to 1.

    Agresti and Min (2005): half a unit is added to each of the four cells of the table of both, so that
    equal shares do not count as certainty.
    """
    differences = np.asarray(differences, float)
    count = differences.size
    value = float(differences.mean()) if count else nan
    if count < 2:
        return Estimate(value, count=count), nan
    middle = differences.sum() / (count + 2.0)
    error = sqrt(((differences**2).sum() + 1.0) / (count + 2.0) - middle**2) / sqrt(count + 2.0)
    half = normal_quantile(level) * error
    return Estimate(value, middle - half, middle + half, count), float(2.0 * stats.norm.sf(abs(middle) / error))
