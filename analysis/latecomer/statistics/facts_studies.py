"""Statistics of the battery that need several runs: P7, P8, P10 and P11.

Each takes the Evidence and returns an Estimate and a note, or raises NoData.
"""

import numpy as np

from latecomer.statistics import convergence
from latecomer.statistics.estimate import Estimate, NoData
from latecomer.statistics.evidence import YEAR
from latecomer.statistics.studies import catch_up_probability, crossed_mean, paired

FEWEST_RUNS = 2  # for an interval over runs


def drift_of_capability(evidence):
    """Change of the spread of the capability index over latecomers, from the start to the end of a run."""
    series = evidence.kept("alike", "capability_index")
    spread = convergence.spread_of_runs(series.values)
    return drift(evidence, spread[:, 0], spread[:, -1], series["point"].values, series["replicate"].values)


def drift_of_gaps(evidence):
    """The same of the gap at applications."""
    frame = evidence.frame
    chosen = frame[frame["scenario"] == evidence.arm("alike")].dropna(subset=["gap_at_start", "gap_at_end"])
    runs = chosen.groupby(["point", "replicate"])[["gap_at_start", "gap_at_end"]].std().reset_index()
    return drift(evidence, *(runs[name].to_numpy() for name in ("gap_at_start", "gap_at_end", "point", "replicate")))


def drift(evidence, start, end, points, replicates):
    """Mean change of a spread over runs, and what it started from."""
    known = np.isfinite(start) & np.isfinite(end)
    if known.sum() < FEWEST_RUNS:
        raise NoData(f"{known.sum()} runs of '{evidence.arm('alike')}' with two latecomers, at least {FEWEST_RUNS} "
                     "are needed")
    estimate, _ = crossed_mean((end - start)[known], points[known], replicates[known])
    return estimate, f"'{evidence.arm('alike')}', latecomers, {estimate.count} runs, from {start[known].mean():.3g}"


def single_mode(evidence):
    logs = evidence.kept("clubs", "capability_index").values
    at_start = convergence.bimodality_p(logs[:, 0]).value
    estimate = convergence.bimodality_p(logs[:, -1])
    return estimate, (
        f"'{evidence.arm('clubs')}', {estimate.count} latecomers in {len(logs)} runs at the end; p at the start "
        f"{at_start:.3g}"
    )


def clubs(evidence):
    logs = evidence.kept("clubs", "capability_index").values[:, ::YEAR]
    estimate = convergence.club_valley(logs)
    return estimate, (
        f"'{evidence.arm('clubs')}', transitions of latecomers in {estimate.count} runs and {logs.shape[1] - 1} years, "
        "five bands"
    )


def leadership(evidence):
    windows, none = evidence.arm("windows"), evidence.arm("none")
    estimate, _, pairs = paired(evidence.frame, windows, none, "world_leadership_changes")
    if estimate.count < 2:
        raise NoData(f"{estimate.count} pairs of runs, at least 2 are needed")
    return estimate, (
        f"'{windows}' {pairs['scenario'].mean():.3g} and '{none}' {pairs['baseline'].mean():.3g} positions, "
        f"{estimate.count} pairs of runs"
    )


def protection(evidence):
    alone = evidence.arm("protection")
    frame = evidence.frame
    lines = catch_up_probability(frame[frame["scenario"] == alone])
    if lines.empty:
        raise NoData(f"no run of '{alone}' says whether its countries caught up")
    line = lines.iloc[0]
    return Estimate(line["share"], line["low"], line["high"], int(line["trials"])), (
        f"'{alone}': {line['caught_up']} of {line['trials']} countries in runs"
    )


def protection_gain(evidence):
    alone, none = evidence.arm("protection"), evidence.arm("none")
    estimate, _, _ = paired(evidence.frame, alone, none, "gap_at_end")
    return estimate, f"ln mean over frontier at applications at the end, {estimate.count} pairs of runs"
