"""Statistics of the battery that need several runs: P7 over replicates, P10 and P11.

Each takes the Evidence and returns an Estimate and a note, or raises NoData.
"""

from analysis.statistics.estimate import Estimate, NoData
from analysis.statistics.studies import catch_up_probability, crossed_mean, paired


def divergence_of_latecomers(evidence):
    """Change of the standard deviation of gaps over latecomers, from start to end, mean over runs."""
    none, frame = evidence.arm("none"), evidence.frame
    chosen = frame[frame["scenario"] == none].dropna(subset=["gap_at_start", "gap_at_end"])  # the same at both ends
    runs = chosen.groupby(["point", "replicate"])
    change = (runs["gap_at_end"].std() - runs["gap_at_start"].std()).dropna().reset_index(name="change")
    if len(change) < 2:
        raise NoData(f"{len(change)} runs of '{none}' with two latecomers, at least 2 are needed")
    estimate, _ = crossed_mean(change["change"], change["point"], change["replicate"])
    start = runs["gap_at_start"].std().mean()
    return estimate, f"'{none}', stage-4 gap of latecomers, {estimate.count} runs, from {start:.3g} after burn-in"


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
