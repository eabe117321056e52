"""Figures of a calibration: moments beside their targets, and parameters before and after."""

import numpy as np

from analysis.drawn import Drawn, caption_of
from analysis.style import COLOURS, GREY, PAGE, new_figure, printed

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
