"""Scenarios against each other: means, paired differences, distributions, money."""

import numpy as np
import pandas as pd

from latecomer.drawn import Drawn, NotHere, caption_of
from latecomer.estimates import mean_interval, tenths
from latecomer.statistics.studies import compare, paired, running_mean
from latecomer.style import (
    GREY, PAGE, grid_size, hide_spare, legend_above, line_style, new_figure, printed, scenario_styles, words,
)

# What an outcome can be; None: no bound on that side.
BOUNDS = {
    "caught_up": (0.0, 1.0), "application_share": (0.0, 1.0), "welfare": (0.0, None), "world_analytics_share": (0.0, 1.0),
    "world_application_share": (0.0, 1.0), "public_cost": (0.0, None), "cost_share": (0.0, None),
}
# What scenarios are compared by: outcome and heading; more is better for all.
COMPARED = (
    ("gap_closed", "Change of stage-4 gap"),
    ("caught_up", "Share caught up"),
    ("application_share", "Domestic share, applications"),
    ("welfare", "Use of applications"),
    ("world_analytics_share", "World share, analytics"),
    ("world_application_share", "World share, applications"),
)


def outcome(study, name):
    """An outcome per scenario and unit, as a mean over latecomer countries where it is theirs."""
    return study.mean_by_unit(name) if name in study.data else None


def compared(study):
    found = [(name, heading, outcome(study, name)) for name, heading in COMPARED]
    found = [(name, heading, values) for name, heading, values in found if values is not None]
    found = [(n, h, v) for n, h, v in found if np.isfinite(v.values).any()]
    if not found:
        raise NotHere("no run has an outcome of latecomer economies")
    return found


def sample_words(study):
    return f"{study.sample_in_words()} in each of {len(study.scenarios)} scenarios"


@printed
def policy_comparison(study):
    """Paired differences of every scenario from the reference, with intervals."""
    others = [name for name in study.scenarios if name != study.reference]
    if not others:
        raise NotHere("needs two scenarios or more")
    panels = compared(study)
    rows, columns = grid_size(len(panels), 3)
    figure, axes = new_figure(PAGE, 0.75 + rows * (0.62 + 0.17 * len(others)), rows, columns, sharey=True)
    styles, numbers = scenario_styles(study.scenarios, study.reference), []
    for axis, (name, heading, _) in zip(axes.flatten(), panels):
        rows = compare(study.frame, study.reference, [name]).set_index("scenario")
        axis.axvline(0, color=GREY, linewidth=0.7)
        if not rows["difference"].abs().max() > 0:
            axis.text(0.97, 0.5, "no difference\nin any run", transform=axis.transAxes, ha="right", va="center")
        for place, other in enumerate(others):
            if other not in rows.index:
                continue
            mean, low, high = rows.loc[other, ["difference", "low", "high"]]
            axis.plot((low, high), (place, place), color=styles[other]["color"], linewidth=1.6)
            axis.plot(mean, place, styles[other]["marker"], color=styles[other]["color"], markersize=4)
            counts = (int(rows.loc[other, column]) for column in ("pairs", "unpaired"))
            numbers.append((name, other, study.reference, mean, low, high, *counts))
        axis.set_title(heading)
        axis.set_yticks(range(len(others)), [words(other) for other in others])
        axis.set_ylim(len(others) - 0.5, -0.5)
        axis.locator_params(axis="x", nbins=4)
    hide_spare(axes, len(panels))
    figure.supxlabel(f"Difference from '{words(study.reference)}', paired, with 95 % interval", fontsize=7.5)
    return Drawn(
        "policy_comparison", "Scenarios against the reference", figure,
        pd.DataFrame(numbers, columns=["outcome", "scenario", "reference", "mean_difference", "low", "high", "pairs", "unpaired"]),
        caption_of(study, f"Mean difference of each scenario from '{words(study.reference)}' with 95 % Student "
                   f"interval of differences between runs of the same point and replicate, {study.pair_in_words()}; "
                   "in a design, standard errors are clustered by point and replicate. Shares that catch up: "
                   "Agresti and Min's interval of matched shares. "
                   f"{left_out_words(numbers)}"
                   "Outcomes of countries are means over latecomer economies; shares of the world are those of all "
                   "latecomers; use of applications is relative to the start. The change of the gap is in ln of "
                   "mean capability over the frontier at applications; above zero the gap has closed more. "
                   "Intervals are not adjusted for the number of comparisons. "
                   f"{sample_words(study)}."),
    )


