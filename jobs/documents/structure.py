"""Draws who acts in a quarter, what firms can sell, and how instruments of policy reach what firms do.

Everything that is named is declared elsewhere (declared.py); here is only where it stands. The same declarations give
the same bytes.
"""

import os
import re
import sys
import tempfile
import textwrap
from pathlib import Path

from declared import ROOT, Refused, structure_of
from latecomer.arguments import Arguments

# Colours that colour-blind readers tell apart (Okabe and Ito 2008), one for each stage of the value chain.
COLOURS = ("#0072B2", "#009E73", "#B35900", "#AA3377")
WIDTH, ROW, LETTERS = 15.0, 0.285, 7.5  # inches, inches, points


class Page:
    """A sheet in inches, with words and boxes; from the top down."""

    def __init__(self, height):
        import matplotlib

        matplotlib.use("svg")
        matplotlib.rcdefaults()
        matplotlib.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "latecomer", "font.family": "sans-serif",
                                    "font.sans-serif": ["DejaVu Sans"], "path.simplify": False})
        from matplotlib.figure import Figure

        self.height = height
        self.figure = Figure(figsize=(WIDTH, height))
        self.axes = self.figure.add_axes((0, 0, 1, 1))
        self.axes.set(xlim=(0, WIDTH), ylim=(height, 0))
        self.axes.axis("off")

    def words(self, x, y, text, size=LETTERS, **how):
        self.axes.text(x, y, text, fontsize=size, va="center", **({"ha": "left", "color": "#222222"} | how))

    def box(self, x, y, width, height, colour="#555555", fill="#F4F4F4"):
        from matplotlib.patches import FancyBboxPatch

        self.axes.add_patch(FancyBboxPatch((x, y - height / 2), width, height, boxstyle="round,pad=0,rounding_size=0.05",
                                           linewidth=0.8, edgecolor=colour, facecolor=fill))

    def curve(self, begin, end, colour, **how):
        from matplotlib.patches import PathPatch
        from matplotlib.path import Path as Curve

        middle = (begin[0] + end[0]) / 2
        points = [begin, (middle, begin[1]), (middle, end[1]), end]
        codes = [Curve.MOVETO, Curve.CURVE4, Curve.CURVE4, Curve.CURVE4]
        self.axes.add_patch(PathPatch(Curve(points, codes), fill=False, edgecolor=colour, **({"linewidth": 0.8, "alpha": 0.65} | how)))

    def save(self, path):
        """Writes SVG without dates, and without the sizes that only this machine knows."""
        self.figure.savefig(path, format="svg", metadata={"Date": None, "Creator": "Latecomer, jobs/documents/draw_structure"})


def spread(count, top, bottom):
    """Middles of so many rows between two heights."""
    step = (bottom - top) / count
    return [top + step * (number + 0.5) for number in range(count)]


def draw_quarter(page, structure, top):
    """The steps of a quarter, from the top; returns where they end."""
    page.words(0.3, top, "A quarter, in its order", 10.5, weight="bold")
    y = top + 0.3
    for row in structure.steps:
        lines = textwrap.wrap(row["what happens"], 68)
        height = 0.155 * max(len(lines), 2) + 0.08
        middle = y + height / 2
        page.box(0.3, middle, 5.3, height - 0.04)
        page.words(0.42, middle, row["step"], 9, weight="bold")
        who = textwrap.wrap(row["who"], 15) + ([f"eq. {row['equations']}"] if row["equations"] else [])
        page.words(0.72, middle, "\n".join(part for line in who for part in textwrap.wrap(line, 17)), 6.3, weight="bold", linespacing=1.05)
        page.words(1.95, middle, "\n".join(lines), 6.6)
        y += height
    return y


def draw_positions(page, structure, top):
    """What firms can sell, stage by stage; who buys from whom and who can climb where."""
    page.words(0.3, top, "What firms sell, and where they can climb", 10.5, weight="bold")
    y = top + 0.34
    names = {row["key"] for row in structure.positions}
    for stage, colour in zip(structure.stages, COLOURS):
        for row in (row for row in structure.positions if row["stage"] == stage):
            page.box(0.3, y, 1.75, 0.22, colour, "white")
            page.words(0.38, y, row["key"], color=colour, weight="bold")
            upgrades = [name for name in names_in(row["upgrade to"]) if name in names]
            told = [stage, f"sold {row['sold']}"]
            if row["inputs"]:
                told.append("buys " + ", ".join(name for name in names_in(row["inputs"])))
            if upgrades:
                told.append("climbs to " + ("any APP" if len(upgrades) > 1 else upgrades[0]))
            page.words(2.15, y, "; ".join(told), 6.6)
            y += 0.25
    return y


