"""Country facts C1 to C10 of the battery: what a world that starts in 2005 should show of the years that followed."""

from functools import cache, partial
from math import inf
from typing import Callable, NamedTuple

from latecomer.observed import load
from latecomer.statistics import country_facts, panel
from latecomer.statistics.estimate import NoData

SOURCE = "World Bank and ILO, as in analysis/latecomer/observed"
FIT = (2005, 2010)
HELD_OUT = (2005, 2015)


class CountryFact(NamedTuple):
    """A fact of a window of years, and the range in which it should be."""

    pattern: str
    what: str
    measure: Callable  # of country_facts
    window: tuple
    low: float
    high: float = inf
    built_in: bool = False

    @property
    def held_out(self):
        return self.window != FIT

    @property
    def words(self):
        return f"{self.what}, {self.window[0]}-{self.window[-1] % 100:02d}"


def both(pattern, what, measure, fit, held_out=None, built_in=False):
    """A fact of the years of fit and of those that are held out."""
    return (CountryFact(pattern, what, measure, FIT, *fit, built_in),
            CountryFact(pattern, what, measure, HELD_OUT, *(held_out or fit), built_in))


FACTS = (
    *both("C1", "slope of adoption, a year", country_facts.slope_of_adoption, (0.16, 0.23), built_in=True),
    *both("C1", "midpoint of adoption, years a log point of income", country_facts.midpoint_of_adoption, (-6.2, -4.2)),
    *both("C2", "sigma of ln productivity at the end", country_facts.sigma, (1.297, 1.377), (1.25, 1.35)),
    *both("C3", "beta of productivity, % a year", country_facts.beta, (-1.1, -0.4), (-1.0, -0.4)),
    *both("C4", "economies closing more than 10 % of the gap", partial(country_facts.closing, more_than=0.1),
          (0.03, 0.10), (0.10, 0.30)),
    *both("C4", "economies closing more than 20 % of the gap", partial(country_facts.closing, more_than=0.2),
          (0.0, 0.03), (0.01, 0.08)),
    CountryFact("C4", "economies closing more than 33 % of the gap", partial(country_facts.closing, more_than=0.33),
                HELD_OUT, 0.0, 0.03),
    *both("C5", "growth in excess of the USA, mean, % a year", country_facts.mean_growth, (0.5, 1.9), (0.3, 1.7)),
    *both("C5", "growth in excess of the USA, s.d., % a year", country_facts.spread_of_growth, (2.0, 3.4), (1.6, 3.0)),
    *both("C6", "rank correlation of productivity", country_facts.ranks, (0.985, 1.0), (0.97, 0.997)),
    *both("C7", "growth of ICT service exports, a year", country_facts.growth_of_exports, (0.07, 0.13), (0.06, 0.11)),
    *both("C7", "ten largest in ICT service exports", country_facts.largest_exporters, (0.66, 0.76)),
    *both("C7", "Gini of ICT service exports", country_facts.gini_of_exports, (0.83, 0.90)),
    *both("C8", "s.d. of growth of exports, smallest over largest fifth", country_facts.volatility_by_size, (2.0, 6.0)),
    CountryFact("C9", "correlation of growth 2005-10 with 2010-15", country_facts.persistence, (2005, 2010, 2015),
                0.3, 0.6),
    *both("C10", "s.d. of growth, smaller over larger half", country_facts.spread_by_size, (0.8, 1.5)),
)


def measure(evidence, fact):
    """The estimate of a fact from the panels of the evidence, and a note."""
    estimate = country_facts.estimate(fact.measure, evidence.panels, *fact.window)
    runs = len(evidence.panels)
    note = f"{estimate.count} economies" + (f", mean of {runs} replicates" if runs > 1 else "")
    if fact.pattern == "C2":
        start = country_facts.value(country_facts.sigma_at_start, evidence.panels, *fact.window)
        note += f", from {start:.3f}"
    return estimate, note


@cache
def observations():
    return load().observations


def observed_of(series, figures=None):
    """What is observed of the economies of a run; figures: in place of the project's own observations."""
    return panel.of_observations(observations() if figures is None else figures, panel.economies_of(series))


def panel_of(series, figures=None):
    """Economies of a run by the year, where something is observed."""
    scenario = scenario_of(series)
    panel.calendar(scenario)
    observed = observed_of(series, figures)
    if observed.productivity.notna().any(axis=1).sum() < country_facts.FEWEST:
        raise NoData("economies of the run are not among those that are observed")
    return panel.of_run(series, scenario, observed)


def has_calendar(series):
    try:
        panel.calendar(scenario_of(series))
        return True
    except NoData:
        return False


def scenario_of(series):
    return str(series.attrs.get("scenario_text", ""))
