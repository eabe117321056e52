"""Who catches up, how probable it is, and when."""

import numpy as np
import pandas as pd

from latecomer.drawn import Drawn, NotHere, caption_of, shown_words
from latecomer.estimates import ends_words, mean_interval, wilson
from latecomer.statistics.studies import QUARTERS_HELD
from latecomer.style import (
    GREY, PAGE, grid_size, hide_spare, legend_above, line_style, new_figure, printed, scenario_styles, words,
)

NO_LATECOMER = "no run has a latecomer economy with firms in applications"
COUNTRIES_IN_PANEL, MOST_PANELS = 14, 3  # of a heat map
STAGE_NAMES = ("none", "collection", "storage", "analytics", "applications")
# From light to dark of one hue: the order shows in grey, too.
STAGE_COLOURS = ("#E4E7EA", "#B9D6EA", "#74AFD6", "#2E7EBB", "#0B3C6B")


def range_words(counts):
    low, high = int(np.min(counts)), int(np.max(counts))
    return str(high) if low == high else f"{low} to {high}"


def trials_in_words(study):
    if study.points > 1:
        return "points of the design, each with the share of its replicates"
    return "replicates"


@printed
def catch_up_probability(study):
    """Heat map of catch-up by scenario and country, with Wilson intervals in the cells."""
    if not study.latecomers:
        raise NotHere(NO_LATECOMER)
    hits = study.by_unit("caught_up")
    count = np.isfinite(hits.values).sum(axis=1)
    if not count.any():
        raise NotHere("no run says whether it caught up")
    with np.errstate(all="ignore"):
        share = np.nansum(hits.values, axis=1) / count
    low, high = wilson(share, count)
    countries, scenarios = study.latecomers, study.scenarios
    shown = countries[: MOST_PANELS * COUNTRIES_IN_PANEL]
    rows = -(-len(shown) // COUNTRIES_IN_PANEL)
    figure, axes = new_figure(PAGE, 0.2 + rows * (0.35 + 0.36 * len(scenarios)), rows, 1)
    top = max(0.2, float(np.nanmax(share)))
    for number, axis in enumerate(axes[:, 0]):
        part = slice(number * COUNTRIES_IN_PANEL, (number + 1) * COUNTRIES_IN_PANEL)
        image = heat_map(axis, share[:, part], low[:, part], high[:, part], top)
        axis.set_xticks(range(len(shown[part])), shown[part])
        axis.set_yticks(range(len(scenarios)), [words(s) for s in scenarios])
        axis.set_xlim(-0.5, min(len(shown), COUNTRIES_IN_PANEL) - 0.5)
    bar = figure.colorbar(image, ax=list(axes[:, 0]), pad=0.01, aspect=14 * rows)
    bar.set_label("Share, %")
    bar.ax.yaxis.set_major_formatter(lambda value, _: f"{100 * value:.0f}")
    bar.outline.set_visible(False)
    bar.ax.locator_params(nbins=5)
    numbers = [(s, c, int(count[i, j]), share[i, j], low[i, j], high[i, j])
               for i, s in enumerate(scenarios) for j, c in enumerate(countries)]
    return Drawn(
        "catch_up_probability", "Probability of catching up, by scenario and economy", figure,
        pd.DataFrame(numbers, columns=["scenario", "country", "n", "share", "low", "high"]),
        caption_of(study, "Share in % of runs in which an economy closes more than half of its stage-4 gap and "
                   "holds that for 20 quarters; below it, Wilson's 95 % interval. "
                   f"n = {range_words(count)} {trials_in_words(study)} in a cell.",
                   shown_words(len(shown), len(countries))),
    )


def heat_map(axis, share, low, high, top):
    """Shares [scenario, country] in % as shades, with their intervals in the cells; the image."""
    image = axis.imshow(share, cmap="Blues", vmin=0, vmax=top, aspect="auto")
    for row, column in np.argwhere(np.isfinite(share)):
        p, ends = 100 * share[row, column], ends_words(low[row, column], high[row, column])
        axis.text(column, row, f"{p:.0f}\n{ends}".strip(), ha="center", va="center", fontsize=7, linespacing=0.95,
                  color="white" if p > 60 * top else "black")
    axis.spines[:].set_visible(False)
    axis.tick_params(length=0)
    return image


def waiting_times(study, scenario):
    """Years to catch-up and whether it happened, [run, country]; censored at the last known quarter."""
    happened = study.runs("caught_up", scenario)
    quarters = study.runs("quarters_to_catch_up", scenario)
    caught = (happened == 1) & np.isfinite(quarters)
    return np.where(caught, quarters / 4, np.nan), np.isfinite(happened)


def shares_over_time(times, known, clusters, years):
    """Share caught up by each year with Wilson's interval [year, 3]; all are watched to the same end, so that
    Kaplan-Meier's estimate is the share itself."""
    trials = len(np.unique(np.asarray(clusters)[known.any(axis=1)]))  # economies of one share its events
    shares = np.array([(times[known] <= year).mean() if known.any() else np.nan for year in years])
    return np.column_stack([shares, *wilson(shares, trials)])


def years_watched(waiting, horizon):
    """Years from the start to where the last catch-up can begin, or begins where the horizon is not known."""
    last = max([np.nanmax(times) for times, _ in waiting if np.isfinite(times).any()] or [0.25])
    return np.linspace(0, max(last, ((horizon or 0) - QUARTERS_HELD) / 4), 81)


@printed
def time_to_catch_up(study):
    """Kaplan-Meier's estimate of the share of latecomers that have caught up, by scenario."""
    if not study.latecomers:
        raise NotHere(NO_LATECOMER)
    if not study.has("caught_up", "quarters_to_catch_up"):
        raise NotHere("study.h5 has no quarters_to_catch_up")
    waiting = {s: waiting_times(study, s) for s in study.scenarios}
    events = sum(int(np.isfinite(times).sum()) for times, _ in waiting.values())
    if not events and study.horizon() is None:
        raise NotHere("no economy catches up in any run, and study.h5 does not tell how long runs are: see catch-up "
                      "probability")
    years = years_watched(waiting.values(), study.horizon())
    figure, axes = new_figure(PAGE, 0.5 + 1.55 * grid_size(len(study.scenarios), 3)[0], *grid_size(len(study.scenarios), 3),
                              sharex=True, sharey=True)
    styles, curves, numbers = scenario_styles(study.scenarios, study.reference), {}, []
    for place, scenario in enumerate(study.scenarios):
        times, known = waiting[scenario]
        chosen = study.done & (study.data["scenario_number"].values == place)
        curves[scenario] = shares_over_time(times, known, study.data[study.unit].values[chosen], years)
        numbers += [(scenario, year, *row, int(known.sum())) for year, row in zip(years, curves[scenario])]
    for axis, (scenario, rows) in zip(axes.flatten(), curves.items()):
        style = line_style(styles[scenario])
        axis.step(years, 100 * curves[study.reference][:, 0], where="post", color=GREY, linewidth=0.8, linestyle=":")
        axis.fill_between(years, 100 * rows[:, 1], 100 * rows[:, 2], color=style["color"], alpha=0.18, linewidth=0, step="post")
        axis.step(years, 100 * rows[:, 0], where="post", **style)
        times, known = waiting[scenario]
        axis.set_title(f"{words(scenario).capitalize()}: {int(np.isfinite(times).sum())} of {int(known.sum())}")
        axis.tick_params(labelbottom=True)
    hide_spare(axes, len(study.scenarios))
    top = np.nanmax([[row[2], row[4]] for row in numbers] + [[0.01, 0.01]])
    axes[0, 0].set(xlim=(0, years[-1]), ylim=(0, min(100, 105 * top)))
    figure.supxlabel("Years since the end of the burn-in", fontsize=7.5)
    figure.supylabel("Share that has caught up, %", fontsize=7.5)
    note = "" if events else " In no run did an economy catch up: only upper bounds are left."
    return Drawn(
        "time_to_catch_up", "Time to catch up", figure,
        pd.DataFrame(numbers, columns=["scenario", "year", "share", "low", "high", "economies"]),
        caption_of(study, "Kaplan-Meier's estimate of the share of latecomer economies that have caught up. All are "
                   f"watched to {QUARTERS_HELD} quarters before the end, where those that have not are censored, or "
                   "where that is not known to the last catch-up; above each panel, how many of the "
                   "economies in all runs have caught up; dotted, the reference. Bands: Wilson's 95 % interval, "
                   f"pointwise, with as many trials as there are {study.unit}s, as economies of one share its "
                   f"events.{note} "
                   f"{study.sample_in_words()}, {len(study.latecomers)} economies."),
    )


@printed
def highest_stage(study):
    """How far up the ladder economies stand at the end, by scenario."""
    if not study.latecomers:
        raise NotHere(NO_LATECOMER)
    if not study.has("highest_stage"):
        raise NotHere("study.h5 has no highest_stage")
    scenarios = study.scenarios
    figure, axes = new_figure(PAGE, 0.85 + 0.34 * len(scenarios), 1, 2, sharey=True, width_ratios=(3, 2))
    bars, points = axes[0]
    numbers = []
    for row, scenario in enumerate(scenarios):
        stages = study.runs("highest_stage", scenario)
        known = np.isfinite(stages)
        left = 0.0
        for stage, colour in enumerate(STAGE_COLOURS):
            share = float((stages[known] == stage).mean()) if known.any() else 0.0
            bars.barh(row, 100 * share, left=100 * left, color=colour, edgecolor="white", linewidth=0.4, height=0.7)
            if share > 0.06:
                bars.text(100 * (left + share / 2), row, f"{100 * share:.0f}", ha="center", va="center", fontsize=7,
                          color="white" if stage >= 3 else "black")
            left += share
            numbers.append((scenario, "share_at_" + STAGE_NAMES[stage], share, np.nan, np.nan, int(known.sum())))
        means = study.mean_by_unit("highest_stage").sel(scenario=scenario).values
        mean, low, high = (float(x) for x in mean_interval(means))
        colour = scenario_styles(scenarios, study.reference)[scenario]["color"]
        points.plot((low, high), (row, row), color=colour, linewidth=1.6)
        points.plot(mean, row, "o", color=colour, markersize=4)
        numbers.append((scenario, "mean_stage", mean, low, high, int(np.isfinite(means).sum())))
    bars.set_yticks(range(len(scenarios)), [words(s) for s in scenarios])
    bars.set(ylim=(len(scenarios) - 0.5, -0.5), xlim=(0, 100), xlabel="Share of economies and runs, %")
    points.set_xlabel("Mean stage, 0 to 4, with 95 % interval")
    points.grid(axis="x")
    points.locator_params(axis="x", nbins=5)
    handles = [bars.barh(0, 0, color=c, edgecolor=GREY, linewidth=0.3, label=n) for n, c in zip(STAGE_NAMES, STAGE_COLOURS)]
    legend_above(figure, handles, columns=5)
    return Drawn(
        "highest_stage", "The highest stage that economies hold at the end", figure,
        pd.DataFrame(numbers, columns=["scenario", "measure", "value", "low", "high", "n"]),
        caption_of(study, "The last stage of the data value chain at which an economy has at least half of the "
                          "frontier's "
                   "capability at the end of a run. Left, shares of latecomer economies over all runs; right, the "
                   "mean over "
                   "economies with the 95 % Student interval over units. "
                   f"{study.sample_in_words()}."),
    )
