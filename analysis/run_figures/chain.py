"""Capability gaps, domestic shares and the ladder of the data value chain."""

import numpy as np
import pandas as pd

from analysis.drawn import Drawn, NotHere, caption_of, of_one_run, shown_words
from analysis.run_figures.panels import (
    MOST_PANELS, NO_LATECOMER, burn_in_line, country_panels, grouped, long_table, shares_of, stacked_by_country, years_of,
)
from analysis.series import STAGES
from analysis.statistics import ladder as stages_held
from analysis.style import PAGE, legend_above, new_figure, printed

# From light to dark of one hue: the order shows in grey, too.
STAGE_COLOURS = ("#B9D6EA", "#74AFD6", "#2E7EBB", "#0B3C6B")
MOST_ROWS = 48  # economies of the ladder
NO_STAGE = "#EEF0F2"


@printed
def capability_gaps(run):
    """Mean capability of domestic firms against the frontier, a panel per stage."""
    gaps = run.series["gap_by_stage"]
    figure = country_panels(run, gaps, "stage", "ln (domestic mean / frontier), 0: no gap", "top")
    return Drawn(
        "capability_gaps", "Capability gap to the frontier, by stage of the data value chain", figure, long_table(gaps, "gap"),
        caption_of(run, "Mean capability of domestic firms over the frontier, in natural logs, for every latecomer "
                        "economy: a line "
                   "that falls falls behind. Burn-in is shaded; lead economies have no latecomer firms and are left "
                   "out.",
                   of_one_run(run)),
    )


@printed
def domestic_application_shares(run):
    """Share of domestic firms in their home market for applications, a panel per sector."""
    shares = run.series["domestic_share"]
    shares = shares.sel(position=[p for p in shares["position"].values if str(p).startswith("APP_")])
    if shares.sizes["position"] == 0:
        raise NotHere("the run has no application sectors")
    figure = country_panels(run, shares, "position", "share of spending", "bottom")
    return Drawn(
        "domestic_application_shares", "Share of domestic firms in home demand for applications, by sector", figure,
        long_table(shares, "share"),
        caption_of(run, "Share of domestic firms in what the home market spends on applications of a sector, captive "
                        "niche aside. "
                   "Burn-in is shaded.", of_one_run(run)),
    )


@printed
def ladder(run):
    """The last stage that each latecomer economy holds, quarter by quarter."""
    if not run.latecomers:
        raise NotHere(NO_LATECOMER)
    held = stages_held(run.series)
    time, countries = held.index.to_numpy(), [str(c) for c in held.columns]
    countries = countries[:MOST_ROWS]
    figure, axes = new_figure(PAGE, 0.75 + 0.17 * len(countries))
    axis = axes[0, 0]
    from matplotlib.colors import BoundaryNorm, ListedColormap

    colours = ListedColormap((NO_STAGE, *STAGE_COLOURS))
    edges = np.append(time - 0.25, time[-1])
    axis.pcolormesh(edges, np.arange(len(countries) + 1) - 0.5, held.to_numpy(float).T[: len(countries)], cmap=colours,
                    norm=BoundaryNorm(np.arange(-0.5, 5), 5), rasterized=True)
    axis.hlines(np.arange(1, len(countries)) - 0.5, edges[0], edges[-1], color="white", linewidth=1)
    burn_in_line(axis, run)
    axis.set_yticks(range(len(countries)), countries)
    axis.set(ylim=(len(countries) - 0.5, -0.5), xlabel="Years since the start")
    axis.tick_params(axis="y", length=0)
    names = ("none", *STAGES)
    handles = [axis.barh(0, 0, color=c, label=n) for n, c in zip(names, (NO_STAGE, *STAGE_COLOURS))]
    legend_above(figure, handles)
    table = held.rename_axis("year").reset_index().melt("year", var_name="country", value_name="stage")
    return Drawn(
        "ladder", "The value-chain ladder: the last stage that economies hold", figure, table,
        caption_of(run, "The last stage at which the mean capability of an economy's firms is at least half of the "
                        "frontier's, "
                   "by quarter (CSV: 0 none, 1 collection to 4 applications). Dotted: end of the burn-in.",
                   shown_words(len(countries), held.shape[1]), of_one_run(run)),
    )


@printed
def positions_of_firms(run):
    """What share of each economy's firms stands at which stage, over time."""
    if not run.latecomers:
        raise NotHere(NO_LATECOMER)
    firms = run.series["firms"].sel(country=run.latecomers)
    names = [str(p) for p in firms["position"].values]
    counts = grouped(firms.values, names, run.stage_of, STAGES)  # [time, country, stage]
    countries = [c for i, c in enumerate(run.latecomers) if np.nansum(counts[:, i]) > 0][:MOST_PANELS]
    if not countries:
        raise NotHere("no latecomer economy has firms")
    shares = shares_of(counts, axis=2).transpose(2, 0, 1)
    figure = stacked_by_country(run, countries, shares, STAGES, STAGE_COLOURS, "Share of firms, %")
    table = pd.DataFrame(
        [(year, country, stage, counts[t, c, s]) for c, country in enumerate(run.latecomers)
         for s, stage in enumerate(STAGES) for t, year in enumerate(years_of(run))],
        columns=["year", "country", "stage", "firms"],
    )
    return Drawn(
        "positions_of_firms", "Where firms stand along the data value chain", figure, table,
        caption_of(run, "Share of the firms of an economy that sell at each stage; processing of low value counts as "
                        "analytics. "
                   "Dotted: end of the burn-in.", shown_words(len(countries), len(run.latecomers)), of_one_run(run)),
    )
