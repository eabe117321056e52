"""One run: what its folder holds."""

import re
from functools import cached_property

import pandas as pd
import xarray as xr

from latecomer.groups import groups_in
from latecomer.result_files import alike, read_table
from latecomer.series import Unusable, open_series, path_of, stages_of_positions, without_locks


class Run:
    """One run: its series, chronicle, outcomes and snapshots of firms.

    series: an xarray.Dataset as io/FORMAT.md has it; run["gap_by_stage"] is one output of it.
    events, outcomes: tables of pandas, or None where the file is not there.  latecomers: keys of economies that have
    firms of their own.  snapshots: paths by the number of completed quarters; latecomer.firms reads them.
    """

    kind = "run"

    def __init__(self, path):
        self.series = open_series(path)
        self.folder = path_of(path).parent
        attributes = self.series.attrs
        self.name = str(attributes.get("scenario", "run"))
        self.finished = "state_hash" in attributes
        self.hash = str(attributes.get("state_hash", "under way"))
        self.burn_in = int(attributes.get("burn_in", 0))
        self.start_year = int(attributes.get("start_year", 0))  # of the first quarter; 0: the run has no calendar
        self.latecomers = [
            str(key)
            for key, role in zip(self.series["country"].values, self.series["country_role"].values)
            if str(role) != "lead"
        ]
        self.stage_of = stages_of_positions(self.series["position"].values)

    def __repr__(self):
        sizes = self.series.sizes
        return (f"<Run '{self.name}': {sizes['time']} quarters, {sizes['country']} economies, {len(self.snapshots)} snapshots of "
                f"firms, state hash {self.hash}>")

    def __getitem__(self, output):
        """An output as an xarray.DataArray [time, ...] with its units, such as run["gap_by_stage"] [time, country, stage].

        `time` is in years since the start, at the end of the quarter; `quarter` counts from 0; `year` is that of the
        calendar, or, in a run without one, the year since the start, from 0.  Raises Unusable if there is no such output.
        """
        if output not in self.series.data_vars:
            raise Unusable(f"'{self.name}' has no output '{output}'{alike(output, self.series.data_vars)}: 'latecomer describe "
                           "outputs' lists them")
        series = self.series[output]
        if "time" in series.dims and "year" not in series.coords:
            series = series.assign_coords(year=("time", series["quarter"].values // 4, {"long_name": "Year since the start"}))
        return series

    def grouped_economies(self, most):
        """Name, income group and whether it tries to catch up of each latecomer by key, the rich first.

        None where there are not more than `most`.
        """
        series = self.series["adoption"].sel(country=self.latecomers)
        groups = groups_in(series) if len(self.latecomers) > most else {}
        if not groups:
            return None
        names = dict(zip(self.latecomers, (str(name) for name in series["country_name"].values)))
        roles = dict(zip(self.latecomers, (str(role) for role in series["country_role"].values)))
        lines = [(key, names[key], group, roles[key] != "advanced") for group, members in groups.items() for key in members]
        return pd.DataFrame(lines, columns=["key", "name", "group", "tries"]).set_index("key")

    @cached_property
    def events(self):
        return read_table(self.folder / "events.csv")

    @cached_property
    def outcomes(self):
        return read_table(self.folder / "outcomes.csv")

    @cached_property
    def snapshots(self):
        """Paths of the snapshots of firms, by the number of completed quarters."""
        found = {}
        for path in sorted(self.folder.glob("firms/firms_*.h5")):
            if match := re.fullmatch(r"firms_(\d+)\.h5", path.name):
                found[int(match[1])] = path
        return found

    def firms(self, quarters):
        """The snapshot after so many quarters, as a table with a line a firm."""
        path = self.snapshots[quarters]
        try:
            with without_locks(), xr.open_dataset(path, engine="h5netcdf") as file:
                table = pd.DataFrame(
                    {name: file[name].values for name in file.data_vars if file[name].dims == ("firm",)},
                    index=file["firm"].values,
                )
                table["position"] = file["position"].values[table["position_index"]]
                table["country"] = file["country"].values[table["country_index"]]
                if "capability" in file:
                    for number, stage in enumerate(file["stage"].values):
                        table[f"capability_{stage}"] = file["capability"].values[:, number]
        except (OSError, KeyError, ValueError) as error:
            reason = " ".join(str(error).split())
            raise Unusable(f"'{path}' cannot be read as a snapshot of firms ({reason})") from error
        return table

    @property
    def firms_per_country(self):
        """The resolution, as the scenario of the run has it."""
        section = self.text().partition("[world]")[2].partition("\n[")[0]
        if not (found := re.search(r"^\s*firms_per_country\s*=\s*(\d+)", section, re.MULTILINE)):
            raise Unusable(f"'{self.folder}' does not tell its world.firms_per_country")
        return int(found[1])

    def provenance(self):
        """What the files say of their origin, as pairs of words."""
        attributes = self.series.attrs
        names = ("title", "source", "git_commit", "git_dirty", "compiler", "scenario", "seed", "replicate",
                 "quarters", "burn_in", "scenario_sha256", "state_hash", "schema_version")
        return [(name, str(attributes[name])) for name in names if name in attributes]

    def text(self):
        return str(self.series.attrs.get("scenario_text", ""))
