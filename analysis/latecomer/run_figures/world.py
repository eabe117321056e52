"""Concentration of world markets, clubs of economies, policy and its money."""

import numpy as np
import pandas as pd

from latecomer.drawn import Drawn, NotHere, caption_of, of_one_run
from latecomer.groups import median_words
from latecomer.run_figures.panels import (
    NO_LATECOMER, draw_countries, long_table, name_countries, shade, time_axis, year_words, years_of,
)
from latecomer.statistics import concentration as concentration_of
from latecomer.statistics import density
from latecomer.style import COLOURS, GREY, MOST_NAMED, PAGE, label_lines, new_figure, percent_of_frontier, printed, words

BOOTSTRAPS = 300


@printed
def concentration(run):
    """Concentration of world markets by position."""
    table = concentration_of(run.series)
    time = years_of(run)
    figure, axes = new_figure(PAGE, 2.6, 1, 2)
    left, right = axes[0]
    left.axhspan(61, 66, color="0.9", linewidth=0)
    left.annotate("61–66 %", (0.98, 61), (0, -2), ("axes fraction", "data"), "offset points", fontsize=7,
                  color=GREY, ha="right", va="top")
    left.plot(time, 100 * table["top_three_storage"], color=COLOURS[0])
    left.set(ylim=(0, 100), ylabel="Largest three in storage, %")
    ends = []
    for number, column in enumerate(c for c in table if c != "top_three_storage"):
        name = column.removeprefix("herfindahl_").removeprefix("APP_")
        colour = COLOURS[number % len(COLOURS)]
        right.plot(time, table[column], color=colour, linestyle="-" if number < len(COLOURS) else "--", linewidth=1)
        ends.append((table[column].iloc[-1], name, colour))
    right.set(ylim=(0, None), ylabel="Herfindahl index of world sales")
    for axis in axes[0]:
        time_axis(axis, run)
        shade(axis, run)
        if len(time) > 1:
            axis.set_xlim(time[0], time[-1])
    label_lines(right, ends)
    return Drawn(
        "concentration", "Concentration of world markets", figure, table.set_axis(time).rename_axis("year").reset_index(),
        caption_of(run, "Left, the share of the three largest lead firms in world sales of storage, beside what is "
                        "told of cloud providers (grey); right, the "
                   "Herfindahl index of world sales by position (1: one seller).", of_one_run(run)),
    )


@printed
def clubs(run):
    """Distribution of relative capability over economies, over time."""
    index = run.series["capability_index"].sel(country=run.latecomers)
    time = years_of(run)
    if len(run.latecomers) < 4 or len(time) < 8:
        raise NotHere("needs four latecomer economies and eight quarters")
    if not np.isfinite(index.values).any():
        raise NotHere("no latecomer economy has firms")
    figure, axes = new_figure(PAGE, 2.9, 1, 2)
    lines, peaks = axes[0]
    draw_countries(lines, time, index)
    lines.set_ylabel("Capability, % of the frontier")
    percent_of_frontier(lines.yaxis)
    time_axis(lines, run)
    shade(lines, run)
    name_countries(lines)
    start = min(run.burn_in, len(time) - 1)
    moments = np.unique((start, (start + len(time) - 1) // 2, len(time) - 1))
    values = index.values[np.isfinite(index.values)]
    points, most = density.grid(values)
    random, numbers = np.random.default_rng(20230501), []
    for quarter, (colour, dash) in zip(moments, ((GREY, ":"), (COLOURS[5], "--"), (COLOURS[0], "-"))):
        sample = index.values[quarter]
        sample = sample[np.isfinite(sample)]
        if sample.size < 4 or np.ptp(sample) == 0:
            continue
        curve, low, high = density.of_sample(sample, points, most, random, BOOTSTRAPS)
        peaks.fill_between(points, low, high, color=colour, alpha=0.15, linewidth=0)
        peaks.plot(points, curve, color=colour, linestyle=dash, label=year_words(run, time[quarter]))
        numbers += [(time[quarter], *row, sample.size) for row in zip(points, curve, low, high)]
    peaks.set(xlim=(points[0], points[-1]), ylim=(0, None), xlabel="Capability, % of the frontier", ylabel="Density over economies, per unit of ln")
    percent_of_frontier(peaks.xaxis)
    peaks.set_ylim(top=1.35 * peaks.get_ylim()[1])
    if numbers:
        peaks.legend(loc="upper left")
    return Drawn(
        "clubs", "Do economies part into clubs?", figure,
        pd.DataFrame(numbers, columns=["year", "capability_index", "density", "low", "high", "n"]),
        caption_of(run, "Left, the capability index of latecomer economies: mean capability over the frontier, stages "
                        "weighted, on a scale of logs (CSV: ln); right, its kernel density over economies (normal kernel of "
                        f"the logs, Silverman's width, {density.edge_words(most)}) with 95 % bands of {BOOTSTRAPS} bootstraps "
                        "over economies, pointwise: few economies tell little. "
                        f"n = {len(run.latecomers)} economies.", median_words(run, MOST_NAMED), of_one_run(run)),
    )


@printed
def policy(run):
    """What programmes of policy spend, on what, and what debt is left."""
    if not run.latecomers:
        raise NotHere(NO_LATECOMER)
    series = run.series
    spending = series["instrument_spending"].sel(country=run.latecomers)
    demand = series["final_demand"].sel(country=run.latecomers)
    if not float(np.nansum(spending.values)) > 0:
        raise NotHere("no government spends on an instrument")
    figure, axes = new_figure(PAGE, 2.9, 1, 2, width_ratios=(1.35, 1))
    lines, bars = axes[0]
    share = 100 * series["public_spending"].sel(country=run.latecomers) / demand
    spenders = [c for c in run.latecomers if np.nansum(spending.sel(country=c).values) > 0]
    draw_countries(lines, years_of(run), share.sel(country=spenders))
    lines.set(ylim=(0, None), ylabel="Spending, % of final demand")
    time_axis(lines, run)
    shade(lines, run)
    name_countries(lines)
    totals = spending.sum(["time", "country"])
    order = [i for i in np.argsort(-totals.values) if totals.values[i] > 0]
    bars.barh(range(len(order)), 100 * totals.values[order] / totals.values.sum(), color=COLOURS[0], height=0.7)
    bars.set_yticks(range(len(order)), [words(totals["instrument"].values[i]) for i in order])
    bars.set(ylim=(len(order) - 0.5, -0.5), xlabel="Share of all spending, %")
    return Drawn(
        "policy", "Public spending on policy", figure, long_table(spending.sum("time"), "spending"),
        caption_of(run, "Left, spending of the policy programme in % of final demand, for economies that spend; "
                        "right, on which of the sixteen instruments, "
                   "all economies and quarters together.", of_one_run(run)),
    )
