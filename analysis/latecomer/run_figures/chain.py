"""Capability gaps, domestic shares and the ladder of the data value chain."""

import numpy as np
import pandas as pd

from latecomer.drawn import Drawn, NotHere, caption_of, of_one_run, shown_words
from latecomer.groups import latecomer_groups, median_words
from latecomer.run_figures.panels import (
    NO_LATECOMER, burn_in_line, country_panels, grouped, long_table, panels_for, shade, stacked_panels, years_of,
)
from latecomer.series import STAGES
from latecomer.statistics import climbing as climbs
from latecomer.statistics import ladder as stages_held
from latecomer.statistics.estimate import NoData
from latecomer.statistics.evidence import Evidence
from latecomer.statistics.facts_countries import climbing_a_year, economies_that_climb
from latecomer.style import COLOURS, COLUMN, MOST_NAMED, PAGE, label_lines, legend_above, new_figure, printed

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
        caption_of(run, "Mean capability of domestic firms, weighted by revenue, over the frontier, in natural logs, "
                        "for every latecomer economy: a line that falls falls behind. Burn-in is shaded; lead "
                        "economies have no latecomer firms and are left out.",
                   median_words(run, MOST_NAMED), of_one_run(run)),
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
                   "Burn-in is shaded.", median_words(run, MOST_NAMED), of_one_run(run)),
    )


@printed
def ladder(run):
    """The last stage that each latecomer economy holds, quarter by quarter."""
    if not run.latecomers:
        raise NotHere(NO_LATECOMER)
    held = stages_held(run.series)
    table = held.rename_axis("year").reset_index().melt("year", var_name="country", value_name="stage")
    if latecomer_groups(run, MOST_ROWS):
        return ladder_of_groups(run, held, table)
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
    return Drawn(
        "ladder", "The value-chain ladder: the last stage that economies hold", figure, table,
        caption_of(run, "The last stage at which the mean capability of an economy's firms, weighted by revenue, is at "
                        "least half of the frontier's, "
                   "by quarter (CSV: 0 none, 1 collection to 4 applications). Dotted: end of the burn-in.",
                   shown_words(len(countries), held.shape[1]), of_one_run(run)),
    )


def ladder_of_groups(run, held, table):
    """The same of many economies: what share of an income group holds which stage last."""
    stages = np.stack([held.to_numpy() == stage for stage in range(len(STAGES) + 1)]).astype(float)
    titles, shares, shown = panels_for(run, stages, MOST_ROWS)
    figure = stacked_panels(run, titles, shares, ("none", *STAGES), (NO_STAGE, *STAGE_COLOURS), "Share of economies, %")
    return Drawn(
        "ladder", "The value-chain ladder: the last stage that economies hold", figure, table,
        caption_of(run, "Share of economies by the last stage at which the mean capability of their firms, weighted by "
                        "revenue, is at least half of the frontier's (CSV: 0 none, 1 collection to 4 applications). "
                        "Dotted: end of the burn-in.", shown, of_one_run(run)),
    )


@printed
def positions_of_firms(run):
    """What share of each economy's firms stands at which stage, over time."""
    if not run.latecomers:
        raise NotHere(NO_LATECOMER)
    firms = run.series["firms"].sel(country=run.latecomers)
    names = [str(p) for p in firms["position"].values]
    counts = grouped(firms.values, names, run.stage_of, STAGES)  # [time, country, stage]
    titles, shares, shown = panels_for(run, counts.transpose(2, 0, 1))
    if not titles:
        raise NotHere("no latecomer economy has firms")
    figure = stacked_panels(run, titles, shares, STAGES, STAGE_COLOURS, "Share of firms, %")
    table = pd.DataFrame(
        [(year, country, stage, counts[t, c, s]) for c, country in enumerate(run.latecomers)
         for s, stage in enumerate(STAGES) for t, year in enumerate(years_of(run))],
        columns=["year", "country", "stage", "firms"],
    )
    return Drawn(
        "positions_of_firms", "Where firms stand along the data value chain", figure, table,
        caption_of(run, "Share of the firms of an economy that sell at each stage; processing of low value counts as "
                        "analytics. "
                   "Dotted: end of the burn-in.", shown, of_one_run(run)),
    )


@printed
def climbing(run):
    """What share of firms climbs a step a year, of all economies."""
    evidence, time = Evidence(run), years_of(run)
    if len(time) < 12:
        raise NotHere("needs twelve quarters")
    figure, axes = new_figure(COLUMN, 2.5)
    axis, parts, ends = axes[0, 0], [], []
    for (position, name), colour in zip(climbs.STEPS.items(), (COLOURS[5], COLOURS[0])):
        try:
            mean = climbing_a_year(evidence, position)[0].scaled(100.0)
        except NoData:
            continue
        part = yearly(run, position)
        axis.plot(time, part["percent_a_year"], color=colour, linewidth=0.4, alpha=0.5)
        axis.plot(time, part["mean_of_year"], color=colour)
        label = f"to {name.split()[-1]}\n{mean.value:.2f} ({mean.low:.2f}–{mean.high:.2f})"
        ends.append((part["mean_of_year"].iloc[-1], label, colour))
        part.insert(1, "step", name)
        parts.append(part.assign(mean=mean.value, low=mean.low, high=mean.high,
                                 economies=share_of_economies(evidence, position)))
    if not parts:
        raise NotHere("no firm stands at processing or analytics long enough")
    table = pd.concat(parts, ignore_index=True)
    top = np.nanpercentile(table.loc[table["year"] > evidence.burn_in / 4, "percent_a_year"], 99.5)
    axis.set(ylim=(0, 1.15 * top or 1.0), xlim=(time[0], time[-1]), xlabel="Years since the start",
             ylabel="Firms that climb, % a year")
    shade(axis, run)
    label_lines(axis, ends, gap=0.2)
    return Drawn(
        "climbing", "Firms that climb the ladder", figure, table,
        caption_of(run, "Firms that climb from low-value processing to analytics, and from analytics to an "
                        "application, in % of the firms there a year: by quarter (thin) and as mean of a year, all "
                        "economies. Behind: climbs over firms x years after the burn-in, as in the table of stylised "
                        "facts, with its 95 % interval by Newey and West's variance. CSV: also the share of economies "
                        "in which a firm climbs.",
                   of_one_run(run)),
    )


def yearly(run, position):
    """Climbs from a position in % of the firms there a year, by quarter and over the last four."""
    moves, firms = (pd.Series(values.sum(axis=1)) for values in climbs.moves_and_firms(run.series, position))
    four = [values.rolling(4, min_periods=1).sum() for values in (moves, firms)]
    with np.errstate(all="ignore"):
        shares = {"percent_a_year": 400 * moves / firms, "mean_of_year": 400 * four[0] / four[1]}
    return pd.DataFrame({"year": years_of(run), **shares})


def share_of_economies(evidence, position):
    """Share of economies in which a firm climbs from a position, NaN where the run cannot tell."""
    try:
        return economies_that_climb(evidence, position)[0].value
    except NoData:
        return np.nan