def left_out_words(numbers):
    """How many runs have no partner, in a sentence; nothing where all have one."""
    most = max((row[-1] for row in numbers), default=0)
    return f"Up to {most} runs of a scenario have no partner with a value and are left out (CSV). " if most else ""


def within(name, *values):
    """Values cut to what an outcome can be."""
    low, high = BOUNDS.get(name, (None, None))
    return tuple(float(np.clip(value, -np.inf if low is None else low, np.inf if high is None else high)) for value in values)


@printed
def outcome_distributions(study):
    """Distributions of outcomes over units, scenario by scenario."""
    panels = compared(study)
    rows, columns = grid_size(len(panels), 3)
    count = len(study.scenarios)
    figure, axes = new_figure(PAGE, 0.5 + rows * (0.62 + 0.22 * count), rows, columns, sharey=True)
    styles, numbers = scenario_styles(study.scenarios, study.reference), []
    for axis, (name, heading, values) in zip(axes.flatten(), panels):
        for place, scenario in enumerate(study.scenarios):
            sample = values.sel(scenario=scenario).values
            sample = np.sort(sample[np.isfinite(sample)])
            if sample.size == 0:
                continue
            colour = styles[scenario]["color"]
            spread = 0.22 * ((np.arange(sample.size) * 0.618034) % 1 - 0.5)  # told apart, the same each time
            axis.plot(sample, place + 0.14 + spread, ".", color=colour, markersize=3.6, alpha=0.6, mew=0, clip_on=False)
            low, mid, high = tenths(sample)
            mean, mean_low, mean_high = within(name, *(float(x) for x in mean_interval(sample)))
            axis.plot((low, high), (place - 0.16,) * 2, color=colour, linewidth=0.9)
            axis.plot((mean_low, mean_high), (place - 0.16,) * 2, color=colour, linewidth=3.4, solid_capstyle="butt")
            axis.plot(mid, place - 0.16, "|", color=colour, markersize=6)
            numbers.append((name, scenario, sample.size, mean, mean_low, mean_high, low, mid, high))
        axis.set_title(heading)
        axis.set_yticks(range(count), [words(s) for s in study.scenarios])
        axis.set_ylim(count - 0.5, -0.5)
        axis.set_xlim(*within(name, *axis.get_xlim()))
        axis.locator_params(axis="x", nbins=4)
    hide_spare(axes, len(panels))
    return Drawn(
        "outcome_distributions", "Distributions of outcomes by scenario", figure,
        pd.DataFrame(numbers, columns=["outcome", "scenario", "n", "mean", "mean_low", "mean_high", "p10", "p50", "p90"]),
        caption_of(study, "Every dot is one of the units. Thin bar: from the tenth to the ninetieth percentile; tick: "
                   "median; thick bar: 95 % Student interval of the mean, cut where an outcome cannot be (a share below 0 or "
                   "above 1). Outcomes of countries are means over "
                   f"latecomer economies. {sample_words(study)}."),
    )


def gaps_and_costs(frame, scenario, study):
    """Gap closed and cost in % of demand, both more than in the reference, of the units that have both runs of a pair."""
    columns = {}
    for name, factor in (("gap_closed", 1.0), ("cost_share", 100.0)):
        _, _, pairs = paired(frame, scenario, study.reference, name)
        columns[name] = pairs.set_index(["point", "replicate"])
        columns[name] = factor * (columns[name]["scenario"] - columns[name]["baseline"])
    pairs = pd.concat(columns, axis=1, join="inner").rename(columns={"gap_closed": "gap", "cost_share": "cost"})
    return pairs.groupby(study.unit).mean()


