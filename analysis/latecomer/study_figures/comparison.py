"""Which scenario does what to which economy: a heat map."""

import numpy as np
from matplotlib.colors import ListedColormap, Normalize
from matplotlib.patches import Patch, Rectangle

from latecomer.drawn import Drawn, NotHere, caption_of
from latecomer.statistics.comparisons import OTHERS, comparison, holds_zero, ordered, without_smallest
from latecomer.style import PAGE, legend_above, new_figure, printed, words

LINE, CELL, NAMES = 0.125, 0.125, 0.8  # inches: height of a line, width of a cell at least, room for names
LOWEST, HIGHEST = 44, 62  # lines of a block; blocks stand beside each other while there is room, then get higher
MOST_SCENARIOS = 40
SHORT = 12  # letters of the name of a group that stand beside a block
HATCH, MISSING = "//////", "0.85"
QUANTITIES = {  # heading and what a value is
    "gap_closed": ("gap closed", "Gap at applications (ln of mean capability over the frontier) at the end less that of the "
                                 "reference; above zero the gap has closed more", "ln"),
    "application_share": ("domestic share of applications", "Share of domestic firms in home spending on applications, less "
                                                            "that of the reference", "share"),
    "welfare": ("use of applications", "ln of units of applications used, less that of the reference", "ln"),
    "positions_led": ("positions led", "Positions at which no other economy sells more, less those of the reference",
                      "positions"),
    "cost": ("public cost", "Spending of the programme, less that of the reference", "numeraire"),
    "cost_share": ("public cost as a share of demand", "Spending of the programme as a share of demand, less that of the "
                                                       "reference", "share"),
    "cost_per_gap": ("cost for each unit of gap closed", "Public cost over gap closed, both less those of the reference; known "
                                                         "where the interval of gap closed lies above zero", "numeraire"),
}


