"""How firms grow: the shape of growth rates, and how it depends on size."""

import numpy as np
import pandas as pd
from scipy import stats

from latecomer.drawn import Drawn, NotHere, caption_of, of_one_run
from latecomer.run_figures.firms import firms_at
from latecomer.statistics.estimate import NoData
from latecomer.statistics.evidence import Evidence
from latecomer.statistics.growth import size_classes, subbotin, volatility_slope
from latecomer.style import COLOURS, COLUMN, GREY, legend_above, new_figure, plain_powers, printed


def rates_of(run):
    """Growth rates that the battery looks at, and their distance in quarters."""
    evidence = Evidence(run)
    for quarter in evidence.snapshots[-1:]:
        firms_at(run, quarter)  # has the columns
    rates, (first, last) = evidence.growth
    return rates.dropna(), last - first


def span_words(distance):
    return f"{distance / 4:g} years" if distance != 4 else "one year"


def laws(growth, shape, points):
    """Densities at the points of laws fitted to growth rates, with colour and dash, by their names."""
    fitted = stats.gennorm.fit(growth, shape.value, loc=float(np.median(growth)), scale=1.0)
    subbotin_name = f"Subbotin, b = {shape.value:.2f} ({shape.low:.2f}–{shape.high:.2f})"
    return {
        subbotin_name: (stats.gennorm.pdf(points, *fitted), COLOURS[1], "-"),
        "Laplace (b = 1)": (stats.laplace.pdf(points, *stats.laplace.fit(growth)), COLOURS[2], "--"),
        "normal (b = 2)": (stats.norm.pdf(points, *stats.norm.fit(growth)), GREY, ":"),
    }


@printed
def growth_distribution(run):
    """Density of growth rates with Subbotin's law, Laplace and normal."""
    try:
        rates, distance = rates_of(run)
        shape = subbotin(rates["growth"])
    except NoData as error:
        raise NotHere(str(error)) from error
    growth = rates["growth"].to_numpy() / rates["growth"].std(ddof=0)
    counts, edges = np.histogram(growth, bins=61, range=(-6, 6))
    width, middle = edges[1] - edges[0], (edges[1:] + edges[:-1]) / 2
    density = counts / growth.size / width
    low, high = stats.poisson.ppf((0.025,), counts[:, None])[:, 0], stats.poisson.ppf((0.975,), counts[:, None])[:, 0]
    points = np.linspace(-6, 6, 400)
    figure, axes = new_figure(COLUMN, 3.0)
    axis = axes[0, 0]
    seen = counts > 0
    bars = np.clip([density - low / growth.size / width, high / growth.size / width - density], 0, None)[:, seen]
    axis.errorbar(middle[seen], density[seen], np.minimum(bars, [density[seen] * 0.95, bars[1]]), fmt="o", color=COLOURS[0],
                  markersize=2.2, elinewidth=0.6, label="firms")
    for name, (curve, colour, dash) in laws(growth, shape, points).items():
        axis.plot(points, curve, color=colour, linestyle=dash, label=name)
    axis.set(yscale="log", ylim=(0.3 / growth.size / width, 3 * density.max()), xlim=(-6, 6),
             xlabel=f"Growth over {span_words(distance)}, in standard deviations", ylabel="Density")
    plain_powers(axis.yaxis)
    legend_above(figure, *axis.get_legend_handles_labels(), columns=2)
    table = pd.DataFrame({"growth": middle, "firms": counts, "density": density})
    table["low"], table["high"] = low / growth.size / width, high / growth.size / width
    table = pd.concat([table, pd.DataFrame({"growth": ["Subbotin b"], "firms": [shape.count], "density": [shape.value],
                                            "low": [shape.low], "high": [shape.high]})], ignore_index=True)
    return Drawn(
        "growth_distribution", "How firms grow", figure, table,
        caption_of(run, f"Density of growth of revenue over {span_words(distance)} (change of ln revenue between "
                        "snapshots less its mean over the pool), with "
                   "95 % Poisson intervals, and laws fitted by maximum likelihood; b with the 95 % interval of its "
                   "profile, as in the table of stylised facts. Growth "
                   "over a long time is a sum of shocks and nearer to normal than that of a quarter. "
                   f"n = {growth.size} growth rates.", of_one_run(run)),
    )


@printed
def volatility_and_size(run):
    """Spread of growth against size."""
    try:
        rates, distance = rates_of(run)
        slope = volatility_slope(rates["log_size"], rates["growth"])
        classes = size_classes(rates["log_size"], rates["growth"])
    except NoData as error:
        raise NotHere(str(error)) from error
    size, spread, count = classes["log_size"], classes["deviation"], classes["firms"]
    low, high = (spread * np.sqrt((count - 1) / stats.chi2.ppf(q, count - 1)) for q in (0.975, 0.025))
    figure, axes = new_figure(COLUMN, 2.6)
    axis = axes[0, 0]
    axis.errorbar(np.exp(size), spread, [spread - low, high - spread], fmt="o", color=COLOURS[0], markersize=3, elinewidth=0.8)
    line = np.exp(np.log(spread).mean() + slope.value * (size - size.mean()))
    axis.plot(np.exp(size), line, color=COLOURS[1])
    from matplotlib.ticker import FixedLocator, NullLocator

    axis.set_yscale("log")
    axis.yaxis.set_major_locator(FixedLocator((0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0, 1.5, 2.0)))
    axis.yaxis.set_minor_locator(NullLocator())
    axis.yaxis.set_major_formatter(lambda value, _: f"{value:g}")
    axis.set(xscale="log", xlabel="Revenue over the pool's (geometric mean 1)", ylabel="St. dev. of growth, "
                                                                                       f"{span_words(distance)}")
    plain_powers(axis.xaxis)
    axis.annotate(f"slope {slope.value:.3f}\n({slope.low:.3f} to {slope.high:.3f})", (0.97, 0.95), xycoords="axes fraction", ha="right",
                  va="top", color=COLOURS[1])
    table = pd.DataFrame({"log_size": size, "deviation": spread, "low": low, "high": high, "firms": count}).assign(
        slope=slope.value, slope_low=slope.low, slope_high=slope.high)
    return Drawn(
        "volatility_and_size", "Small firms grow less steadily", figure, table,
        caption_of(run, f"Standard deviation of growth over {span_words(distance)} in {len(classes)} classes of size with "
                        "equally many firms, with 95 % chi-square "
                   "intervals; the line is the least-squares slope of logs with its 95 % interval, as in the table of "
                   "stylised facts. The model's noise "
                   "falls with size by "
                   f"design: the sign is built in. n = {len(rates)} growth rates.", of_one_run(run)),
    )
