"""How fast use spreads, and whether large firms are first."""

import warnings

import numpy as np
from scipy import optimize, stats

from latecomer.statistics.estimate import Estimate, NoData, fitting, resampled

FIRST, LAST = 0.19, 0.45  # adoption between which years are counted
SATURATED = 0.95  # beyond it, years tell nothing of the speed
FEWEST_QUARTERS = 8
FEWEST_FIRMS = 50


def logistic(year, rate, middle):
    """Share of adopters: 1 / (1 + exp(-rate (year - middle)))."""
    return 1.0 / (1.0 + np.exp(-rate * (year - middle)))


def logistic_rate(years, adoption):
    """Rate of the logistic curve through adoption, a year."""
    return logistic_fit(years, adoption).value


def logistic_fit(years, adoption, level=0.95):
    """Rate of the logistic curve through adoption by least squares, a year, as an Estimate.

    The interval takes quarters as independent, and is therefore too narrow.  Of a curve that falls the
    rate is the slope of the log odds.
    """
    years, adoption = np.asarray(years, float), np.asarray(adoption, float)
    kept = np.isfinite(adoption) & (adoption > 0.0) & (adoption < SATURATED)
    if kept.sum() < FEWEST_QUARTERS:
        raise NoData("use is saturated from the start")
    years, adoption = years[kept], adoption[kept]
    odds = np.log(adoption / (1.0 - adoption))
    line = stats.linregress(years, odds)
    t = stats.t.ppf(0.5 + level / 2.0, years.size - 2)
    if not line.slope > 0.0:
        half = t * line.stderr
        return Estimate(float(line.slope), float(line.slope - half), float(line.slope + half), years.size)
    with fitting("logistic curve of adoption"):
        fitted, covariance = optimize.curve_fit(logistic, years, adoption, p0=(line.slope, -line.intercept / line.slope))
    half = t * float(np.sqrt(covariance[0, 0]))
    return Estimate(float(fitted[0]), float(fitted[0]) - half, float(fitted[0]) + half, years.size)


def years_between(rate, first=FIRST, last=LAST):
    """Years in which a logistic curve of this rate goes from `first` to `last`; infinite if it does not rise."""
    distance = np.log(last / (1.0 - last)) - np.log(first / (1.0 - first))
    return distance / rate if rate > 0.0 else np.inf


def adoption_years(years, adoption, level=0.95):
    """Years from FIRST to LAST, the median of countries, countries resampled; adoption [time, country]."""
    times, reasons = [], []
    for column in np.asarray(adoption, float).T:
        try:
            times.append(years_between(logistic_rate(years, column)))
        except NoData as reason:
            reasons.append(str(reason))
    if not times:
        raise NoData("; ".join(f"{reason} in {reasons.count(reason)} countries" for reason in dict.fromkeys(reasons))
                     or "no country uses applications")
    return resampled(np.median, np.array(times), level=level)


def size_bias(before, after, window_bit, stage, level=0.95):
    """Slope of the log odds of adopting a window on ln revenue before it opened, at one stage.

    before, after: tables of snapshots with the columns of firms.with_derived_columns and `windows`.
    Only firms of both snapshots that stood at the stage all along; standard errors clustered by pool.
    """
    import pandas as pd
    import statsmodels.api as sm

    both = before.join(after[["pool", "windows"]], how="inner", rsuffix="_after")
    both = both[(both["stage"] == stage) & (both["pool"] == both["pool_after"]) & (both["revenue"] > 0.0)]
    adopted = ((both["windows_after"].to_numpy(np.int64) >> window_bit) & 1).astype(float)
    if adopted.size < FEWEST_FIRMS or adopted.min() == adopted.max():
        raise NoData(f"of {adopted.size} firms at {stage} before the window, {int(adopted.sum())} adopted")
    size = np.log(both["revenue"].to_numpy(float))
    clusters = pd.factorize(both["pool"])[0]
    errors = {"cov_type": "cluster", "cov_kwds": {"groups": clusters}} if clusters.max() > 0 else {}
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # perfect separation: no finite slope
        try:
            fit = sm.Logit(adopted, sm.add_constant(size)).fit(disp=False, **errors)
        except Exception as error:
            raise NoData(f"no slope of adoption on size ({' '.join(str(error).split())})") from error
    if not fit.mle_retvals["converged"]:
        raise NoData("no slope of adoption on size (its likelihood has no maximum that is found)")
    if not errors:
        return Estimate(float(fit.params[1]), count=adopted.size)  # one pool: how pools differ is not known
    low, high = fit.conf_int(1.0 - level)[1]
    return Estimate(float(fit.params[1]), float(low), float(high), adopted.size)
