"""The ladder of the value chain: which stage economies hold last, and how far they are from the stages that they do not."""

import numpy as np
import pandas as pd
from matplotlib.colors import BoundaryNorm, ListedColormap

from latecomer.drawn import Drawn, NotHere, caption_of, of_one_run, shown_words
from latecomer.groups import latecomer_groups
from latecomer.run_figures.panels import (
    NO_LATECOMER, STAGE_COLOURS, burn_in_line, long_table, panels_for, stacked, time_axis, time_words, years_of,
)
from latecomer.series import STAGES
from latecomer.statistics import ladder as stages_held
from latecomer.style import GREY, PAGE, legend_above, new_figure, printed

MOST_ROWS = 48  # economies
NO_STAGE = "#EEF0F2"
HELD = 0.5  # of the frontier
LAST_QUARTERS = 4
DASHES = (":", (0, (4, 1.5)), (0, (6, 1.5, 1.5, 1.5)), "-")  # of stages


@printed
def ladder(run):
    """The last stage that each latecomer economy holds, quarter by quarter, and its level at each stage at the end."""
    if not run.latecomers:
        raise NotHere(NO_LATECOMER)
    held = stages_held(run.series, HELD)
    levels = np.exp(run.series["gap_by_stage"].sel(country=run.latecomers)).transpose("time", "country", "stage")
    table = numbers_of(run, held, levels)
    draw = draw_groups if latecomer_groups(run, MOST_ROWS) else draw_economies
    figure, what, shown = draw(run, held, levels)
    return Drawn(
        "ladder", "The value-chain ladder: the last stage that economies hold", figure, table,
        caption_of(run, f"{what} An economy holds a stage where the mean capability of its firms, weighted by revenue, is at "
                        "least half of the frontier's (CSV: the last stage, 0 none to 4 applications; level over the frontier by "
                        "stage). Dotted, up: end of the burn-in.", climb_words(run, held), shown, of_one_run(run)),
    )


def numbers_of(run, held, levels):
    """A line for every quarter and economy: the last stage, and the level at every stage."""
    wide = long_table(levels, "level").pivot(index=["time", "country"], columns="stage", values="level").reindex(columns=STAGES)
    wide = wide.rename(columns={stage: f"level_{stage}" for stage in STAGES}).reset_index()
    table = held.rename_axis("time").reset_index().melt("time", var_name="country", value_name="stage")
    table = table.merge(wide, on=["time", "country"], how="left")
    table.insert(0, "year", run.start_year + table.pop("time"))
    return table


def draw_economies(run, held, levels):
    """A line an economy: on the left the ladder over time, on the right levels at the end."""
    countries = [str(c) for c in held.columns][:MOST_ROWS]
    time, rows = years_of(run), np.arange(len(countries))
    figure, axes = new_figure(PAGE, 0.85 + 0.17 * len(countries), 1, 2, width_ratios=(2.3, 1), sharey=True)
    left, right = axes[0]
    edges = np.append(time - 0.25, time[-1])
    left.pcolormesh(edges, np.arange(len(countries) + 1) - 0.5, held.to_numpy(float).T[: len(countries)],
                    cmap=ListedColormap((NO_STAGE, *STAGE_COLOURS)), norm=BoundaryNorm(np.arange(-0.5, 5), 5), rasterized=True)
    left.hlines(rows[1:] - 0.5, edges[0], edges[-1], color="white", linewidth=1)
    burn_in_line(left, run)
    left.set_xlim(edges[0], edges[-1])
    time_axis(left, run)
    at_end = levels.isel(time=slice(-LAST_QUARTERS, None)).mean("time").values[: len(countries)]
    right.pcolormesh(np.arange(len(STAGES) + 1) - 0.5, np.arange(len(countries) + 1) - 0.5, np.minimum(at_end, 1.0),
                     cmap="Greys", vmin=0.0, vmax=2.0, edgecolors="white", linewidth=0.4)
    for row, column in np.argwhere(np.isfinite(at_end)):
        holds = at_end[row, column] >= HELD
        right.text(column, row, f"{100 * at_end[row, column]:.0f}", ha="center", va="center", fontsize=7,
                   fontweight="bold" if holds else "normal", color="black" if holds else "0.25")
    right.set_xticks(range(len(STAGES)), [stage[:4] + "." if len(stage) > 8 else stage for stage in STAGES])
    right.set_xlabel("At the end, % of the frontier")
    left.set_yticks(rows, countries)
    for axis in axes[0]:
        axis.tick_params(axis="y", length=0)
        axis.set_ylim(len(countries) - 0.5, -0.5)
    right.tick_params(axis="x", length=0)
    right.spines[:].set_visible(False)
    legend_above(figure, [left.barh(0, 0, color=c, label=n) for n, c in zip(("none", *STAGES), (NO_STAGE, *STAGE_COLOURS))])
    what = ("Left, the last stage that an economy holds, by quarter; right, how high its firms stand at each stage, mean of the "
            f"last {LAST_QUARTERS} quarters in % of the frontier (bold: the stage is held).")
    return figure, what, shown_words(len(countries), held.shape[1])


