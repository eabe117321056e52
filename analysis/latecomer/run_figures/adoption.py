"""How the use of digital applications spreads."""

import numpy as np
import pandas as pd
from matplotlib.ticker import FixedLocator, NullLocator

from latecomer.drawn import Drawn, NotHere, caption_of, of_one_run
from latecomer.groups import colour_of, groups_in, median_words
from latecomer.run_figures.panels import (
    NO_LATECOMER, draw_countries, long_table, name_countries, shade, time_axis, years_of,
)
from latecomer.statistics.adoption import logistic_fit
from latecomer.statistics.estimate import NoData
from latecomer.style import COLOURS, DASHES, GREY, MOST_NAMED, PAGE, new_figure, printed

MOST_RATES = 24  # economies whose rates have room
ALL_USE = 0.99  # share at which a curve has ended
TICKS = (0.5, 1, 2, 5, 10, 25, 50, 75, 90, 95, 98, 99, 99.5)  # %


def rate_of(time, values):
    """Rate a year of the logistic curve through an economy's adoption and its interval, NaN where none is found."""
    try:
        fit = logistic_fit(time, values)
    except NoData:
        return np.nan, np.nan, np.nan
    return fit.value, fit.low, fit.high


@printed
def adoption(run):
    """Adoption of digital applications on a scale of log odds, and rates of a logistic curve through it."""
    if not run.latecomers:
        raise NotHere(NO_LATECOMER)
    values = run.series["adoption"].sel(country=run.latecomers)
    time = years_of(run)
    if len(time) < 8:
        raise NotHere("needs eight quarters")
    if not np.isfinite(values.values).any():
        raise NotHere("no economy uses applications")
    fits = {c: rate_of(run.series["time"].values, values.sel(country=c).values) for c in run.latecomers}
    figure, axes = new_figure(PAGE, 3.2, 1, 2, width_ratios=(1.6, 1))
    lines, rates = axes[0]
    last = until_all_use(values)
    with np.errstate(all="ignore"):
        odds = np.log(values / (1.0 - values))
    odds = odds.where(np.isfinite(odds)).isel(time=slice(0, last + 1))
    draw_countries(lines, time[: last + 1], odds)
    log_odds_axis(lines)
    lines.set_ylabel("Adoption, % of demand")
    time_axis(lines, run)
    shade(lines, run, last=time[last])
    name_countries(lines)
    numbers = [(country, *fits[country]) for country in run.latecomers]
    draw_rates(rates, run, values, fits)
    table = long_table(values, "adoption").merge(
        pd.DataFrame(numbers, columns=["country", "logistic_rate", "rate_low", "rate_high"]), on="country", how="left")
    ended = f" until half of the economies are beyond {100 * ALL_USE:.0f} %" if last < len(time) - 1 else ""
    return Drawn(
        "adoption", "Adoption of digital applications", figure, table,
        caption_of(run, f"Left, the share of demand that adopts digital applications, on a scale of log odds{ended}: there a "
                        "logistic curve is a straight line, and its slope is the rate. Right, the rate of a logistic "
                        "curve with ceiling one, of which the table of stylised facts has the years, with the 95 % "
                        "interval of least squares, which takes quarters as independent and is therefore too narrow. "
                        "The model's own law of adoption is logistic: the shape is built in, the differences between economies "
                        "are not.",
                   median_words(run, MOST_NAMED), of_one_run(run)),
    )


def until_all_use(values):
    """The last quarter to draw: where half of the economies have reached ALL_USE, or the end."""
    shares = values.transpose("time", "country").values
    known = np.isfinite(shares)
    reached = np.where(known, shares >= ALL_USE, False).sum(axis=1) >= 0.5 * np.maximum(known.sum(axis=1), 1)
    return max(7, int(np.argmax(reached))) if reached.any() else len(shares) - 1


def log_odds_axis(axis):
    """Labels log odds in percent."""
    low, high = axis.get_ylim()
    places = {tick: np.log(tick / (100.0 - tick)) for tick in TICKS}
    known = [(tick, place) for tick, place in places.items() if low <= place <= high]
    axis.yaxis.set_major_locator(FixedLocator([place for _, place in known]))
    axis.yaxis.set_minor_locator(NullLocator())
    axis.set_yticks([place for _, place in known], [f"{tick:g}" for tick, _ in known])


def draw_rates(axis, run, values, fits):
    """Rates with their intervals, an economy a row; colours are those of the lines, or of income groups."""
    groups = {key: colour_of(name) for name, members in groups_in(values).items() for key in members}
    few = len(run.latecomers) <= MOST_NAMED
    styles = {key: (COLOURS[i % len(COLOURS)], DASHES[i // len(COLOURS) % len(DASHES)]) if few else (groups.get(key, GREY), "-")
              for i, key in enumerate(run.latecomers)}
    order = sorted(run.latecomers, key=lambda c: np.nan_to_num(fits[c][0]))
    order = order if len(order) <= MOST_RATES else order[:: -(-len(order) // MOST_RATES)]
    for place, country in enumerate(order):
        slope, low, high = fits[country]
        colour, dash = styles[country]
        axis.plot((low, high), (place, place), color=colour, linestyle=dash)
        axis.plot(slope, place, "o", color=colour, markersize=3)
    axis.set_yticks(range(len(order)), order)
    axis.set_xlabel("Logistic rate, a year")
    axis.locator_params(axis="x", nbins=5)
    axis.grid(axis="x")
