"""Draws the standard figures of a run:  python3 -m analysis.figures RUN --out DIR"""

import argparse
import math
import sys
from pathlib import Path

from analysis.series import Unusable, missing_packages, open_series

# Okabe and Ito's colours without yellow and black: told apart by colour-blind readers.  Countries
# beyond seven come round with another dash; every line has its name beside it.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#7F3C8D")
DASHES = ("-", (0, (5, 1.5)), (0, (1.5, 1.5)))
MOST_NAMED = 16  # more names do not fit beside a panel


def main(arguments=None):
    """Returns the exit status: 0, or 2 where the input or the machine will not do."""
    parser = argparse.ArgumentParser(prog="analysis.figures", description=__doc__)
    parser.add_argument("run", help="run folder, or its series.h5")
    parser.add_argument("--out", required=True, help="folder for the figures; made if missing")
    options = parser.parse_args(arguments)
    try:
        for path in draw_all(options.run, Path(options.out)):
            print(path)
    except Unusable as error:
        print(f"analysis.figures: {error}", file=sys.stderr)
        return 2
    return 0


def draw_all(run, out):
    """Draws every figure as PNG and PDF and returns their paths."""
    try:
        import matplotlib
    except ImportError as error:
        raise missing_packages(error) from error
    matplotlib.use("Agg")
    series = open_series(run)
    figures = {
        "capability_gaps": capability_gaps(series),
        "domestic_application_shares": domestic_application_shares(series),
    }
    paths = []
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, figure in figures.items():
            for kind in ("png", "pdf"):
                paths.append(out / f"{name}.{kind}")
                # No date in the file: the same run gives the same bytes.
                metadata = {"CreationDate": None} if kind == "pdf" else None
                figure.savefig(paths[-1], dpi=150, metadata=metadata)
    except OSError as error:
        raise Unusable(f"cannot write into '{out}' ({error.strerror}): choose another --out") from error
    return paths


def capability_gaps(series):
    """Mean capability of domestic firms against the frontier, a panel per stage."""
    return panels(
        series,
        series["gap_by_stage"],
        over="stage",
        title="Capability gap to the frontier, by stage of the data value chain",
        unit="ln (domestic mean / frontier), 0: no gap",
        zero="top",
    )


def domestic_application_shares(series):
    """Share of domestic firms in their home market for applications, a panel per sector."""
    shares = series["domestic_share"]
    applications = [p for p in shares["position"].values if str(p).startswith("APP_")]
    return panels(
        series,
        shares.sel(position=applications),
        over="position",
        title="Share of domestic firms in home demand for applications, by sector",
        unit="share of spending",
        zero="bottom",
    )


def panels(series, variable, over, title, unit, zero):
    """A grid of panels over one dimension, a line per country that has values at all."""
    from matplotlib.figure import Figure

    variable = variable.dropna("country", how="all")
    labels = [str(label) for label in variable[over].values]
    columns = 2 if len(labels) > 1 else 1
    rows = max(1, math.ceil(len(labels) / columns))
    figure = Figure(figsize=(6.2 * columns, 0.9 + 3.7 * rows), layout="constrained")
    axes = figure.subplots(rows, columns, sharex=True, sharey=True, squeeze=False).flatten()
    for spare in axes[len(labels) :]:
        spare.set_visible(False)
    for axis, label in zip(axes, labels):
        values = variable.sel({over: label})
        axis.set_title(label.removeprefix("APP_").replace("_", " ").capitalize(), loc="left")
        draw_countries(axis, series["time"].values, values)
        shade_burn_in(axis, series)
    axes[0].set_ylim(range_with_zero(axes[: len(labels)], zero))
    for axis in axes[: len(labels)]:
        axis.axhline(0.0, color="0.4", linewidth=0.8)
        name_lines(axis)
        axis.tick_params(labelbottom=True)
        axis.set_xlabel("Years since the start")
    figure.get_layout_engine().set(w_pad=0.1, h_pad=0.1)
    figure.suptitle(title, x=0.012, ha="left", fontsize=13, fontweight="bold")
    figure.supylabel(unit, fontsize=10)
    return figure