def draw_groups(run, held, levels):
    """Of many economies: above, what share of an income group holds which stage last; below, medians of levels by stage."""
    stages = np.stack([held.to_numpy() == stage for stage in range(len(STAGES) + 1)]).astype(float)
    titles, shares, shown = panels_for(run, stages, MOST_ROWS)
    groups = latecomer_groups(run, MOST_ROWS)
    figure, axes = new_figure(PAGE, 4.2, 2, len(titles), sharex=True, sharey="row")
    time = years_of(run)
    for place, (title, members) in enumerate(zip(titles, groups.values())):
        above, below = axes[:, place]
        stacked(above, time, shares[:, :, place], (NO_STAGE, *STAGE_COLOURS))
        above.set_title(title)
        above.set_yticks((0, 50, 100))
        burn_in_line(above, run)
        middle = levels.sel(country=members).median("country")
        for stage, colour, dash in zip(STAGES, STAGE_COLOURS, DASHES):
            below.plot(time, 100 * middle.sel(stage=stage), color=colour, linestyle=dash)
        below.axhline(100 * HELD, color=GREY, linewidth=0.8)
        below.set_ylim(bottom=0)
        time_axis(below, run, label=False, most=4)
    axes[0, 0].set_ylabel("Share of economies, %")
    axes[1, 0].set_ylabel("Median level, % of frontier")
    figure.supxlabel(time_words(run), fontsize=7.5)
    handles = [axes[1, 0].plot([], [], color=c, linestyle=d, label=f"level, {n}")[0] for n, c, d in zip(STAGES, STAGE_COLOURS, DASHES)]
    areas = [axes[0, 0].bar(time[0], 0, color=c, label=n) for n, c in zip(("none", *STAGES), (NO_STAGE, *STAGE_COLOURS))]
    legend_above(figure, [*areas, *handles], columns=5)
    return figure, ("Above, share of the economies of an income group by the last stage that they hold; below, the median of their "
                    f"levels at each stage, lines from light to dark in the order of stages; the grey line, {100 * HELD:.0f} %, is "
                    "where a stage is held."), shown


def climb_words(run, held):
    """What the ladder shows after the burn-in, in a sentence: who moves, and who never holds a stage."""
    after = held.iloc[min(run.burn_in, len(held) - 1):]
    first, last, most = after.iloc[0], after.iloc[-1], after.max()
    up, down = int((last > first).sum()), int((last < first).sum())
    never = int((most == 0).sum())
    best = STAGES[int(most.max()) - 1] if most.max() > 0 else ""
    held_best = int((most == most.max()).sum()) if most.max() > 0 else 0
    since = "after the burn-in" if run.burn_in else "from start to end"
    said = f"Of {held.shape[1]} economies, {since}, {up} move up, {down} move down and {never} never hold a stage"
    return f"{said}; the highest stage of all is {best}, held by {held_best}." if held_best else f"{said}."
