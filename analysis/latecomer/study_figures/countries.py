"""What becomes of each latecomer economy, and of their distribution."""

import numpy as np
import pandas as pd

from latecomer.drawn import Drawn, NotHere, caption_of
from latecomer.estimates import ends_words, mean_interval, wilson
from latecomer.statistics import density as densities
from latecomer.statistics.comparisons import OTHERS, ordered, size_of, without_smallest
from latecomer.study_figures.catch_up import NO_LATECOMER
from latecomer.study_figures.comparison import cell_words, compared, left_out_words, with_values
from latecomer.style import (
    GREY, PAGE, grid_size, hide_spare, legend_above, new_figure, percent_of_frontier, printed, scenario_styles, title_words, words,
)

BOOTSTRAPS = 200
MOST_ROWS = 40  # of dots
CLASSES = (0.0, 0.1, 0.2, 0.35, np.inf)  # of mean capability over the frontier
SHORT_CLASSES = ("< 10", "10–20", "20–35", "> 35")  # %
CLASS_NAMES = ("below 0.10", "0.10–0.20", "0.20–0.35", "above 0.35")


def by_economy(study, quantity, name, title, axis_title, caption):
    """Paired differences of every economy from the reference with intervals, as rows of dots below those of groups."""
    table, scenarios = compared(study, quantity)
    lines = [line for line in ordered(table, study.members) if not line[1] or line[0] in study.latecomers]
    groups = [line for line in lines if not line[1] and line[0] != OTHERS]
    largest = without_smallest([line for line in lines if line[1]], table, MOST_ROWS - len(groups))
    order = list(size_of(table).index)
    shown = [*groups, *sorted(largest, key=lambda line: order.index(line[0]))]
    every = [line for line in lines if line[1]]
    columns = 2 if len(shown) > 10 else 1
    half = -(-len(shown) // columns)
    figure, axes = new_figure(PAGE, 0.85 + half * max(0.2, 0.085 * len(scenarios)), 1, columns, sharex=True)
    styles = scenario_styles(study.scenarios, study.reference)
    offsets = np.linspace(-0.32, 0.32, len(scenarios)) if len(scenarios) > 1 else [0.0]
    ends = table.set_index(["group", "scenario"])[["value", "low", "high"]]
    for number, (who, _) in enumerate(shown):
        axis, row = axes[0, number // half], number % half
        for offset, scenario in zip(offsets, scenarios):
            value, low, high = ends.loc[(who, scenario)]
            axis.plot((low, high), (row + offset,) * 2, color=styles[scenario]["color"], linewidth=1.1)
            axis.plot(value, row + offset, styles[scenario]["marker"], color=styles[scenario]["color"], markersize=2.8)
        if row % 2:
            axis.axhspan(row - 0.5, row + 0.5, color="0.96", linewidth=0, zorder=0)
    for column, axis in enumerate(axes[0]):
        here = shown[column * half : (column + 1) * half]
        axis.set_yticks(range(len(here)), [words(who) if is_economy else title_words(who) for who, is_economy in here])
        for label, (_, is_economy) in zip(axis.get_yticklabels(), here):
            label.set_fontweight("normal" if is_economy else "bold")
        axis.set_ylim(half - 0.5, -0.5)
        axis.axvline(0, color=GREY, linewidth=0.7)
        axis.locator_params(axis="x", nbins=6)
    figure.supxlabel(axis_title, fontsize=7.5)
    handles = [axes[0, 0].plot([], [], styles[s]["marker"] + "-", color=styles[s]["color"], markersize=3, label=words(s))[0]
               for s in scenarios]
    legend_above(figure, handles, columns=5)
    numbers = table.dropna(subset=["value"]).rename(columns={"group": "who", "value": "difference"})
    return Drawn(name, title, figure, numbers,
                 caption_of(study, f"{caption}, less that of '{words(study.reference)}' in {study.world_in_words()}, economy by "
                            f"economy; bars: {study.interval_in_words}. Bold: means over the latecomer economies of a group; "
                            "economies by their largest difference in any scenario.",
                            left_out_words(every, largest, "economies").strip(),
                            left_out_words(with_values(study, table), scenarios, "scenarios").strip(), cell_words(study),
                            f"{study.compared_in_words()}."))


@printed
def gap_changes(study):
    """How much more the stage-4 gap of each economy closes than in the reference."""
    return by_economy(
        study, "gap_closed", "gap_changes", "Change of the capability gap against the reference, by economy",
        f"Difference from '{words(study.reference)}' of the gap at applications, ln; right of zero, it closes more",
        "Gap at applications (ln of mean capability over the frontier) at the end",
    )


@printed
def application_shares(study):
    """How much more domestic firms sell of applications at home than in the reference."""
    return by_economy(
        study, "application_share", "application_shares", "Domestic shares of applications against the reference, by economy",
        f"Difference from '{words(study.reference)}' of the domestic share of spending on applications",
        "Share of domestic firms in home spending on applications at the end",
    )


@printed
def twin_peaks(study):
    """Density of relative capability at the start and at the end, by scenario."""
    if not study.latecomers:
        raise NotHere(NO_LATECOMER)
    start, end = study.by_unit("gap_at_start"), study.by_unit("gap_at_end")
    if not (np.isfinite(start.values).any() and np.isfinite(end.values).any()):
        raise NotHere("no economy has firms in applications at the start and at the end")
    points, most = densities.grid(np.concatenate([start.values.ravel(), end.values.ravel()]))
    scenarios = study.scenarios
    rows, columns = grid_size(len(scenarios), 3)
    figure, axes = new_figure(PAGE, 0.6 + 1.5 * rows, rows, columns, sharex=True, sharey=True)
    styles, numbers = scenario_styles(scenarios, study.reference), []
    for axis, scenario in zip(axes.flatten(), scenarios):
        for when, values in (("start", start), ("end", end)):
            sample = values.sel(scenario=scenario).values
            sample = sample[np.isfinite(sample).any(axis=1)]
            estimate, low, high = density(sample, points, most)
            colour = GREY if when == "start" else styles[scenario]["color"]
            axis.fill_between(points, low, high, color=colour, alpha=0.18, linewidth=0)
            axis.plot(points, estimate, color=colour, linestyle="--" if when == "start" else "-")
            numbers += [(scenario, when, *row, sample.shape[0]) for row in zip(points, estimate, low, high)]
        axis.set_title(title_words(scenario))
        axis.set(xlim=(points[0], points[-1]))
        axis.set_ylim(bottom=0)
        percent_of_frontier(axis.xaxis, (1, 2, 5, 10, 20, 50, 100))
        axis.tick_params(labelbottom=True)
    hide_spare(axes, len(scenarios))
    handles = [axes[0, 0].plot([], [], "--", color=GREY, label="at the start")[0],
               axes[0, 0].plot([], [], "-", color="#333333", label="at the end")[0]]
    legend_above(figure, handles, columns=2)
    figure.supxlabel("Capability at applications, % of the frontier", fontsize=7.5)
    figure.supylabel("Density, per unit of ln", fontsize=7.5)
    return Drawn(
        "twin_peaks", "Do economies part into clubs?", figure,
        pd.DataFrame(numbers, columns=["scenario", "when", "gap", "density", "low", "high", "n"]),
        caption_of(study, "Kernel density of the stage-4 gap (ln of mean capability over the frontier; on the axis the ratio in %) of "
                   f"latecomer economies over all units (normal kernel, Silverman's width, {densities.edge_words(most)}), "
                   f"at the end of the burn-in and at the end of the run. Bands: 95 % of {BOOTSTRAPS} bootstraps that "
                   "draw units, "
                   "pointwise. Two peaks at the end from one at the start speak for clubs. "
                   f"{study.sample_in_words()}, {len(study.latecomers)} economies."),
    )


def density(sample, points, most=np.inf):
    """Kernel density [point] of a sample [unit, country] reflected at `most`, with a bootstrap over units."""
    known, nothing = sample[np.isfinite(sample)], np.full_like(points, np.nan)
    if known.size < 2 or np.ptp(known) == 0:
        return nothing, nothing, nothing
    kernels = np.nan_to_num(densities.kernels(points, sample, densities.width_of(known), most)).sum(axis=1)  # [unit, point]
    counts = np.isfinite(sample).sum(axis=1)
    whole = kernels.sum(axis=0) / counts.sum()
    if len(sample) < 2:
        return whole, nothing, nothing  # one unit, drawn again and again, is the same
    random = np.random.default_rng(20230501)  # the same bands each time
    chosen = random.integers(0, len(sample), (BOOTSTRAPS, len(sample)))
    draws = [kernels[units].sum(axis=0) / counts[units].sum() for units in chosen]
    low, high = np.percentile(draws, (2.5, 97.5), axis=0)
    return whole, low, high


@printed
def transitions(study):
    """From which class of relative capability to which: shares in the reference, and differences of the others from it."""
    numbers = transitions_of(study)
    changes = differences_of(study)
    scenarios = [study.reference, *(s for s in study.scenarios if s != study.reference)]
    rows, columns = grid_size(len(scenarios), 3)
    figure, axes = new_figure(PAGE, 0.5 + 1.75 * rows, rows, columns, sharex=True, sharey=True)
    limit = max(0.05, float(changes["difference"].abs().max())) if len(scenarios) > 1 else 1.0
    for axis, scenario in zip(axes.flatten(), scenarios):
        if scenario == study.reference:
            cells = numbers[numbers["scenario"] == scenario]
            draw_cells(axis, cells["share"], cells["low"], cells["high"], {"cmap": "Blues", "vmin": 0, "vmax": 1}, "{:.0f}",
                       cells["n"] > 0)
            axis.set_title(f"{title_words(scenario)}, share in %")
        else:
            cells = changes[changes["scenario"] == scenario]
            draw_cells(axis, cells["difference"], cells["low"], cells["high"], {"cmap": "RdBu", "vmin": -limit, "vmax": limit},
                       "{:+.0f}" if limit >= 0.1 else "{:+.1f}", cells["n"] > 0)
            axis.set_title(f"{title_words(scenario)}, difference")
        size = len(CLASS_NAMES)
        axis.set_xticks(range(size), SHORT_CLASSES)
        axis.set_yticks(range(size), SHORT_CLASSES)
        axis.tick_params(length=0, labelbottom=True)
        axis.spines[:].set_visible(False)
    hide_spare(axes, len(scenarios))
    figure.supxlabel("Capability over the frontier at the end, %", fontsize=7.5)
    figure.supylabel("The same at the start, %", fontsize=7.5)
    table = numbers.merge(changes.rename(columns={"low": "difference_low", "high": "difference_high", "n": f"{study.unit}s"}),
                          on=["scenario", "from", "to"], how="left")
    return Drawn(
        "transitions", "Where economies start and where they end", figure, table,
        caption_of(study, f"First, of '{words(study.reference)}', the share in % of latecomer economies that end in a class of mean "
                   "stage-4 capability over the frontier, by the class where they start (rows sum to 100); below it, Wilson's 95 % "
                   f"interval with as many trials as {study.unit_in_words(many=True)} in which an economy starts there, as economies of one share its "
                   f"events. Then differences from it in percentage points in {study.world_in_words()}, with 95 % Student intervals "
                   f"over {study.unit_in_words(many=True)} (bold: zero lies outside; ±100: nothing is excluded). "
                   "Empty rows: no economy starts there. "
                   f"{study.sample_in_words()}, {len(study.latecomers)} economies."),
    )


def draw_cells(axis, values, low, high, shades, form, known):
    """A square of classes: values in % with their intervals below, bold where an interval of differences lies beside zero."""
    size = len(CLASS_NAMES)
    values, low, high = (column.to_numpy(float) for column in (values, low, high))
    axis.imshow(np.where(known, values, np.nan).reshape(size, size), aspect="auto", **shades)
    top = shades["vmax"]
    for place, is_known in enumerate(known):
        if not is_known or not np.isfinite(values[place]):
            continue
        is_share = shades["vmin"] == 0
        text = signed(form.format(100 * values[place]))
        ends = (ends_words if is_share else difference_words)(low[place], high[place])
        beside_zero = not is_share and np.isfinite(low[place]) and (low[place] > 0 or high[place] < 0)
        style = {"ha": "center", "fontsize": 7, "color": "white" if abs(values[place]) > 0.6 * top else "black"}
        axis.text(place % size, place // size - (0.03 if ends else 0), text, va="bottom" if ends else "center",
                  fontweight="bold" if beside_zero else "normal", **style)
        if ends:
            axis.text(place % size, place // size + 0.03, ends, va="top", **style)


def difference_words(low, high):
    """The ends of a difference in percentage points, for a cell; nothing where they are not known."""
    known = np.isfinite(low) and np.isfinite(high)
    words = "…".join(signed(f"{100 * end:.0f}") for end in (low, high)) if known else ""
    return "±100" if words == "−100…100" else words  # in full it would touch its neighbour


def signed(number):
    """A printed number with a sign that people see, and a zero without one."""
    return "0" if float(number) == 0 else number.replace("-", "−")


def differences_of(study):
    """Differences of shares from the reference by scenario and classes, with Student's interval over units.

    Each unit is compared with itself: shares of its economies that end in a class, of those that start in one, less the same
    shares in the reference; units without an economy that starts there, in either, are left out.
    """
    start, end = study.by_unit("gap_at_start"), study.by_unit("gap_at_end")

    def shares(scenario):
        pairs = zip(np.exp(start.sel(scenario=scenario).values), np.exp(end.sel(scenario=scenario).values))
        found = [transition_table(before, after) for before, after in pairs]
        return np.array([np.where(counts[:, None] > 0, table, np.nan) for table, counts in found])

    base = shares(study.reference)
    lines = []
    for scenario in study.scenarios:
        if scenario == study.reference:
            continue
        differences = shares(scenario) - base  # [unit, from, to]
        mean, low, high = (np.clip(ends, -1.0, 1.0) for ends in mean_interval(differences, axis=0))  # shares differ by no more
        count = np.isfinite(differences).sum(axis=0)
        lines += [(scenario, of, to, mean[i, j], low[i, j], high[i, j], int(count[i, j]))
                  for i, of in enumerate(CLASS_NAMES) for j, to in enumerate(CLASS_NAMES)]
    return pd.DataFrame(lines, columns=["scenario", "from", "to", "difference", "low", "high", "n"])


def transitions_of(study):
    """Shares of economies by scenario, class at the start and class at the end, with Wilson's intervals."""
    if not study.latecomers:
        raise NotHere(NO_LATECOMER)
    start, end = study.by_unit("gap_at_start"), study.by_unit("gap_at_end")
    numbers = []
    for scenario in study.scenarios:
        at_start, at_end = (np.exp(gaps.sel(scenario=scenario).values) for gaps in (start, end))
        shares, counts = transition_table(at_start, at_end)
        trials = units_in_classes(at_start, at_end)
        for i, of in enumerate(CLASS_NAMES):
            for j, to in enumerate(CLASS_NAMES):
                low, high = wilson(shares[i, j], trials[i])
                numbers.append((scenario, of, to, shares[i, j], float(low), float(high), counts[i]))
    return pd.DataFrame(numbers, columns=["scenario", "from", "to", "share", "low", "high", "n"])


def units_in_classes(before, after):
    """In how many units [unit, country] an economy starts in each class."""
    known = np.isfinite(before) & np.isfinite(after)
    origin = np.where(known, np.digitize(before, CLASSES[1:-1]), -1)
    return [int((origin == number).any(axis=1).sum()) for number in range(len(CLASS_NAMES))]


def transition_table(before, after):
    """Shares [from, to] and how many economies start in each class."""
    known = np.isfinite(before) & np.isfinite(after)
    origin, target = np.digitize(before[known], CLASSES[1:-1]), np.digitize(after[known], CLASSES[1:-1])
    counts = np.zeros((len(CLASS_NAMES),) * 2)
    np.add.at(counts, (origin, target), 1)
    sums = counts.sum(axis=1)
    return counts / np.maximum(sums, 1)[:, None], sums.astype(int)
