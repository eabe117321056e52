"""How foreign lead firms are present in economies: a heat map."""

import numpy as np
import pandas as pd
from matplotlib.colors import Normalize

from latecomer.drawn import Drawn, NotHere, caption_of, of_one_run
from latecomer.groups import groups_in, largest
from latecomer.run_figures.panels import NO_LATECOMER, end_of_burn_in, time_axis, time_words, years_of
from latecomer.style import PAGE, new_figure, printed, title_words

MOST_ROWS = 40  # economies; more stand below the means of their income groups
ROW = 0.155  # inches
QUARTERS = 4
SHOWN = ("local region", "joint venture", "exit")  # modes; the rest serves from offshore
TITLES = {"local region": "From a region in the economy", "joint venture": "In a joint venture", "exit": "Not at all"}


@printed
def presence(run):
    """Share of foreign lead firms in each mode by economy and year."""
    if not run.latecomers:
        raise NotHere(NO_LATECOMER)
    shares = run.series["presence_share"].sel(country=run.latecomers)
    modes = [m for m in SHOWN if m in shares["mode"].values]
    if not modes or not np.isfinite(shares.values).any():
        raise NotHere("no foreign lead firm is anywhere")
    yearly, edges = by_year(shares.sel(mode=modes).transpose("mode", "country", "time").values, years_of(run))
    rows, shown = rows_of(run, shares)
    figure, axes = new_figure(PAGE, 0.75 + ROW * max(8, len(rows)), 1, len(modes), sharex=True, sharey=True)
    numbers, top = [], 0.0
    for place, mode in enumerate(modes):
        for name, members, _ in rows:
            values = mean_of([yearly[place, run.latecomers.index(key)] for key in members])
            numbers += [(mode, name, len(members), *row) for row in zip(edges[:-1], values)]
    table = pd.DataFrame(numbers, columns=["mode", "who", "economies", "from_year", "share"])
    top = max(0.1, float(np.nanmax(table["share"], initial=0.0)))
    for axis, mode in zip(axes[0], modes):
        cells = table.loc[table["mode"] == mode, "share"].to_numpy().reshape(len(rows), -1)
        image = axis.pcolormesh(edges, np.arange(len(rows) + 1) - 0.5, 100 * cells, cmap="Blues", norm=Normalize(0, 100 * top),
                                rasterized=True)
        axis.hlines(np.arange(1, len(rows)) - 0.5, edges[0], edges[-1], color="0.85", linewidth=0.4)
        if edges[0] < end_of_burn_in(run) < edges[-1]:
            axis.axvline(end_of_burn_in(run), color="black", linewidth=0.7, linestyle=":")
        axis.set_title(TITLES[mode])
        axis.set(ylim=(len(rows) - 0.5, -0.5), xlim=(edges[0], edges[-1]))
        axis.tick_params(axis="y", length=0)
        time_axis(axis, run, label=False, most=4)
    axes[0, 0].set_yticks(range(len(rows)), [title_words(name) for name, _, _ in rows])
    for label, (_, _, is_group) in zip(axes[0, 0].get_yticklabels(), rows):
        label.set_fontweight("bold" if is_group else "normal")
    figure.supxlabel(time_words(run), fontsize=7.5)
    bar = figure.colorbar(image, ax=list(axes[0]), pad=0.01, aspect=30)
    bar.set_label("Share of foreign lead firms, %")
    bar.outline.set_visible(False)
    bar.ax.locator_params(nbins=6)
    return Drawn(
        "presence", "How lead firms are present", figure, every_economy(run, table, yearly, modes, edges),
        caption_of(run, "Share of foreign lead firms that serve an economy from a region in it, in a joint venture, or not at "
                        "all, as means over the quarters of a year; what lacks to 100 % serves it from offshore. Dotted: end of "
                        "the burn-in.", shown, of_one_run(run)),
    )


def by_year(values, time):
    """Means over the four quarters of a year [.., year], and the edges of years; what is left at the end counts as one."""
    starts = np.arange(0, len(time), QUARTERS)
    with np.errstate(all="ignore"):
        known = np.isfinite(values)
        sums, counts = (np.add.reduceat(x, starts, axis=-1) for x in (np.where(known, values, 0.0), known.astype(float)))
        means = np.where(counts > 0, sums / np.maximum(counts, 1), np.nan)
    return means, np.append(time[starts] - 0.25, time[-1])


def mean_of(lines):
    """Mean over lines [line, year] that have a value."""
    lines = np.asarray(lines, float)
    count = np.isfinite(lines).sum(axis=0)
    return np.where(count > 0, np.nansum(lines, axis=0) / np.maximum(count, 1), np.nan)


def rows_of(run, shares):
    """Lines of the heat map as (name, keys of economies, whether a group), and a sentence for captions."""
    if len(run.latecomers) <= MOST_ROWS:
        return [(key, [key], False) for key in run.latecomers], ""
    groups = groups_in(shares)
    keys, shown = largest(run, run.latecomers, MOST_ROWS - len(groups))
    said = "Bold: means over the economies of an income group. " if groups else ""
    return [*((name, members, True) for name, members in groups.items()), *((key, [key], False) for key in keys)], said + shown


def every_economy(run, table, yearly, modes, edges):
    """The numbers of all economies, below those of groups that are drawn."""
    groups = table[table["economies"] > 1]
    rest = [(mode, key, 1, *row) for place, mode in enumerate(modes) for i, key in enumerate(run.latecomers)
            for row in zip(edges[:-1], yearly[place, i])]
    return pd.concat([groups, pd.DataFrame(rest, columns=table.columns)], ignore_index=True)
