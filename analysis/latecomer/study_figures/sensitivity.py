"""What results depend on: indices of sensitivity that study.h5 holds, and plain responses."""

import numpy as np
import pandas as pd

from latecomer.drawn import Drawn, NotHere, caption_of
from latecomer.estimates import mean_interval
from latecomer.style import (
    COLOURS, GREY, PAGE, grid_size, hide_spare, label_lines, legend_above, new_figure, printed, scenario_styles, words,
)

MOST_PARAMETERS = 15  # shown; the CSV has all
BINS = 6  # of a parameter at most
FEWEST_PER_BIN = 5


def panels_of(study, variable):
    """At most four (scenario, outcome) with values: the widest spread of what matters most."""
    data = study.data[variable]
    outcomes = [str(o) for o in data["outcome"].values]
    wanted = [o for o in ("world.analytics_share", "world.application_share", "world.catch_ups") if o in outcomes]
    wanted += [o for o in outcomes if o.startswith("gap_at_end.")]
    found = []
    for outcome in wanted + outcomes:
        scenarios = [s for s in study.scenarios if np.isfinite(data.sel(scenario=s, outcome=outcome)).any()
                     and float(np.nanmax(np.abs(data.sel(scenario=s, outcome=outcome)))) > 0]
        if scenarios and outcome not in [o for _, o in found]:
            found.append((study.reference if study.reference in scenarios else scenarios[0], outcome))
    if not found:
        raise NotHere(f"{variable} has no value")
    return found[:4]


def all_numbers(study, names):
    """Every index of every scenario, outcome and parameter, as a table."""
    table = study.data[names].to_dataframe().reset_index()
    return table[["scenario", "outcome", "parameter", *names]].dropna(how="all", subset=names)


def outcome_words(outcome):
    name, _, country = outcome.partition(".")
    return f"World: {words(country)}" if name == "world" else f"{words(name).capitalize()}, {country}"


@printed
def morris(study):
    """Mean absolute elementary effects against their spread, with intervals."""
    names = ["morris_mu_star", "morris_mu_star_low", "morris_mu_star_high", "morris_sigma"]
    if not study.has(*names):
        raise NotHere("needs a study of the design morris")
    panels = panels_of(study, "morris_mu_star")
    rows, columns = grid_size(len(panels), 2)
    figure, axes = new_figure(PAGE, 0.4 + 2.4 * rows, rows, columns)
    for axis, (scenario, outcome) in zip(axes.flatten(), panels):
        chosen = study.data[names].sel(scenario=scenario, outcome=outcome)
        star, low, high, sigma = (chosen[n].values for n in names)
        order = [i for i in np.argsort(-star) if np.isfinite(star[i])][:MOST_PARAMETERS]
        parameters = [str(p) for p in chosen["parameter"].values]
        for i in order:
            colour = GREY if parameters[i] == "dummy" else COLOURS[0]
            height = np.nan_to_num(sigma[i])  # of one trajectory it is not known
            axis.plot((low[i], high[i]), (height,) * 2, color=colour, linewidth=0.8)
            axis.plot(star[i], height, "o", color=colour, markersize=3)
        ends = np.concatenate([star, high, sigma])
        limit = np.max(ends[np.isfinite(ends)], initial=0.0) or 1.0
        axis.plot((0, limit), (0, limit), ":", color=GREY, linewidth=0.8)
        axis.set(xlim=(0, None), ylim=(0, None), xlabel="Mean absolute effect, mu*", ylabel="Spread of effects, sigma")
        axis.set_title(f"{outcome_words(outcome)} ({words(scenario)})")
        named = [i for place, i in enumerate(order) if place < 8 or parameters[i] == "dummy"]
        label_lines(axis, [(np.nan_to_num(sigma[i]), parameters[i], GREY if parameters[i] == "dummy" else COLOURS[0]) for i in named])
    hide_spare(axes, len(panels))
    return Drawn(
        "morris", "Screening by elementary effects", figure, all_numbers(study, names),
        caption_of(study, "Morris's mu* (mean absolute elementary effect) with 95 % bootstrap interval over "
                          "trajectories against sigma, "
                   "their standard deviation: far right, a parameter matters; above the dotted diagonal it acts in "
                   "interplay with others or not in a straight line. The grey dummy parameter does nothing: what is "
                   "not right of it is noise. "
                   f"The {MOST_PARAMETERS} largest are shown, the eight largest are named; the CSV has all. "
                   f"n = {study.points} points, {study.replicates} replicates each."),
    )


