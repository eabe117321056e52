"""Impulse responses: what scenarios do to the series that a study kept, over time."""

from latecomer.drawn import Drawn, LeftOut, NotHere, caption_of, file_name
from latecomer.paper import MOST_ECONOMIES
from latecomer.statistics.comparisons import ALL
from latecomer.statistics.responses import largest, own_dimensions, responses
from latecomer.style import (
    DASHES, GREY, PAGE, grid_size, hide_spare, legend_above, new_figure, printed, scenario_styles, shade_burn_in, title_words,
    words,
)

MOST_PARTS = 5  # rows of panels: stages, positions, sectors
MOST_SCENARIOS = 5  # lines of a panel
LINES = (*DASHES, (0, (6, 1.5, 1.5, 1.5)), (0, (3, 1, 1, 1, 1, 1)))  # scenarios differ in grey print, too
LOGS = ("capability_index",)  # outputs in ln whose words do not say so
SERIES = "series_"


def impulse_responses(study):
    """Responses of every series that the study kept: of economies, and of groups where these are known."""
    names = [str(name).removeprefix(SERIES) for name in study.data.data_vars if str(name).startswith(SERIES)]
    if not names:
        raise NotHere("needs a study that keeps series ([series] in its file)")
    runs_of(study)
    drawn = [drawn_or_why(study, name, economies_of) for name in names]
    of_economies = [name for name in names if "country" in study.data[SERIES + name].dims]
    if of_economies and len(groups_in(study)) < 2:
        drawn.append(LeftOut("impulse_responses_by_group", "study.h5 does not tell of two income groups which economies are in them"))
    else:
        drawn += [drawn_or_why(study, name, groups_of) for name in of_economies]
    if not any(isinstance(figure, Drawn) for figure in drawn):
        raise NotHere(drawn[0].reason)
    return drawn


def drawn_or_why(study, name, who):
    """The figure of one output, or why there is none; who: economies_of or groups_of."""
    try:
        return responses_of(study, name, who)
    except NotHere as reason:
        return LeftOut(figure_name(name, who), str(reason))


def figure_name(name, who):
    return file_name(f"impulse_responses_{name}{'_by_group' if who is groups_of else ''}")


def runs_of(study):
    """The runs whose series are kept, where they can be compared."""
    if "reference" not in study.data.attrs:
        raise NotHere("study.h5 names no reference: merge the study again")
    if len(study.scenarios) < 2:
        raise NotHere("needs two scenarios or more")
    return study.runs_of_series


def economies_of(study, variable):
    """All latecomers, and the economies that are chosen or have the largest responses, by name; words for the caption."""
    if "country" not in variable.dims:
        return {"world": []}, ""
    everyone = list(study.members.get(ALL, study.latecomers))
    if not everyone and not study.economies:
        raise NotHere("no run has a latecomer economy with firms in applications")
    chosen, said = study.economies, "The economies were chosen."
    if not chosen:
        alone = responses(variable, runs_of(study), study.reference, {key: [key] for key in everyone}, study.unit)
        chosen = largest(alone, "who", MOST_ECONOMIES)
        said = (f"Of {len(everyone)} economies those with the largest responses are shown: mean over time of the absolute "
                "mean difference.")
    every = {"latecomers": everyone} if everyone else {}
    return {**every, **{key: [key] for key in chosen}}, said


def groups_in(study):
    """Keys of economies by income group, where it can be told which these are."""
    return {name: keys for name, keys in study.members.items() if name != ALL and keys}


def groups_of(study, _):
    """Income groups by name, and words for the caption."""
    return groups_in(study), "Means over the latecomer economies of each income group."


@printed
def responses_of(study, name, who=economies_of):
    """Responses of one output: a column for each group or economy, a row for each stage, position or the like."""
    variable, runs = study.data[SERIES + name], runs_of(study)
    members, said = who(study, variable)
    table = responses(variable, runs, study.reference, members, study.unit)
    if not table["difference"].notna().any():
        raise NotHere(f"the study has kept {name} of no pair of runs")
    scenarios = largest(table, "scenario", MOST_SCENARIOS)
    if not scenarios:
        raise NotHere(f"no scenario changes {name} in any run")
    parts = largest(table[table["scenario"].isin(scenarios)], "part", MOST_PARTS)
    left_out = (left_out_words(len(table["scenario"].unique()), len(scenarios), "scenarios")
                + left_out_words(len(table["part"].unique()), len(parts), places_words(variable)))
    figure = draw(study, table, list(members), parts, scenarios, variable)
    by_group = who is groups_of
    counts = table.loc[table["n"] > 0, "n"]
    low, high = int(counts.min()), int(counts.max())
    return Drawn(
        figure_name(name, who),
        f"Impulse responses of {words(name)}{' by income group' if by_group else ''}", figure, table,
        caption_of(study, f"{definition(variable)}: mean difference of each scenario from '{words(study.reference)}' over pairs "
                   f"of runs with the same point and replicate, {study.pair_in_words()}, and its 95 % Student band, "
                   f"pointwise, drawn from a year before they differ. {said} {left_out}"
                   f"n = {high if low == high else f'{low} to {high}'} {units_words(study, runs)}."),
    )


