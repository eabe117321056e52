"""Capability gaps, domestic shares, and firms that climb the data value chain."""

import numpy as np
import pandas as pd

from latecomer.drawn import Drawn, NotHere, caption_of, of_one_run
from latecomer.groups import median_words
from latecomer.run_figures.panels import (
    NO_LATECOMER, STAGE_COLOURS, country_panels, grouped, long_table, mean_words, panels_for, rolling_year, shade, stacked_panels,
    time_axis, years_of,
)
from latecomer.series import STAGES
from latecomer.statistics import climbing as climbs
from latecomer.statistics.estimate import NoData
from latecomer.statistics.evidence import Evidence
from latecomer.statistics.facts_countries import climbing_a_year, economies_that_climb
from latecomer.style import COLOURS, COLUMN, MOST_NAMED, label_lines, new_figure, printed


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
        part = yearly(run, position, evidence.burn_in)
        axis.plot(time, part["percent_a_year"], color=colour, linewidth=0.4, alpha=0.5)
        axis.plot(time, part["mean_of_year"], color=colour)
        rates = part["percent_a_year"].to_numpy()[evidence.burn_in:]
        label = f"to {name.split()[-1]}\n{mean_words(mean, rates, 2)}"
        ends.append((part["mean_of_year"].iloc[-1], label, colour))
        part.insert(1, "step", name)
        parts.append(part.assign(mean=mean.value, low=mean.low, high=mean.high,
                                 economies=share_of_economies(evidence, position)))
    if not parts:
        raise NotHere("no firm stands at processing or analytics long enough")
    table = pd.concat(parts, ignore_index=True)
    top = np.nanpercentile(table.loc[table["year"] > run.start_year + evidence.burn_in / 4, "percent_a_year"], 99.5)
    axis.set(ylim=(0, 1.15 * top or 1.0), xlim=(time[0], time[-1]), ylabel="Firms that climb, % a year")
    time_axis(axis, run)
    shade(axis, run)
    label_lines(axis, ends, gap=0.2)
    return Drawn(
        "climbing", "Firms that climb the ladder", figure, table,
        caption_of(run, "Firms that climb from low-value processing to analytics, and from analytics to an "
                        "application, in % of the firms there a year: by quarter (thin) and as mean of a year, all "
                        "economies. Behind: climbs over firms x years after the burn-in, as in the table of stylised "
                        "facts, with its 95 % interval by Newey and West's variance; where the halves of that time differ by "
                        "more than chance, the means of both and no interval. CSV: also the share of economies "
                        "in which a firm climbs.",
                   of_one_run(run)),
    )


def yearly(run, position, burn_in):
    """Climbs from a position in % of the firms there a year, by quarter and over the last four since the burn-in ended."""
    moves, firms = (values.sum(axis=1) for values in climbs.moves_and_firms(run.series, position))
    four = [4 * rolling_year(values, burn_in) for values in (moves, firms)]
    with np.errstate(all="ignore"):
        shares = {"percent_a_year": 400 * moves / firms, "mean_of_year": 400 * four[0] / four[1]}
    return pd.DataFrame({"year": years_of(run), **shares})


def share_of_economies(evidence, position):
    """Share of economies in which a firm climbs from a position, NaN where the run cannot tell."""
    try:
        return economies_that_climb(evidence, position)[0].value
    except NoData:
        return np.nan