@printed
def scenarios_by_economy(study, quantity="gap_closed"):
    """Heat map of a quantity against the reference by economy and scenario; the income groups stand above their economies."""
    table, scenarios = compared(study, quantity)
    heading, meaning, unit = QUANTITIES[quantity]
    every = ordered(table, study.members)
    lines, count = fitting(every, table, len(scenarios))
    height = -(-len(lines) // count)
    blocks = [lines[at : at + height] for at in range(0, len(lines), height)]
    stand = len(blocks) > 1 or len(scenarios) > 6
    top = 0.075 * max(len(words(s)) for s in scenarios) if stand else 0.15  # inches of names of scenarios, about
    figure, axes = new_figure(PAGE, 0.55 + top + height * LINE * (1.3 if height < 30 else 1), 1, len(blocks))
    values = table.pivot(index="group", columns="scenario", values="value")[scenarios]
    dull = table.assign(dull=holds_zero(table)).pivot(index="group", columns="scenario", values="dull")[scenarios]
    limit, is_cut = limit_of(table["value"].to_numpy())
    for axis, block in zip(axes[0], blocks):
        image = draw_block(axis, block, values, dull, limit)
        axis.set(xlim=(-0.5, len(scenarios) - 0.5), ylim=(height - 0.5, -0.5))
        axis.set_xticks(range(len(scenarios)), [words(s) for s in scenarios], rotation=90 if stand else 0)
        name_lines(axis, block, short=len(blocks) > 1)
    bar = figure.colorbar(image, ax=list(axes[0]), pad=0.01, aspect=40, extend="both" if is_cut else "neither")
    bar.set_label(f"{heading.capitalize()}, {unit}")
    bar.outline.set_visible(False)
    bar.ax.locator_params(nbins=7)
    legend_above(figure, [
        Patch(facecolor="white", edgecolor="0.25", linewidth=0.4, hatch=HATCH,
              label="sign is not robust" if study.is_ensemble else "interval contains zero"),
        Patch(facecolor=MISSING, edgecolor="0.25", linewidth=0.4, label="no value"),
    ], columns=2)
    name = "scenarios_by_economy" + ("" if quantity == "gap_closed" else f"_{quantity}")
    numbers = table.dropna(subset=["value"]).assign(quantity=quantity, hatched=holds_zero)
    return Drawn(
        name, f"Scenarios by economy: {heading}", figure,
        numbers[["quantity", *table.columns, "hatched"]],
        caption_of(study, f"{meaning}. The reference is '{words(study.reference)}', in {study.world_in_words()}. "
                   f"{sign_words(study)} {order_words(study)}"
                   + (f"Colours end at {limit:.2g}, as few values are larger. " if is_cut else "")
                   + left_out_words([line for line in every if line[1]], [line for line in lines if line[1]], "economies")
                   + left_out_words(with_values(study, table), scenarios, "scenarios")
                   + cell_words(study) + f"{study.compared_in_words()}."),
    )


def fitting(lines, table, scenarios):
    """The lines that a page has room for, and into how many blocks they are parted."""
    room = max(1, int((PAGE - 0.7) / (NAMES + CELL * scenarios)))
    count = min(room, -(-len(lines) // LOWEST))
    lines = without_smallest(lines, table, count * HIGHEST)
    return lines, count


def left_out_words(every, shown, what):
    """A sentence where a page has not room for all; economies with the smallest responses are left out."""
    if len(shown) == len(every):
        return ""
    which = f"{len(shown)} of {len(every)} economies with the largest responses" if what == "economies" else (
        f"first {len(shown)} of {len(every)} {what}")
    return f"The {which} are shown; the CSV has all. "


def compared(study, quantity):
    """The numbers, and the scenarios with a value."""
    if "reference" not in study.data.attrs:
        raise NotHere("study.h5 names no reference: merge the study again")
    if len(study.scenarios) < 2:
        raise NotHere("needs two scenarios or more")
    if not study.has(f"against_{quantity}"):
        raise NotHere(f"study.h5 does not compare {quantity}: merge the study again")
    table = comparison(study.data, quantity)
    scenarios = with_values(study, table)
    if not scenarios:
        raise NotHere(f"no economy has a value of {quantity}")
    return table, scenarios[:MOST_SCENARIOS]


def with_values(study, table):
    known = set(table.loc[table["value"].notna(), "scenario"])
    return [name for name in study.scenarios if name in known]


def limit_of(values):
    """Where colours end, and whether values lie beyond: few of them must not make all others pale."""
    sizes = np.abs(values[np.isfinite(values)])
    most, usual = float(sizes.max(initial=0.0)), float(np.quantile(sizes, 0.95))
    return (usual, True) if most > 2 * usual > 0 else (most or 1.0, False)


def draw_block(axis, block, values, dull, limit):
    """Some lines of the heat map; the image that a bar of colours needs.  A heading without numbers has no cells."""
    names = [name for name, _ in block]
    shades, hatched = (table.reindex(names).to_numpy(float) for table in (values, dull))
    edges = np.arange(shades.shape[1] + 1) - 0.5, np.arange(shades.shape[0] + 1) - 0.5
    known, hatched = np.isfinite(shades), hatched == 1
    missing = ~known & np.array([name != OTHERS for name in names])[:, None]
    cells = {"edgecolors": "white", "linewidth": 0.3}
    axis.pcolormesh(*edges, np.ma.masked_where(~missing, missing), cmap=ListedColormap([MISSING]), **cells)
    image = axis.pcolormesh(*edges, np.ma.masked_where(~known, shades), cmap="RdBu", norm=Normalize(-limit, limit), **cells)
    for row, column in np.argwhere(known):
        dark = abs(shades[row, column]) > 0.6 * limit
        if hatched[row, column]:
            axis.add_patch(Rectangle((column - 0.5, row - 0.5), 1, 1, fill=False, hatch=HATCH, linewidth=0,
                                     edgecolor="0.8" if dark else "0.25"))
        else:
            axis.text(column, row, "+" if shades[row, column] > 0 else "−", ha="center", va="center_baseline", fontsize=7,
                      color="white" if dark else "black")
    axis.xaxis.tick_top()
    axis.tick_params(length=0, pad=2)
    axis.spines[:].set_visible(False)
    return image


def name_lines(axis, block, short):
    """Names beside the lines; those of groups are bold."""
    axis.set_yticks(range(len(block)), [words(name) if is_economy else group_words(name, short) for name, is_economy in block])
    for label, (_, is_economy) in zip(axis.get_yticklabels(), block):
        label.set_fontweight("normal" if is_economy else "bold")


def group_words(name, short):
    text = words(name).capitalize()
    return text.removesuffix(" income").removesuffix(" economies") if short and len(text) > SHORT else text


def sign_words(study):
    """When a sign is drawn, in a sentence."""
    if study.is_ensemble:
        return ("Means by the weights of sets of parameters. Plus and minus: the sign of the mean, which sets with 95 % of the weight or "
                "more have and which is larger than chance; hatched: it is not so.")
    return ("Plus and minus: the sign of the mean, whose 95 % Student interval does not contain zero; hatched: it does, or is not "
            "known.")


def order_words(study):
    """How lines are ordered, in a sentence."""
    if study.members:
        return ("Bold: means over the latecomer economies of an income group; below each its economies, the largest response "
                "in any scenario first. ")
    return "Bold: means over the latecomer economies of a group; economies by their largest response in any scenario. "


def cell_words(study):
    """Of which point the numbers are, where points are told apart."""
    cells = study.data["cell"].values
    return "" if len(cells) < 2 else f"Point {int(cells[0])} of {len(cells)} that the study tells apart. "
