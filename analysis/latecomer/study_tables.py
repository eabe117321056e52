"""What a study says, in long form: outcomes, paired differences, comparisons and responses."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pandas as pd
import xarray as xr

from latecomer.result_files import alike
from latecomer.results import Study, open_study
from latecomer.series import Unusable
from latecomer.statistics import studies
from latecomer.statistics.comparisons import comparison
from latecomer.statistics.responses import own_dimensions, pairs_of, parts_of, responses

SERIES = "series_"
ENDS = ("", "_low", "_high", "_chance", "_agreement")


def tidy(study: Study | str | Path, outcomes: Iterable[str] | str | None = None, parameters: bool | None = None) -> pd.DataFrame:
    """Outcomes of all done runs in long form: a line for every run, outcome and economy.

    study: a Study, or its path.  outcomes: names of outcomes of economies ("gap_at_end", "gap_closed") or of the world
    ("world_catch_ups", "moment_tail_exponent"); all without.  parameters: whether every parameter of the point is a
    column; without, it is unless the study is an ensemble, which has the column `weight` instead.

    Columns: scenario, point, replicate, weight (ensembles only: of the set of parameters; those of all sets sum to 1),
    parameters by name, outcome, economy (its key; missing for outcomes of the world), value (in the unit of
    agents/MODEL.md; missing where the run has none).  Economies of which no run has a value are left out of an outcome.
    Raises Unusable if the study has no such outcome.
    """
    study = opened(study)
    done, keys = np.flatnonzero(study.done), keys_of(study)
    if parameters if parameters is not None else not study.is_ensemble:
        keys = keys.join(parameters_of(study))
    parts = []
    for name in outcome_names(study, outcomes):
        values = study.data[name].values[done]
        economies, values = with_values(study, name, values)
        part = keys.iloc[np.repeat(np.arange(len(keys)), len(economies))].reset_index(drop=True)
        part["outcome"], part["economy"] = name, np.tile(np.array(economies, dtype=object), len(keys))
        part["value"] = values.ravel()
        parts.append(part)
    return pd.concat(parts, ignore_index=True)


def difference(study: Study | str | Path, reference: str | None = None, outcomes: Iterable[str] | str | None = None) -> pd.DataFrame:
    """What every scenario changes, run by run: a line for every pair of runs, outcome and economy.

    Both runs of a pair have the same point and replicate, so they share their random events.  reference: the scenario
    that others are compared with; without, that of the study.  outcomes: as in tidy.

    Columns: scenario, point, replicate, weight (ensembles only), outcome, economy (missing for outcomes of the world), value,
    reference (the same outcome there), difference (value less reference; missing where one is).  Runs without a partner
    are left out.  mean_difference has means and intervals; in an ensemble, effects.  Raises Unusable if there is no such
    outcome or scenario, or nothing to compare.
    """
    study = opened(study)
    reference = reference_of(study, reference)
    keys = keys_of(study).reset_index(drop=True)
    pairs = [pairs_of(keys, scenario, reference).assign(scenario=scenario) for scenario in study.scenarios if scenario != reference]
    pairs = pd.concat(pairs, ignore_index=True) if pairs else pd.DataFrame()
    if not len(pairs):
        raise Unusable(f"study '{study.name}' has no pair of runs of another scenario and '{reference}' with the same point and replicate")
    one, other = (pairs[name].to_numpy() for name in ("place", "place_reference"))
    common = keys.iloc[one].reset_index(drop=True)
    done, parts = np.flatnonzero(study.done), []
    for name in outcome_names(study, outcomes):
        economies, values = with_values(study, name, study.data[name].values[done])
        part = common.iloc[np.repeat(np.arange(len(common)), len(economies))].reset_index(drop=True)
        part["outcome"], part["economy"] = name, np.tile(np.array(economies, dtype=object), len(common))
        part["value"], part["reference"] = values[one].ravel(), values[other].ravel()
        part["difference"] = part["value"] - part["reference"]
        parts.append(part)
    return pd.concat(parts, ignore_index=True)


def mean_difference(study: Study | str | Path, reference: str | None = None, outcomes: Iterable[str] | str | None = None,
                    level: float = 0.95) -> pd.DataFrame:
    """Means of paired differences over runs, with intervals, a line for every outcome and scenario.

    Of outcomes of economies, means over latecomers; pairs in which one of them has no value are left out, so a line is
    missing where an economy never has one.  This is `latecomer.statistics.compare`, the table of comparisons that
    make_paper prints; what the report calls gap_closed is the difference of gap_at_end.  Columns: outcome, scenario, baseline,
    mean, difference, low, high (of `level`), p, p_holm (over all lines), pairs, unpaired.  Raises Unusable as difference
    does, and for an ensemble, whose sets have weights: effects has what its study.h5 says.
    """
    study = opened(study)
    if study.is_ensemble:
        raise Unusable(f"study '{study.name}' is an ensemble, and its sets of parameters have weights: call latecomer.effects")
    reference, frame = reference_of(study, reference), study.frame
    names = outcome_names(study, outcomes)
    for name in names:
        if name not in frame:  # moments are of the run
            frame = frame.assign(**{name: frame["run"].map(dict(zip(study.data["run"].values, study.data[name].values)))})
    if outcomes is None:
        names = [name for name in names if frame[name].notna().any()]
    return studies.compare(frame, reference, names, level)


def effects(study: Study | str | Path, quantities: Iterable[str] | str | None = None) -> pd.DataFrame:
    """What `latecomer study report` says of every scenario against the reference, by group and economy.

    quantities: such as "gap_closed", "welfare" (its logarithm) or "cost_share"; all of study.h5 without.

    Columns: quantity, cell (a point, or -1: all points together), scenario, group ("latecomers", an income group, or the key of
    an economy), is_economy, value, low, high; in an ensemble value is the mean by weight, low and high hold 95 % of the
    weight, agreement is the share of the weight with the sign of the mean, chance half the 95 % interval over replicates.
    Raises Unusable if study.h5 compares nothing, or has no such quantity.
    """
    study = opened(study)
    known = [name.removeprefix("against_") for name in map(str, study.data.data_vars)
             if name.startswith("against_") and not name.endswith(ENDS[1:])]
    if not known or "reference" not in study.data.attrs:
        raise Unusable(f"the study.h5 of '{study.name}' compares no scenarios: merge a study of two or more again")
    parts = []
    for quantity in chosen(quantities, known, "study.h5 does not compare"):
        for place, cell in enumerate(study.data["cell"].values):
            table = comparison(study.data, quantity, place)
            table.insert(0, "quantity", quantity)
            table.insert(1, "cell", int(cell))
            parts.append(table)
    return pd.concat(parts, ignore_index=True)


def response(study: Study | str | Path, series: str, scenario: str, reference: str | None = None) -> xr.Dataset:
    """The impulse response of a series to a scenario: mean difference from the reference by quarter, with its 95 % band.

    series: an output that the study keeps ([series] in its file), such as "gap_by_stage".  Means are over the pairs of a
    unit, a replicate or a point of the design, and Student's t over units, which count alike, in an ensemble, too.

    Returns variables mean, low, high (in the unit of the output) and n (units with a value), each [time, group] and the
    own dimensions of the output, such as stage.  group: "latecomers", income groups and economies by key; outputs of the
    world have no group.  time is in years since the start, at the end of the quarter; `quarter` counts from 0; `year` is of
    the calendar where the study's file tells it.  Raises Unusable if the study keeps no such series, has no such
    scenario, or no pair of such runs.
    """
    study = opened(study)
    kept = [str(name).removeprefix(SERIES) for name in study.data.data_vars if str(name).startswith(SERIES) and name != "series_run"]
    if not kept:
        raise Unusable(f"study '{study.name}' keeps no series: give its file a section [series] with replicates and variables")
    (series,) = chosen(series, kept, "the study does not keep")
    reference = reference_of(study, reference)
    if known_scenario(study, scenario) == reference:
        raise Unusable(f"'{scenario}' is the reference: name another scenario, or another reference")
    runs = study.runs_of_series
    used = runs["scenario"].isin([scenario, reference]).to_numpy()
    variable = study.data[SERIES + series].isel(series_run=used)
    members = {"world": []}
    if "country" in variable.dims:
        members = {**study.members, **{str(key): [str(key)] for key in variable["country"].values}}
    table = responses(variable, runs[used].reset_index(drop=True), reference, members, study.unit)
    if table.empty:
        raise Unusable(f"study '{study.name}' keeps {series} of no pair of runs of '{scenario}' and '{reference}'")
    return as_dataset(study, variable, table, list(members)).assign_attrs(
        series=series, scenario=scenario, reference=reference, study=study.name, interval=f"95 % Student band over {study.unit}s")


def as_dataset(study, variable, table, groups):
    """The table of responses, by group, part and quarter, as arrays over the dimensions of the series."""
    own = own_dimensions(variable)
    times, (_, countries, parts) = variable["time"].values, parts_of(variable)
    shape = (len(groups), len(parts), len(times))
    coordinates = {"time": variable["time"], "group": np.array(groups, dtype=object), **{name: variable[name] for name in own}}
    dims = ("time", "group", *own)
    attributes = {"units": str(variable.attrs.get("units", "1")), "long_name": str(variable.attrs.get("long_name", variable.name))}
    found = {}
    for name, column in {"mean": "difference", "low": "low", "high": "high", "n": "n"}.items():
        values = np.moveaxis(table[column].to_numpy().reshape(shape), 2, 0)
        values = values.reshape(len(times), len(groups), *(variable.sizes[dim] for dim in own))
        found[name] = (dims, values, attributes if name != "n" else {"long_name": f"{study.unit}s with a value"})
    data = xr.Dataset(found, coords=coordinates)
    quarter = np.rint(times * 4.0).astype(int) - 1
    data = data.assign_coords(quarter=("time", quarter))
    if (start := study.start_year()) is not None:
        data = data.assign_coords(year=("time", start + quarter // 4))
    return data if countries != [None] else data.isel(group=0, drop=True)


def opened(study):
    return study if isinstance(study, Study) else open_study(study)


def keys_of(study):
    """Scenario, point, replicate and, in an ensemble, weight of every done run."""
    data, done = study.data, study.done
    names = np.array(study.scenarios, dtype=object)
    table = {"scenario": names[data["scenario_number"].values[done].astype(int)],
             **{name: data[name].values[done].astype(int) for name in ("point", "replicate")}}
    return pd.DataFrame(table | ({"weight": data["weight"].values[done]} if study.is_ensemble else {}))


def parameters_of(study):
    """Values of the parameters of every done run, by name; nothing in a study without a design."""
    if "parameter_value" not in study.data:
        return pd.DataFrame(index=range(int(study.done.sum())))
    values = study.data["parameter_value"].transpose("run", "parameter")
    return pd.DataFrame(values.values[study.done], columns=[str(name) for name in study.data["parameter"].values])


def outcome_names(study, asked=None):
    """Names of outcomes of economies and of the world; those that were asked for."""
    own = {"status", "scenario_number", "point", "replicate", "state_hash", "key", "weight"}
    known = [str(name) for name, variable in study.data.data_vars.items()
             if variable.dims in (("run", "country"), ("run",)) and name not in own]
    return chosen(asked, known, f"study '{study.name}' has no outcome")


def chosen(asked, known, words):
    """The names that were asked for, or all; Unusable if one is not known."""
    names = known if asked is None else [asked] if isinstance(asked, str) else list(asked)
    for name in names:
        if name not in known:
            raise Unusable(f"{words} '{name}'{alike(name, known)}: it has {', '.join(known)}")
    if not names:
        raise Unusable(f"{words} at all" if not known else "no name was given: leave it out for all of them")
    return names


def with_values(study, name, values):
    """Keys of the economies of which some run has a value, [None] for the world; and values [run, economy]."""
    if "country" not in study.data[name].dims:
        return [None], values[:, None]
    known = np.isfinite(values).any(axis=0)
    return [str(key) for key in study.data["country"].values[known]], values[:, known]


def reference_of(study, name):
    return study.reference if name is None else known_scenario(study, name)


def known_scenario(study, name):
    if name not in study.scenarios:
        raise Unusable(f"study '{study.name}' has no scenario '{name}'{alike(name, study.scenarios)}: it has {', '.join(study.scenarios)}")
    return name
