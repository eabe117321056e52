"""What becomes of each latecomer economy, and of their distribution."""

import numpy as np
import pandas as pd
from scipy import stats

from latecomer.drawn import Drawn, NotHere, caption_of, shown_words
from latecomer.estimates import ends_words, mean_interval, wilson
from latecomer.study_figures.catch_up import NO_LATECOMER
from latecomer.style import (
    GREY, PAGE, grid_size, hide_spare, legend_above, new_figure, printed, scenario_styles, words,
)

BOOTSTRAPS = 200
MOST_COUNTRIES = 40  # of rows of dots
CLASSES = (0.0, 0.1, 0.2, 0.35, np.inf)  # of mean capability over the frontier
SHORT_CLASSES = ("< 0.1", "0.1–0.2", "0.2–0.35", "> 0.35")
CLASS_NAMES = ("below 0.10", "0.10–0.20", "0.20–0.35", "above 0.35")


def by_country(study, values, name, title, axis_title, zero, caption):
    """Means of every country and scenario with intervals, as rows of dots."""
    scenarios, countries = study.scenarios, study.latecomers
    if not np.isfinite(values.values).any():
        raise NotHere("no economy has a value in any run" if countries else NO_LATECOMER)
    offsets = np.linspace(-0.32, 0.32, len(scenarios)) if len(scenarios) > 1 else [0.0]
    shown = countries[:MOST_COUNTRIES]
    columns = 2 if len(shown) > 8 else 1
    half = -(-len(shown) // columns)
    figure, axes = new_figure(PAGE, 0.8 + half * max(0.2, 0.085 * len(scenarios)), 1, columns, sharex=True)
    styles = scenario_styles(scenarios, study.reference)
    numbers = []
    for country in countries:
        for scenario in scenarios:
            sample = values.sel(scenario=scenario, country=country).values
            numbers.append((country, scenario, *(float(x) for x in mean_interval(sample)), int(np.isfinite(sample).sum())))
    estimates = {(country, scenario): rest for country, scenario, *rest in numbers}
    for number, country in enumerate(shown):
        axis, row = axes[0, number // half], number % half
        for offset, scenario in zip(offsets, scenarios):
            mean, low, high, _ = estimates[country, scenario]
            axis.plot((low, high), (row + offset,) * 2, color=styles[scenario]["color"], linewidth=1.1)
            axis.plot(mean, row + offset, styles[scenario]["marker"], color=styles[scenario]["color"], markersize=2.8)
        if row % 2:
            axis.axhspan(row - 0.5, row + 0.5, color="0.96", linewidth=0, zorder=0)
    for column in range(columns):
        axis = axes[0, column]
        here = shown[column * half : (column + 1) * half]
        axis.set_yticks(range(len(here)), here)
        axis.set_ylim(half - 0.5, -0.5)
        if zero:
            axis.axvline(0, color=GREY, linewidth=0.7)
    figure.supxlabel(axis_title, fontsize=7.5)
    handles = [axes[0, 0].plot([], [], styles[s]["marker"] + "-", color=styles[s]["color"], markersize=3, label=words(s))[0]
               for s in scenarios]
    legend_above(figure, handles, columns=5)
    return Drawn(name, title, figure,
                 pd.DataFrame(numbers, columns=["country", "scenario", "mean", "low", "high", "n"]),
                 caption_of(study, caption, "Bars: 95 % Student intervals of the mean.", f"{study.sample_in_words()}.",
                            shown_words(len(shown), len(countries))))


@printed
def gap_changes(study):
    """How the stage-4 gap of each economy changed."""
    change = study.by_unit("gap_closed")
    return by_country(
        study, change, "gap_changes", "Change of the capability gap, by economy",
        "Change of ln(mean capability / frontier) at applications; right of zero, the gap has closed", True,
        "Stage-4 gap at the end less that at the end of the burn-in, mean by economy and scenario.",
    )


@printed
def application_shares(study):
    """What domestic firms sell of applications at home at the end."""
    if "application_share" not in study.data:
        raise NotHere("study.h5 has no application_share")
    return by_country(
        study, study.by_unit("application_share"), "application_shares", "Domestic shares of applications, by economy",
        "Share of domestic firms in home spending on applications at the end", False,
        "Share of domestic firms in home spending on applications at the end, mean by economy and scenario.",
    )


@printed
def twin_peaks(study):
    """Density of relative capability at the start and at the end, by scenario."""
    if not study.latecomers:
        raise NotHere(NO_LATECOMER)
    start, end = study.by_unit("gap_at_start"), study.by_unit("gap_at_end")
    if not (np.isfinite(start.values).any() and np.isfinite(end.values).any()):
        raise NotHere("no economy has firms in applications at the start and at the end")
    points = np.linspace(np.nanmin([start.min(), end.min()]) - 0.4, min(0.5, np.nanmax([start.max(), end.max()]) + 0.4), 160)
    scenarios = study.scenarios
    rows, columns = grid_size(len(scenarios), 3)
    figure, axes = new_figure(PAGE, 0.6 + 1.5 * rows, rows, columns, sharex=True, sharey=True)
    styles, numbers = scenario_styles(scenarios, study.reference), []
    for axis, scenario in zip(axes.flatten(), scenarios):
        for when, values in (("start", start), ("end", end)):
            sample = values.sel(scenario=scenario).values
            sample = sample[np.isfinite(sample).any(axis=1)]
            estimate, low, high = density(sample, points)
            colour = GREY if when == "start" else styles[scenario]["color"]
            axis.fill_between(points, low, high, color=colour, alpha=0.18, linewidth=0)
            axis.plot(points, estimate, color=colour, linestyle="--" if when == "start" else "-")
            numbers += [(scenario, when, *row, sample.shape[0]) for row in zip(points, estimate, low, high)]
        axis.set_title(words(scenario).capitalize())
        axis.set_ylim(bottom=0)
        axis.tick_params(labelbottom=True)
    hide_spare(axes, len(scenarios))
    handles = [axes[0, 0].plot([], [], "--", color=GREY, label="at the start")[0],
               axes[0, 0].plot([], [], "-", color="#333333", label="at the end")[0]]
    legend_above(figure, handles, columns=2)
    figure.supxlabel("ln(mean capability / frontier) at applications", fontsize=7.5)
    figure.supylabel("Density over economies and runs", fontsize=7.5)
    return Drawn(
        "twin_peaks", "Do economies part into clubs?", figure,
        pd.DataFrame(numbers, columns=["scenario", "when", "gap", "density", "low", "high", "n"]),
        caption_of(study, "Kernel density (normal kernel, Silverman's width) of the stage-4 gap of latecomer "
                          "economies over all units, "
                   f"at the end of the burn-in and at the end of the run. Bands: 95 % of {BOOTSTRAPS} bootstraps that "
                   "draw units, "
                   "pointwise. Two peaks at the end from one at the start speak for clubs. "
                   f"{study.sample_in_words()}, {len(study.latecomers)} economies."),
    )


def density(sample, points):
    """Kernel density [point] of a sample [unit, country], with a bootstrap over units."""
    known, nothing = sample[np.isfinite(sample)], np.full_like(points, np.nan)
    if known.size < 2 or np.ptp(known) == 0:
        return nothing, nothing, nothing
    width = stats.gaussian_kde(known, "silverman").factor * known.std(ddof=1)
    kernels = np.nan_to_num(stats.norm.pdf(points, sample[:, :, None], width)).sum(axis=1)  # [unit, point]
    counts = np.isfinite(sample).sum(axis=1)
    whole = kernels.sum(axis=0) / counts.sum()
    if len(sample) < 2:
        return whole, nothing, nothing  # one unit, drawn again and again, is the same
    random = np.random.default_rng(20230501)  # the same bands each time
    chosen = random.integers(0, len(sample), (BOOTSTRAPS, len(sample)))
    draws = [kernels[units].sum(axis=0) / counts[units].sum() for units in chosen]
    low, high = np.percentile(draws, (2.5, 97.5), axis=0)
    return whole, low, high


@printed
def transitions(study):
    """From which class of relative capability to which, by scenario."""
    numbers = transitions_of(study)
    scenarios, size = study.scenarios, len(CLASS_NAMES)
    rows, columns = grid_size(len(scenarios), 3)
    figure, axes = new_figure(PAGE, 0.5 + 1.75 * rows, rows, columns, sharex=True, sharey=True)
    for axis, scenario in zip(axes.flatten(), scenarios):
        cells = numbers[numbers["scenario"] == scenario]
        axis.imshow(cells["share"].to_numpy().reshape(size, size), cmap="Blues", vmin=0, vmax=1, aspect="auto")
        for place, cell in enumerate(cells.itertuples()):
            if cell.n:
                axis.text(place % size, place // size, f"{100 * cell.share:.0f}\n{ends_words(cell.low, cell.high)}".strip(),
                          ha="center", va="center", fontsize=7, linespacing=0.95,
                          color="white" if cell.share > 0.6 else "black")
        axis.set_title(words(scenario).capitalize())
        axis.set_xticks(range(size), SHORT_CLASSES)
        axis.set_yticks(range(size), SHORT_CLASSES)
        axis.tick_params(length=0, labelbottom=True)
        axis.spines[:].set_visible(False)
    hide_spare(axes, len(scenarios))
    figure.supxlabel("Capability over the frontier at the end", fontsize=7.5)
    figure.supylabel("The same at the start", fontsize=7.5)
    return Drawn(
        "transitions", "Where economies start and where they end", figure, numbers,
        caption_of(study, "Share in % of latecomer economies that end in a class of mean stage-4 capability over the "
                          "frontier, by the "
                   "class where they start (rows sum to 100); below, Wilson's 95 % interval with as many trials "
                   f"as {study.unit}s in which an economy starts there, as economies of one share its events. "
                   "Empty rows: no economy starts there. "
                   f"{study.sample_in_words()}, {len(study.latecomers)} economies."),
    )


def transitions_of(study):
    """Shares of economies by scenario, class at the start and class at the end, with Wilson's intervals."""
    if not study.latecomers:
        raise NotHere(NO_LATECOMER)
    start, end = study.by_unit("gap_at_start"), study.by_unit("gap_at_end")
    numbers = []
    for scenario in study.scenarios:
        at_start, at_end = (np.exp(gaps.sel(scenario=scenario).values) for gaps in (start, end))
        shares, counts = transition_table(at_start, at_end)
        trials = units_in_classes(at_start, at_end)
        for i, of in enumerate(CLASS_NAMES):
            for j, to in enumerate(CLASS_NAMES):
                low, high = wilson(shares[i, j], trials[i])
                numbers.append((scenario, of, to, shares[i, j], float(low), float(high), counts[i]))
    return pd.DataFrame(numbers, columns=["scenario", "from", "to", "share", "low", "high", "n"])


def units_in_classes(before, after):
    """In how many units [unit, country] an economy starts in each class."""
    known = np.isfinite(before) & np.isfinite(after)
    origin = np.where(known, np.digitize(before, CLASSES[1:-1]), -1)
    return [int((origin == number).any(axis=1).sum()) for number in range(len(CLASS_NAMES))]


def transition_table(before, after):
    """Shares [from, to] and how many economies start in each class."""
    known = np.isfinite(before) & np.isfinite(after)
    origin, target = np.digitize(before[known], CLASSES[1:-1]), np.digitize(after[known], CLASSES[1:-1])
    counts = np.zeros((len(CLASS_NAMES),) * 2)
    np.add.at(counts, (origin, target), 1)
    sums = counts.sum(axis=1)
    return counts / np.maximum(sums, 1)[:, None], sums.astype(int)
