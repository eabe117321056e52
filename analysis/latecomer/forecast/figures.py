"""Figures of a forecast: predicted against observed, and some economies over the years."""

import numpy as np
import pandas as pd

from latecomer.drawn import Drawn
from latecomer.forecast.observations import project
from latecomer.forecast.scales import INDICATORS, INTERNET, PRODUCTIVITY, SHARE
from latecomer.observed.economies import FIRST_ROWS
from latecomer.style import COLOURS, GREY, PAGE, grid_size, hide_spare, legend_above, new_figure, plain_powers, printed

NAMED = 5  # economies that are farthest from what was forecast
PANELS = 12  # economies, each a panel
SIDE = 8.0 / 2.54  # of a panel, inches
WORD = (18.0, 9.0)  # room of a code, points


def all_of(members, seen, economies, forecast, origin):
    """A figure for each indicator that is judged, and one of economies over the years."""
    drawn = [against_observed(members, economies, name) for name in INDICATORS if (economies["indicator"] == name).any()]
    chosen = [name for name in (PRODUCTIVITY, INTERNET) if (forecast["indicator"] == name).any()]
    return drawn + ([over_years(members, seen, economies, forecast, origin, chosen)] if chosen else [])


def caption(members, text):
    return f"{text} Result: {members.origin}."


@printed
def against_observed(members, economies, indicator):
    """Predicted against observed in the last year judged, a panel for each origin."""
    about = INDICATORS[indicator]
    table = economies[economies["indicator"] == indicator]
    table = table[table["year"] == table.groupby("origin")["year"].transform("max")]
    panels = list(table.groupby("origin"))
    figure, axes = new_figure(PAGE if len(panels) > 1 else PAGE / 2, SIDE + 0.45, 1, len(panels))
    ends = np.nanpercentile(table[["observed", "predicted"]], (0, 100))
    for axis, (origin, lines) in zip(axes[0], panels):
        axis.plot(ends, ends, color="0.6", linewidth=0.6, zorder=0)
        for inside, colour in ((True, COLOURS[0]), (False, COLOURS[1])):
            part = lines[lines["inside"] == inside]
            axis.vlines(part["observed"], part["q05"], part["q95"], color=colour, linewidth=0.5, alpha=0.45)
            axis.plot(part["observed"], part["predicted"], "o", color=colour, markersize=2.2, linestyle="none")
        if indicator == SHARE:
            axis.set(xscale="log", yscale="log")
            plain_powers(axis.xaxis, axis.yaxis)
        axis.set(xlabel=f"Observed, {about.unit}", ylabel=f"Predicted, {about.unit}",
                 title=f"{lines['year'].iloc[0]}, from {origin}: {lines['inside'].mean():.2f} inside")
    figure.draw_without_rendering()  # finds the layout
    for axis, (_, lines) in zip(axes[0], panels):
        name_farthest(axis, lines)
    years = ", ".join(f"{lines['year'].iloc[0]} from {origin} ({len(lines)} economies)" for origin, lines in panels)
    return Drawn(
        f"forecast_{indicator}", about.what, figure, table,
        caption(members, f"Predicted against observed, {years}. Points: means over members on the scale of bands "
                         f"({about.scale}); lines: bands of 90 %, members dressed with the errors of economies of other "
                         "regions; blue: the observed value is inside, orange: outside. The farthest off are named."))


