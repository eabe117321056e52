"""What is observed: a file of the user joined with the project's own observations, as levels by economy and year."""

from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd

from latecomer.forecast.notes import listed
from latecomer.forecast.scales import GROWTH, INTERNET, PRODUCTIVITY, SHARE, log_odds
from latecomer.observed import INDICATORS as KNOWN
from latecomer.observed import KEY, load, read_csv
from latecomer.series import Unusable
from latecomer.statistics.panel import REFERENCE

ROUNDING = 1e-4  # of a figure: what the project has with six digits, others may have with four
SOURCES = {PRODUCTIVITY: "productivity", INTERNET: "internet_users", SHARE: "ict_service_exports", GROWTH: "ict_service_exports"}
project = cache(load)  # the project's tables


@dataclass(frozen=True)
class Seen:
    """levels: of each indicator, a table [economy, year], all that is observed.  judged: the same where a figure is judged.

    Levels of exports are ln USD bn: of shares at current prices, of growth at constant ones.
    """

    levels: dict
    judged: dict
    notes: list


def observed(path, economies, years, first_origin):
    """What is observed of these economies; `path`: a file whose figures are judged, None: the project's own.

    A figure that both have is the project's.  years: of the forecast.
    """
    own = project().observations[[*KEY, "value"]]
    if path is None:
        return Seen(levels_of(own, economies), levels_of(own, economies), [])
    given = read(path)
    notes = left_out(given, economies, years, path)
    both = own.merge(given, on=KEY, suffixes=("", "_given"))
    differ = both[~np.isclose(both["value"], both["value_given"], rtol=ROUNDING, atol=0.0)]
    if len(differ):
        names = differ["iso3"] + " " + differ["indicator"] + " " + differ["year"].astype(str)
        notes.append(listed(f"figures of '{path}' differ from those of the project, which are used,", names))
    joined = pd.concat([own, given]).drop_duplicates(KEY, keep="first")
    levels = levels_of(joined, economies)
    judged = {name: table.where(has(given, SOURCES[name], table)) for name, table in levels.items()}
    for name, table in judged.items():
        asked = given["year"][given["indicator"] == SOURCES[name]].unique()
        lacking = [year for year in asked if year not in table or table[year].isna().all()]
        if lacking:
            needed = {PRODUCTIVITY: "productivity", GROWTH: "gdp and gdp_constant"}.get(name)
            why = f" for want of {needed} of the USA" if needed else ""
            notes.append(listed(f"years of '{path}' have nothing of {name}{why}", lacking))
    later = [year for year in years if year > first_origin]
    if not any(table.reindex(columns=later).notna().any(axis=None) for table in judged.values()):
        raise Unusable(f"'{path}' has nothing to judge: no figure of {', '.join(sorted(set(SOURCES.values())))} for an economy "
                       f"of the forecast in the years {first_origin + 1} to {years[-1]}")
    return Seen(levels, judged, notes)


def read(path):
    """A tidy file: iso3, indicator, year, value; other columns do not count."""
    table = read_csv(path, (*KEY, "value"))[[*KEY, "value"]]
    for column in ("year", "value"):
        numbers = pd.to_numeric(table[column], errors="coerce")
        wrong = ~np.isfinite(numbers) | ((column == "year") & (numbers % 1 != 0))
        if wrong.any():
            line = int(np.argmax(wrong.to_numpy()))
            raise Unusable(f"'{path}' has the {column} '{table[column].iloc[line]}' in line {line + 2}, which is no "
                           f"{'whole ' if column == 'year' else ''}number")
        table[column] = numbers.astype(int if column == "year" else float)
    table = table.drop_duplicates()
    if table.duplicated(KEY).any():
        iso3, indicator, year = table[table.duplicated(KEY)].iloc[0][KEY]
        raise Unusable(f"'{path}' has different figures of {indicator} for {iso3} in {year}")
    for name, indicator in KNOWN.items():
        values = table[table["indicator"] == name]
        outside = values[(values["value"] < indicator.least) | (values["value"] > indicator.most)]
        if len(outside):
            raise Unusable(f"'{path}' has {name} = {outside['value'].iloc[0]:g} for {outside['iso3'].iloc[0]} in "
                           f"{outside['year'].iloc[0]}, but its unit is {indicator.unit}")
    return table


def left_out(given, economies, years, path):
    """Economies, indicators and years of a file that are not known."""
    lines = []
    for what, names in (
        ("indicators are not known", given["indicator"][~given["indicator"].isin(KNOWN)]),
        ("economies are not in the forecast", given["iso3"][~given["iso3"].isin([*economies, REFERENCE])]),
        (f"years are after the last one of the forecast, {years[-1]},", given["year"][given["year"] > years[-1]]),
    ):
        if len(names):
            lines.append(listed(f"{what} ('{path}')", names))
    return lines


def has(given, indicator, table):
    """Where the file has a figure of its own, in the form of the table."""
    given = given[given["indicator"] == indicator]
    return given.pivot(index="iso3", columns="year", values="value").reindex(index=table.index, columns=table.columns).notna()


def levels_of(figures, economies):
    """Levels of each indicator [economy, year]; NaN where there is no figure, or none above 0 to take the logarithm of."""
    by_name = figures[figures["iso3"].isin([*economies, REFERENCE])].pivot(index=["indicator", "iso3"], columns="year",
                                                                          values="value").sort_index(axis=1)

    def table(indicator):
        found = indicator in by_name.index.get_level_values(0)
        return by_name.loc[indicator] if found else pd.DataFrame(columns=by_name.columns, dtype=float)

    def logs(indicator):
        return np.log(table(indicator).where(lambda values: values > 0.0))

    productivity, exports = logs("productivity"), logs("ict_service_exports")
    prices = (logs("gdp") - logs("gdp_constant")).reindex([REFERENCE]).loc[REFERENCE]  # ln deflator of USD
    levels = {
        PRODUCTIVITY: productivity - productivity.reindex([REFERENCE]).loc[REFERENCE],
        INTERNET: log_odds(table("internet_users")),
        SHARE: exports,
        GROWTH: exports - prices,
    }
    return {name: level.reindex(economies) for name, level in levels.items()}
