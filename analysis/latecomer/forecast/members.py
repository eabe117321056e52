"""Members of an ensemble: sets of parameters by replicates, and what each says of economies by the year."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

from latecomer.forecast.notes import listed
from latecomer.forecast.observations import project
from latecomer.forecast.scales import GROWTH, INDICATORS, INTERNET, LEAST_SHARE, PRODUCTIVITY, SHARE
from latecomer.observed import read_csv
from latecomer.observed.economies import BOTH, LEAD_FIRMS
from latecomer.results import open_result
from latecomer.series import Unusable
from latecomer.statistics import panel
from latecomer.statistics.studies import DONE

START_YEAR = 2005  # of jobs/scenarios/world.toml
SERIES = {"relative_productivity": PRODUCTIVITY, "internet_users": INTERNET, "ict_service_exports": SHARE}
COLUMNS = ("iso3", "indicator", "year", "member", "value")


@dataclass(frozen=True)
class Members:
    """values: of each indicator, in its unit, [member, economy, year]; NaN where there is none.

    Shares are in the sum over all economies here.  Growth is since the first year, of which it has none itself.
    """

    origin: str  # of the numbers, for captions
    economies: list
    years: list
    names: list  # of members
    weights: np.ndarray  # of members, of sum 1
    values: dict
    notes: list = field(default_factory=list)

    def at(self, indicator, year):
        return self.values[indicator][:, :, self.years.index(year)]

    def change(self, indicator, origin, year):
        """Change of the level from the last figure of the origin to that of the year [member, economy]."""
        if indicator == GROWTH:
            return (self.since_start(year) - self.since_start(origin)) / 100.0
        to = INDICATORS[indicator].to
        return to(self.at(indicator, year)) - to(self.at(indicator, origin))

    def since_start(self, year):
        """Growth of exports since the first year, %, [member, economy]."""
        passed = year - self.years[0]
        return passed * self.at(GROWTH, year) if passed else np.zeros(self.values[GROWTH].shape[:2])

    def table(self):
        """A line a member, economy, indicator and year, in the form that `members_of_file` reads."""
        parts = []
        for indicator, values in self.values.items():
            index = pd.MultiIndex.from_product([self.names, self.economies, self.years], names=["member", "iso3", "year"])
            part = pd.DataFrame({"value": values.ravel()}, index).reset_index().assign(indicator=indicator)
            part["weight"] = np.repeat(self.weights, values[0].size)
            parts.append(part[part["value"].notna()])
        return pd.concat(parts)[[*COLUMNS, "weight"]]


def read_members(path, start_year=None):
    """The members of a study's folder or of a CSV.  Raises Unusable."""
    path = Path(path)
    if path.is_file() and path.suffix == ".csv":
        return members_of_file(path, start_year)
    return members_of_study(path, START_YEAR if start_year is None else start_year)


