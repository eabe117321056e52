"""Sizes, productivity, entry and exit of firms."""

import numpy as np
import pandas as pd

from latecomer.drawn import Drawn, NotHere, caption_of, of_one_run
from latecomer.run_figures.panels import mean_words, rolling_year, shade, time_axis, time_words, year_words, years_of
from latecomer.statistics import firms as statistics_of_firms
from latecomer.statistics.estimate import NoData
from latecomer.statistics.evidence import Evidence
from latecomer.statistics.firms import FEWEST_IN_POOL, productivity_gap, with_derived_columns
from latecomer.statistics.tails import TAIL_SHARE, largest, rank_half
from latecomer.style import COLOURS, COLUMN, GREY, PAGE, label_lines, new_figure, plain_powers, printed

MOST_POINTS = 1500  # of a rank-size plot
SHOWN_SNAPSHOTS = 3
SHOWN_GAPS = 12  # snapshots; each is read as a whole


def last_snapshots(run, count):
    """The quarters of snapshots spread evenly after the burn-in, the newest last: that of the battery."""
    try:
        quarters = Evidence(run).snapshots
    except NoData as reason:
        raise NotHere(str(reason)) from reason
    places = np.unique(np.linspace(0, len(quarters) - 1, min(count, len(quarters))).round().astype(int))
    return [quarters[i] for i in places]


def firms_at(run, quarters):
    """A snapshot with what the statistics derive."""
    firms = run.firms(quarters)
    missing = {"revenue", "export_share", "capability_applications"} - set(firms.columns)
    if missing:
        raise NotHere("the snapshots lack " + ", ".join(sorted(missing)) + " (output.snapshot_fields)")
    return with_derived_columns(firms)


@printed
def size_distribution(run):
    """Rank against size, and the tail's exponent."""
    numbers, quarters = [], last_snapshots(run, SHOWN_SNAPSHOTS)
    if not any((firms_at(run, quarter)["revenue"] > 0).any() for quarter in quarters):
        raise NotHere("no firm has revenue")
    figure, axes = new_figure(PAGE, 3.0, 1, 2, width_ratios=(1.6, 1))
    ranks, exponents = axes[0]
    for place, quarter in enumerate(quarters):
        revenue = firms_at(run, quarter)["revenue"].to_numpy()
        sizes = np.sort(revenue[revenue > 0])[::-1]
        if sizes.size == 0:
            continue
        sizes = sizes / sizes.mean()
        rank = np.arange(1, sizes.size + 1)
        shown = np.unique(np.geomspace(1, sizes.size, MOST_POINTS).astype(int) - 1)
        colour, year = COLOURS[place], run.start_year + quarter / 4
        ranks.plot(sizes[shown], rank[shown], ".", color=colour, markersize=2.5, mew=0, label=year_words(run, year))
        numbers += [(year, "firm", s, r, np.nan, np.nan, sizes.size) for s, r in zip(sizes[shown], rank[shown])]
        try:
            tail, fit = largest(sizes), rank_half(revenue)
        except NoData:
            continue
        middle = np.exp(np.log(tail).mean())
        height = np.exp(np.log(np.arange(1, tail.size + 1) - 0.5).mean())
        ends = np.array((tail[-1], tail[0]))
        ranks.plot(ends, height * (ends / middle) ** -fit.value, color=colour, linewidth=0.9)
        exponents.plot((fit.low, fit.high), (place, place), color=colour, linewidth=1.6)
        exponents.plot(fit.value, place, "o", color=colour, markersize=4)
        numbers.append((year, "tail exponent", fit.value, np.nan, fit.low, fit.high, fit.count))
    ranks.set(xscale="log", yscale="log", xlabel="Revenue over the mean firm's", ylabel="Rank", xlim=(1e-3, None))
    plain_powers(ranks.xaxis, ranks.yaxis)
    exponents.axvline(1, color=GREY, linestyle=":", linewidth=0.9)
    exponents.set_yticks(range(len(quarters)), [year_words(run, run.start_year + q / 4) for q in quarters])
    exponents.set(ylim=(len(quarters) - 0.5, -0.5), xlabel="Tail exponent (1: Zipf)")
    return Drawn(
        "size_distribution", "Sizes of firms", figure,
        pd.DataFrame(numbers, columns=["year", "what", "value", "rank", "low", "high", "n"]),
        caption_of(run, "Left, firms by rank and revenue, with Pareto's law through the largest "
                        f"{100 * TAIL_SHARE:.0f} %; right, its exponent with 95 % "
                   "interval by Gabaix and Ibragimov's regression of ln(rank - 1/2) on ln size. Firms of all "
                   "economies; firms far below the mean are not shown. "
                   f"n = {numbers[-1][-1] if numbers else 0} firms in the last tail.", of_one_run(run)),
    )


