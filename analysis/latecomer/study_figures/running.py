"""The study as a piece of work: chosen series, rules of stopping, seconds."""

import numpy as np
import pandas as pd

from latecomer.drawn import Drawn, NotHere, caption_of
from latecomer.estimates import mean_interval, tenths
from latecomer.names import first_capital
from latecomer.statistics.responses import parts_of
from latecomer.study_figures.responses import unit_of
from latecomer.style import (
    COLOURS, PAGE, grid_size, hide_spare, legend_above, line_style, new_figure, printed, scenario_styles,
    shortened, title_words, words,
)

MOST_SERIES = 6  # shown


@printed
def chosen_series(study):
    """Series that the study kept: means over runs and latecomers by scenario, with bands."""
    kept = [name for name in study.data.data_vars if name.startswith("series_")]
    panels = [panel for name in kept for panel in panels_of(study, name)][:MOST_SERIES]
    if not panels:
        raise NotHere("needs a study that keeps series ([series] in its file)")
    scenario_of = study.data["scenario_number"].values[study.data["series_run"].values.astype(int)]
    years = study.data["time"].values + (study.start_year() or 0)
    rows, columns = grid_size(len(panels), 2)
    figure, axes = new_figure(PAGE, 0.5 + 1.9 * rows, rows, columns, sharex=True)
    styles, numbers = scenario_styles(study.scenarios, study.reference), []
    for axis, (name, heading, values) in zip(axes.flatten(), panels):
        for place, scenario in enumerate(study.scenarios):
            sample = values[scenario_of == place]
            if sample.size == 0:
                continue
            mean, low, high = mean_interval(sample, axis=0)
            axis.fill_between(years, low, high, color=styles[scenario]["color"], alpha=0.15, linewidth=0)
            axis.plot(years, mean, **line_style(styles[scenario]))
            numbers += [(heading, scenario, *row, len(sample)) for row in zip(years, mean, low, high)]
        axis.set_title(title_words(heading))
        axis.set_ylabel(unit_of(study.data[name]))
        axis.set_xlim(years[0], years[-1])
        axis.set_xlabel("Year" if study.start_year() else "Years since the start")
        axis.tick_params(labelbottom=True)
    hide_spare(axes, len(panels))
    handles = [axes[0, 0].plot([], [], **line_style(styles[s]), label=words(s))[0] for s in study.scenarios]
    legend_above(figure, handles, columns=5)
    return Drawn(
        "chosen_series", "How economies move", figure,
        pd.DataFrame(numbers, columns=["series", "scenario", "year", "mean", "low", "high", "runs"]),
        caption_of(study, "Mean over latecomer economies and over the runs whose series the study kept, with "
                          "pointwise 95 % Student "
                   f"intervals over runs. n = {len(scenario_of)} runs in all."),
    )


def panels_of(study, name):
    """Means of a series over latecomers [series_run, time], with its name and heading; one for each stage or the like."""
    variable, name = study.data[name], name.removeprefix("series_")
    if "country" in variable.dims:
        variable = variable.sel(country=study.latecomers).mean("country")
    values, _, parts = parts_of(variable)  # [series_run, time, one, part]
    return [(f"series_{name}", f"{name}, {part}" if part else name, values[:, :, 0, place]) for place, part in enumerate(parts)]


