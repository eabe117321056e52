"""How firms grow: the shape of growth rates, and how their spread depends on size."""

import numpy as np
import pandas as pd
from scipy import optimize, stats

from analysis.statistics.estimate import Estimate, NoData

FEWEST = 200  # growth rates for a shape or a slope
CLASSES = 20  # of size
FEWEST_PER_CLASS = 30


def growth_rates(before, after):
    """ln revenue and its change from one snapshot to a later one, of firms that stayed in their pool.

    Both are tables as firms.with_derived_columns gives them.  Columns: pool, log_size, growth; both less
    their mean over the pool (country and position), so that neither inflation nor the size of markets counts.
    """
    both = before[["revenue", "pool"]].join(after[["revenue", "pool"]], how="inner", lsuffix="_0", rsuffix="_1")
    both = both[(both["pool_0"] == both["pool_1"]) & (both["revenue_0"] > 0.0) & (both["revenue_1"] > 0.0)]
    rates = pd.DataFrame(
        {
            "pool": both["pool_0"],
            "log_size": np.log(both["revenue_0"]),
            "growth": np.log(both["revenue_1"]) - np.log(both["revenue_0"]),
        }
    )
    for column in ("log_size", "growth"):
        rates[column] -= rates.groupby("pool")[column].transform("mean")
    return rates


def subbotin(rates, level=0.95):
    """Shape b of Subbotin's density ~ exp(-|x - m|^b / (b a^b)) by maximum likelihood: 1 Laplace, 2 normal.

    The interval is that of the profile likelihood over b.
    """
    rates = np.asarray(rates, float)
    rates = rates[np.isfinite(rates)]
    if rates.size < FEWEST:
        raise NoData(f"{rates.size} growth rates, at least {FEWEST} are needed")
    scale = float(rates.std())
    if scale == 0.0:
        raise NoData("all firms grow alike")
    rates = rates / scale
    start = (1.0, float(np.median(rates)), float(np.abs(rates - np.median(rates)).mean()))
    shape, centre, _ = stats.gennorm.fit(rates, start[0], loc=start[1], scale=start[2])

    distance = np.abs(rates - centre)
    distance = np.maximum(distance, 1e-12)

    def likelihood(b):
        width = (b * np.mean(distance**b)) ** (1.0 / b)
        return stats.gennorm.logpdf(distance, b, scale=width).sum()

    drop = stats.chi2.ppf(level, 1) / 2.0
    top = likelihood(shape)

    def excess(b):
        return top - likelihood(b) - drop

    low = optimize.brentq(excess, 0.05, shape) if excess(0.05) > 0.0 else 0.05
    high = optimize.brentq(excess, shape, 50.0) if excess(50.0) > 0.0 else np.inf
    return Estimate(float(shape), float(low), float(high), rates.size)


def volatility_slope(log_size, rates, classes=CLASSES, level=0.95):
    """Slope of ln(standard deviation of growth) on ln size, over classes of size with as many firms each.

    Stanley et al. (1996).  Interval: t, with standard errors robust to unequal variances (HC1).
    """
    import statsmodels.api as sm

    data = pd.DataFrame({"log_size": np.asarray(log_size, float), "growth": np.asarray(rates, float)}).dropna()
    classes = min(classes, len(data) // FEWEST_PER_CLASS)
    if classes < 5:
        raise NoData(f"{len(data)} growth rates, at least {5 * FEWEST_PER_CLASS} are needed")
    order = data["log_size"].rank(method="first")
    groups = data.groupby(np.minimum((order - 1) * classes // len(data), classes - 1))
    spread = groups["growth"].std()
    size = groups["log_size"].mean()
    if (spread <= 0.0).any() or np.ptp(size) == 0.0:
        raise NoData("firms of some size class do not differ")
    fit = sm.OLS(np.log(spread.to_numpy()), sm.add_constant(size.to_numpy())).fit(cov_type="HC1", use_t=True)
    low, high = fit.conf_int(1.0 - level)[1]
    return Estimate(float(fit.params[1]), float(low), float(high), len(data))