def index_bars(study, name, title, indices, floor, caption):
    """Bars of indices by parameter with intervals, and a floor of noise; a panel per outcome."""
    main = indices[0][0]
    panels = panels_of(study, main)
    shown = min(MOST_PARAMETERS, study.data.sizes["parameter"])
    rows, columns = grid_size(len(panels), 2)
    figure, axes = new_figure(PAGE, 0.6 + rows * (0.55 + 0.2 * shown), rows, columns)
    for axis, (scenario, outcome) in zip(axes.flatten(), panels):
        chosen = study.data.sel(scenario=scenario, outcome=outcome)
        parameters = [str(p) for p in chosen["parameter"].values]
        order = np.argsort(-np.nan_to_num(chosen[main].values, nan=-1.0))[:shown]
        height = 0.8 / len(indices)
        for number, (variable, label, colour) in enumerate(indices):
            places = np.arange(len(order)) + (number - (len(indices) - 1) / 2) * height
            values = chosen[variable].values[order]
            axis.barh(places, values, height=height * 0.9, color=colour, label=label)
            if f"{variable}_low" in chosen:
                low, high = chosen[f"{variable}_low"].values[order], chosen[f"{variable}_high"].values[order]
                known = np.isfinite(low) & np.isfinite(high)
                axis.hlines(places[known], low[known], high[known], color="black", linewidth=0.8)
        level = floor(chosen, parameters)
        if level is not None and np.isfinite(level):
            axis.axvline(level, color=COLOURS[1], linestyle="--", linewidth=1, label="noise floor")
        if main.startswith("sobol") and "sobol_noise_share" in chosen:
            axis.axvline(float(chosen["sobol_noise_share"]), color="black", linestyle=":", linewidth=1, label="share of chance")
        axis.axvline(0, color=GREY, linewidth=0.6)
        axis.set_yticks(range(len(order)), [parameters[i] for i in order])
        axis.set_ylim(len(order) - 0.5, -0.5)
        axis.set_title(f"{outcome_words(outcome)} ({words(scenario)})")
    hide_spare(axes, len(panels))
    legend_above(figure, *axes[0, 0].get_legend_handles_labels(), columns=4)
    names = [n for v, _, _ in indices for n in (v, f"{v}_low", f"{v}_high") if n in study.data]
    return Drawn(name, title, figure, all_numbers(study, names),
                 caption_of(study, caption, f"n = {study.points} points, up to {study.replicates} replicates each."))


@printed
def sobol(study):
    """First and total Sobol' indices, with the index of the dummy parameter as floor."""
    if not study.has("sobol_first", "sobol_total"):
        raise NotHere("needs a study of the design saltelli")

    def floor(chosen, parameters):
        if "dummy" not in parameters:
            return None
        at = parameters.index("dummy")
        upper = chosen["sobol_total_high"].values[at] if "sobol_total_high" in chosen else np.nan
        return upper if np.isfinite(upper) else chosen["sobol_total"].values[at]

    return index_bars(
        study, "sobol", "Shares of variance by parameter",
        [("sobol_total", "total, with interplay", COLOURS[0]), ("sobol_first", "first order, alone", COLOURS[5])], floor,
        "Sobol' indices: the share of an outcome's variance that goes back to a parameter alone (first order) and "
        "with all its interplay (total), with 95 % bootstrap intervals over blocks. Noise floor: upper end of the total "
        "index of a parameter that does nothing; it is zero where points share their random events. Dotted: the share of "
        "the variance that chance alone makes; where it is large, total indices are too large.",
    )


