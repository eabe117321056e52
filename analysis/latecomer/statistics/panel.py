"""Economies by the year, of a run and as observed, in one form: what country facts are computed from.

A quarter q of a run lies in the year start_year + q // 4.  A stock of a year (productivity, adoption) is that of its last
quarter, a flow (exports) the sum of its four; a year that is not complete has no value.
"""

import re
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from latecomer.statistics.estimate import NoData

QUARTERS = 4  # of a year
REFERENCE = "USA"  # to which productivity is relative
INCOME_YEAR = 2005  # of income and employment, by which economies are ordered


@dataclass(frozen=True)
class Panel:
    """Tables [economy, year], and columns by economy; NaN where there is no figure."""

    productivity: pd.DataFrame  # ln, relative to the United States, which are not in it
    adoption: pd.DataFrame  # share of people who use the internet
    exports: pd.DataFrame  # of ICT services; at constant prices, in any unit
    income: pd.Series  # ln GDP per head
    employment: pd.Series  # people, in any unit

    @property
    def economies(self):
        return self.productivity.index

    def like(self, other):
        """Only the economies and figures that the other has, so that both can be compared."""
        chosen = [name for name in self.economies if name in other.economies]
        return replace(self, **{name: known(getattr(self, name), getattr(other, name), chosen)
                                for name in ("productivity", "adoption", "exports")},
                       income=self.income.reindex(chosen), employment=self.employment.reindex(chosen))


def known(table, other, economies):
    """The table where the other has a value; years that the other does not have stay."""
    table = table.reindex(economies)
    years = [year for year in table if year in other]
    result = table.copy()
    result[years] = table[years].where(other.reindex(economies)[years].notna())
    return result


def of_observations(observations, economies):
    """What is observed of these economies; observations: as latecomer.observed.load() has them."""
    chosen = observations[observations["iso3"].isin([*economies, REFERENCE])]
    figures = chosen.pivot(index=["indicator", "iso3"], columns="year", values="value").sort_index(axis=1)

    def table(indicator):
        if indicator not in figures.index.get_level_values(0):
            raise NoData(f"nothing is observed of {indicator}")
        return figures.loc[indicator].dropna(axis=1, how="all")

    logs = np.log(table("productivity"))
    gdp = table("gdp_constant")
    prices = (table("gdp").loc[REFERENCE] / gdp.loc[REFERENCE]).dropna()  # deflator of USD
    exports = table("ict_service_exports")
    exports = exports.div(prices, axis=1)[exports.columns.intersection(prices.index)]
    return Panel(
        logs.sub(logs.loc[REFERENCE], axis=1).reindex(economies),
        table("internet_users").reindex(economies) / 100.0,
        exports.reindex(economies),
        np.log(table("gdp_per_capita")[INCOME_YEAR]).reindex(economies),
        (gdp[INCOME_YEAR] / table("productivity")[INCOME_YEAR]).reindex(economies),
    )


def of_run(series, scenario, observed):
    """The same of a run, where something is observed; `observed`: a Panel of its economies.

    series: its xarray.Dataset.  scenario: its text.
    """
    start = calendar(scenario)
    exponent = setting(scenario, "macro", "capability_exponent")
    names = [str(name) for name in series["country"].values]
    if REFERENCE not in names:
        raise NoData("the run has no United States, to which productivity is relative")
    index = pd.DataFrame(series["capability_index"].transpose("time", "country").values, columns=names)
    relative = index.sub(index[REFERENCE], axis=0) / exponent
    adoption = pd.DataFrame(series["adoption"].transpose("time", "country").values, columns=names)
    exports = pd.DataFrame(series["ict_service_exports"].transpose("time", "country").values, columns=names)
    chosen = list(observed.economies)
    panel = Panel(
        at_end_of_year(relative, start)[chosen].T,
        at_end_of_year(adoption, start)[chosen].T,
        by_year(exports.fillna(0.0), start).sum()[chosen].T,
        observed.income,
        observed.employment,
    )
    return panel.like(observed)


def economies_of(series):
    """Economies that have firms of their own: homes of lead firms only have the capability of these."""
    pairs = zip(series["country"].values, series["country_role"].values)
    return [str(name) for name, role in pairs if str(role) != "lead" and str(name) != REFERENCE]


def complete_years(table):
    return table.iloc[: len(table) // QUARTERS * QUARTERS]


def by_year(table, start):
    whole = complete_years(table)
    return whole.groupby(start + np.arange(len(whole)) // QUARTERS)


def at_end_of_year(table, start):
    return by_year(table, start).last()


def calendar(scenario):
    """The year of the first quarter."""
    start = int(setting(scenario, "run", "start_year", 0))
    if start == 0:
        raise NoData("the run has no calendar (run.start_year): use jobs/scenarios/world.toml")
    return start


def setting(scenario, section, key, default=None):
    """A number of the scenario of a run."""
    text = f"\n{scenario}".partition(f"\n[{section}]")[2].partition("\n[")[0]
    if found := re.search(rf"^\s*{key}\s*=\s*([-+.0-9eE]+)", text, re.MULTILINE):
        return float(found[1])
    if default is None:
        raise NoData(f"the scenario of the run does not tell its {section}.{key}")
    return default