@printed
def cost_against_gap(study):
    """Public cost in percent of demand against the gap closed more than in the reference."""
    if "cost_share" not in study.data:
        raise NotHere("study.h5 has no cost_share: merge the study again")
    pairs = {name: gaps_and_costs(study.frame, name, study) for name in study.scenarios if name != study.reference}
    shown = [name for name, units in pairs.items() if (units["cost"] > 0).any()]
    if not shown:
        every = any(len(units) for units in pairs.values())
        raise NotHere("no scenario spends public money beside a reference" if every else
                      "no pair of runs has a gap of every latecomer economy")
    figure, axes = new_figure(PAGE, 2.9, 1, 2, width_ratios=(1.3, 1))
    styles, numbers = scenario_styles(study.scenarios, study.reference), []
    crosses, ratios = axes[0]
    for axis, line in ((crosses, crosses.axhline), (ratios, ratios.axvline)):
        line(0, color=GREY, linewidth=0.7)
        axis.margins(0.12)
        axis.locator_params(axis="both", nbins=5)
    for place, scenario in enumerate(shown):
        gap, cost = (pairs[scenario][column].to_numpy(float) for column in ("gap", "cost"))
        spends = cost > 0
        x, y, z = mean_interval(cost), mean_interval(gap), mean_interval(gap[spends] / cost[spends])
        style = styles[scenario]
        crosses.plot((max(0.0, x[1]) if x[0] > 0 else x[1], x[2]), (y[0], y[0]), color=style["color"], linewidth=1.2)
        crosses.plot((x[0], x[0]), (y[1], y[2]), color=style["color"], linewidth=1.2)
        crosses.plot(x[0], y[0], style["marker"], color=style["color"], markersize=4, label=words(scenario))
        ratios.plot((z[1], z[2]), (place, place), color=style["color"], linewidth=1.6)
        ratios.plot(z[0], place, style["marker"], color=style["color"], markersize=4)
        for measure, value, count in (("gap_closed", y, gap), ("gap_closed_per_percent", z, gap[spends])):
            numbers.append((scenario, measure, *map(float, x), *map(float, value), int(np.isfinite(count).sum())))
    crosses.set(xlabel="Public cost, % of final demand", ylabel=f"Gap closed more than in '{words(study.reference)}', ln")
    crosses.set_xlim(left=min(0.0, crosses.get_xlim()[0]) if min(float(units["cost"].mean()) for units in pairs.values()) < 0 else 0.0)
    right = max(float(ends) for line in numbers for ends in (line[2], line[4]) if np.isfinite(ends))
    crosses.set_xlim(right=1.12 * right if right > 0 else None)
    ratios.set_yticks(range(len(shown)), [words(name) for name in shown])
    ratios.set(ylim=(len(shown) - 0.5, -0.5), xlabel="Gap closed for each % of final demand, ln")
    legend_above(figure, *crosses.get_legend_handles_labels(), columns=4)
    return Drawn(
        "cost_against_gap", "Public cost against the gap closed", figure,
        pd.DataFrame(numbers, columns=["scenario", "measure", "cost_percent", "cost_low", "cost_high", "value", "low", "high", "n"]),
        caption_of(study, "Left, mean over latecomer economies of the stage-4 gap at the end less that of the reference in "
                   f"{study.world_in_words()}, against what their programmes have spent since the start in % of the final demand of "
                   "that time (the file has no GDP), also mean over economies and less that of the reference; right: the first over "
                   "the second. Crosses and bars are 95 % Student intervals of the means. Higher and further to the left is "
                   f"better. {sample_words(study)}."),
    )