@printed
def pawn(study):
    """PAWN indices against their floor."""
    if not study.has("pawn_median"):
        raise NotHere("needs a study of a design that fills space (lhs, maximin, sobol, saltelli)")

    def floor(chosen, parameters):
        return float(np.nanmax(chosen["pawn_floor"].values)) if "pawn_floor" in chosen else None

    indices = [("pawn_median", "median", COLOURS[0])]
    if study.has("pawn_max"):
        indices.append(("pawn_max", "largest", COLOURS[5]))
    return index_bars(
        study, "pawn", "Dependence of distributions on parameters", indices, floor,
        "PAWN indices: largest distance between an outcome's distribution and that in slices of a parameter's range, "
        "as median and largest over "
        "slices; no interval, but the noise floor: what a parameter that does nothing reaches.",
    )


@printed
def responses(study):
    """Outcomes against each parameter, in bins with intervals."""
    if study.points < 2 * FEWEST_PER_BIN or "parameter_value" not in study.data:
        raise NotHere("needs a study with a design of parameters")
    parameters = [str(p) for p in study.data["parameter"].values if str(p) != "dummy"][:9]
    gaps = study.mean_by_unit("gap_closed")
    if not np.isfinite(gaps.values).any():
        raise NotHere("no run has a gap of latecomer economies")
    values = study.data["parameter_value"].values
    at = {int(p): values[i] for i, p in enumerate(study.data["point"].values)}
    points = np.array([at[int(u)] for u in gaps["unit"].values])
    bins = min(BINS, study.points // FEWEST_PER_BIN)
    rows, columns = grid_size(len(parameters), 3)
    figure, axes = new_figure(PAGE, 0.7 + 1.7 * rows, rows, columns, sharey=True)
    styles, numbers = scenario_styles(study.scenarios, study.reference), []
    for axis, parameter in zip(axes.flatten(), parameters):
        x = points[:, [str(p) for p in study.data["parameter"].values].index(parameter)]
        edges = np.unique(np.quantile(x, np.linspace(0, 1, bins + 1)))
        place = np.clip(np.digitize(x, edges[1:-1]), 0, len(edges) - 2)
        for number, scenario in enumerate(study.scenarios):
            y, style = gaps.sel(scenario=scenario).values, styles[scenario]
            means = [(x[place == b].mean(), *mean_interval(y[place == b]), int((place == b).sum()))
                    for b in range(len(edges) - 1) if (place == b).any()]
            middle, mean, low, high, count = np.array(means, dtype=float).T
            shift = (number - (len(study.scenarios) - 1) / 2) * 0.012 * np.ptp(x)
            known = np.isfinite(low)
            axis.vlines(middle[known] + shift, low[known], high[known], color=style["color"], linewidth=1)
            axis.plot(middle + shift, mean, style["marker"] + "-", color=style["color"], markersize=2.8, linewidth=0.7)
            numbers += [(parameter, scenario, *row) for row in means]
        axis.set_xlabel(parameter)
        axis.locator_params(axis="x", nbins=4)
    hide_spare(axes, len(parameters))
    figure.supylabel("Change of the stage-4 gap, ln", fontsize=7.5)
    handles = [axes[0, 0].plot([], [], styles[s]["marker"] + "-", color=styles[s]["color"], markersize=3, label=words(s))[0]
               for s in study.scenarios]
    legend_above(figure, handles, columns=5)
    return Drawn(
        "responses", "Outcomes against parameters", figure,
        pd.DataFrame(numbers, columns=["parameter", "scenario", "value", "mean", "low", "high", "n"]),
        caption_of(study, f"Mean change of the stage-4 gap over latecomer economies in {bins} bins of each parameter "
                          "with equally many points; all other "
                   "parameters vary, too. Bars: 95 % Student intervals. "
                   f"n = {study.points} points, up to {study.replicates} replicates each."),
    )
