"""What the battery looks at: the series, chronicle and snapshots of runs, and the runs of a study."""

from functools import cached_property

import numpy as np

from latecomer.statistics import facts_world
from latecomer.statistics.estimate import NoData
from latecomer.statistics.firms import birth_quarters, with_derived_columns
from latecomer.statistics.growth import growth_rates
from latecomer.statistics.studies import REFERENCES, frame_of, kept_series

LONGEST_GROWTH = 8  # quarters over which growth still stands for that of a year
YEAR = 4  # quarters


class Evidence:
    """A run and a study; whatever is asked for and not there raises NoData with the reason.

    run: series (xarray.Dataset), events (table or None), snapshots ({completed quarters: anything}) and
    firms(quarters) (table), as latecomer.results.Run has them.  study: xarray.Dataset.  windows_run: a run
    in which technology windows open, or several, where the first has none.  All may be None.
    arms: names of the study's scenarios for the roles "none", "windows", "protection" and "alike"; by default
    the scenario named none, baseline or no_policy, and those whose names contain the other words.  The role
    "clubs" is by default played by that of "alike".
    """

    def __init__(self, run=None, study=None, arms=None, windows_run=None):
        self._run, self._study, self._arms = run, study, dict(arms or {})
        several = isinstance(windows_run, (list, tuple))
        self._windows_runs = tuple(windows_run) if several else () if windows_run is None else (windows_run,)
        self._tables = {}

    @property
    def windows(self):
        """The evidence of each run with windows: that of this run where no other was given."""
        return [Evidence(run) for run in self._windows_runs] or [self]

    @property
    def run(self):
        if self._run is None:
            raise NoData("no run was given")
        return self._run

    @property
    def series(self):
        return self.run.series

    @cached_property
    def burn_in(self):
        """Quarters to leave out: those of the scenario, none in a run that is not longer."""
        quarters = int(self.series.attrs.get("burn_in", 0))
        return quarters if quarters < self.series.sizes["time"] - 1 else 0

    def after_burn_in(self, name):
        return self.series[name].isel(time=slice(self.burn_in, None))

    @cached_property
    def snapshots(self):
        """Quarters with a snapshot of all firms after burn-in, ascending."""
        quarters = sorted(q for q in self.run.snapshots if q > self.burn_in)
        if not quarters:
            raise NoData("the run has no snapshot of firms after burn-in: run it with --snapshot-every 4")
        return quarters

    def firms(self, quarters):
        if quarters not in self._tables:
            self._tables[quarters] = with_derived_columns(self.run.firms(quarters), self.spin_up)
        return self._tables[quarters]

    @property
    def latest(self):
        return self.firms(self.snapshots[-1])

    @cached_property
    def growth(self):
        """Growth rates between two snapshots about a year apart, the latest such pair, and the quarters."""
        pairs = list(zip(self.snapshots, self.snapshots[1:]))
        near = [pair for pair in pairs if pair[1] - pair[0] <= LONGEST_GROWTH]
        if not near:
            raise NoData(
                f"no two snapshots after burn-in are {LONGEST_GROWTH} quarters apart or less: run with "
                "--snapshot-every 4"
            )
        first, last = min(near, key=lambda pair: (abs(pair[1] - pair[0] - YEAR), -pair[0]))
        return growth_rates(self.firms(first), self.firms(last)), (first, last)

    @property
    def spin_up(self):
        """Quarters before the first one; identities of firms count them."""
        return int(self.series.attrs.get("spin_up", 0))

    def births(self):
        """Birth quarters of firms in each snapshot that holds all firms of the world."""
        firms = self.series["firms"].sum(("country", "position")).values
        births = {}
        for quarters in self.snapshots:
            if quarters <= len(firms):
                identities = self.run.firms(quarters).index  # not kept: there may be many snapshots
                if len(identities) == int(firms[quarters - 1]):
                    births[quarters] = birth_quarters(identities, self.spin_up)
        if not births:
            raise NoData("snapshots hold a choice of firms only (output.snapshot_sample, snapshot_countries)")
        return births

    def without_policy(self):
        """Raises NoData if the run has a policy."""
        if "intensity" in self.series and float(np.nanmax(self.series["intensity"].values)) > 0.0:
            raise NoData("the run has policies; this is a pattern of a world without")

    @cached_property
    def panels(self):
        """Economies of the run by the year, where something is observed: a list of one panel."""
        return [facts_world.panel_of(self.series)]

    def capability(self):
        """The capability index, a logarithm, [time, country] after burn-in."""
        return self.after_burn_in("capability_index").transpose("time", "country").values

    def first_window(self):
        """Quarter and stage of the first technology window of the run."""
        events = self.run.events
        if events is None:
            raise NoData("the run has no events.csv")
        windows = events[(events["kind"] == "window") & (events["who"] == "technology")]
        if windows.empty:
            raise NoData("no technology window opens in the run: give one of jobs/scenarios/windows.toml beside")
        return int(windows["quarter"].iloc[0]), str(windows["where"].iloc[0])

    @cached_property
    def frame(self):
        if self._study is None:
            raise NoData("no study was given")
        return frame_of(self._study)

    def kept(self, role, name):
        """An output of latecomers in the runs of an arm that the study has kept, [run, time, country]."""
        scenario = self.arm(role)
        return kept_series(self._study, scenario, name)

    def arm(self, role):
        """The scenario of the study in this role."""
        names = list(dict.fromkeys(self.frame["scenario"]))
        if role == "clubs" and role not in self._arms:
            role = "alike"
        if role in self._arms:
            found = [name for name in names if name == self._arms[role]]
        elif role == "none":
            found = [name for name in REFERENCES if name in names]
        else:
            found = [name for name in names if role in name]
        if not found:
            wanted = "named none, baseline or no_policy" if role == "none" else f"with '{role}' in its name"
            raise NoData(f"the study has no scenario {wanted} (but {', '.join(names)})")
        return found[0]