@printed
def stopping(study):
    """Where the rules of stopping stand."""
    if not study.has("stop_value", "stop_low", "stop_high"):
        raise NotHere("needs a study with rules of stopping")
    rules = [str(rule) for rule in study.data["stop_rule"].values]
    rows, columns = grid_size(len(rules), 2)
    figure, axes = new_figure(PAGE, 0.5 + rows * (0.6 + 0.2 * len(study.scenarios)), rows, columns, sharey=True)
    numbers = []
    for axis, rule in zip(axes.flatten(), rules):
        for place, scenario in enumerate(study.scenarios):
            chosen = study.data.sel(stop_rule=rule, scenario=scenario)
            value, low, high, replicates, met = (
                float(chosen[n]) if n in chosen else np.nan
                for n in ("stop_value", "stop_low", "stop_high", "stop_replicates", "stop_met")
            )
            if not np.isfinite(value):
                continue  # such as the reference in a rule about differences
            count, met = (int(replicates) if np.isfinite(replicates) else study.replicates), met == 1
            numbers.append((rule, scenario, value, low, high, count, met))
            axis.plot((low, high), (place, place), color=COLOURS[2] if met else COLOURS[1], linewidth=1.6)
            axis.plot(value, place, "o" if met else "x", color=COLOURS[2] if met else COLOURS[1], markersize=4)
        axis.set_yticks(range(len(study.scenarios)), [words(s) for s in study.scenarios])
        axis.set_ylim(len(study.scenarios) - 0.5, -0.5)
        axis.set_title("\n".join(wrapped(first_capital(shortened(rule, 100)), 52)))
        axis.set_xlabel("Value and its interval")
        axis.locator_params(axis="x", nbins=5)
    hide_spare(axes, len(rules))
    return Drawn(
        "stopping", "Rules of stopping", figure,
        pd.DataFrame(numbers, columns=["rule", "scenario", "value", "low", "high", "replicates", "met"]),
        caption_of(study, "What each rule watches, with its interval, at the last look. Green dots: the rule is met; "
                          "red crosses: it is not, "
                   f"more replicates are needed. n = up to {study.replicates} replicates."),
    )


def wrapped(text, width):
    import textwrap

    return textwrap.wrap(text, width, break_on_hyphens=False)


@printed
def cost_of_runs(study):
    """Core-seconds of runs by scenario, and the sum."""
    costs = study.costs
    if costs is None or "core_seconds" not in costs or costs.empty:
        raise NotHere("needs costs.csv beside study.h5")
    arm = study.data["scenario_number"].values[costs["run"].to_numpy(dtype=int)]
    seconds = costs["core_seconds"].to_numpy(dtype=float)
    all_seconds = seconds.sum()
    unit, size = ("hours", 3600) if all_seconds > 3600 else ("minutes", 60) if all_seconds > 60 else ("seconds", 1)
    figure, axes = new_figure(PAGE, 0.75 + 0.3 * len(study.scenarios), 1, 2, width_ratios=(3, 2))
    styles, numbers = scenario_styles(study.scenarios, study.reference), []
    for place, scenario in enumerate(study.scenarios):
        sample = np.sort(seconds[arm == place])
        if sample.size == 0:
            continue
        mean, low, high = (float(x) for x in mean_interval(sample))
        jitter = 0.3 * ((np.arange(sample.size) * 0.618034) % 1 - 0.5)
        colour = styles[scenario]["color"]
        axes[0, 0].plot(sample, place + jitter, ".", color=colour, markersize=3.6, alpha=0.6, mew=0)
        axes[0, 0].plot((low, high), (place, place), color=colour, linewidth=3, solid_capstyle="butt")
        axes[0, 1].barh(place, sample.sum() / size, color=colour, height=0.6)
        numbers.append((scenario, sample.size, sample.sum(), mean, low, high, *tenths(sample)))
    for axis in axes[0]:
        axis.set_yticks(range(len(study.scenarios)), [words(s) for s in study.scenarios])
        axis.set_ylim(len(study.scenarios) - 0.5, -0.5)
        axis.locator_params(axis="x", nbins=5)
    axes[0, 1].set_yticklabels([])
    axes[0, 0].set(xlabel="Core-seconds of a run", xlim=(0, None))
    axes[0, 1].set_xlabel(f"Core-{unit} in all ({all_seconds / size:.3g} together)")
    return Drawn(
        "cost_of_runs", "What the study cost", figure,
        pd.DataFrame(numbers, columns=["scenario", "runs", "core_seconds", "mean", "low", "high", "p10", "p50", "p90"]),
        caption_of(study, "Seconds of every run times the cores that it had; bars: 95 % Student interval of the mean; "
                          "right, their sums. "
                   f"Times depend on machine and load; no result does. n = {len(seconds)} runs."),
    )