def range_with_zero(axes, zero):
    """Limits for all panels that include zero, as an edge where no line passes it."""
    ends = [float(y) for axis in axes for line in axis.get_lines() for y in line.get_ydata()]
    ends = [y for y in ends if not math.isnan(y)] or [0.0, 1.0]
    low, high = min(ends + [0.0]), max(ends + [0.0])
    room = 0.05 * (high - low) or 0.05
    return (
        low if zero == "bottom" and low == 0.0 else low - room,
        high if zero == "top" and high == 0.0 else high + room,
    )


def draw_countries(axis, time, values):
    """A line per country; where there are too many to name, most stay grey."""
    keys = [str(key) for key in values["country"].values]
    named = named_countries(values, keys)
    marker = "o" if len(time) == 1 else None
    for number, key in enumerate(keys):
        style = {"color": "0.8", "linewidth": 0.6, "zorder": 1}
        if key in named:
            style = {
                "color": COLOURS[number % len(COLOURS)],
                "linestyle": DASHES[number // len(COLOURS) % len(DASHES)],
                "linewidth": 1.4,
                "label": key,
            }
        axis.plot(time, values.sel(country=key).values, marker=marker, **style)
    axis.spines[["top", "right"]].set_visible(False)
    axis.grid(axis="y", color="0.92")
    if len(time) > 1:
        axis.set_xlim(time[0], time[-1])


def named_countries(values, keys):
    """All countries, or a choice spread evenly over their last values."""
    if len(keys) <= MOST_NAMED:
        return set(keys)
    last = values.ffill("time").isel(time=-1) if len(values["time"]) > 1 else values.isel(time=0)
    known = [key for key in keys if not math.isnan(float(last.sel(country=key)))]
    ranked = sorted(known, key=lambda key: float(last.sel(country=key)))
    step = (len(ranked) - 1) / (MOST_NAMED - 1)
    return {ranked[round(i * step)] for i in range(MOST_NAMED)} if ranked else set()


def shade_burn_in(axis, series):
    """Marks the quarters that statistics leave out."""
    end = float(series.attrs.get("burn_in", 0)) / 4.0
    time = series["time"].values
    if end <= time[0] or len(time) < 2:
        return
    axis.axvspan(time[0], min(end, time[-1]), color="0.94", linewidth=0, zorder=0)
    axis.annotate("burn-in", (time[0], 0), (4, 4), ("data", "axes fraction"), "offset points",
                  fontsize=8, color="0.45")


def name_lines(axis):
    """Writes each line's name behind its end, moved up or down where names would touch."""
    ends = []
    for line in axis.get_lines():
        known = [y for y in line.get_ydata() if not math.isnan(y)]
        if not line.get_label().startswith("_") and known:
            ends.append((known[-1], line))
    if not ends:
        axis.annotate("no country has a value", (0.5, 0.5), xycoords="axes fraction", ha="center")
        return
    ends.sort(key=lambda end: end[0])
    low, high = axis.get_ylim()
    ends_in_axes = [(y - low) / (high - low) for y, _ in ends]
    for height, end, (_, line) in zip(spread(ends_in_axes, 0.058), ends_in_axes, ends):
        axis.plot((1.005, 1.035), (end, height), color=line.get_color(), linewidth=0.7,
                  transform=axis.transAxes, clip_on=False, scalex=False, scaley=False)
        axis.annotate(line.get_label(), (1.035, height), (3, 0), "axes fraction", "offset points",
                      color=line.get_color(), fontsize=8, va="center", annotation_clip=False)


def spread(heights, gap):
    """The ascending heights, moved as little as keeps them `gap` apart within 0 .. 1."""
    gap = min(gap, 1.0 / max(1, len(heights) - 1))
    groups = []  # [lowest place, number of names]: names that touch share the move
    for height in heights:
        groups.append([height, 1])
        while len(groups) > 1 and groups[-2][0] + groups[-2][1] * gap > groups[-1][0]:
            low, count = groups.pop()
            below, more = groups[-1]
            groups[-1] = [(below * more + (low - more * gap) * count) / (more + count), more + count]
    placed = [low + i * gap for low, count in groups for i in range(count)]
    for i, floor in enumerate(j * gap for j in range(len(placed))):
        placed[i] = max(placed[i], floor)
    for i in reversed(range(len(placed))):
        placed[i] = min(placed[i], 1.0 - (len(placed) - 1 - i) * gap)
    return placed


if __name__ == "__main__":
    sys.exit(main())