def units_words(study, runs):
    """What n counts, of the runs whose series are kept."""
    if study.points == 1:
        return "replicates"
    replicates = runs["replicate"].nunique()
    return "points of the design, " + (f"each the mean of up to {replicates} replicates" if replicates > 1 else "one replicate each")


def left_out_words(all_of_them, shown, what):
    if shown == all_of_them:
        return ""
    return f"The {shown} of {all_of_them} {what} with the largest responses are shown; the CSV has all. "


def places_words(variable):
    """What the rows of panels are: stages, positions and the like."""
    return " and ".join(f"{name}s" for name in own_dimensions(variable)) or "parts"


def definition(variable):
    """What an output is, as the file says it."""
    return str(variable.attrs.get("long_name", variable.name.removeprefix(SERIES))).rstrip(".")


def unit_of(variable):
    """The unit of an output in words."""
    unit, name = str(variable.attrs.get("units", "1")), variable.name.removeprefix(SERIES)
    if unit == "1":
        is_log = definition(variable).startswith("ln ") or name.startswith("log_") or name in LOGS
        return "ln" if is_log else "share or ratio"
    return unit


def draw(study, table, whos, parts, scenarios, variable):
    """The panels: responses by years since the start, or by calendar year where the file tells it."""
    calendar = study.start_year() or 0
    shown = since_they_differ(table)
    figure, axes, panels = lay_out(whos, parts, is_share=str(variable.attrs.get("units", "1")) == "1")
    known = scenario_styles(study.scenarios, study.reference)
    styles = {name: {**known[name], "linestyle": line} for name, line in zip(scenarios, LINES)}
    lines = {key: rows for key, rows in shown.groupby(["scenario", "who", "part"], sort=False)}
    first, last = calendar + shown["year"].min(), calendar + shown["year"].max()
    for axis, who, part in panels:
        axis.axhline(0, color=GREY, linewidth=0.7)
        for number, scenario in enumerate(scenarios):
            if (rows := lines.get((scenario, who, part))) is not None:
                band(axis, rows, calendar, styles[scenario], number, len(scenarios))
        shade_burn_in(axis, calendar + (study.burn_in() or 0) / 4, first, last)
        axis.set_xlim(first, last)
        axis.locator_params(nbins=4)
        axis.locator_params(axis="x", nbins=4, integer=last - first > 4)
    figure.supxlabel("Year" if calendar else "Years since the start", fontsize=7.5)
    figure.supylabel(f"Difference from '{words(study.reference)}', {unit_of(variable)}", fontsize=7.5)
    handles = [axes[0, 0].plot([], [], label=words(s), markersize=3, **styles[s])[0] for s in scenarios]
    legend_above(figure, handles, columns=5)
    return figure


def since_they_differ(table):
    """The table from a year before any scenario differs from the reference on."""
    differs = table.loc[table["difference"].abs() > 0, "year"].min()
    return table[table["year"] >= differs - 1]


def lay_out(whos, parts, is_share):
    """A figure, its axes, and the panels as (axis, who, part): a column for each of whom, a row for each part.

    Shares and logarithms of a row have one scale; amounts of economies of other sizes have not.  Of one column the
    parts stand beside each other.
    """
    if len(whos) == 1:
        rows, columns = grid_size(len(parts), 3)
        figure, axes = new_figure(PAGE, 0.75 + max(1.9, 1.6 * rows), rows, columns, sharex=True)
        hide_spare(axes, len(parts))
        for axis, part in zip(axes.flatten(), parts):
            axis.set_title(title_words(part or whos[0]))
            axis.tick_params(labelbottom=True)
        return figure, axes, [(axis, whos[0], part) for axis, part in zip(axes.flatten(), parts)]
    figure, axes = new_figure(PAGE, 0.75 + max(1.9, 1.35 * len(parts)), len(parts), len(whos), sharex=True,
                              sharey="row" if is_share else False)
    for axis, who in zip(axes[0], whos):
        axis.set_title(title_words(who))
    for axis, part in zip(axes[:, 0], parts):
        axis.set_ylabel(title_words(part))
    figure.align_ylabels(axes[:, 0])
    return figure, axes, [(axes[row, column], who, part) for row, part in enumerate(parts) for column, who in enumerate(whos)]


def band(axis, rows, calendar, style, number, count):
    """A line with its band, and marks that stand apart from those of other scenarios."""
    years = calendar + rows["year"].to_numpy()
    axis.fill_between(years, rows["low"], rows["high"], color=style["color"], alpha=0.15, linewidth=0)
    step = max(1, len(years) // 4)
    axis.plot(years, rows["difference"], markevery=(step * (number + 1) // (count + 1), step), markersize=3, **style)
