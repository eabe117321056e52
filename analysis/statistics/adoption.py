"""How fast use spreads, and whether large firms are first."""

import warnings

import numpy as np
from scipy import optimize

from analysis.statistics.estimate import Estimate, NoData, resampled

FIRST, LAST = 0.19, 0.45  # adoption between which years are counted
SATURATED = 0.95  # beyond it, years tell nothing of the speed
FEWEST_QUARTERS = 8


def logistic(year, rate, middle):
    """Share of adopters: 1 / (1 + exp(-rate (year - middle)))."""
    return 1.0 / (1.0 + np.exp(-rate * (year - middle)))


def logistic_rate(years, adoption):
    """Rate of the logistic curve through adoption by least squares, a year."""
    years, adoption = np.asarray(years, float), np.asarray(adoption, float)
    kept = np.isfinite(adoption) & (adoption > 0.0) & (adoption < SATURATED)
    if kept.sum() < FEWEST_QUARTERS:
        raise NoData("use is saturated from the start")
    years, adoption = years[kept], adoption[kept]
    logit = np.log(adoption / (1.0 - adoption))
    rate, level = np.polyfit(years, logit, 1)
    if rate <= 0.0:
        return float(rate)
    fitted, _ = optimize.curve_fit(logistic, years, adoption, p0=(rate, -level / rate))
    return float(fitted[0])


def years_between(rate, first=FIRST, last=LAST):
    """Years in which a logistic curve of this rate goes from `first` to `last`; infinite if it does not rise."""
    distance = np.log(last / (1.0 - last)) - np.log(first / (1.0 - first))
    return distance / rate if rate > 0.0 else np.inf


def adoption_years(years, adoption, level=0.95):
    """Years from FIRST to LAST, the median of countries, countries resampled; adoption [time, country]."""
    times = []
    for column in np.asarray(adoption, float).T:
        try:
            times.append(years_between(logistic_rate(years, column)))
        except NoData:
            continue
    if not times:
        raise NoData("use is saturated from the start in every country")
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
    if adopted.size < 50 or adopted.min() == adopted.max():
        raise NoData(f"of {adopted.size} firms at {stage} before the window, {int(adopted.sum())} adopted")
    size = np.log(both["revenue"].to_numpy(float))
    clusters = pd.factorize(both["pool"])[0]
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # perfect separation: no finite slope
        try:
            fit = sm.Logit(adopted, sm.add_constant(size)).fit(
                disp=False, cov_type="cluster", cov_kwds={"groups": clusters}
            )
        except Exception as error:
            raise NoData(f"no slope of adoption on size ({' '.join(str(error).split())})") from error
    low, high = fit.conf_int(1.0 - level)[1]
    return Estimate(float(fit.params[1]), float(low), float(high), adopted.size)