def members_of_study(path, start):
    """Runs of the reference whose series are kept."""
    study = open_result(path)
    if study.kind != "study":
        raise Unusable(f"'{path}' is a run: name the folder of a study such as jobs/calibration/forecast.toml")
    data = study.data
    if "series_run" not in data:
        raise Unusable(f"'{path}' keeps no series: give its file a section [series] as in jobs/calibration/forecast.toml")
    lines = np.searchsorted(data["run"].values, data["series_run"].values)
    arm = data["scenario_number"].values[lines].astype(int) == study.scenarios.index(study.reference)
    done = arm & (data["status"].values[lines] == DONE)
    if not done.any():
        raise Unusable(f"'{path}' keeps the series of no run that is done: let 'latecomer study run' go on and merge again")
    point, replicate = data["point"].values[lines[done]], data["replicate"].values[lines[done]]
    weights = data["weight"].values[lines[done]] if "weight" in data else np.ones(done.sum())
    weights = weights / np.array([np.sum(point == one) for one in point])
    economies = panel.economies_of({name: data[name] for name in ("country", "country_role")})
    countries = [str(name) for name in data["country"].values]
    places = [countries.index(name) for name in economies]
    years = list(range(start, start + data.sizes["time"] // panel.QUARTERS))
    if len(years) < 2:
        raise Unusable(f"runs of '{path}' have {data.sizes['time']} quarters: a forecast needs two years or more")
    values = {}
    for output, indicator in SERIES.items():
        if f"series_{output}" in data:
            series = data[f"series_{output}"].transpose("series_run", "time", "country").values[done][:, :, places]
            values |= indicators_of(indicator, by_year(series, len(years), of_exports=indicator == SHARE))
    lost = int(arm.sum() - done.sum())
    notes = [f"{lost} runs of the study are not done and left out"] if lost else []
    names = [f"{one}-{other}" for one, other in zip(point, replicate)]
    return checked(Members(f"study '{study.name}', study.h5 sha256 {study.hash}", economies, years, names,
                           weights / weights.sum(), values, notes), path)


def by_year(series, years, of_exports):
    """Series [member, quarter, economy] as figures [member, economy, year]: sums of exports, of stocks the last quarter."""
    quarters = series[:, : years * panel.QUARTERS].reshape(len(series), years, panel.QUARTERS, -1)
    return (np.nan_to_num(quarters).sum(axis=2) if of_exports else quarters[:, :, -1]).transpose(0, 2, 1)


def indicators_of(indicator, figures):
    """What figures tell: of exports their share, %, and their growth since the first year, % a year."""
    if indicator != SHARE:
        return {indicator: figures}
    with np.errstate(all="ignore"):
        floor = LEAST_SHARE / 100.0 * figures.sum(axis=1, keepdims=True)
        exports = np.maximum(figures, floor)
        growth = 100.0 * np.log(exports / exports[:, :, :1]) / np.arange(exports.shape[2])
        share = 100.0 * exports / exports.sum(axis=1, keepdims=True)
    return {SHARE: share, GROWTH: np.where(np.isfinite(growth), growth, np.nan)}


def members_of_file(path, start_year=None):
    """Members of a CSV: iso3, indicator, year, member, value, and a weight that is the same for all lines of a member."""
    table = read_csv(path, COLUMNS)
    try:
        table["year"], table["value"] = table["year"].astype(int), table["value"].astype(float)
        table["weight"] = table["weight"].astype(float) if "weight" in table else 1.0
    except ValueError as error:
        raise Unusable(f"'{path}' has a year, value or weight that is no number ({error})") from error
    if not np.isfinite(table[["value", "weight"]].to_numpy()).all() or (table["weight"] < 0).any() or not table["weight"].any():
        raise Unusable(f"'{path}' has a value or weight that is not finite, or weights below 0 or of sum 0")
    if (table.groupby("member")["weight"].nunique() > 1).any():
        raise Unusable(f"'{path}' has a member with several weights: give each member one")
    if table.duplicated(["iso3", "indicator", "year", "member"]).any():
        raise Unusable(f"'{path}' has two values of one member, economy, indicator and year")
    strange = table[~table["indicator"].isin(INDICATORS)]["indicator"]
    notes = [listed("indicators of the forecast are not known", strange)] if len(strange) else []
    table = table[table["indicator"].isin(INDICATORS)]
    leads = table[table["iso3"].isin([panel.REFERENCE, *(set(LEAD_FIRMS) - set(BOTH))])]["iso3"]
    notes += [listed("economies of the forecast have lead firms only, or are the measure", leads)] if len(leads) else []
    table = table[~table["iso3"].isin(leads.unique())]
    if table.empty:
        raise Unusable(f"'{path}' has no indicator and economy that is judged; indicators are {', '.join(INDICATORS)}")
    economies, names = list(table["iso3"].unique()), list(table["member"].unique())
    years = list(range(table["year"].min() if start_year is None else start_year, table["year"].max() + 1))
    index = pd.MultiIndex.from_product([names, economies, years])
    values = {}
    for indicator, part in table.groupby("indicator"):
        flat = part.set_index(["member", "iso3", "year"])["value"].reindex(index)
        values[indicator] = flat.to_numpy(float).reshape(len(names), len(economies), len(years))
    weights = table.groupby("member")["weight"].first()[names].to_numpy()
    digest = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
    found = Members(f"file '{path.name}', sha256 {digest}", economies, years, names, weights / weights.sum(),
                    {name: values[name] for name in INDICATORS if name in values}, notes)
    return checked(found, path)


def checked(members, path):
    """Without economies of which regions are not known; Unusable where nothing is left."""
    if not members.values:
        raise Unusable(f"'{path}' keeps none of {', '.join(SERIES)}: name them in variables of its section [series]")
    known = np.isin(members.economies, project().economies.index)
    economies, strange = list(np.array(members.economies)[known]), np.array(members.economies)[~known]
    if not economies:
        raise Unusable(f"no economy of '{path}' is known ({', '.join(strange[:5])}): use codes of ISO 3166, such as IND")
    missing = [name for name in INDICATORS if name not in members.values]
    notes = [listed("economies of the forecast are not in analysis/latecomer/observed/economies.csv", strange)] if len(strange) else []
    notes += [listed("indicators are not in the forecast", missing)] if missing else []
    values = {name: array[:, known] for name, array in members.values.items()}
    for name, array in values.items():
        has = np.isfinite(array)
        lacking = [one for one, whole in zip(economies, has[:, :, has.any(axis=(0, 1))].all(axis=(0, 2))) if not whole]
        notes += [listed(f"economies lack {name} in a member or a year of the forecast", lacking)] if lacking else []
    return Members(members.origin, economies, members.years, members.names, members.weights, values, members.notes + notes)
