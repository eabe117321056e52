"""A forecast of an ensemble beside what was observed and beside rules that know no model, as tables."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from latecomer.forecast import ORIGINS, judge
from latecomer.forecast.members import Members, read_members
from latecomer.forecast.observations import Seen, observed
from latecomer.series import Unusable


class Score(NamedTuple):
    """What `score` finds; score.csv and forecast.csv of analysis/score are the first two tables."""

    scores: pd.DataFrame  # indicator, origin, year, forecast (model or a rule): errors, skills, coverage
    forecast: pd.DataFrame  # iso3, indicator, year: quantiles of the forecast from the first origin
    economies: pd.DataFrame  # iso3, indicator, origin, year: observed and predicted
    notes: list  # lines on what was left out
    origins: list
    members: Members
    seen: Seen


def score(forecast: str | Path, observed_file: str | Path | None = None, origins: Iterable[int] | None = None,
          start_year: int | None = None) -> Score:
    """Judges a forecast against what was observed, beside persistence, trend, convergence and a logistic curve.

    forecast: the folder of a study that keeps series, such as jobs/calibration/forecast.toml, or a CSV of members (iso3,
    indicator, year, member, value, and weight if they differ).  observed_file: a CSV of what is judged (iso3, indicator,
    year, value); without, the project's own observations.  origins: years from which is forecast; without, 2005 and 2010, where
    runs reach them.  start_year: of the runs; without, 2005, or the first year of a CSV.

    Returns a Score; errors are in the unit of the indicator, skill is 1 less error over error of the rule, shares and
    coverage are of 1.  Raises Unusable if nothing can be judged, with the reasons.
    """
    members = read_members(forecast, start_year)
    origins, notes = origins_of(origins, members)
    seen = observed(observed_file, members.economies, members.years, origins[0])
    notes = members.notes + seen.notes + notes
    table, economies = judge.judge_all(members, seen, origins)
    if economies is None:
        raise Unusable(f"nothing can be judged: {'; '.join(dict.fromkeys(table['indicator'] + ': ' + table['note']))}")
    from latecomer.forecast.report import forecast_table

    return Score(table, forecast_table(members, seen, origins[0]), economies, notes, origins, members, seen)


def origins_of(asked, members):
    """Origins in their order, and a line on those of the default that runs do not reach."""
    first, last = members.years[0], members.years[-1]
    origins = sorted(set(asked or ORIGINS))
    outside = [year for year in origins if not first <= year < last]
    if outside and (asked or len(outside) == len(origins)):
        raise Unusable(f"the forecast has the years {first} to {last}, so {outside[0]} is no origin: choose another --from")
    notes = [f"no forecast is made from {outside[0]}: runs have the years {first} to {last}"] if outside else []
    return [year for year in origins if year not in outside], notes
