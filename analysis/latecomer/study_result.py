"""A study: what its study.h5 holds."""

import hashlib
import re
import tomllib
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd
import xarray as xr

from latecomer.result_files import number_named, read_table
from latecomer.series import Unusable, without_locks
from latecomer.statistics.comparisons import members_of
from latecomer.statistics.studies import DONE, frame_of, reference_of, run_means

STUDY_VERSIONS = (1, 2, 3)


class Study:
    """A Monte Carlo study: a line for every run, and what the program computed over them.

    data: an xarray.Dataset as io/FORMAT.md has study.h5, and `gap_closed` [run, country], the gap at the end less that at
    the start.  scenarios: their names; reference: the one that others are compared with.  latecomers: keys of
    economies with a gap.  frame: a table with a line for every done run and latecomer.
    """

    kind = "study"

    def __init__(self, path):
        self.path = Path(path)
        self.data = self._read()
        self.beside = None  # a Run that is drawn together with the study
        attributes = self.data.attrs
        self.name = str(attributes.get("study", "study"))
        self.hash = hashlib.sha256(self.path.read_bytes()).hexdigest()[:16]
        self.scenarios = [str(name) for name in self.data["scenario"].values]
        named = str(attributes.get("reference", ""))
        self.reference = named if named in self.scenarios else reference_of(self.scenarios, self.rules)
        self.economies = []  # keys of those whose responses are drawn; none: the largest responses
        self.done = self.data["status"].values == DONE
        if not self.done.any():
            raise Unusable(f"'{path}' holds no run that is done: let 'latecomer study run' go on and merge again")
        points = self.data["point"].values[self.done]
        self.points = len(np.unique(points))
        self.replicates = len(np.unique(self.data["replicate"].values[self.done]))
        started = np.isfinite(self.data["gap_at_start"].values[self.done]).any(axis=0)
        self.latecomers = [str(key) for key, has in zip(self.data["country"].values, started) if has]

    def __repr__(self):
        return (f"<Study '{self.name}': {int(self.done.sum())} of {self.done.size} runs done, {len(self.scenarios)} scenarios, "
                f"{self.points} points, up to {self.replicates} replicates, reference '{self.reference}'>")

    def _read(self):
        try:
            with without_locks(), xr.open_dataset(self.path, engine="h5netcdf") as file:
                version = int(file.attrs.get("schema_version", 0))
                if version not in STUDY_VERSIONS:
                    raise Unusable(
                        f"'{self.path}' has version {version} of the format, this program reads versions "
                        f"{STUDY_VERSIONS[0]} to {STUDY_VERSIONS[-1]}: use the analysis folder of the "
                        "program that wrote it"
                    )
                data = file.load()
                data["status"], data["gap_at_start"], data["scenario"], data["point"], data["replicate"]
                if "gap_at_end" in data:
                    data["gap_closed"] = data["gap_at_end"] - data["gap_at_start"]  # of the same run
                return data
        except Unusable:
            raise
        except (OSError, KeyError, ValueError) as error:
            reason = " ".join(str(error).split())
            raise Unusable(f"'{self.path}' cannot be read as a study ({reason})") from error

    @cached_property
    def costs(self):
        """Core-seconds of each run, from costs.csv beside study.h5; None without it."""
        return read_table(self.path.parent / "costs.csv")

    @property
    def unit(self):
        """What intervals count: replicates, or the points of a design."""
        return "point" if self.points > 1 else "replicate"

    @property
    def rules(self):
        """The rules of stopping, as the file names them."""
        return [str(rule) for rule in self.data["stop_rule"].values] if "stop_rule" in self.data.coords else []

    @property
    def is_ensemble(self):
        """Whether its points are weighted sets of parameters, as a calibration finds them."""
        return "weight" in self.data

    def unit_in_words(self, many=False):
        """What intervals count, for axes: a set of parameters of an ensemble, a point of a design, a replicate."""
        name, several = ("set of parameters", "sets of parameters") if self.is_ensemble else (self.unit, f"{self.unit}s")
        return several if many else name

    def units_in_words(self):
        if self.is_ensemble:
            return f"sets of parameters (where not said otherwise, all count alike), each the mean of up to {self.replicates} replicates"
        if self.points > 1:
            return f"points of the design, each the mean of up to {self.replicates} replicates"
        return "replicates"

    def sample_in_words(self):
        """How many units every scenario has, for captions."""
        counts = self._keys.groupby("scenario")["unit"].nunique()
        low, high = int(counts.min()), int(counts.max())
        return f"n = {high if low == high else f'{low} to {high}'} {self.units_in_words()}"

    @property
    def compares_over_points(self):
        """Whether study.h5 compares scenarios over the points of a sampled design, or over the replicates of each point."""
        return "cell" in self.data.coords and int(self.data["cell"].values[0]) == -1

    @property
    def interval_in_words(self):
        """What the ends of comparisons in study.h5 are, for captions."""
        if self.is_ensemble:
            return "bands that hold 95 % of the weight of sets of parameters"
        return f"95 % Student intervals over {'points' if self.compares_over_points else 'replicates'}"

    def compared_in_words(self):
        """What n counts in the comparisons of study.h5, for captions."""
        if self.is_ensemble:
            return f"n = {self.points} weighted sets of parameters, each the mean of up to {self.replicates} replicates"
        return self.sample_in_words() if self.compares_over_points or self.points == 1 else f"n = {self.replicates} replicates"

    @cached_property
    def _keys(self):
        return pd.DataFrame(
            {
                "scenario": self.data["scenario_number"].values[self.done].astype(int),
                "unit": self.data[self.unit].values[self.done].astype(int),
            }
        )

    @cached_property
    def frame(self):
        """A line for every done run and latecomer."""
        return frame_of(self.data)

    def by_unit(self, outcome):
        """Means of an outcome of done runs [scenario, unit] or [scenario, unit, latecomer country].

        A unit is a replicate, or a point of the design (then over its replicates).
        """
        variable = self.data[outcome]
        by_country = "country" in variable.dims
        if by_country:
            variable = variable.sel(country=self.latecomers)
        values = pd.DataFrame(np.atleast_2d(variable.values.T).T[self.done])
        means = values.groupby([self._keys["scenario"], self._keys["unit"]]).mean()
        numbers = sorted(self._keys["unit"].unique())
        full = pd.MultiIndex.from_product([range(len(self.scenarios)), numbers])
        shape = (len(self.scenarios), len(numbers), values.shape[1])
        array = means.reindex(full).to_numpy().reshape(shape)
        coordinates = {"scenario": self.scenarios, "unit": numbers, "country": self.latecomers}
        if not by_country:
            array = array[:, :, 0]
            del coordinates["country"]
        return xr.DataArray(array, coords=coordinates, dims=list(coordinates), name=outcome)

    def mean_by_unit(self, outcome):
        """Means over latecomers [scenario, unit]; runs of which a latecomer has no value are left out.

        Else means over different economies would be compared.
        """
        means = run_means(self.frame, outcome).rename("value").reset_index()
        table = means.groupby(["scenario", self.unit])["value"].mean().unstack("scenario")
        numbers = sorted(self._keys["unit"].unique())
        array = table.reindex(index=numbers, columns=self.scenarios).to_numpy(float).T
        return xr.DataArray(array, coords={"scenario": self.scenarios, "unit": numbers}, dims=("scenario", "unit"),
                            name=outcome)

    def runs(self, outcome, scenario):
        """Values of a country outcome in the done runs of a scenario, [run, latecomer country]."""
        chosen = self.done & (self.data["scenario_number"].values == self.scenarios.index(scenario))
        return self.data[outcome].sel(country=self.latecomers).values[chosen]

    def has(self, *names):
        return all(name in self.data for name in names)

    @cached_property
    def runs_of_series(self):
        """Scenario, point and replicate of each run whose series are kept, as a table."""
        places = np.searchsorted(self.data["run"].values, self.data["series_run"].values)
        columns = {name: self.data[name].values[places] for name in ("point", "replicate")}
        arms = self.data["scenario_number"].values[places].astype(int)
        return pd.DataFrame({"scenario": np.array(self.scenarios, dtype=object)[arms], **columns})

    @cached_property
    def members(self):
        """Keys of economies by the name of the group in which study.h5 compares them; {} where it does not tell."""
        return members_of(self.data)

    def question(self):
        """Names of the scenarios first, second and both of the study's question; {} without one."""
        asked = self.spec.get("question", {})
        return {name: str(asked[name]) for name in ("first", "second", "both") if name in asked}

    @cached_property
    def spec(self):
        """The study's file, parsed; {} if the file of a result has none."""
        try:
            return tomllib.loads(self.text())
        except tomllib.TOMLDecodeError:
            return {}

    def design(self):
        """The kind of the design as the spec has it; "none" without one."""
        section = self.text().partition("[design]")[2].partition("\n[")[0]
        found = re.search(r'^\s*kind\s*=\s*"(\w+)"', section, re.MULTILINE)
        return found[1] if found else "none"

    def horizon(self):
        """Quarters of a run after burn-in: of the run beside, or as the study's file says; None if neither tells."""
        if self.beside is not None:
            return int(self.beside.series.attrs["quarters"]) - self.beside.burn_in
        quarters, burn_in = self.told("quarters"), self.told("burn_in")
        return None if quarters is None or burn_in is None else quarters - burn_in

    def burn_in(self):
        """Quarters that statistics leave out: of the run beside, or as the study's file says; None if neither tells."""
        return self.told("burn_in") if self.beside is None else self.beside.burn_in

    def start_year(self):
        """The year of the first quarter, as the study's file says or the scenario of the run beside; None without a calendar."""
        if (year := self.told("start_year")) is None and self.beside is not None:
            year = number_named(self.beside.text(), "start_year")
        return year or None

    @property
    def shares_events(self):
        """Whether runs of the same point and replicate share their random events (replicates.crn)."""
        return str(self.spec.get("replicates", {}).get("crn", "scenarios+points")) != "off"

    def pair_in_words(self):
        """What the two runs of a pair have in common, for captions: follows 'runs with the same point and replicate'."""
        return "which share their random events" if self.shares_events else (
            "whose random events are independent (crn = \"off\")")

    def world_in_words(self):
        """The same after 'each less the reference in'."""
        return "the same random events" if self.shares_events else "other random events (crn = \"off\")"

    def told(self, key):
        """A whole number of section [run] of the scenarios, where the study's file has it."""
        return number_named(self.text(), key)

    def provenance(self):
        attributes = self.data.attrs
        pairs = [(name, str(value)) for name, value in attributes.items() if name not in ("spec",)]
        pairs += [
            ("sha256 of study.h5, first 16 digits", self.hash),
            ("runs", f"{int(self.done.sum())} done of {self.done.size} planned"),
            ("scenarios", ", ".join(self.scenarios)),
            ("design", f"{self.design()}, {self.points} points, up to {self.replicates} replicates"),
        ]
        if self.costs is not None and "build" in self.costs:
            pairs.append(("build", ", ".join(sorted(map(str, self.costs["build"].dropna().unique())))))
        return pairs

    def text(self):
        return str(self.data.attrs.get("spec", ""))
