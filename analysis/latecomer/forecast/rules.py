"""Rules that know no model: what anybody could have said at the origin.

Each takes levels [economy, year] up to the origin, and nothing later, and returns the levels `years` after it, NaN for
economies of which it has none.  Raises NoData where it has nothing to say at all.
"""

import numpy as np
import pandas as pd

from latecomer.forecast.scales import INTERNET, log_odds
from latecomer.statistics.estimate import NoData

BACK = 5  # years before the origin whose trend goes on
READABLE = (1.0, 99.0)  # % of population; outside log odds are errors of rounding
FEWEST = 10  # changes from which something is estimated


def persistence(levels, indicator, years, step):
    """As at the origin; of growth: none."""
    return levels.iloc[:, -1]


def trend(levels, indicator, years, step):
    """The change of the five years before goes on."""
    origin = levels.columns[-1]
    if origin - BACK not in levels or levels[origin - BACK].isna().all():
        raise NoData(f"nothing is observed of {origin - BACK}")
    return levels[origin] + years / BACK * (levels[origin] - levels[origin - BACK])


def convergence(levels, indicator, years, step):
    """AR(1) in panel with the gap: beta convergence (Barro and Sala-i-Martin 1992).

    Pooled least squares of changes over `step` years on the level before, iterated.
    """
    columns = [year for year in levels if year - step in levels]
    before = np.concatenate([levels[year - step].to_numpy(float) for year in columns]) if columns else np.empty(0)
    after = np.concatenate([levels[year].to_numpy(float) for year in columns]) if columns else np.empty(0)
    known = np.isfinite(before) & np.isfinite(after)
    if known.sum() < FEWEST:
        raise NoData(f"there are {known.sum()} changes over {step} years up to {levels.columns[-1]}")
    before, after = before[known], after[known]
    from_mean = before - before.mean()
    if not from_mean.any():
        raise NoData("economies do not differ")
    rho = 1.0 + from_mean @ (after - before) / (from_mean @ from_mean)
    constant = after.mean() - rho * before.mean()
    if rho <= 0.0:
        raise NoData("the gap changes its sign from step to step")
    steps = years / step
    parallel = np.isclose(rho, 1.0, rtol=0.0, atol=1e-12)
    sums = steps if parallel else (1.0 - rho**steps) / (1.0 - rho)
    return rho**steps * levels.iloc[:, -1] + constant * sums


def logistic(levels, indicator, years, step):
    """A logistic curve of internet users: a slope common to economies that differ in their midpoints."""
    if indicator != INTERNET:
        raise NoData("a rule of internet users")
    return levels.iloc[:, -1] + years * common_slope(levels)


def common_slope(odds):
    """Least squares of log odds [economy, year] on years with own intercepts, where figures are readable; a year."""
    low, high = log_odds(np.array(READABLE))
    odds = odds.where((odds > low) & (odds < high))
    years = pd.DataFrame(np.tile(np.array(odds.columns, float), (len(odds), 1)), odds.index, odds.columns)
    years = years.where(odds.notna())
    years = years.sub(years.mean(axis=1), axis=0)
    square = np.nansum(years.to_numpy() ** 2)
    if odds.notna().to_numpy().sum() < FEWEST or square == 0.0:
        raise NoData("there are not enough figures between 1 and 99 %")
    return np.nansum((years * odds.sub(odds.mean(axis=1), axis=0)).to_numpy()) / square


RULES = {"persistence": persistence, "trend": trend, "convergence": convergence, "logistic": logistic}


def forecasts(indicator, levels, origin, year, step):
    """What each rule says of a year [economy], or the reason why it has nothing to say, by name."""
    known = levels.reindex(columns=range(min(levels.columns.min(), origin), origin + 1))
    found = {}
    for name, rule in RULES.items():
        try:
            found[name] = rule(known, indicator, year - origin, step)
        except NoData as reason:
            found[name] = str(reason)
    return found
