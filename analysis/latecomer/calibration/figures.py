"""Figures of a calibration: moments beside their targets, parameters before and after, and pairs of parameters."""

from itertools import product

import numpy as np
import pandas as pd

from latecomer.calibration import space
from latecomer.calibration.implausibility import CUT
from latecomer.drawn import Drawn, caption_of
from latecomer.style import COLOURS, GREY, PAGE, new_figure, printed

PAIRED = 6  # parameters that are drawn against each other: those of which most is known
CELLS = 12  # of a range
FARTHEST = 6.0  # standard deviations; what is farther is drawn at the edge


@printed
def moments_figure(study, table, sets):
    """The band of the ensemble of every moment, in standard deviations of its target."""
    table = table[table["mean"].notna()]
    figure, axes = new_figure(PAGE, 0.9 + 0.17 * len(table))
    axis, places = axes[0, 0], np.arange(len(table))[::-1]
    axis.axvspan(-3, 3, color="0.94", linewidth=0)
    axis.axvline(0, color="0.6", linewidth=0.6)
    for place, row in zip(places, table.itertuples()):
        colour = COLOURS[0] if row.use == "fit" else COLOURS[1]
        low, middle, high = (np.clip((value - row.target) / row.target_sd, -FARTHEST, FARTHEST) for value in (row.q05, row.q50, row.q95))
        axis.plot([low, high], [place, place], color=colour, solid_capstyle="butt")
        axis.plot(middle, place, "o" if row.use == "fit" else "D", color=colour, markersize=3)
    axis.set_yticks(places, [f"{row.moment}{'' if row.use == 'fit' else ' (held out)'}" for row in table.itertuples()])
    axis.set(xlim=(-1.05 * FARTHEST, 1.05 * FARTHEST), ylim=(-0.8, len(table) - 0.2),
             xlabel="Moment less target, in standard deviations of the target (tolerance and observation)")
    return Drawn(
        "moments", "Moments of the ensemble beside their targets", figure, table,
        caption_of(study, f"Median and 5 % to 95 % quantiles over {sets} weighted sets of parameters, each the mean of its replicates; "
                          "circles: fitted, diamonds: held out; grey: within three standard deviations. Ends beyond "
                          f"{FARTHEST:g} stand at the edge; the CSV has all."))


@printed
def parameters_figure(study, table, sets):
    """What is left of every parameter, on the quantiles of its prior."""
    table = table.sort_values("width_left", kind="stable")
    figure, axes = new_figure(PAGE, 0.9 + 0.17 * len(table))
    axis, places = axes[0, 0], np.arange(len(table))[::-1]
    for place, row in zip(places, table.itertuples()):
        width = row.prior_q95 - row.prior_q05
        low, middle, high = ((value - row.prior_q05) / width for value in (row.q05, row.q50, row.q95))
        axis.plot([0, 1], [place, place], color="0.85", linewidth=4, solid_capstyle="butt")
        axis.plot([low, high], [place, place], color=COLOURS[0], linewidth=1.6, solid_capstyle="butt")
        axis.plot(middle, place, "o", color=COLOURS[0], markersize=3)
        axis.annotate(f"{row.width_left:.2f}", (1.07, place), va="center", fontsize=7, color=GREY, annotation_clip=False)
    axis.set_yticks(places, table["parameter"])
    axis.set(xlim=(-0.06, 1.06), ylim=(-0.8, len(table) - 0.2),
             xlabel="From the 5 % to the 95 % quantile of the prior; right: width that is left")
    return Drawn(
        "parameters", "Parameters before and after", figure, table,
        caption_of(study, f"Grey: 5 % to 95 % quantiles of the prior; blue: the same and the median of {sets} weighted sets that agree "
                          "with the targets; right: width of the blue over that of the grey band. Near 1 nothing is learnt of it."))


def cells_of(waves, priors, chosen):
    """Every pair of chosen parameters, cell by cell of their ranges: density of what is left, and the least implausibility.

    chosen: numbers of parameters.  Columns: x, y (names), x_low, x_high, y_low, y_high, density (share of the space that is
    left), implausibility (least over a sample of all other parameters: the second largest over moments, in the wave that
    says most against a point); NaN where the sample has no point.
    """
    left = waves[-1].space.points
    sample = np.concatenate([space.whole(left.shape[1]).points, *(wave.space.points for wave in waves)])
    scores = np.max([wave.score(sample) for wave in waves], axis=0)
    edges = np.linspace(0.0, 1.0, CELLS + 1)
    place = np.minimum((CELLS * sample).astype(int), CELLS - 1)
    tables = []
    for x, y in product(chosen, chosen):
        if x == y:
            continue
        density = np.histogram2d(left[:, x], left[:, y], [edges, edges])[0] / len(left)
        least = np.full((CELLS, CELLS), np.nan)
        np.fmin.at(least, (place[:, x], place[:, y]), scores)
        column, row = (index.ravel() for index in np.indices((CELLS, CELLS)))
        ends = {f"{axis}_{end}": priors[number].from_unit(edges[index + shift])
                for axis, number, index in (("x", x, column), ("y", y, row)) for end, shift in (("low", 0), ("high", 1))}
        tables.append(pd.DataFrame({"x": priors[x].name, "y": priors[y].name, **ends, "density": density.ravel(),
                                    "implausibility": least.ravel()}))
    return pd.concat(tables, ignore_index=True)


@printed
def pairs_figure(study, table, waves, priors):
    """Pairs of the parameters of which most is known: density of what is left above, least implausibility below."""
    names = list(table.sort_values("width_left", kind="stable")["parameter"])[:PAIRED]
    numbers = [[prior.name for prior in priors].index(name) for name in names]
    cells = cells_of(waves, priors, numbers)
    count = len(names)
    figure, axes = new_figure(PAGE, PAGE, count, count)
    images = {}
    for row, column in np.ndindex(count, count):
        axis = axes[row, column]
        axis.set(xticks=[], yticks=[], xlim=(0, CELLS), ylim=(0, CELLS))
        if row == column:
            axis.text(0.5, 0.5, names[row].replace(".", ".\n"), ha="center", va="center", fontsize=6.5, transform=axis.transAxes)
            continue
        kind = "density" if row < column else "implausibility"
        shown = cells[(cells["x"] == names[column]) & (cells["y"] == names[row])]
        values = shown[kind].to_numpy().reshape(CELLS, CELLS).T
        if kind == "density":
            values, scale = np.where(values > 0, values, np.nan), {"cmap": "Blues", "vmin": 0.0}
        else:
            scale = {"cmap": "magma", "vmin": 0.0, "vmax": 2 * CUT}
        images[kind] = axis.pcolormesh(np.ma.masked_invalid(values), **scale)
    for kind, label in (("implausibility", "Least implausibility"), ("density", "Density of what is left")):
        if kind in images:
            bar = figure.colorbar(images[kind], ax=list(axes.flatten()), location="bottom", aspect=60, pad=0.01, fraction=0.03)
            bar.set_label(label + ("" if kind == "density" else f"; ruled out from {CUT:g} on"))
            bar.outline.set_visible(False)
            if kind == "density":
                bar.set_ticks([])
    return Drawn(
        "pairs", "Pairs of parameters", figure, cells,
        caption_of(study, f"The {count} parameters of which most is known, over their ranges (each axis from the lowest to the highest "
                          "value, in equal steps of probability of the prior). Above the diagonal: density of what is not ruled out; "
                          "below: the least implausibility over a sample of all other parameters, so that dark cells agree with the "
                          "targets; white: no point of the sample. The CSV has the values."))
