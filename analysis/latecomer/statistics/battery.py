"""The battery of stylised facts: which of the patterns P1 to P14 do a run and a study show?

And of country facts C1 to C10 those runs that start from observed economies in a year.
"""

from dataclasses import dataclass
from functools import partial
from math import inf, isfinite, nan
from types import SimpleNamespace
from typing import Callable

import pandas as pd

from latecomer.statistics import facts_countries, facts_firms, facts_studies, facts_world
from latecomer.statistics.estimate import NoData
from latecomer.statistics.evidence import Evidence

COLUMNS = ("pattern", "statistic", "estimate", "low", "high", "target", "target_low", "target_high", "verdict",
           "role", "source", "note")


@dataclass(frozen=True)
class Fact:
    """A statistic of a pattern with its target, an interval with both ends.

    measure: takes the Evidence, returns an Estimate and a note, or raises NoData.  strict: the whole
    interval of the estimate must lie in the target, for claims that something is above or below a
    bound; else the estimate must.  built_in: an equation of the model imposes the pattern, so it is no
    validation.  held_out: nothing was chosen by it, nor may be; it never passes or fails.  A fact without ends is
    reported without a verdict.
    """

    pattern: str
    statistic: str
    measure: Callable
    source: str
    low: float = -inf
    high: float = inf
    strict: bool = False
    built_in: bool = False
    held_out: bool = False

    @property
    def role(self):
        return "hold-out" if self.held_out else "built in" if self.built_in else "validation"

    @property
    def target(self):
        """The target in words."""
        if not (isfinite(self.low) or isfinite(self.high)):
            return "none"
        if isfinite(self.low) and isfinite(self.high):
            return f"{self.low:g} to {self.high:g}"
        if self.strict:
            return f"interval above {self.low:g}" if isfinite(self.low) else f"interval below {self.high:g}"
        return f"at least {self.low:g}" if isfinite(self.low) else f"at most {self.high:g}"

    def verdict(self, estimate):
        if not (isfinite(self.low) or isfinite(self.high)):
            return "reported"
        if self.held_out:
            return "inside" if self.low <= estimate.value <= self.high else "outside"
        if not self.strict:
            return "pass" if self.low <= estimate.value <= self.high else "fail"
        return "pass" if self.low < estimate.low and estimate.high < self.high else "fail"


