"""Country facts C1 to C10 as moments of runs whose series a study keeps; by the code that measures observations."""

from collections import Counter
from functools import partial
from types import SimpleNamespace

import numpy as np
import pandas as pd

from latecomer.series import Unusable
from latecomer.statistics import country_facts, facts_world, panel
from latecomer.statistics.estimate import NoData

PREFIX = "fact."
# What each pattern is computed from, and the outputs that tell it: the first that a study keeps, and their unit.
PRODUCTIVITY, ADOPTION, EXPORTS = "productivity", "adoption", "exports"
SOURCES = {
    PRODUCTIVITY: (("relative_productivity", 1.0),),
    ADOPTION: (("internet_users", 0.01), ("adoption", 1.0)),
    EXPORTS: (("ict_service_exports", 1.0),),
}
TABLE_OF = {"C1": ADOPTION, "C7": EXPORTS, "C8": EXPORTS}  # others: productivity


def name_of_measure(measure):
    """The name of a function of country_facts; with the limit in percent where it has one."""
    if isinstance(measure, partial):
        return f"{measure.func.__name__}_{round(100 * measure.keywords['more_than'])}"
    return measure.__name__


def by_moment():
    """All facts by the names of their moments: fact.C3.2005-2010, or fact.C7.gini_of_exports.2005-2010 where C7 has several."""
    count = Counter((fact.pattern, fact.window) for fact in facts_world.FACTS)
    names = {}
    for fact in facts_world.FACTS:
        which = f".{name_of_measure(fact.measure)}" if count[fact.pattern, fact.window] > 1 else ""
        names[f"{PREFIX}{fact.pattern}{which}.{fact.window[0]}-{fact.window[-1]}"] = fact
    return names


def table_of(fact):
    return TABLE_OF.get(fact.pattern, PRODUCTIVITY)


def kept_output(fact, kept):
    """The kept output that tells a fact and its unit, or None."""
    return next((source for source in SOURCES[table_of(fact)] if source[0] in kept), None)


def wanted_outputs(fact):
    return " or ".join(name for name, _ in SOURCES[table_of(fact)])


class Worlds:
    """The panels of runs whose series a study keeps."""

    def __init__(self, data, start_year):
        self.data = data
        self.start = start_year
        self.countries = [str(name) for name in data["country"].values]
        if panel.REFERENCE not in self.countries:
            raise Unusable("the study has no United States, to which productivity of country facts is relative")
        roles = SimpleNamespace(values=data["country_role"].values.astype(str))
        economies = panel.economies_of({"country": data["country"], "country_role": roles})
        self.observed = panel.of_observations(facts_world.observations(), economies)
        self.runs = data["series_run"].values.astype(int)
        self._panels = {}

    @property
    def last_year(self):
        return self.start + self.data.sizes["time"] // panel.QUARTERS - 1

    def values(self, fact):
        """Of each run whose series are kept; NaN where it cannot be told."""
        output, unit = kept_output(fact, [name[len("series_"):] for name in self.data if name.startswith("series_")])
        return np.array([self.value(fact, world) for world in self.panels(output, unit, table_of(fact))])

    def panels(self, output, unit, kind):
        """The panel of each run with one of its tables, or None; made once, as there are many facts."""
        if output not in self._panels:
            series = unit * self.data[f"series_{output}"].transpose("series_run", "time", "country").values
            self._panels[output] = [self.panel_of(run, kind) for run in series]
        return self._panels[output]

    def panel_of(self, series, kind):
        """Of one run; series: [time, country]."""
        if not np.isfinite(series).any():
            return None
        table = pd.DataFrame(series, columns=self.countries)
        by_year = panel.by_year(table.fillna(0.0), self.start).sum() if kind == EXPORTS else panel.at_end_of_year(table, self.start)
        tables = {name: by_year[list(self.observed.economies)].T * (1.0 if name == kind else np.nan)
                  for name in (PRODUCTIVITY, ADOPTION, EXPORTS)}
        return panel.Panel(tables[PRODUCTIVITY], tables[ADOPTION], tables[EXPORTS], self.observed.income,
                           self.observed.employment).like(self.observed)

    def value(self, fact, world):
        """A fact of one run; world: its panel."""
        if world is None:
            return np.nan
        try:
            with np.errstate(all="ignore"):
                return country_facts.value(fact.measure, [world], *fact.window)
        except NoData:
            return np.nan
