"""A world of economies whose facts are known: series of a run, and observations of the same economies."""

import numpy as np
import pandas as pd
import xarray as xr

from latecomer.statistics.panel import Panel

YEARS = range(2005, 2016)
QUARTERS = 4 * len(YEARS)
EXPONENT = 0.5
SCENARIO = "\n[run]\nstart_year = {}\n\n[macro]\ncapability_exponent = {}\n\n[next]\nstart_year = 1\n"
ECONOMIES = [f"E{number:02d}" for number in range(40)]
EXPORT_GROWTH = np.tile([0.9, 1.1], 20)
PRICES = 1.02  # a year, of the United States
ADOPTION = 0.2  # slope of log odds a year
LATER = -4.0  # years a log point of income


def panel(closing=0.008, employment=None):
    """40 economies that close so much of their log gap a year; logistic adoption; exports that double in ten years,

    in every other economy a little more, in the others a little less.
    """
    years = np.array(YEARS)
    start = -np.linspace(0.2, 4.1, len(ECONOMIES))
    income = 10.0 + 0.8 * start
    since = years - 2005
    midpoint = 2012.0 + LATER * (income - income.mean())
    exports = np.exp(np.linspace(6.0, -1.0, len(ECONOMIES)))[:, None] * 2.0 ** (since / 10.0 * EXPORT_GROWTH[:, None])
    return Panel(
        pd.DataFrame(start[:, None] * (1.0 - closing * since), ECONOMIES, years),
        pd.DataFrame(1.0 / (1.0 + np.exp(-ADOPTION * (years - midpoint[:, None]))), ECONOMIES, years),
        pd.DataFrame(exports, ECONOMIES, years),
        pd.Series(income, ECONOMIES),
        pd.Series(np.arange(1.0, 41.0) if employment is None else employment, ECONOMIES),
    )


def observations(of):
    """The panel as tidy observations in current USD, with the United States."""
    rows = []
    usa = {"productivity": 1e5, "internet_users": 70.0, "gdp": 1e4, "gdp_constant": 1e4, "gdp_per_capita": 5e4}
    for year in YEARS:
        price = PRICES ** (year - 2015)
        rows += [("USA", name, year, value * (price if name == "gdp" else 1.0)) for name, value in usa.items()]
        trade = year in (2005, 2010, 2015)
        for name in of.economies:
            level = usa["productivity"] * np.exp(of.productivity.loc[name, year])
            rows += [(name, "productivity", year, level), (name, "internet_users", year, 100 * of.adoption.loc[name, year])]
            rows += [(name, "gdp_constant", year, of.employment[name] * level), (name, "gdp", year, 1.0),
                     (name, "gdp_per_capita", year, np.exp(of.income[name]))]
            if trade:
                rows.append((name, "ict_service_exports", year, of.exports.loc[name, year] * price))
    return pd.DataFrame(rows, columns=["iso3", "indicator", "year", "value"])


def series(of, start_year=2005, quarters=QUARTERS):
    """Series of a run that shows the panel at the end of each year; other quarters have other values."""
    names = ["USA", "DEU", *of.economies]
    time = np.arange(quarters)
    year, last = np.minimum(2005 + time // 4, max(YEARS)), time % 4 == 3
    index = np.full((quarters, len(names)), -0.1)  # that of the United States is not zero
    index[:, 2:] += EXPONENT * of.productivity[year].to_numpy().T + np.where(last, 0.0, 9.0)[:, None]
    adoption = np.full((quarters, len(names)), 0.7)
    adoption[:, 2:] = np.where(last[:, None], of.adoption[year].to_numpy().T, 0.001)
    flow = of.exports[year].to_numpy().T / 10.0 * np.array([1.0, 2.0, 3.0, 4.0])[time % 4][:, None]
    exports = np.full((quarters, len(names)), np.nan)  # homes of lead firms have none
    exports[:, 2:] = flow
    places = ("time", "country")
    return xr.Dataset(
        {"capability_index": (places, index), "adoption": (places, adoption), "ict_service_exports": (places, exports)},
        coords={"time": (time + 1) / 4, "country": names,
                "country_role": ("country", ["lead", "lead"] + ["latecomer"] * len(of.economies))},
        attrs={"scenario_text": SCENARIO.format(start_year, EXPONENT), "burn_in": 0, "seed": 1, "replicate": 1},
    )