# Targets are from the literature, none is fitted to runs.  Sources in full: README.md.
FACTS = (
    Fact("P1", "tail exponent of revenue, ln(rank - 1/2) regression", facts_firms.tail_by_rank,
         "Axtell 2001; Gabaix and Ibragimov 2011", 0.8, 1.2),
    Fact("P1", "tail exponent of revenue, Hill", facts_firms.tail_by_hill, "Axtell 2001; Hill 1975", 0.8, 1.2),
    Fact("P2", "Subbotin shape of growth rates", facts_firms.growth_shape, "Bottazzi and Secchi 2006", 0.6, 1.4,
         built_in=True),
    Fact("P3", "slope of ln volatility of growth on ln size", facts_firms.growth_volatility, "Stanley et al. 1996",
         -0.20, -0.14, built_in=True),
    Fact("P4", "90-10 gap of ln productivity", facts_firms.productivity, "Syverson 2004", 0.5, 0.8),
    Fact("P5", "entry plus exit over firms, a year", facts_firms.turnover_of_firms,
         "Bartelsman, Scarpetta and Schivardi 2005", 0.15, 0.25),
    Fact("P5", "entrants gone within two years", facts_firms.entrants, "Bartelsman, Scarpetta and Schivardi 2005",
         0.2, 0.4),
    Fact("P6", "share of exporters", facts_firms.exporters, "Bernard et al. 2007", 0.1, 0.3),
    Fact("P6", "exporters' premium, ln revenue", facts_firms.exporter_size, "Bernard et al. 2007", 0.5, 2.0),
    Fact("P6", "exporters' premium, ln productivity", facts_firms.exporter_productivity, "Bernard et al. 2007",
         0.05, 0.4),
    Fact("P7", "change of sigma, capability index", facts_studies.drift_of_capability, "Pritchett 1997", 0.0,
         strict=True),
    Fact("P7", "change of sigma, stage-4 gap", facts_studies.drift_of_gaps, "Pritchett 1997", 0.0, strict=True),
    Fact("P7", "beta: growth on the initial capability index", facts_countries.catching_up,
         "Barro and Sala-i-Martin 1992"),
    Fact("P8", "p of a single mode of the capability index", facts_studies.single_mode,
         "Silverman 1981; Bianchi 1997", high=0.10),
    Fact("P8", "valley of the long-run distribution", facts_studies.clubs, "Quah 1996", 0.0, strict=True),
    Fact("P9", "three largest at storage", facts_countries.top_three, "Synergy Research Group, 2021-2023", 0.61, 0.66),
    Fact("P10", "leadership changes, windows less none", facts_studies.leadership, "Lee and Malerba 2017", 0.0,
         strict=True),
    Fact("P11", "catch-up with protection alone", facts_studies.protection, "Amsden 1989; Lee 2013", high=0.5,
         strict=True),
    Fact("P11", "gap closed, protection alone less none", facts_studies.protection_gain, "Foster and Azmeh 2023"),
    Fact("P12", "years from 19 % to 45 % of use", facts_countries.adoption, "Eurostat, cloud use by enterprises",
         6.0, 12.0, built_in=True),
    Fact("P12", "log odds of adoption on ln revenue", facts_firms.adoption_by_size,
         "Eurostat, cloud use by enterprises", 0.0, strict=True),
    Fact("P13", "growth of outsourcing, best ten years", facts_countries.outsourcing, "Foster and Azmeh 2023", 0.10),
    Fact("P13", "growth of revenue per worker then", facts_countries.outsourcing_per_worker, "Foster and Azmeh 2023",
         0.0, 0.04),
    Fact("P14", "climb from processing to analytics, a year",
         partial(facts_countries.climbing_a_year, position="PRL"), "assumed; Foster and Azmeh 2023", 0.003, 0.03),
    Fact("P14", "climb from analytics to applications, a year",
         partial(facts_countries.climbing_a_year, position="ANA"), "assumed; Foster and Azmeh 2023", 0.001, 0.02),
    Fact("P14", "economies with a climb from processing, 50 years",
         partial(facts_countries.economies_that_climb, position="PRL"), "assumed; Foster and Azmeh 2023", 0.75),
    Fact("P14", "economies with a climb from analytics, 50 years",
         partial(facts_countries.economies_that_climb, position="ANA"), "assumed; Foster and Azmeh 2023", 0.75),
)

# Only runs that have a calendar show these: targets are what is observed, with a band (facts_world.py).
COUNTRY_FACTS = tuple(
    Fact(fact.pattern, fact.words, partial(facts_world.measure, fact=fact), facts_world.SOURCE, fact.low, fact.high,
         built_in=fact.built_in, held_out=fact.held_out)
    for fact in facts_world.FACTS
)


def battery(run=None, study=None, arms=None, windows_run=None):
    """One line for each statistic of each pattern, as a table in the order of the patterns.

    run: what latecomer.results.Run offers (series, events, snapshots, firms(quarters)), or None.
    study: the study.h5 as an xarray.Dataset, or None.  arms: see Evidence.  windows_run: as run, one in
    which technology windows open, or a list of such, for who adopts them first (P12); None if they open in `run`, or nowhere.
    Columns: pattern, statistic, estimate, low, high (interval of 95 %), target (words), target_low,
    target_high, verdict ("pass", "fail", "no data", "reported": has no target; "inside" or "outside" the target
    for what is held out), role ("validation", "hold-out", or "built in" where an equation of the model imposes the
    pattern), source, note (what was measured, or why there are no data).
    """
    evidence = Evidence(run, study, arms, windows_run)
    facts = FACTS + (COUNTRY_FACTS if run is not None and facts_world.has_calendar(run.series) else ())
    return pd.DataFrame([line(fact, evidence) for fact in facts], columns=COLUMNS)


def country_facts(panels):
    """The lines of C1 to C10 of panels of replicates (or one of what is observed), in the same columns."""
    evidence = SimpleNamespace(panels=list(panels))
    return pd.DataFrame([line(fact, evidence) for fact in COUNTRY_FACTS], columns=COLUMNS)


def line(fact, evidence):
    """The line of the battery for one fact."""
    try:
        estimate, note = fact.measure(evidence)
        if not isfinite(estimate.value) and estimate.value != inf:
            raise NoData("the statistic is not defined here")
        numbers = (estimate.value, estimate.low, estimate.high)
        verdict = fact.verdict(estimate)
    except NoData as reason:
        numbers, verdict, note = (nan, nan, nan), "no data", str(reason)
    return (fact.pattern, fact.statistic, *numbers, fact.target, fact.low, fact.high, verdict, fact.role, fact.source, note)
