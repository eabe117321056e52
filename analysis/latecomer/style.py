"""How figures look: sizes of print, colours, names beside lines instead of legends."""

import math
import re
import warnings
from contextlib import contextmanager
from pathlib import Path

import matplotlib
from matplotlib import font_manager
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, LogFormatterSciNotation, MaxNLocator, NullLocator

from latecomer.names import LONGEST_NAME, shortened, title_words, words  # noqa: F401  (for figures)

matplotlib.use("Agg")

# Okabe and Ito's colours without yellow and black: told apart by colour-blind readers.  Beyond seven they
# come round with another dash; every line has its name beside it.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#7F3C8D")
DASHES = ("-", (0, (5, 1.5)), (0, (1.5, 1.5)))
GREY = "#6E6E6E"
MOST_NAMED = 16  # more names do not fit beside a panel

INCH = 1 / 2.54  # of a centimetre
COLUMN = 8.8 * INCH  # widths of a column and of a page of a journal
PAGE = 18.0 * INCH
SMALLEST = 7.0  # points

PRINT = {
    "font.family": ["sans-serif"],
    "font.sans-serif": ["DejaVu Sans"],
    "text.parse_math": False,  # a name may hold two dollars
    "font.size": 7.5,
    "axes.titlesize": 8,
    "axes.labelsize": 7.5,
    "xtick.labelsize": 7,
    "ytick.labelsize": 7,
    "legend.fontsize": 7,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.linewidth": 0.6,
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "axes.titlelocation": "left",
    "axes.grid": False,
    "grid.color": "0.92",
    "lines.linewidth": 1.2,
    "legend.frameon": False,
    "hatch.linewidth": 0.4,
    "pdf.fonttype": 42,
    "svg.hashsalt": "latecomer",
}

SCENARIO_COLOURS = {
    "sovereignty": COLOURS[0],
    "strategic_data": COLOURS[1],
    "low_value": COLOURS[2],
    "sector_applications": COLOURS[3],
}


def shipped_fonts():
    """The fonts that come with matplotlib, as it describes fonts."""
    folder = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    return [font_manager.ttfFontProperty(font_manager.get_font(str(path))) for path in sorted(folder.glob("DejaVuSans*.ttf"))]


def forget_fonts():
    """Lets matplotlib look for fonts again."""
    if hasattr(font_manager.fontManager, "_findfont_cached"):
        font_manager.fontManager._findfont_cached.cache_clear()


@contextmanager
def printing():
    """The settings of print upon matplotlib's own, and its own fonts: none of the user's."""
    known = {name: value for name, value in PRINT.items() if name in matplotlib.rcParamsDefault}
    manager = font_manager.fontManager
    users = manager.ttflist
    with matplotlib.rc_context(), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing")  # of names; captions and CSV have them
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(known)
        manager.ttflist = shipped_fonts() or users
        forget_fonts()
        try:
            yield
        finally:
            manager.ttflist = users
            forget_fonts()


def printed(function):
    """Draws with the settings of print."""

    def drawing(*arguments, **named):
        with printing():
            return function(*arguments, **named)

    drawing.__name__, drawing.__doc__ = function.__name__, function.__doc__
    drawing.__wrapped__ = function
    return drawing


def new_figure(width=PAGE, height=PAGE / 2, rows=1, columns=1, **named):
    """A figure and its axes [rows, columns]."""
    figure = Figure(figsize=(width, height), layout="constrained")
    figure.get_layout_engine().set(w_pad=0.05, h_pad=0.05)
    return figure, figure.subplots(rows, columns, squeeze=False, **named)


def grid_size(panels, columns):
    """Rows and columns of a grid for so many panels."""
    columns = min(columns, max(1, panels))
    return max(1, math.ceil(panels / columns)), columns


def hide_spare(axes, used):
    for axis in axes.flatten()[used:]:
        axis.set_visible(False)


class PlainPowers(LogFormatterSciNotation):
    """Powers of ten in plain letters, as what stands between dollars is no formula here."""

    UP = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")

    def __call__(self, value, position=None):
        text = super().__call__(value, position).replace(r"\times", "×").replace(r"\mathdefault", "")
        text = re.sub(r"\^\{([-0-9]+)\}", lambda found: found[1].translate(self.UP), text)
        return text.strip("$").replace("{", "").replace("}", "").replace("−", "-")


