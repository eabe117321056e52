"""The answer to a study's question: what two things do alone and together, and where that changes sign."""

import numpy as np

from latecomer.drawn import Drawn, NotHere, caption_of
from latecomer.statistics.comparisons import ALL, group_names
from latecomer.statistics.questions import TOLD, conditions_of, effects_of, significant, thirds
from latecomer.style import (
    COLOURS, GREY, LONGEST_NAME, PAGE, grid_size, hide_spare, legend_above, new_figure, printed, shortened, words,
)

SHOWN = ("first", "second", "both", "mixture")
MARKERS = {"first": "o", "second": "s", "both": "D", "mixture": "*"}
MOST_OUTCOMES, MOST_CONDITIONS = 4, 6  # panels
IN_WORDS = {
    "gap_at_end": "Gap closed at applications", "application_share": "Domestic share of applications",
    "storage_share": "Domestic share of storage", "welfare": "Use of applications",
}


def effects(study):
    """Effects of the question as a table; NotHere without one."""
    if "question_effect" not in study.data or len(study.question()) < 3:
        raise NotHere("needs a study with a section [question]")
    table = effects_of(study.data)
    if table.empty:
        raise NotHere("no outcome of the question has a value in any pair of runs")
    return table


def outcome_words(outcome):
    """An outcome of a question as people write it."""
    name, _, of_world = outcome.partition(".")
    return f"World: {words(of_world)}" if name == "world" else IN_WORDS.get(name, words(name).capitalize())


def unit_of(study, outcome):
    """The unit of an effect on an outcome, in words."""
    if outcome == "gap_at_end" or outcome == "welfare":
        return "ln"
    variable = outcome.replace("world.", "world_")
    unit = str(study.data[variable].attrs.get("units", "1")) if variable in study.data else "1"
    return unit if unit != "1" else "share" if outcome.endswith("share") else "number"


def effect_words(study, effect):
    """An effect as people write it: of a scenario its name."""
    return words(study.question().get(effect, effect))


def groups_of(study, outcome):
    """Groups whose effects are told: of an outcome of the world only the world."""
    return [ALL] if outcome.startswith("world.") else group_names(study.data)


def group_words(outcome, group):
    return "World" if outcome.startswith("world.") else words(group).capitalize()


def cost_words(study):
    """What the three scenarios cost, in a sentence."""
    if "against_cost_share" not in study.data:
        return ""
    costs = study.data["against_cost_share"].isel(cell=0).sel(group=ALL)
    told = [f"{words(name)} {100 * float(costs.sel(scenario=name)):.3g}" for name in study.question().values()]
    return f"Public cost of latecomers beyond the reference, % of demand: {', '.join(told)}. "


def point_words(study):
    cells = study.data["cell"].values
    return "" if len(cells) < 2 else f"Shown is point {cells[0]} of {len(cells)} that the study tells apart; the CSV has all. "


def notes(study):
    """What stands below the table of effects."""
    asked = {name: words(scenario) for name, scenario in study.question().items()}
    return (f"Means over latecomer economies with {study.interval_in_words}, each less '{words(study.reference)}' "
            f"in {study.world_in_words()}: '{asked['first']}' and '{asked['second']}' alone, and '{asked['both']}'.  Interaction: "
            "both less the sum of the two alone.  Mixture: both less their mean; at equal cost, what the money does beyond that "
            f"when it is shared.  Gap and use of applications in ln.  {cost_words(study)}{point_words(study)}").strip()


@printed
def question_effects(study):
    """Effects of both things alone and together by group, with intervals; a panel for each of the first outcomes."""
    table = effects(study)
    first = table[table["cell"] == table["cell"].iloc[0]]
    outcomes = list(dict.fromkeys(first["outcome"]))[:MOST_OUTCOMES]
    most = max(len(groups_of(study, outcome)) for outcome in outcomes)
    rows, columns = grid_size(len(outcomes), 2)
    figure, axes = new_figure(PAGE, 0.6 + rows * (0.55 + 0.34 * most), rows, columns)
    lines = first.set_index(["outcome", "group", "effect"])[["value", "low", "high"]]
    for axis, outcome in zip(axes.flatten(), outcomes):
        groups = groups_of(study, outcome)
        axis.axvline(0, color=GREY, linewidth=0.7)
        for row, group in enumerate(groups):
            if row % 2:
                axis.axhspan(row - 0.5, row + 0.5, color="0.96", linewidth=0, zorder=0)
            for number, effect in enumerate(SHOWN):
                if (outcome, group, effect) in lines.index:
                    dot(axis, row + 0.2 * (number - 1.5), lines.loc[(outcome, group, effect)], number, effect)
        axis.set_yticks(range(len(groups)), [group_words(outcome, group) for group in groups])
        axis.set_ylim(max(len(groups), 2) - 0.5 if len(groups) > 1 else 0.5, -0.5)
        axis.set_title(outcome_words(outcome))
        axis.set_xlabel(f"Difference, {unit_of(study, outcome)}")
        axis.locator_params(axis="x", nbins=5)
    hide_spare(axes, len(outcomes))
    handles = [axes[0, 0].plot([], [], MARKERS[e] + "-", color=COLOURS[n], markersize=4, label=effect_words(study, e))[0]
               for n, e in enumerate(SHOWN)]
    legend_above(figure, handles, columns=4)
    asked = {name: words(scenario) for name, scenario in study.question().items()}
    return Drawn(
        "question_effects", "What both do alone and together", figure, table,
        caption_of(study, f"Means over the latecomer economies of a group with {study.interval_in_words}: '{asked['first']}', "
                   f"'{asked['second']}' and '{asked['both']}', each less '{words(study.reference)}' in {study.world_in_words()}; "
                   "mixture: both less the mean of the two alone; above zero the two are complements. "
                   f"Of the gap, and of use of applications, in ln. {cost_words(study)}{point_words(study)}"
                   f"{study.compared_in_words()}."),
    )


