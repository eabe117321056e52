"""How firms grow: the shape of growth rates, and how their spread depends on size."""

import numpy as np
import pandas as pd
from scipy import optimize, stats

from latecomer.statistics.estimate import Estimate, NoData, fitting

FEWEST = 200  # growth rates for a shape or a slope
CLASSES = 20  # of size
FEWEST_PER_CLASS = 30
FEWEST_CLASSES = 5


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
    with fitting("Subbotin law of growth"):
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

    with fitting("interval of the Subbotin shape of growth"):
        low = optimize.brentq(excess, 0.05, shape) if excess(0.05) > 0.0 else 0.05
        high = optimize.brentq(excess, shape, 50.0) if excess(50.0) > 0.0 else np.inf
    return Estimate(float(shape), float(low), float(high), rates.size)


def size_classes(log_size, rates, classes=CLASSES):
    """Firms in classes of size with as many firms each: mean log_size, deviation of growth, number of firms."""
    data = pd.DataFrame({"log_size": np.asarray(log_size, float), "growth": np.asarray(rates, float)}).dropna()
    classes = min(classes, len(data) // FEWEST_PER_CLASS)
    if classes < FEWEST_CLASSES:
        raise NoData(f"{len(data)} growth rates, at least {FEWEST_CLASSES * FEWEST_PER_CLASS} are needed")
    order = data["log_size"].rank(method="first")
    groups = data.groupby(np.minimum((order - 1) * classes // len(data), classes - 1))
    table = pd.DataFrame({"log_size": groups["log_size"].mean(), "deviation": groups["growth"].std(),
                          "firms": groups.size()})
    if (table["deviation"] <= 0.0).any() or np.ptp(table["log_size"]) == 0.0:
        raise NoData("firms of some size class do not differ")
    return table.reset_index(drop=True)


def volatility_slope(log_size, rates, classes=CLASSES, level=0.95):
    """Slope of ln(standard deviation of growth) on ln size, over classes of size with as many firms each.

    Stanley et al. (1996).  Interval: t, with standard errors robust to unequal variances (HC1).
    """
    import statsmodels.api as sm

    table = size_classes(log_size, rates, classes)
    fit = sm.OLS(np.log(table["deviation"].to_numpy()), sm.add_constant(table["log_size"].to_numpy())).fit(
        cov_type="HC1", use_t=True
    )
    low, high = fit.conf_int(1.0 - level)[1]
    return Estimate(float(fit.params[1]), float(low), float(high), int(table["firms"].sum()))
