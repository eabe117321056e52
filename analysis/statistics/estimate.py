"""An estimate with its interval, and means whose interval respects that a series depends on its past."""

from dataclasses import dataclass
from math import ceil, isfinite, nan, sqrt

import numpy as np
from scipy import stats

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


def resampled(statistic, *columns, level=0.95):
    """The statistic of columns of equal length, with the percentile interval over resampled lines.

    statistic: takes the columns, returns a number.  Lines are what is independent: firms, pools or countries.
    """
    columns = [np.asarray(column) for column in columns]
    count = len(columns[0])
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


def proportion(count, trials, level=0.95, design_effect=1.0):
    """A share with Wilson's interval; design_effect > 1 where trials come in clusters that are alike."""
    from statsmodels.stats.proportion import proportion_confint

    if trials == 0:
        return Estimate(nan)
    low, high = proportion_confint(
        count / design_effect, trials / design_effect, alpha=1.0 - level, method="wilson"
    )
    low, high = (0.0 if count == 0 else float(low)), (1.0 if count == trials else float(high))  # not 1e-17
    return Estimate(count / trials, low, high, int(trials))