@printed
def productivity_dispersion(run):
    """Gap between the ninth and the first decile of ln productivity within pools."""
    numbers = []
    for quarter in last_snapshots(run, SHOWN_GAPS):
        try:
            gap = productivity_gap(firms_at(run, quarter))
        except NoData:
            continue
        numbers.append((run.start_year + quarter / 4, gap.value, gap.low, gap.high, gap.count))
    table = pd.DataFrame(numbers, columns=["year", "gap", "low", "high", "pools"])
    if table.empty:
        raise NotHere(f"no pool has {FEWEST_IN_POOL} firms")
    figure, axes = new_figure(COLUMN, 2.5)
    axis = axes[0, 0]
    axis.fill_between(table["year"], table["low"], table["high"], color=COLOURS[0], alpha=0.2, linewidth=0)
    axis.plot(table["year"], table["gap"], "o-", color=COLOURS[0], markersize=3)
    axis.axhline(0.65, color=GREY, linestyle=":", linewidth=0.9)
    axis.annotate("0.65", (1, 0.65), (-2, 2), ("axes fraction", "data"), "offset points", ha="right", color=GREY, fontsize=7)
    axis.set(ylim=(0, None), xlabel=time_words(run), ylabel="90-10 gap of ln productivity")
    time_axis(axis, run)
    return Drawn(
        "productivity_dispersion", "Productivity differs within pools", figure, table,
        caption_of(run, "Difference of the ninth and the first decile of ln productivity among firms of one economy "
                        "and position: mean over pools of "
                   f"{FEWEST_IN_POOL} firms or more by their number of firms, as in the table of stylised facts, with "
                   "the 95 % interval of a bootstrap over pools. Dotted: what studies of plants "
                   f"find, about 0.65. n = {int(table['pools'].iloc[-1])} pools at the end.", of_one_run(run)),
    )


@printed
def turnover(run):
    """Entry and exit a year, of all firms."""
    series = run.series
    firms = series["firms"].sum(["country", "position"]).values
    if len(firms) < 12:
        raise NotHere("needs twelve quarters")
    figure, axes = new_figure(COLUMN, 2.5)
    axis, numbers, ends = axes[0, 0], [], []
    time, burn_in = years_of(run)[1:], Evidence(run).burn_in
    if not (firms > 0).any():
        raise NotHere("the run has no firms")
    for key, name, colour in (("entrants", "entry", COLOURS[2]), ("exits", "exit", COLOURS[1])):
        moves = series[key].sum(["country", "position"]).values
        rate = 400 * moves[1:] / np.maximum(firms[:-1], 1)
        smooth = rolling_year(rate, burn_in - 1)
        axis.plot(time, rate, color=colour, linewidth=0.4, alpha=0.5)
        axis.plot(time, smooth, color=colour)
        try:
            mean = statistics_of_firms.turnover(moves[burn_in:], 0.0 * moves[burn_in:], firms[burn_in:]).scaled(100.0)
        except NoData:
            mean = None
        label = f"{name}\n{mean_words(mean, rate[burn_in:], 1)}" if mean else name
        ends.append((smooth[-1], label, colour))
        numbers += [(y, name, r, s) for y, r, s in zip(time, rate, smooth)]
    top = np.percentile([n[2] for n in numbers if n[0] > run.start_year + burn_in / 4], 99.5)
    axis.set(ylim=(0, 1.15 * top or 1.0), xlim=(time[0], time[-1]), ylabel="Firms a year, % of all")
    time_axis(axis, run)
    shade(axis, run)
    label_lines(axis, ends, gap=0.16)
    return Drawn(
        "turnover", "Entry and exit", figure, pd.DataFrame(numbers, columns=["year", "what", "percent_a_year", "mean_of_year"]),
        caption_of(run, "Firms that enter and leave, in % of firms a year, quarter by quarter (thin) and as mean of a "
                        "year. Behind: mean after the burn-in, which add up to that of the table of stylised facts, with "
                   "its 95 % interval by Newey and West's variance, as quarters depend on each other; where the halves "
                   "of that time differ by more than chance, one interval would say nothing: the means of both halves, and "
                   "no interval.", of_one_run(run)),
    )
