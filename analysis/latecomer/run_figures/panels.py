"""Grids of panels with a line a country, or shares that are stacked."""

import math

import numpy as np
import pandas as pd
from matplotlib.ticker import MaxNLocator

from latecomer.drawn import NotHere, shown_words
from latecomer.groups import colour_of, group_words, groups_in, latecomer_groups
from latecomer.statistics.estimate import NoData, halves
from latecomer.style import (
    COLOURS, DASHES, MOST_NAMED, PAGE, SMALLEST, grid_size, hide_spare, label_lines, legend_above, new_figure, shade_burn_in, title_words,
)

# Of stages, from light to dark of one hue: the order shows in grey, too.
STAGE_COLOURS = ("#B9D6EA", "#74AFD6", "#2E7EBB", "#0B3C6B")
MOST_PANELS = 24  # of countries
MOST_NAMED_BESIDE_GROUPS = 8
NO_LATECOMER = "the run has no latecomer economy"


def years_of(run):
    """Times at the ends of quarters: calendar years of a run that starts in one, else years since the start."""
    return run.start_year + run.series["time"].values


def end_of_burn_in(run):
    """Where the burn-in ends, as `years_of`."""
    return run.start_year + run.burn_in / 4.0


def year_words(run, time):
    """A time as a label says it: "year 50" since the start, "2015" where the run has a calendar."""
    return f"{time:g}" if run.start_year else f"year {time:g}"


def time_axis(axis, run, label=True, most=6):
    """Whole years along a panel, and what they are."""
    axis.xaxis.set_major_locator(MaxNLocator(most, integer=True, steps=[1, 2, 5, 10]))
    if label:
        axis.set_xlabel(time_words(run))


def time_words(run):
    """What a time axis shows."""
    return "Year" if run.start_year else "Years since the start"


def country_panels(run, variable, over, unit, zero):
    """A grid of panels over one dimension, a line per country that has values at all."""
    variable = variable.dropna("country", how="all")
    if variable.sizes["country"] == 0:
        raise NotHere("no economy has a value" if run.latecomers else NO_LATECOMER)
    labels = list(variable[over].values)
    rows, columns = grid_size(len(labels), 2)
    figure, axes = new_figure(PAGE, 0.3 + 2.25 * rows, rows, columns, sharex=True, sharey=True)
    used = axes.flatten()[: len(labels)]
    hide_spare(axes, len(labels))
    for axis, label in zip(used, labels):
        values = variable.sel({over: label})
        axis.set_title(title_words(label))
        draw_countries(axis, years_of(run), values)
        shade(axis, run)
    if len(used):
        used[0].set_ylim(range_with_zero(used, zero))
    for axis in used:
        axis.axhline(0.0, color="0.4", linewidth=0.6)
        name_countries(axis)
        axis.tick_params(labelbottom=True)
        time_axis(axis, run)
    figure.supylabel(unit, fontsize=7.5)
    return figure


def range_with_zero(axes, zero):
    """Limits for all panels that include zero, as an edge where no line passes it."""
    ends = [float(y) for axis in axes for line in axis.get_lines() for y in line.get_ydata()]
    ends = [y for y in ends if math.isfinite(y)] or [0.0, 1.0]
    low, high = min(ends + [0.0]), max(ends + [0.0])
    room = 0.05 * (high - low) or 0.05
    return (
        low if zero == "bottom" and low == 0.0 else low - room,
        high if zero == "top" and high == 0.0 else high + room,
    )


