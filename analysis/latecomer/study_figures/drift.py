"""Do economies that start alike drift apart, and into clubs?  What the table of stylised facts says of P7 and P8."""

import numpy as np
import pandas as pd

from latecomer.drawn import Drawn, NotHere, caption_of
from latecomer.statistics import convergence, facts_studies
from latecomer.statistics.estimate import NoData
from latecomer.statistics.evidence import YEAR, Evidence
from latecomer.study_figures.countries import BOOTSTRAPS, density
from latecomer.style import COLOURS, GREY, PAGE, legend_above, new_figure, printed


@printed
def drift(study):
    """Spread of the capability index over economies that start alike, and how it and that of gaps change."""
    evidence = Evidence(study=study.data)
    try:
        series = evidence.kept("alike", "capability_index")
        changes = {"capability index": facts_studies.drift_of_capability(evidence)[0],
                   "gap at applications": facts_studies.drift_of_gaps(evidence)[0]}
    except NoData as reason:
        raise NotHere(str(reason)) from reason
    spread, scenario = convergence.spread_of_runs(series.values), evidence.arm("alike")
    years = series["time"].values + (study.start_year() or 0)
    figure, axes = new_figure(PAGE, 2.5, 1, 2, width_ratios=(1.6, 1))
    lines, dots = axes[0]
    lines.plot(years, spread.T, color=GREY, linewidth=0.5, alpha=0.6)
    mean = np.nanmean(spread, axis=0)
    lines.plot(years, mean, color=COLOURS[0])
    lines.set(ylim=(0, None), xlim=(years[0], years[-1]), xlabel="Year" if study.start_year() else "Years since the start",
              ylabel="St. dev. of the capability index")
    numbers = [("sigma", int(replicate), year, value, np.nan, np.nan, 1)
               for replicate, row in zip(series["replicate"].values, spread) for year, value in zip(years, row)]
    for place, (name, change) in enumerate(changes.items()):
        dots.plot((change.low, change.high), (place, place), color=COLOURS[0], linewidth=1.6)
        dots.plot(change.value, place, "o", color=COLOURS[0], markersize=4)
        numbers.append((f"change, {name}", -1, np.nan, change.value, change.low, change.high, change.count))
    dots.axvline(0, color=GREY, linestyle=":", linewidth=0.9)
    dots.set_yticks(range(len(changes)), list(changes))
    dots.set(ylim=(len(changes) - 0.5, -0.5), xlabel="Change of the st. dev., end less start")
    return Drawn(
        "drift", "Economies that start alike drift apart", figure,
        pd.DataFrame(numbers, columns=["what", "replicate", "year", "value", "low", "high", "n"]),
        caption_of(study, f"Scenario '{scenario}'. Left, standard deviation over latecomer economies of the capability "
                          "index (ln of capability over the frontier, stages weighted), run by run (thin) and their "
                          "mean; right, its change from the first quarter to the last, and that of the stage-4 gap "
                          "since the burn-in, which alike.toml has not: means over runs with 95 % Student intervals, "
                          f"as in the table of stylised facts. n = {len(spread)} replicates."),
    )


@printed
def pooled_clubs(study):
    """Distribution of the capability index over economies of all runs, and Quah's chain."""
    evidence = Evidence(study=study.data)
    try:
        logs = evidence.kept("clubs", "capability_index").values
        (one_mode, _), (valley, _) = facts_studies.single_mode(evidence), facts_studies.clubs(evidence)
        chain = convergence.chain_of(logs[:, ::YEAR])
        start, end = (convergence.relative(convergence.complete(logs[:, when])) for when in (0, -1))
    except NoData as reason:
        raise NotHere(str(reason)) from reason
    figure, axes = new_figure(PAGE, 2.7, 1, 2)
    peaks, bars = axes[0]
    widest = max(np.abs(start).max(), np.abs(end).max()) + 0.3
    points, numbers = np.linspace(-widest, widest, 160), []
    for name, sample, colour in (("at the start", start, GREY), ("at the end", end, COLOURS[0])):
        curve, low, high = density(sample, points)
        peaks.fill_between(points, low, high, color=colour, alpha=0.18, linewidth=0)
        peaks.plot(points, curve, color=colour, linestyle="--" if sample is start else "-", label=name)
        numbers += [(f"density {name}", f"{x:.6g}", *row, sample.size) for x, *row in zip(points, curve, low, high)]
    peaks.set(ylim=(0, 1.6 * curve.max() or None), xlabel="Capability index less the mean of the run",
              ylabel="Density over economies and runs")
    peaks.set_title(f"One mode at the end: p = {one_mode.value:.3g}")
    for column, offset, colour in (("start", -0.2, GREY), ("long run", 0.2, COLOURS[0])):
        bars.bar(np.arange(len(chain)) + offset, 100 * chain[column], 0.38, color=colour)
        shares = chain[column].items()
        numbers += [(f"chain, {column}", band, share, np.nan, np.nan, len(logs)) for band, share in shares]
    bars.set_xticks(range(len(chain)), chain.index)
    bars.set(xlabel="Level over the mean of the run's", ylabel="Share of economies, %")
    bars.set_title(f"Valley {valley.value:.3g} ({valley.low:.3g} to {valley.high:.3g})")
    numbers += [("p of one mode", "", one_mode.value, np.nan, np.nan, one_mode.count),
                ("valley", "", valley.value, valley.low, valley.high, valley.count)]
    legend_above(figure, peaks.get_legend_handles_labels()[0], ["at the start", "at the end; long run"], columns=2)
    return Drawn(
        "pooled_clubs", "Do economies that start alike part into clubs?", figure,
        pd.DataFrame(numbers, columns=["what", "where", "value", "low", "high", "n"]),
        caption_of(study, f"Scenario '{evidence.arm('clubs')}', latecomer economies of all runs pooled. Left, kernel "
                          "density of the capability index relative to its mean over the economies of the run (normal "
                          f"kernel, Silverman's width), with 95 % bands of {BOOTSTRAPS} bootstraps that draw runs (the "
                          "axis is made for the end), and p of Silverman's test of one mode; right, Quah's chain: "
                          "shares of economies by their level at the start, and in the long run of its yearly moves, "
                          "with the valley between the peaks of the long run and its 95 % interval of a bootstrap "
                          "over runs. Test and valley are those of the table of stylised facts. "
                          f"n = {len(logs)} replicates."),
    )