def dot(axis, place, line, number, effect):
    """A mean with its interval."""
    axis.plot((line["low"], line["high"]), (place, place), color=COLOURS[number], linewidth=1.4)
    axis.plot(line["value"], place, MARKERS[effect], color=COLOURS[number], markersize=5.5 if effect == "mixture" else 3.4)


def decisive(study):
    """Conditions along which an effect changes its sign more than chance lets expect, as a table."""
    effects(study)
    table = significant(conditions_of(study.data))
    if table.empty:
        raise NotHere("no effect changes its sign along a condition more than chance lets expect")
    return table


@printed
def question_signs(study):
    """How often effects are above zero at low and high values of the parameters on which their signs depend."""
    table = decisive(study)
    table = table[table["of_parameter"]].reset_index(drop=True)
    if table.empty or study.points < 2 or "parameter_value" not in study.data:
        raise NotHere("no parameter decides over the sign of an effect more than chance does")
    shown = table.head(MOST_CONDITIONS)
    rows, columns = grid_size(len(shown), 3)
    figure, axes = new_figure(PAGE, 0.75 + 1.75 * rows, rows, columns, sharey=True)
    for axis, line in zip(axes.flatten(), shown.itertuples()):
        values = values_of(study, line.condition)
        for (start, end), share in zip(thirds(values), (line.share_low, line.share_high)):
            axis.bar(start, 100 * share, end - start, align="edge", color=COLOURS[0], alpha=0.55, linewidth=0)
            axis.plot((start, end), (100 * share,) * 2, color=COLOURS[0], linewidth=1.6)
        low, high = values.min(), values.max()
        axis.axhline(50, color=GREY, linestyle=":", linewidth=0.8)
        if np.isfinite(line.flips_at):
            flip(axis, line, low, high)
        axis.set(xlim=(low, high), ylim=(0, 105), xlabel=shortened(line.condition, LONGEST_NAME))
        axis.set_title(f"{outcome_words(line.outcome)}:\n{effect_words(study, line.effect)}")
        axis.locator_params(axis="x", nbins=4)
        axis.tick_params(labelleft=True)
    hide_spare(axes, len(shown))
    units = "sets of parameters" if study.is_ensemble else "points"
    figure.supylabel(f"{'Sets' if study.is_ensemble else 'Points'} with an effect above zero, %", fontsize=7.5)
    return Drawn(
        "question_signs", "On which parameters signs depend", figure, table,
        caption_of(study, f"Share of {units} at which the effect on latecomer economies is above zero, in the "
                   "lowest and in the highest third of a parameter (bars). Dot: where both signs are as likely, after a "
                   "logistic regression, with its 95 % bootstrap interval over them, all counted alike; an arrow where it is open. Shown "
                   f"are the steepest of {len(table)} along which the sign changes more than chance lets expect: probability "
                   "times the number of conditions below 0.05. "
                   f"n = {study.points} {units}."),
    )


def flip(axis, line, low, high):
    """Where both signs are as likely, with its interval; an arrow at an end of the range where it is open."""
    ends = []
    for known, edge, arrow in ((line.flips_low, low, "<"), (line.flips_high, high, ">")):
        ends.append(known if np.isfinite(known) else edge)
        if not np.isfinite(known):
            axis.plot(edge, 50, arrow, color=COLOURS[1], markersize=5, clip_on=False)
    axis.plot(ends, (50, 50), color=COLOURS[1], linewidth=2)
    axis.plot(line.flips_at, 50, "o", color=COLOURS[1], markersize=4.5, markeredgecolor="white", markeredgewidth=0.6)


def values_of(study, parameter):
    """Values of a parameter at the points of the design."""
    place = list(study.data["parameter"].values.astype(str)).index(parameter)
    values = study.data["parameter_value"].values[:, place]
    return np.array([values[study.data["point"].values == point][0] for point in np.unique(study.data["point"].values)])
