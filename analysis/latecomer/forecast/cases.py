"""An indicator in one year as forecast at an origin: what members and rules say, and what was observed."""

from dataclasses import dataclass

import numpy as np

from latecomer.forecast.observations import project
from latecomer.forecast.rules import forecasts
from latecomer.forecast.scales import INDICATORS, told
from latecomer.statistics.estimate import NoData

FEWEST = 5  # economies that are judged together


@dataclass(frozen=True)
class Case:
    """All on the scale of bands, a value an economy."""

    indicator: str
    origin: int
    year: int
    economies: np.ndarray
    truth: np.ndarray
    members: np.ndarray  # [member, economy]
    weights: np.ndarray  # of members
    rules: dict  # values, NaN where there are none, or the reason why there is nothing
    region: np.ndarray
    cell: np.ndarray  # region and income group

    def natural(self, values):
        return INDICATORS[self.indicator].back(values)


def case_of(members, seen, indicator, origin, year):
    """The Case, of economies that have figures in both years and are in all members.  Raises NoData."""
    if indicator not in members.values:
        raise NoData("the forecast does not have it")
    levels, judged = seen.levels[indicator], seen.judged[indicator]
    for table, which in ((levels, origin), (judged, year)):
        if which not in table or table[which].isna().all():
            raise NoData(f"nothing is observed of {which}")
    change = members.change(indicator, origin, year)
    start, end = levels[origin].to_numpy(float), judged[year].to_numpy(float)
    chosen = np.isfinite(start) & np.isfinite(end) & np.isfinite(change).all(axis=0)
    if chosen.sum() < FEWEST:
        raise NoData(f"{chosen.sum()} economies have figures of {origin} and {year} and a forecast, at least {FEWEST} are "
                     "needed")
    start, passed = start[chosen], year - origin

    def tell(values):
        return told(indicator, values, start, passed)

    rules = {}
    for name, found in forecasts(indicator, levels, origin, year, INDICATORS[indicator].step).items():
        if not isinstance(found, str):
            found = of_rule(found.to_numpy(float)[chosen], start, tell)
        rules[name] = found
    economies = np.array(members.economies)[chosen]
    facts = project().economies.loc[economies]
    region = facts["region"].to_numpy(str)
    cell = np.array([f"{one}, {other}" for one, other in zip(region, facts["income_group_2005"])])
    return Case(indicator, origin, year, economies, tell(end[chosen]), tell(start + change[:, chosen]), members.weights,
                rules, region, cell)


def of_rule(levels, start, tell):
    """What levels of a rule tell; economies of which it has none count in sums with the mean change of the others."""
    known = np.isfinite(levels)
    if known.sum() < FEWEST:
        return f"{known.sum()} economies have what it needs"
    filled = np.where(known, levels, start + np.mean((levels - start)[known]))
    return np.where(known, tell(filled), np.nan)