@printed
def convergence(study):
    """Means against the number of units, and how wide their intervals are."""
    panels = [p for p in compared(study) if p[0] in ("gap_closed", "application_share", "world_analytics_share")]
    units = max((int(np.isfinite(v.values).sum(axis=1).max()) for _, _, v in panels), default=0)
    if units < 3:
        raise NotHere("needs three replicates or points")
    figure, axes = new_figure(PAGE, 3.9, 2, len(panels), sharex="col")
    styles, numbers = scenario_styles(study.scenarios, study.reference), []
    for column, (name, heading, values) in enumerate(panels):
        above, below = axes[:, column]
        ends = []
        for scenario in study.scenarios:
            sample = values.sel(scenario=scenario).values
            sample = sample[np.isfinite(sample)]
            running = running_mean(sample).iloc[2:]
            if running.empty:
                continue
            counts, rows = running["count"].to_numpy(), running[["mean", "low", "high"]].to_numpy()
            style = line_style(styles[scenario])
            above.fill_between(counts, rows[:, 1], rows[:, 2], color=style["color"], alpha=0.10, linewidth=0)
            above.plot(counts, rows[:, 0], **style)
            half = (rows[:, 2] - rows[:, 1]) / 2
            below.plot(counts, np.where(half > 0, half, np.nan), **style)
            ends.append((half[-1], rows[-1, 0]))
            numbers += [(name, scenario, n, *row) for n, row in zip(counts, rows)]
        if not ends:
            raise NotHere("no scenario has two units with a value")
        last = [v for _, v in ends]
        room = 3.0 * max(h for h, _ in ends)
        if room > 0:  # the first few intervals are much wider than all that is of interest
            above.set_ylim(min(last) - room, max(last) + room)
        above.set_title(heading)
        above.locator_params(axis="y", nbins=5)
        below.set(xscale="log", yscale="log", xlabel=f"Number of {study.unit_in_words(many=True)}")
        guide(below, units, max(h for h, _ in ends))
        plain_ticks(below, units)
    axes[0, 0].set_ylabel("Mean with 95 % interval")
    axes[1, 0].set_ylabel("Half-width of the interval")
    handles = [axes[0, 0].plot([], [], **line_style(styles[s]), label=words(s))[0] for s in study.scenarios]
    legend_above(figure, handles, columns=5)
    return Drawn(
        "convergence", "Convergence of means", figure,
        pd.DataFrame(numbers, columns=["outcome", "scenario", "n", "mean", "low", "high"]),
        caption_of(study, "Above, means over the first n units with 95 % Student intervals, cut where few units make "
                   "them wide; below, half of the width of these, beside the slope of one over the square root of n "
                   f"(dotted). {sample_words(study)}."),
    )


def plain_ticks(axis, last):
    """Few whole numbers along an axis of logarithms."""
    from matplotlib.ticker import FixedLocator, NullLocator

    ticks = [n for n in (3, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000) if n <= last]
    axis.xaxis.set_major_locator(FixedLocator(ticks if len(ticks) > 1 else sorted({*ticks, last})))
    axis.xaxis.set_major_formatter(lambda value, _: f"{value:g}")
    axis.xaxis.set_minor_locator(NullLocator())
    low, high = axis.get_ylim()
    axis.yaxis.set_major_locator(FixedLocator(readable(low, high)))
    axis.yaxis.set_major_formatter(lambda value, _: f"{value:.6g}")
    axis.yaxis.set_minor_locator(NullLocator())


def readable(low, high):
    """Round numbers for an axis of logarithms, three to seven where its range has them."""
    powers = range(int(np.floor(np.log10(low))), int(np.ceil(np.log10(high))) + 1)
    for steps in ((1,), (1, 3), (1, 2, 5), (1, 1.5, 2, 3, 5, 7), (1, 1.2, 1.4, 1.6, 1.8, 2, 2.5, 3, 3.5, 4, 5, 6, 7, 8, 9)):
        ticks = [m * 10.0**p for p in powers for m in steps if low <= m * 10.0**p <= high]
        if len(ticks) >= 3:
            return ticks
    return ticks


def guide(axis, units, width):
    if width > 0:
        counts = np.array((3, units))
        axis.plot(counts, 1.6 * width * np.sqrt(units / counts), ":", color=GREY, linewidth=1)
