"""Economies of a world that starts in a year, against what was observed of them."""

import numpy as np
import pandas as pd
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.ticker import FixedLocator, MaxNLocator, NullLocator

from latecomer.drawn import Drawn, NotHere, caption_of, of_one_run
from latecomer.statistics import facts_world
from latecomer.statistics.estimate import NoData
from latecomer.style import COLOURS, GREY, PAGE, SMALLEST, legend_above, new_figure, printed

QUANTILES = (0.1, 0.25, 0.5, 0.75, 0.9)
BRIEF = ("IDN", "IND", "CHL", "MEX", "COL", "THA", "PAK", "PHL", "ZAF", "GRC", "BGR")  # latecomers of the first table
RUN, OBSERVED = COLOURS[0], "#333333"
WIDEST = 12.0  # % a year: growth beyond is drawn at the edge
FEWEST_YEARS = 2
PLACES = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (1, -1), (-1, 1), (-1, -1))  # of a name beside its dot
REACH = (4.0, 8.0, 13.0, 19.0, 26.0, 34.0)  # points
NEAR = 8.0  # a name farther away has a line to its dot


@printed
def history(run):
    """Productivity, adoption and exports of a run's economies against what was observed."""
    return drawn(run, [run])


@printed
def history_of(runs, figures=None):
    """The same of several replicates; figures: in place of the project's own observations."""
    return drawn(runs[0], runs, figures)


def drawn(first, runs, figures=None):
    try:
        observed = facts_world.observed_of(first.series, figures)
        panels = [facts_world.panel_of(run.series, figures) for run in runs]
        last = min(panel.productivity.columns.max() for panel in panels)
    except NoData as reason:
        raise NotHere(str(reason)) from reason
    start = panels[0].productivity.columns.min()
    last = min(last, observed.productivity.columns.max())
    if last - start < FEWEST_YEARS or start not in observed.productivity:
        raise NotHere("the run has no years of which something is observed")
    figure, axes = new_figure(PAGE, PAGE * 0.74, 2, 2)
    table = [fan(axis, measure, panels, observed, start, last) for axis, measure in zip(axes.flatten(), MEASURES)]
    table.append(scatter(axes[1, 1], panels, observed, start, last))
    legend_above(figure, handles(axes[0, 0]), columns=3)
    name_dots(figure, axes[1, 1])
    sample = of_one_run(first) if len(runs) == 1 else f"Scenario '{first.name}', {len(runs)} replicates."
    return Drawn(
        "history", "Economies of the model and what was observed of them", figure, pd.concat(table, ignore_index=True),
        caption_of(first, f"{len(panels[0].economies)} economies with firms of their own, {start} to {last}: median, "
                   "quartiles and deciles over economies of the run (bands) and of observations (lines; exports are known "
                   f"of three years). Shaded from {facts_world.FIT[1]}: held out. Productivity: ln, relative to the United "
                   f"States, change since {start}. Exports: at constant prices, of economies that have a figure. Last "
                   "panel: growth of productivity "
                   f"in excess of that of the United States, {start} to {last}, {outside(panels, observed, start, last)} "
                   "beyond its edges drawn there; "
                   "named are the latecomers of the brief. Luck makes the growth of single economies, so dots need not "
                   "lie on the line.",
                   "Dots are means over replicates, bars their range." if len(runs) > 1 else "", sample),
    )


# What is shown over time: title, unit, and the values [economy, year] of a panel.


def change_of_productivity(panel, start):
    return 100.0 * panel.productivity.sub(panel.productivity[start], axis=0)


def adoption_in_percent(panel, start):
    return 100.0 * panel.adoption


def exports_over_start(panel, start):
    exports = panel.exports.where(panel.exports > 0.0)
    return exports.div(exports[start], axis=0)


MEASURES = (
    ("Productivity", "ln relative to the USA, change, x 100", change_of_productivity),
    ("Adoption", "Users, % of people", adoption_in_percent),
    ("ICT service exports", "Times those of the start", exports_over_start),
)


def quantiles(tables, start, last):
    """Quantiles over economies and replicates [quantile, year]."""
    table = pd.concat(tables)
    table = table[[year for year in table if start <= year <= last]].dropna(axis=1, how="all")
    return table.quantile(list(QUANTILES))


def fan(axis, measure, panels, observed, start, last):
    title, unit, values = measure
    model = quantiles([values(panel, start) for panel in panels], start, last)
    seen = quantiles([values(observed.like(panels[0]), start)], start, last)
    years = model.columns.to_numpy()
    if last > facts_world.FIT[1]:
        axis.axvspan(facts_world.FIT[1], last, color="0.95", linewidth=0, zorder=0)
    axis.fill_between(years, model.loc[0.1], model.loc[0.9], color=RUN, alpha=0.18, linewidth=0, label="run, deciles")
    axis.fill_between(years, model.loc[0.25], model.loc[0.75], color=RUN, alpha=0.35, linewidth=0, label="run, quartiles")
    axis.plot(years, model.loc[0.5], color=RUN, label="run, median")
    marker = "o" if len(seen.columns) < 5 else None
    for quantile, dash, width in ((0.1, ":", 0.9), (0.25, "--", 0.9), (0.5, "-", 1.2), (0.75, "--", 0.9), (0.9, ":", 0.9)):
        label = {0.5: "observed, median", 0.25: "observed, quartiles", 0.1: "observed, deciles"}.get(quantile)
        axis.plot(seen.columns, seen.loc[quantile], color=OBSERVED, linestyle=dash, linewidth=width, marker=marker,
                  markersize=2.5, label=label)
    axis.set(title=title, ylabel=unit, xlim=(start, last))
    axis.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=6))
    axis.grid(axis="y")
    axis.set_axisbelow(True)
    if values is exports_over_start:
        axis.set_yscale("log")
        axis.yaxis.set_major_locator(FixedLocator((0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50)))
        axis.yaxis.set_minor_locator(NullLocator())
        axis.yaxis.set_major_formatter(lambda value, _: f"{value:g}")
    parts = {"run": model, "observed": seen}
    long = pd.concat([part.rename_axis("quantile").reset_index().melt("quantile", var_name="year").assign(of=of)
                      for of, part in parts.items()])
    return long.assign(panel=title)[["panel", "of", "year", "quantile", "value"]]


