"""Statistics of the battery that come from firms: P1 to P6, and who adopts first (P12).

Each takes the Evidence and returns an Estimate and a note, or raises NoData.
"""

import numpy as np
import pandas as pd

from latecomer.statistics import adoption, firms, growth, tails
from latecomer.statistics.estimate import NoData
from latecomer.statistics.evidence import YEAR


def tail_by_rank(evidence):
    estimate = tails.rank_half(evidence.latest["revenue"])
    return estimate, f"largest {estimate.count} firms after {evidence.snapshots[-1]} quarters, world"


def tail_by_hill(evidence):
    estimate = tails.hill(evidence.latest["revenue"])
    return estimate, f"largest {estimate.count} firms after {evidence.snapshots[-1]} quarters, world"


def growth_shape(evidence):
    rates, (first, last) = evidence.growth
    return growth.subbotin(rates["growth"]), note_of_growth(rates, first, last)


def growth_volatility(evidence):
    rates, (first, last) = evidence.growth
    return growth.volatility_slope(rates["log_size"], rates["growth"]), note_of_growth(rates, first, last)


def note_of_growth(rates, first, last):
    return f"{len(rates)} firms, quarters {first} to {last}, less the mean of country and position"


def productivity(evidence):
    estimate = firms.productivity_gap(evidence.latest)
    return estimate, f"{estimate.count} pools (country, position) after {evidence.snapshots[-1]} quarters"


def largest_shares(evidence):
    """No line of the battery: what tells how coarse a world of few firms is."""
    shares, numbers = (
        evidence.after_burn_in(name).stack(pool=("country", "position")).transpose("time", "pool").values
        for name in ("largest_share", "firms")
    )
    estimate = firms.largest_share(shares, numbers)
    return estimate, f"{estimate.count} pools after burn-in"


def turnover_of_firms(evidence):
    columns = (evidence.after_burn_in(name).sum(("country", "position")) for name in ("entrants", "exits", "firms"))
    estimate = firms.turnover(*columns)
    return estimate, f"mean of {estimate.count} quarters after burn-in, 4 quarters to a year"


def entrants(evidence):
    born = evidence.series["entrants"].sum(("country", "position")).values
    estimate = firms.entrants_gone(born, evidence.births(), evidence.burn_in)
    return estimate, f"{estimate.count} entrants after burn-in, seen at the age of {firms.TWO_YEARS} quarters"


def exporters(evidence):
    estimate = firms.exporter_share(evidence.latest)
    return estimate, f"{estimate.count} firms, all positions but processing"


def exporter_size(evidence):
    table = evidence.latest
    table = table[table["revenue"] > 0.0].copy()
    table["log_revenue"] = np.log(table["revenue"])
    return firms.exporter_premium(table, "log_revenue"), "fixed effects of country and position"


def exporter_productivity(evidence):
    return firms.exporter_premium(evidence.latest, "log_capability"), "fixed effects of country and position"


def adoption_by_size(evidence):
    """The first window: size in the last snapshot before it opens, adoption a year or more later; runs are pooled."""
    befores, afters, notes = [], [], []
    for number, run in enumerate(evidence.windows):
        quarter, stage = run.first_window()
        before = [q for q in run.snapshots if q <= quarter]
        after = [q for q in run.snapshots if q >= quarter + YEAR]
        if not before or not after:
            raise NoData("no snapshots before and a year after the first window")
        befores.append(of_run(run.firms(before[-1]), number))
        afters.append(of_run(run.firms(after[0]), number))
        notes.append((stage, quarter, after[0] - quarter))
    stage, quarter, later = notes[0]
    if any(note != notes[0] for note in notes):
        raise NoData("the first window of the runs is not the same, or not seen at the same time")
    estimate = adoption.size_bias(pd.concat(befores), pd.concat(afters), 0, stage)
    runs = f" of {len(notes)} runs" if len(notes) > 1 else ""
    return estimate, f"{estimate.count} firms{runs} at {stage}, window in quarter {quarter}, seen {later} later"


def of_run(firms, number):
    """The firms of one run of several: pools and identities of each are its own."""
    firms = firms.assign(pool=str(number) + " " + firms["pool"].astype(str))
    return firms.set_index(pd.MultiIndex.from_product([[number], firms.index]))