def draw_countries(axis, time, values):
    """A line per country; where there are too many to name, most stay grey below medians of their income groups."""
    keys = [str(key) for key in values["country"].values]
    groups = groups_in(values) if len(keys) > MOST_NAMED else {}
    named = named_countries(values, keys, MOST_NAMED_BESIDE_GROUPS if groups else MOST_NAMED)
    marker = "o" if len(time) == 1 else None
    for number, key in enumerate(keys):
        style = {"color": "0.8", "linewidth": 0.5, "zorder": 1}
        if key in named:
            style = {
                "color": COLOURS[number % len(COLOURS)],
                "linestyle": DASHES[number // len(COLOURS) % len(DASHES)],
                "linewidth": 1.0,
                "label": key,
            }
        if key in named and groups:
            style |= {"color": "0.35", "linestyle": "-", "linewidth": 0.6}
        axis.plot(time, values.sel(country=key).values, marker=marker, **style)
    for group, members in groups.items():
        middle = values.sel(country=members).transpose("time", "country").to_pandas().median(axis=1)
        axis.plot(time, middle, marker=marker, color=colour_of(group), linewidth=1.8, label=group.removesuffix(" income"), zorder=3)
    axis.grid(axis="y")
    if len(time) > 1:
        axis.set_xlim(time[0], time[-1])


def named_countries(values, keys, most=MOST_NAMED):
    """All countries, or a choice spread evenly over their last values."""
    if len(keys) <= most:
        return set(keys)
    last = values.transpose("time", "country").to_pandas().ffill().iloc[-1]
    ranked = [str(key) for key in last.dropna().sort_values(kind="stable").index]
    step = (len(ranked) - 1) / (most - 1)
    return {ranked[round(i * step)] for i in range(most)} if ranked else set()


def name_countries(axis):
    """Writes each line's name behind its end."""
    ends = []
    for line in axis.get_lines():
        known = [y for y in line.get_ydata() if math.isfinite(y)]
        if not line.get_label().startswith("_") and known:
            ends.append((known[-1], line.get_label(), line.get_color()))
    if not ends:
        axis.annotate("no country has a value", (0.5, 0.5), xycoords="axes fraction", ha="center")
    label_lines(axis, ends)


def shade(axis, run, last=None):
    """Marks the burn-in, up to the time `last` where lines end before the run does."""
    time = years_of(run)
    if len(time) > 1:
        shade_burn_in(axis, end_of_burn_in(run), time[0], time[-1] if last is None else last)


def stacked(axis, time, shares, colours):
    """Shares in % [part, time], one above the other."""
    shares = 100 * np.nan_to_num(shares)
    if len(time) == 1:
        bottom = 0.0
        for share, colour in zip(shares[:, 0], colours):
            axis.bar(time[0], share, 0.1, bottom=bottom, color=colour)
            bottom += share
    else:
        axis.stackplot(time, shares, colors=colours, linewidth=0)
        axis.set_xlim(time[0], time[-1])
    axis.set_ylim(0, 100)


def panels_for(run, amounts, most=MOST_PANELS):
    """What panels show of amounts [part, time, latecomer]: titles, shares [part, time, panel], a sentence for captions.

    A panel per latecomer that has any amount; an income group each where there are more than `most`.
    """
    groups = latecomer_groups(run, most)
    if groups:
        places = [[run.latecomers.index(key) for key in members] for members in groups.values()]
        sums = np.stack([np.nansum(amounts[:, :, members], axis=2) for members in places], axis=2)
        titles = [f"{title_words(group)} ({len(members)})" for group, members in groups.items()]
        return titles, shares_of(sums), group_words(groups)
    shown = [i for i in range(len(run.latecomers)) if np.nansum(amounts[:, :, i]) > 0][:most]
    titles = [run.latecomers[i] for i in shown]
    return titles, shares_of(amounts[:, :, shown]), shown_words(len(shown), len(run.latecomers))


def stacked_panels(run, titles, shares, names, colours, unit):
    """A panel per country or group with its shares [part, time, panel], one above the other; the figure."""
    rows, columns = grid_size(len(titles), 4)
    of_groups = len(titles) < len(run.latecomers) and rows == 1
    figure, axes = new_figure(PAGE, 0.55 + (1.9 if of_groups else 1.2) * rows, rows, columns, sharex=True, sharey=True)
    for place, (axis, title) in enumerate(zip(axes.flatten(), titles)):
        stacked(axis, years_of(run), shares[:, :, place], colours)
        burn_in_line(axis, run)
        axis.set_title(title)
        axis.set_yticks((0, 50, 100))
        time_axis(axis, run, label=False, most=4)
    for axis in axes.flatten()[max(0, len(titles) - columns) : len(titles)]:
        axis.tick_params(labelbottom=True)
    hide_spare(axes, len(titles))
    figure.supxlabel(time_words(run), fontsize=7.5)
    figure.supylabel(unit, fontsize=7.5)
    legend_above(figure, [axes[0, 0].bar(0, 0, color=c, label=n) for n, c in zip(names, colours)])
    return figure


def rolling_year(values, break_at):
    """Means over the last four quarters, which begin anew at the quarter `break_at`: no mean spans a break of the series."""
    parts = np.split(np.asarray(values, float), [max(0, min(int(break_at), len(values)))])
    return np.concatenate([pd.Series(part).rolling(4, min_periods=1).mean().to_numpy() for part in parts if len(part)])


def mean_words(mean, values, digits):
    """A mean with its interval; without one, and with the means of both halves, of a series that is not steady (estimate.halves).

    mean: an Estimate; values: what it is of, one a quarter.
    """
    try:
        first, second, steady = halves(values)
    except NoData:
        steady = True
    if steady:
        return f"{mean.value:.{digits}f} ({mean.low:.{digits}f}–{mean.high:.{digits}f})"
    return f"{mean.value:.{digits}f}: {first.value:.{digits}f}, then {second.value:.{digits}f}"


def shares_of(values, axis=0):
    """Parts of a sum; NaN where the sum is zero."""
    total = values.sum(axis=axis, keepdims=True)
    with np.errstate(all="ignore"):
        return np.where(total > 0, values / total, np.nan)


def burn_in_line(axis, run):
    """Where the burn-in ends, on panels whose area is filled."""
    time = years_of(run)
    end = end_of_burn_in(run)
    if len(time) > 1 and time[0] < end < time[-1]:
        axis.axvline(end, color="black", linewidth=0.7, linestyle=":")


def grouped(array, names, group_of, groups):
    """Sums of columns [..., name] by group, [..., group]."""
    return np.stack(
        [np.nansum(array[..., [i for i, n in enumerate(names) if group_of[str(n)] == g]], axis=-1) for g in groups],
        axis=-1,
    )


def long_table(variable, name):
    """A variable as a table with a line for each value that exists."""
    return variable.rename(name).to_dataframe()[[name]].dropna().reset_index()