def names_in(text):
    return re.findall(r"[A-Z]{3}(?:_\w+)?", str(text))


def draw_policy(page, structure, top, bottom):
    """Instruments, the levers that they move, and the behaviours that read these."""
    columns = {"instruments": 6.1, "levers": 9.35, "behaviours": 11.7}
    for (title, x), note in zip(columns.items(), ("governments choose", "all that others see", "what levers change")):
        page.words(x, top, title.capitalize(), 10.5, weight="bold")
        page.words(x, top + 0.2, note, 6.6)
    low = top + 0.38
    colours = dict(zip(structure.stages, COLOURS))
    stage_of = {row["key"]: structure.stages[int(row["cell"][0]) - 1] for row in structure.instruments}
    at_lever = dict(zip(structure.levers, spread(len(structure.levers), low, bottom)))
    at_instrument = dict(zip(stage_of, spread(len(stage_of), low, bottom)))
    at_behaviour = dict(zip(structure.uses, spread(len(structure.uses), low, bottom)))
    for row in structure.instruments:
        colour = colours[stage_of[row["key"]]]
        for lever in row["levers"]:
            page.curve((columns["instruments"] + 2.15, at_instrument[row["key"]]), (columns["levers"], at_lever[lever]), colour)
    moved = {lever for row in structure.instruments for lever in row["levers"]}
    for behaviour, levers in structure.uses.items():
        for lever in levers:
            page.curve((columns["levers"] + 1.35, at_lever[lever]), (columns["behaviours"], at_behaviour[behaviour]), "#666666")
    for row in structure.instruments:
        y, colour = at_instrument[row["key"]], colours[stage_of[row["key"]]]
        page.box(columns["instruments"], y, 2.15, ROW, colour, "white")
        page.words(columns["instruments"] + 0.08, y, f"{row['cell']}  {row['key']}", color=colour, weight="bold")
    for lever, y in at_lever.items():
        page.box(columns["levers"], y, 1.35, 0.22, "#333333" if lever in moved else "#999999", "white")
        page.words(columns["levers"] + 0.07, y, lever)
    for behaviour, y in at_behaviour.items():
        page.box(columns["behaviours"], y, 3.0, 0.56, "#555555")
        name = Path(behaviour.path)
        page.words(columns["behaviours"] + 0.08, y - 0.17, f"{name.parent.name}/{name.stem}", weight="bold")
        page.words(columns["behaviours"] + 2.92, y - 0.17, f"eq. {behaviour.equations}" if behaviour.equations else "", 6.3, ha="right")
        page.words(columns["behaviours"] + 0.08, y + 0.09, "\n".join(textwrap.wrap(behaviour.what, 52)[:2]), 6.4, linespacing=1.05)


def draw(structure, path):
    page = Page(9.6)
    end = draw_quarter(page, structure, 0.35)
    end = draw_positions(page, structure, end + 0.3)
    draw_policy(page, structure, 0.35, 9.0)
    page.words(6.1, 9.3, "Colours of instruments: " + ", ".join(structure.stages) + ". A grey lever is moved by no instrument, "
               "but by tariffs of plans and of home governments.", 6.6)
    if end > page.height:
        raise Refused("what is declared does not fit on the page; make it higher in structure.py.")
    page.save(path)


def main():
    parser = Arguments(
        prog="jobs/documents/draw_structure", description="Draws the model's structure, from what the program declares and the sources say, as SVG.")
    parser.add_argument("--program", default="latecomer", help="the program that is asked (latecomer)")
    parser.add_argument("--out", type=Path, default=ROOT / "agents/structure.svg", help="the picture (agents/structure.svg)")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="latecomer-structure-") as scratch:
        os.environ.setdefault("MPLCONFIGDIR", scratch)
        try:
            draw(structure_of(arguments.program), arguments.out)
        except ImportError as missing:
            print(f"jobs/documents/draw_structure: Python's {missing.name} is missing; install Debian's python3-matplotlib.", file=sys.stderr)
            return 2
        except (Refused, OSError) as refused:
            print(f"jobs/documents/draw_structure: {refused}", file=sys.stderr)
            return 2
    print(arguments.out)
    return 0
