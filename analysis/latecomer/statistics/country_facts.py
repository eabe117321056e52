"""What country facts C1 to C10 measure, in panels of economies by the year: the same for runs and observations.

Each function takes a Panel and the first and last year of a window, and returns the statistic and the columns, one line an
economy, from which it is computed: a pair (function, columns).  `estimate` makes means over replicates and intervals of
them: lines of economies are resampled, the same in all replicates.
"""

import numpy as np
from scipy import stats

from latecomer.statistics.estimate import NoData, resampled

FEWEST = 10  # economies
BEHIND = np.log(0.9)  # ln productivity relative to the United States below which an economy has a gap to close
READABLE = (0.01, 0.99)  # adoption outside says little of the slope: its log odds are errors of rounding
TEN = 10
GROUPS = 5  # by initial exports


def estimate(fact, panels, *window):
    """The mean of a fact over panels of replicates, with the interval over economies."""
    lines, mean = mean_of(fact, panels, *window)
    with np.errstate(all="ignore"):
        return resampled(mean, lines)


def value(fact, panels, *window):
    """The same without an interval."""
    lines, mean = mean_of(fact, panels, *window)
    return float(mean(lines))


def mean_of(fact, panels, *window):
    """Lines of economies that count, and the function of chosen ones that is the mean of the fact over panels.

    Economies without a figure in a panel do not count in it.
    """
    measured = [fact(panel, *window) for panel in panels]
    known = np.array([np.logical_and.reduce([np.isfinite(column) for column in columns]) for _, columns in measured])
    if known.sum(axis=1).min() < FEWEST:
        raise NoData(f"{known.sum(axis=1).min()} economies have figures from {window[0]} to {window[-1]}, at least "
                     f"{FEWEST} are needed")

    def mean(lines):
        values = []
        for (statistic, columns), has in zip(measured, known):
            counted = lines[has[lines]]
            values.append(statistic(*(column[counted] for column in columns)))
        return np.mean(values)

    return np.flatnonzero(known.any(axis=0)), mean


def slope_of(x, y):
    """Least squares."""
    from_mean = x - x.mean()
    return (from_mean @ y) / (from_mean @ from_mean)


def at(table, year):
    if year not in table:
        raise NoData(f"there is no complete year {year}")
    return table[year].to_numpy(float)


# C1


def curves(panel, first, last):
    """For each economy: sums of squares for the slope of log odds on years, mean year, mean log odds, and income.

    Years in which adoption is outside READABLE do not count, nor do economies with fewer than two years.
    """
    years = np.array([year for year in panel.adoption if first <= year <= last], float)
    if years.size < 2 or years[-1] < last:
        raise NoData(f"there is no complete year {last}")
    shares = panel.adoption[years.astype(int)].to_numpy(float)
    readable = (shares > READABLE[0]) & (shares < READABLE[1])
    odds = np.where(readable, shares, 0.5)
    odds = np.log(odds / (1.0 - odds))
    count = readable.sum(axis=1)
    with np.errstate(all="ignore"):
        mean_year = (readable * years).sum(axis=1) / count
        mean_odds = (readable * odds).sum(axis=1) / count
        from_mean = readable * (years - mean_year[:, None])
        product = np.where(count >= 2, (from_mean * (odds - mean_odds[:, None])).sum(axis=1), np.nan)
        square = (from_mean**2).sum(axis=1)
    return product, square, mean_year, mean_odds, panel.income.to_numpy(float)


def slope_of_adoption(panel, first, last):
    """Slope a year of a logistic curve, common to economies that differ in their midpoints."""
    return lambda product, square: product.sum() / square.sum(), curves(panel, first, last)[:2]


def midpoint_of_adoption(panel, first, last):
    """Years by which the midpoint of that curve is later for a log point of income."""

    def slope(product, square, year, odds, income):
        midpoint = year - odds / (product.sum() / square.sum())
        return slope_of(income, midpoint)

    return slope, curves(panel, first, last)