def handles(axis):
    """What the legend names: in each column the run's above the observed."""
    named = {handle.get_label(): handle for handle in axis.get_legend_handles_labels()[0]}
    return [named[f"{of}, {what}"] for what in ("median", "quartiles", "deciles") for of in ("run", "observed")]


def excess(panel, start, last):
    """Growth in excess of that of the United States, % a year."""
    return 100.0 * (panel.productivity[last] - panel.productivity[start]) / (last - start)


def outside(panels, observed, start, last):
    """How many economies have no place in the last panel."""
    both = pd.concat([mean_excess(panels, start, last), excess(observed, start, last)], axis=1).dropna()
    return int((both.abs() > WIDEST / 2.0).any(axis=1).sum())


def mean_excess(panels, start, last):
    return sum(excess(panel, start, last) for panel in panels) / len(panels)


def scatter(axis, panels, observed, start, last):
    each = pd.concat([excess(panel, start, last) for panel in panels], axis=1)
    seen = excess(observed, start, last)
    table = pd.DataFrame({"observed": seen, "run": each.mean(axis=1), "low": each.min(axis=1), "high": each.max(axis=1)})
    table = table.dropna()
    edge = WIDEST / 2.0
    shown = table.clip(-edge, edge)
    brief = [name for name in BRIEF if name in table.index]
    rest = shown.drop(index=brief)
    axis.plot((-edge, edge), (-edge, edge), color="0.8", linewidth=0.8, zorder=0)
    axis.axhline(0.0, color="0.85", linewidth=0.6, zorder=0)
    axis.axvline(0.0, color="0.85", linewidth=0.6, zorder=0)
    axis.plot(rest["observed"], rest["run"], "o", color=GREY, alpha=0.45, markersize=2.5, markeredgewidth=0)
    if len(panels) > 1:
        axis.vlines(shown.loc[brief, "observed"], shown.loc[brief, "low"], shown.loc[brief, "high"], color=COLOURS[1],
                    linewidth=0.5, alpha=0.6)
    axis.plot(shown.loc[brief, "observed"], shown.loc[brief, "run"], "o", color=COLOURS[1], markersize=3.5)
    axis.named = [(name, shown.loc[name, "observed"], shown.loc[name, "run"]) for name in brief]
    axis.set(title=f"Growth in excess of the USA, {start} to {last}", xlabel="Observed, % a year", ylabel="Run, % a year",
             xlim=(-edge - 0.3, edge + 0.3), ylim=(-edge - 0.3, edge + 0.3))
    long = table.rename_axis("economy").reset_index().melt("economy", var_name="of")
    return long.assign(panel="growth", year=last)[["panel", "of", "year", "economy", "value"]]


def name_dots(figure, axis):
    """Writes names beside their dots, where they touch neither each other nor a named dot."""
    figure.canvas = FigureCanvasAgg(figure)
    figure.canvas.draw()  # now places are known
    point = figure.dpi / 72.0
    dots = {name: axis.transData.transform((x, y)) for name, x, y in axis.named}
    taken = [(x - 2.5 * point, y - 2.5 * point, x + 2.5 * point, y + 2.5 * point) for x, y in dots.values()]
    panel = axis.get_window_extent()
    high, wide = SMALLEST * 1.05 * point, SMALLEST * 2.3 * point
    for name, (x, y) in dots.items():
        boxes = [(reach, side, box_of(x, y, side, reach * point, wide, high)) for reach in REACH for side in PLACES]
        free = [item for item in boxes if inside(item[2], panel) and not any(touch(item[2], box) for box in taken)]
        reach, _, box = (free or boxes)[0]
        taken.append(box)
        middle = ((box[0] + box[2]) / 2.0, (box[1] + box[3]) / 2.0)
        offset = ((middle[0] - x) / point, (middle[1] - y) / point)
        to_data = axis.transData.inverted().transform
        if reach > NEAR:
            ends = np.array([to_data((x, y)), to_data(nearest(box, x, y))])
            axis.plot(*ends.T, color=COLOURS[1], linewidth=0.4, scalex=False, scaley=False)
        axis.annotate(name, to_data((x, y)), offset, textcoords="offset points", ha="center", va="center",
                      fontsize=SMALLEST, color=COLOURS[1], in_layout=False)


def nearest(box, x, y):
    """The point of a box that is nearest to another."""
    return min(max(x, box[0]), box[2]), min(max(y, box[1]), box[3])


def box_of(x, y, side, reach, wide, high):
    """The box of a name on a side of its dot: left, bottom, right, top."""
    x, y = x + side[0] * (reach + wide / 2.0), y + side[1] * (reach + high / 2.0 if side[0] == 0 else reach)
    return x - wide / 2.0, y - high / 2.0, x + wide / 2.0, y + high / 2.0


def touch(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def inside(box, panel):
    return panel.x0 <= box[0] and box[2] <= panel.x1 and panel.y0 <= box[1] and box[3] <= panel.y1