def plain_powers(*sides):
    """Labels the ticks of logarithmic sides (axis.xaxis, axis.yaxis) in plain letters."""
    for side in sides:
        side.set_major_formatter(PlainPowers())
        side.set_minor_formatter(PlainPowers(labelOnlyBase=False))


PERCENT_TICKS = (1, 2, 5, 10, 20, 35, 50, 70, 100, 140, 200)


def percent_of_frontier(side, ticks=PERCENT_TICKS):
    """Labels a side that shows logs of a ratio (axis.xaxis, axis.yaxis) in percent of what the ratio is to."""
    low, high = sorted(side.get_view_interval())
    known = [tick for tick in ticks if low - 1e-9 <= math.log(tick / 100.0) <= high + 1e-9]
    if len(known) < 3:  # a narrow range: as many even numbers as fit
        ends = (100.0 * math.exp(low), 100.0 * math.exp(high))
        known = [tick for tick in MaxNLocator(5).tick_values(*ends) if tick > 0 and ends[0] <= tick <= ends[1]]
    side.set_major_locator(FixedLocator([math.log(tick / 100.0) for tick in known]))
    side.set_minor_locator(NullLocator())
    side.set_major_formatter(lambda value, _: f"{100.0 * math.exp(value):.3g}")


def scenario_styles(scenarios, reference):
    """Colour, dash and marker of every scenario; the reference is grey."""
    markers = "osD^vPX*<>"
    free = [c for c in COLOURS if c not in [SCENARIO_COLOURS.get(s) for s in scenarios]]
    styles, number = {}, 0
    for place, name in enumerate(scenarios):
        if name == reference:
            colour = "#333333"
        elif name in SCENARIO_COLOURS:
            colour = SCENARIO_COLOURS[name]
        else:
            colour = free[number % len(free)] if free else COLOURS[number % len(COLOURS)]
            number += 1
        styles[name] = {
            "color": colour,
            "linestyle": DASHES[place // len(COLOURS) % len(DASHES)],
            "marker": markers[place % len(markers)],
        }
    return styles


def line_style(style):
    return {"color": style["color"], "linestyle": style["linestyle"]}


def label_lines(axis, ends, gap=None, size=SMALLEST, tick=0.03):
    """Writes names behind the ends of lines, moved up or down where they would touch.

    `ends` has (height in data, name, colour); the gap is in parts of the axis's height.
    """
    ends = sorted((e for e in ends if math.isfinite(e[0])), key=lambda end: end[0])
    if not ends:
        return
    gap = gap or size * 1.15 / 72 / height_of(axis)
    to_axes = axis.transData + axis.transAxes.inverted()
    right = axis.get_xlim()[1]
    places = [float(to_axes.transform((right, y))[1]) for y, _, _ in ends]
    places = [min(1.0, max(0.0, p)) for p in places]
    for height, end, (_, name, colour) in zip(spread(places, gap), places, ends):
        axis.plot((1.005, 1.005 + tick), (end, height), color=colour, linewidth=0.7,
                  transform=axis.transAxes, clip_on=False, scalex=False, scaley=False)
        axis.annotate(name, (1.005 + tick, height), (2, 0), "axes fraction", "offset points", color=colour,
                      fontsize=size, va="center", annotation_clip=False)


def height_of(axis):
    """About how many inches an axis is high, before the layout is known."""
    rows = axis.get_subplotspec().get_gridspec().nrows
    return max(0.4, axis.figure.get_figheight() / rows - 0.55)


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


def shade_burn_in(axis, end, first, last):
    """Marks the years that statistics leave out."""
    if end <= first:
        return
    axis.axvspan(first, min(end, last), color="0.94", linewidth=0, zorder=0)
    axis.annotate("burn-in", (first, 0), (3, 3), ("data", "axes fraction"), "offset points",
                  fontsize=SMALLEST, color="0.4")


def legend_above(figure, handles, labels=None, columns=5):
    """One legend above all panels, in room of its own."""
    labels = labels or [handle.get_label() for handle in handles]
    longest = max(len(label) for label in labels) * 0.05 + 0.45  # inches, about
    columns = max(1, min(columns, len(labels), int(figure.get_figwidth() / longest)))
    rows = math.ceil(len(labels) / columns)
    height = (0.06 + 0.15 * rows) / figure.get_figheight()
    left, bottom, width, top = figure.get_layout_engine().get()["rect"]
    figure.get_layout_engine().set(rect=(left, bottom, width, top - height))
    figure.legend(handles, labels, loc="upper center", ncols=columns, borderaxespad=0.2)
