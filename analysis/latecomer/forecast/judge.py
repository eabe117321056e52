"""Judges the forecasts of members and of rules for every indicator, origin and year; figures of judged years are the truth."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from latecomer.calibration.implausibility import weighted_quantiles
from latecomer.forecast import inference, scores
from latecomer.forecast.cases import case_of
from latecomer.forecast.rules import RULES
from latecomer.forecast.scales import INDICATORS
from latecomer.statistics.estimate import NoData

BAND = (0.05, 0.95)
MODEL = "model"
ENDS = ("", "_low", "_high")
COLUMNS = ["indicator", "origin", "year", "horizon", "forecast", "economies", *(f"mae{end}" for end in ENDS),
           *(f"rmse{end}" for end in ENDS), *(f"crps{end}" for end in ENDS), "coverage_members", "coverage",
           *(f"skill{end}" for end in ENDS), *(f"skill_rmse{end}" for end in ENDS), *(f"skill_crps{end}" for end in ENDS),
           "dm_t", "dm_p", "note"]


@dataclass(frozen=True)
class Judged:
    """A forecast beside the truth, a value an economy; errors on the scale of figures, crps and band on that of bands."""

    errors: np.ndarray
    crps: np.ndarray
    raw: np.ndarray | None  # whether the band of members has the truth; None for rules
    low: np.ndarray  # ends of the dressed band; NaN where errors of other regions are not known
    high: np.ndarray


def of_members(case):
    """Members with an error added: they tell parameters and chance, not what every model lacks."""
    mean, spread = scores.mean_and_variance(case.members, case.weights)
    sd = np.sqrt(scores.dressing(mean - case.truth, spread, case.region))
    ends = np.array([weighted_quantiles(values, case.weights, BAND) for values in case.members.T])
    crps = scores.crps_mixture(case.truth, case.members, case.weights, sd)
    raw = (ends[:, 0] <= case.truth) & (case.truth <= ends[:, 1])
    return Judged(case.natural(mean) - case.natural(case.truth), crps, raw,
                  *(scores.quantile_mixture(at, case.members, case.weights, sd) for at in BAND))


def of_values(case, values):
    """A rule, dressed in the same way; values: of the economies of which it has one."""
    known = np.isfinite(values)
    truth, values = case.truth[known], values[known]
    sd = np.sqrt(scores.dressing(values - truth, np.zeros(known.sum()), case.region[known]))
    low, high = (scores.quantile_mixture(at, values[None], np.ones(1), sd) for at in BAND)
    return Judged(case.natural(values) - case.natural(truth), scores.crps_normal(truth, values, sd), None, low, high)


def judge(case):
    """Lines of score.csv, and a table of economies."""
    model = of_members(case)
    lines = [line_of(case, MODEL, model, np.ones(len(case.economies), bool))]
    for name in RULES:
        found = case.rules[name]
        if isinstance(found, str):
            lines.append({**keys(case, name), "note": f"no data: {found}"})
            continue
        known = np.isfinite(found)
        rule = of_values(case, found)
        lines.append(line_of(case, name, rule, known) | compared(model, rule, known, case.region[known]))
    mean, _ = scores.mean_and_variance(case.members, case.weights)
    inside = (model.low <= case.truth) & (case.truth <= model.high)
    table = pd.DataFrame({
        "iso3": case.economies, "indicator": case.indicator, "origin": case.origin, "year": case.year,
        "observed": case.natural(case.truth), "predicted": case.natural(mean), "q05": case.natural(model.low),
        "q95": case.natural(model.high), "inside": inside})
    return lines, table


def keys(case, name):
    return {"indicator": case.indicator, "origin": case.origin, "year": case.year, "horizon": case.year - case.origin,
            "forecast": name, "economies": 0, "note": ""}


def line_of(case, name, judged, known):
    """Errors first, then CRPS and how much of the truth bands hold."""
    truth, cell = case.truth[known], case.cell[known]
    line = keys(case, name) | {"economies": int(known.sum())}
    for what, estimate in (("mae", inference.mean_of(np.abs(judged.errors), cell)),
                           ("rmse", inference.root_mean_square(judged.errors, cell)),
                           ("crps", inference.mean_of(judged.crps, cell))):
        line |= named(what, estimate)
    if judged.raw is not None:
        line["coverage_members"] = float(judged.raw.mean())
    inside = (judged.low <= truth) & (truth <= judged.high)
    line["coverage"] = float(inside.mean()) if np.isfinite(judged.low).all() else np.nan
    return line


def compared(model, rule, known, region):
    """The model against a rule, over economies that the rule has."""
    own, other = model.errors[known], rule.errors
    t, p = inference.diebold_mariano(np.abs(own), np.abs(other), region)
    return {**named("skill", inference.skill(np.abs(own), np.abs(other), region)),
            **named("skill_rmse", inference.skill_of_roots(own, other, region)),
            **named("skill_crps", inference.skill(model.crps[known], rule.crps, region)), "dm_t": t, "dm_p": p}


def named(what, estimate):
    return {what: estimate.value, f"{what}_low": estimate.low, f"{what}_high": estimate.high}


def judge_all(members, seen, origins):
    """score.csv and the table of economies, over all indicators, origins and years after them."""
    lines, tables = [], []
    for indicator in INDICATORS:
        for origin in origins:
            before = len(lines)
            for year in (year for year in members.years if year > origin):
                try:
                    case = case_of(members, seen, indicator, origin, year)
                except NoData as reason:
                    last = reason
                    continue
                found, table = judge(case)
                lines += found
                tables.append(table)
            if len(lines) == before:
                lines.append({"indicator": indicator, "origin": origin, "forecast": MODEL, "economies": 0,
                              "note": f"no data: {last}"})
    return pd.DataFrame(lines).reindex(columns=COLUMNS), pd.concat(tables) if tables else None