def name_farthest(axis, lines):
    """Writes the codes of economies that are farthest from the diagonal, not upon each other, nor on many points.

    The layout of the figure must be known.
    """
    far = np.abs(np.diff(axis.transScale.transform(lines[["observed", "predicted"]].to_numpy()), axis=1)).ravel()
    points = 72.0 / axis.figure.dpi
    whole = axis.get_window_extent().extents * points
    dots = axis.transData.transform(lines[["observed", "predicted"]].to_numpy()) * points
    taken = []
    for row in lines.iloc[np.argsort(-far, kind="stable")[:NAMED]].itertuples():
        x, y = axis.transData.transform((row.observed, row.predicted)) * points
        places = [(right * away + (right - 1) / 2 * WORD[0], up * away + (up - 1) / 2 * WORD[1])
                  for away in (4, 12, 20, 28) for right, up in ((-1, 1), (1, -1), (1, 1), (-1, -1))]
        boxes = [(x + dx, y + dy, x + dx + WORD[0], y + dy + WORD[1]) for dx, dy in places]
        costs = [100 * (not inside(box, whole)) + 100 * sum(touch(box, other) for other in taken)
                 + sum(touch(box, (*dot, *dot)) for dot in dots) for box in boxes]
        best = int(np.argmin(costs))
        dx, dy = places[best]
        taken.append(boxes[best])
        axis.annotate(row.iso3, (row.observed, row.predicted), (dx, dy), textcoords="offset points", fontsize=7, color=GREY,
                      arrowprops={"arrowstyle": "-", "color": GREY, "linewidth": 0.4, "shrinkA": 0, "shrinkB": 1})


def touch(box, other):
    return box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]


def inside(box, whole):
    return box[0] >= whole[0] and box[1] >= whole[1] and box[2] <= whole[2] and box[3] <= whole[3]


@printed
def over_years(members, seen, economies, forecast, origin, indicators):
    """Bands and observed values of some economies, from the first origin on; rows of panels for each indicator."""
    had = set(forecast["iso3"])
    chosen = ([name for name in FIRST_ROWS if name in had] + sorted(had - set(FIRST_ROWS)))[:PANELS]
    rows, columns = grid_size(len(chosen), 6)
    figure, axes = new_figure(PAGE, 0.7 + 1.05 * rows * len(indicators), rows * len(indicators), columns, sharex=True)
    parts = []
    for number, indicator in enumerate(indicators):
        block = axes[number * rows : (number + 1) * rows]
        for axis, name in zip(block.flatten(), chosen):
            parts.append(panel_of(axis, seen, economies, forecast, origin, indicator, name))
        hide_spare(block, len(chosen))
        for line in block:
            line[0].set_ylabel(f"{'Productivity' if indicator == PRODUCTIVITY else 'Internet users'}, "
                               f"{INDICATORS[indicator].unit.split()[0]}")
    handles = axes[0, 0].get_legend_handles_labels()
    legend_above(figure, *handles)
    names = project().economies["name"]
    return Drawn(
        "forecast_economies", "Economies against their bands", figure, pd.concat(parts),
        caption(members, f"Forecast from {origin} of {', '.join(names[name] for name in chosen)}. Line: median of members, "
                         f"anchored at the value of {origin}; darker: their band of 90 %; lighter: the dressed band, where "
                         "years are judged; points: observed. Productivity is ln of output a worker relative to the USA; "
                         "internet users are % of population."))


def panel_of(axis, seen, economies, forecast, origin, indicator, name):
    """One economy; returns the numbers that are drawn."""
    told = forecast[(forecast["iso3"] == name) & (forecast["indicator"] == indicator)]
    dressed = economies[(economies["iso3"] == name) & (economies["indicator"] == indicator) & (economies["origin"] == origin)]
    levels = seen.levels[indicator].loc[name].dropna()
    years, values = levels.index.to_numpy(int), INDICATORS[indicator].back(levels.to_numpy())
    for table, alpha, label in ((dressed, 0.18, "dressed band"), (told, 0.45, "band of members")):
        axis.fill_between(table["year"], table["q05"], table["q95"], color=COLOURS[0], alpha=alpha, linewidth=0, label=label)
    axis.plot(told["year"], told["q50"], color=COLOURS[0], linewidth=0.9, label="median of members")
    axis.plot(years, values, "o", color="#333333", markersize=1.4, label="observed")
    axis.set_title(name, fontsize=7)
    axis.locator_params(axis="x", nbins=3, integer=True)
    axis.locator_params(axis="y", nbins=4)
    ends = dressed[["year", "q05", "q95"]].rename(columns={"q05": "dressed_q05", "q95": "dressed_q95"})
    numbers = told.merge(ends, how="left", on="year")
    observed = pd.DataFrame({"year": years, "observed": values})
    return numbers.merge(observed, how="outer", on="year").assign(iso3=name, indicator=indicator)