# C2 to C6, C9, C10


def gaps(panel, first, last):
    return at(panel.productivity, first), at(panel.productivity, last)


def growth(panel, first, last):
    """Growth in excess of that of the United States, % a year."""
    start, end = gaps(panel, first, last)
    return 100.0 * (end - start) / (last - first)


def sigma(panel, first, last):
    """Standard deviation of ln productivity at the end of the window."""
    return lambda start, end: end.std(ddof=1), gaps(panel, first, last)


def sigma_at_start(panel, first, last):
    return lambda start, end: start.std(ddof=1), gaps(panel, first, last)


def beta(panel, first, last):
    """Slope of growth, % a year, on the initial ln productivity."""
    return lambda start, rate: slope_of(start, rate), (at(panel.productivity, first), growth(panel, first, last))


def closing(panel, first, last, more_than):
    """Share of the economies behind that close more than such a part of their log gap."""

    def share(start, end):
        behind = start < BEHIND
        return np.mean(1.0 - end[behind] / start[behind] > more_than)

    return share, gaps(panel, first, last)


def mean_growth(panel, first, last):
    """Mean growth of economies behind."""
    return lambda start, rate: rate[start < BEHIND].mean(), (at(panel.productivity, first), growth(panel, first, last))


def spread_of_growth(panel, first, last):
    return lambda start, rate: rate[start < BEHIND].std(ddof=1), (at(panel.productivity, first), growth(panel, first, last))


def ranks(panel, first, last):
    """Spearman's correlation of productivity at both ends."""
    return lambda start, end: np.corrcoef(stats.rankdata(start), stats.rankdata(end))[0, 1], gaps(panel, first, last)


def persistence(panel, first, middle, last):
    """Correlation of growth in two windows that follow each other, economies behind."""

    def correlation(start, early, late):
        return np.corrcoef(early[start < BEHIND], late[start < BEHIND])[0, 1]

    return correlation, (at(panel.productivity, first), growth(panel, first, middle), growth(panel, middle, last))


def spread_by_size(panel, first, last):
    """Spread of growth of economies behind: the half with less employment over that with more."""

    def ratio(start, rate, employment):
        rate, employment = rate[start < BEHIND], employment[start < BEHIND]
        small = employment <= np.median(employment)
        return rate[small].std(ddof=1) / rate[~small].std(ddof=1)

    return ratio, (at(panel.productivity, first), growth(panel, first, last), panel.employment.to_numpy(float))


# C7, C8


def exports(panel, first, last):
    """Exports at both ends, NaN where there are none."""
    return tuple(np.where(values > 0.0, values, np.nan) for values in (at(panel.exports, first), at(panel.exports, last)))


def growth_of_exports(panel, first, last):
    """Growth a year of the exports of all economies that have figures."""
    years = last - first
    return lambda start, end: (end.sum() / start.sum()) ** (1.0 / years) - 1.0, exports(panel, first, last)


def largest_exporters(panel, first, last):
    """Part of the ten largest in the exports of all at the end."""
    return lambda end: np.sort(end)[-TEN:].sum() / end.sum(), (at(panel.exports, last),)


def gini_of_exports(panel, first, last):
    def gini(values):
        values = np.sort(values)
        places = 2.0 * np.arange(1, values.size + 1) - values.size - 1.0
        return places @ values / (values.size * values.sum())

    return gini, (at(panel.exports, last),)


def volatility_by_size(panel, first, last):
    """Spread over economies of ln growth of exports: the fifth with the smallest initial ones over the largest."""

    def ratio(start, end):
        group = stats.rankdata(start, method="ordinal").astype(int) - 1
        group = group * GROUPS // start.size
        rate = np.log(end / start)
        return rate[group == 0].std(ddof=1) / rate[group == GROUPS - 1].std(ddof=1)

    return ratio, exports(panel, first, last)
