"""Tables of runs and studies as other programs want them: a column for each variable, and what each means."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from latecomer.result_files import alike, words_of
from latecomer.series import Unusable
from latecomer.snapshots import lines_of, meaning_of_columns, snapshots_of, tables_of

MOST_PARTS = 16  # columns that an output with a dimension of its own becomes
TEXTS = ("region", "income_group", "role")  # of economies, in the file
KEYS = {
    "economy": "Economy, by key", "time": "Years since the start, at the end of the quarter", "quarter": "Quarter since the start, from 0",
    "year": "Year", "date": "First day of the quarter", "scenario": "Scenario", "point": "Point of the design, from 0", "replicate": "Replicate, from 0",
    "run": "Number of the run in the plan", "weight": "Weight of the set of parameters", "id": "Identity of the firm, decimal digits",
    "country": "Economy, by key", "position": "Position on the data value chain", "quarters_completed": "Quarters completed", "outcome": "Outcome",
    "value": "Value", "reference": "Value in the reference scenario", "difference": "Value less that of the reference", "group": "Group or economy",
    "quantity": "Quantity", "cell": "Point; -1: all together", "low": "Lower end of the interval", "high": "Upper end of the interval",
    "status": "1: done, 2: failed, 3: timed out, 4: quarantined, 5: not needed, 0: open", "state_hash": "State hash, hexadecimal",
    "name": "Name", "region": "Region of the United Nations", "income_group": "Income group of the World Bank", "role": "Role in the model",
}


@dataclass
class Table:
    """Parts of a table, in order, each with the same columns; words on columns by name."""

    parts: object  # an iterable of pandas.DataFrame
    meaning: dict = field(default_factory=dict)

    def label(self, column):
        """What a column is, in words; empty if nobody has said."""
        return self.meaning.get(column) or KEYS.get(column, "")


def table_of(result, what):
    """The table of a result by its name; None: the main one.  Raises Unusable if the result has no such table."""
    tables = RUN_TABLES if result.kind == "run" else STUDY_TABLES
    if what in tables:
        return tables[what](result)
    data = result.series if result.kind == "run" else result.data
    name = what if result.kind == "run" else f"series_{what}"
    if name in data.data_vars and "time" in data[name].dims:
        return long_output(result, data[name], what)
    known = [*tables, *(str(one).removeprefix("series_") for one, variable in data.data_vars.items() if "time" in variable.dims)]
    raise Unusable(f"{result.kind} '{result.name}' has no table '{what}'{alike(what, known)}: name one of {', '.join(tables)}, or an output "
                   "with dimensions of its own")


def main_table(result):
    """The name of the table that is meant when none is named."""
    return next(iter(RUN_TABLES if result.kind == "run" else STUDY_TABLES))


def spread(data, names, along, meaning, prefix=""):
    """Columns of outputs over the dimensions `along`; one with a dimension more has a column for each of its places."""
    columns = {}
    for name in names:
        variable = data[name].transpose(*along, ...)
        own, short = variable.dims[len(along):], name.removeprefix(prefix)
        if not own:
            columns[short], meaning[short] = variable.values.ravel(), words_of(variable)
            continue
        for number, label in enumerate(variable[own[0]].values):
            column = f"{short}_{label}"
            columns[column] = variable.values[..., number].ravel()
            meaning[column] = f"{label}: {words_of(variable)}"
    return columns


def spreadable(data, along):
    """Outputs over these dimensions and at most one more, which has few places."""
    def fits(variable):
        own = [dim for dim in variable.dims if dim not in along]
        return set(along) <= set(variable.dims) and (not own or len(own) == 1 and own[0] not in ("country", "home", "series_run")
                                                     and variable.sizes[own[0]] <= MOST_PARTS)

    return [str(name) for name, variable in data.data_vars.items() if fits(variable)]


def time_columns(series, repeat):
    """Time, quarter and, of a run with a calendar, year and date, each so many times."""
    columns = {name: np.repeat(series[name].values, repeat) for name in ("time", "quarter", "year", "date") if name in series.coords}
    if "date" in columns:
        columns["date"] = pd.to_datetime(columns["date"])
    return columns


def run_series(run):
    """A line for every quarter and economy."""
    series, meaning = run.series, {}
    economies = np.tile(series["country"].values.astype(str).astype(object), series.sizes["time"])
    columns = {"economy": economies, **time_columns(series, series.sizes["country"])}
    columns |= spread(series, spreadable(series, ("time", "country")), ("time", "country"), meaning)
    table = pd.DataFrame(columns)
    return Table([table.iloc[np.argsort(np.tile(np.arange(series.sizes["country"]), series.sizes["time"]), kind="stable")]], meaning)


def run_world(run):
    """A line for every quarter: what is of the world, of positions or of lead firms."""
    series, meaning = run.series, {}
    names = [name for name in spreadable(series, ("time",)) if "country" not in series[name].dims]
    return Table([pd.DataFrame(time_columns(series, 1) | spread(series, names, ("time",), meaning))], meaning)


def long_output(result, variable, name):
    """One output in long form: a line for every quarter and place along its dimensions."""
    own = [dim for dim in variable.dims if dim != "series_run"]
    table = variable.rename(name).to_dataframe()[[name]].reset_index()
    if result.kind == "study":
        places = dict(zip(result.data["series_run"].values, result.runs_of_series.itertuples(index=False)))
        keys = pd.DataFrame([places[number] for number in table.pop("series_run")], columns=["scenario", "point", "replicate"])
        table = pd.concat([keys, table], axis=1)
        add_quarters(table, result)
    else:
        moment = {column: dict(zip(result.series["time"].values, values)) for column, values in time_columns(result.series, 1).items()}
        for column in reversed([column for column in moment if column != "time"]):
            table.insert(1, column, table["time"].map(moment[column]))
    return Table([table.rename(columns={"country": "economy"})], {name: words_of(variable), **{dim: f"Place along {dim}" for dim in own if dim not in KEYS}})


def add_quarters(table, study):
    """Quarter and, where the study's file tells it, year beside the time of a table."""
    place, quarter = table.columns.get_loc("time") + 1, np.rint(table["time"] * 4.0).astype(int) - 1
    table.insert(place, "quarter", quarter)
    if (start := study.start_year()) is not None:
        table.insert(place + 1, "year", start + quarter // 4)


def run_firms(run):
    """A line for every firm and snapshot; identities as digits, since programs that count in doubles would round them."""
    lines = {quarters: lines_of(run.snapshots[quarters], None, None) for quarters in snapshots_of(run)}
    return Table((part.assign(id=part["id"].astype(str)) for part in tables_of(run, lines)), meaning_of_columns(run.snapshots[min(lines)]))


def run_file(name):
    """A table that the run's folder holds as text."""
    def read(run):
        table = getattr(run, name)
        if table is None:
            raise Unusable(f"run '{run.name}' has no {name}.csv{': it is not yet at its end' if not run.finished else ''}")
        return Table([table.rename(columns={"where": "place"})], {"who": "Who acts, or whose outcome it is", "place": "Where or on whom"})

    return read


def economies_table(result):
    from latecomer.known_economies import economies

    return Table([economies(result).reset_index()])


def study_outcomes(study):
    """A line for every done run and economy, with its outcomes as columns."""
    from latecomer.study_tables import keys_of, parameters_of

    data, done, meaning = study.data, study.done, {}
    count = data.sizes["country"]
    keys = keys_of(study).join(parameters_of(study))
    keys.insert(0, "run", data["run"].values[done])
    table = keys.iloc[np.repeat(np.arange(len(keys)), count)].reset_index(drop=True)
    table.insert(1, "economy", np.tile(data["country"].values.astype(str).astype(object), len(keys)))
    for column in TEXTS:
        if f"country_{column}" in data:
            table.insert(2, column, np.tile(data[f"country_{column}"].values.astype(str).astype(object), len(keys)))
    names = [str(name) for name, variable in data.data_vars.items() if variable.dims == ("run", "country")]
    found = pd.DataFrame({name: data[name].values[done].ravel() for name in names})
    meaning |= {name: words_of(data[name]) for name in names} | {"gap_closed": "Gap at the end less that at the start"}
    return Table([pd.concat([table, found], axis=1)], meaning)


def study_runs(study):
    """A line for every planned run: parameters, and outcomes of the world."""
    data = study.data
    names = np.array(study.scenarios, dtype=object)
    table = pd.DataFrame({"run": data["run"].values, "scenario": names[data["scenario_number"].values.astype(int)],
                          **{name: data[name].values.astype(int) for name in ("point", "replicate", "status")}})
    if "state_hash" in data:
        table["state_hash"] = [f"{int(value):016x}" for value in data["state_hash"].values]
    if study.is_ensemble:
        table["weight"] = data["weight"].values
    if "parameter_value" in data:
        values = data["parameter_value"].transpose("run", "parameter").values
        table = table.join(pd.DataFrame(values, columns=[str(name) for name in data["parameter"].values]))
    world = [str(name) for name, variable in data.data_vars.items() if variable.dims == ("run",) and name not in table and name not in ("scenario_number", "key")]
    return Table([table.join(pd.DataFrame({name: data[name].values for name in world}))], {name: words_of(data[name]) for name in world})


def study_series(study):
    """A line for every run that is kept, quarter and economy."""
    data, meaning, along = study.data, {}, ("series_run", "time", "country")
    names = [name for name in spreadable(data, along) if name.startswith("series_")]
    if not names:
        raise Unusable(f"study '{study.name}' keeps no series of economies: give its file a section [series] with replicates and variables")
    runs, times, economies = (data.sizes[dim] for dim in along)
    table = study.runs_of_series.iloc[np.repeat(np.arange(runs), times * economies)].reset_index(drop=True)
    table["economy"] = np.tile(data["country"].values.astype(str).astype(object), runs * times)
    table["time"] = np.tile(np.repeat(data["time"].values, economies), runs)
    add_quarters(table, study)
    return Table([pd.concat([table, pd.DataFrame(spread(data, names, along, meaning, "series_"))], axis=1)], meaning)


def study_table(name):
    """A table of latecomer.study_tables as it is."""
    def read(study):
        from latecomer import study_tables

        return Table([getattr(study_tables, name)(study)])

    return read


# By name, the main one first.
RUN_TABLES = {"series": run_series, "world": run_world, "firms": run_firms, "outcomes": run_file("outcomes"), "events": run_file("events"),
              "economies": economies_table}
STUDY_TABLES = {"outcomes": study_outcomes, "runs": study_runs, "tidy": study_table("tidy"), "differences": study_table("difference"),
                "effects": study_table("effects"), "series": study_series, "economies": economies_table}
