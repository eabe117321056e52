"""What the runs of a study say together: means over replicates, differences between policies, times."""

import re

import numpy as np
import pandas as pd
from scipy import stats

from latecomer.statistics.estimate import Estimate, NoData, matched_shares, normal_quantile, proportion

DONE = 1  # of the variable `status`
QUARTERS_HELD = 20  # for which a gap stays closed before a country counts as having caught up
REFERENCES = ("none", "baseline", "no_policy")  # scenarios that others are compared with
SHARES = ("caught_up",)  # outcomes that are 0 or 1
RULE = re.compile(r"difference of \S+ to (.+)")  # a rule of stopping that compares, as study.h5 names it


def reference_of(scenarios, rules=()):
    """The scenario that others are compared with: by a rule of stopping, by its name, or the first.

    `latecomer study report` takes the same.
    """
    named = [match[1] for match in map(RULE.fullmatch, rules) if match]
    return next((name for name in (*named, *REFERENCES) if name in scenarios), scenarios[0])


def unit_of(frame):
    """What intervals count: the replicates of a study, or the points of a design."""
    return "point" if frame["point"].nunique() > 1 else "replicate"


def frame_of(study):
    """A line for every done run and latecomer country of a study.h5 (an xarray.Dataset), as a table.

    Columns: run, scenario, point, replicate, country, every outcome of countries, and every outcome of
    the world as world_<outcome> (repeated for each country); and gap_closed, the gap at the end less that at
    the start.  Latecomers are the economies that have a capability gap in any run.
    """
    done = np.flatnonzero(study["status"].values == DONE)
    if done.size == 0:
        raise NoData("no run of the study is done")
    gaps = study["gap_at_end"].values[done]
    if "gap_at_start" in study:
        gaps = np.concatenate([gaps, study["gap_at_start"].values[done]])
    places = np.flatnonzero(np.isfinite(gaps).any(axis=0))
    lines = np.repeat(done, places.size)
    names = study["scenario"].values.astype(str)
    columns = {
        "run": study["run"].values[lines] if "run" in study.coords else lines,
        "scenario": names[study["scenario_number"].values[lines].astype(int)],
        "point": study["point"].values[lines],
        "replicate": study["replicate"].values[lines],
        "country": np.tile(study["country"].values[places].astype(str), done.size),
    }
    for name, variable in study.data_vars.items():
        if variable.dims == ("run", "country"):
            columns[name] = variable.values[np.ix_(done, places)].ravel()
        elif variable.dims == ("run",) and name.startswith("world_"):
            columns[name] = variable.values[lines]
    if "gap_at_start" in columns:
        columns["gap_closed"] = columns["gap_at_end"] - columns["gap_at_start"]
    return pd.DataFrame(columns)


def kept_series(study, scenario, name):
    """An output of latecomers in the done runs of a scenario of which the study has kept it.

    An xarray.DataArray [run, time, country] with the replicates of the runs as a coordinate.
    """
    variable = f"series_{name}"
    if variable not in study:
        raise NoData(f"the study keeps no {name}: give its file a section [series] with replicates and "
                     f"variables = [\"{name}\"]")
    runs = study["series_run"].values.astype(int)
    known = np.isfinite(study[variable].transpose("series_run", "time", "country").values).any(axis=(1, 2))
    arm = study["scenario"].values.astype(str)[study["scenario_number"].values[runs].astype(int)]
    chosen = known & (study["status"].values[runs] == DONE) & (arm == scenario)
    if not chosen.any():
        raise NoData(f"the study has kept {name} of no run of '{scenario}'")
    names = list(dict.fromkeys(frame_of(study)["country"]))
    series = study[variable].transpose("series_run", "time", "country").isel(series_run=chosen).sel(country=names)
    series = series.rename(series_run="run")
    return series.assign_coords(replicate=("run", study["replicate"].values[runs[chosen]]),
                                point=("run", study["point"].values[runs[chosen]]))


def running_mean(values, level=0.95):
    """Mean of the first 1, 2, ... values with its t interval: columns count, mean, low, high (from 2 on).

    values: one value a replicate, in the order of replicates; NaN are left out.
    """
    values = np.asarray(values, float)
    values = values[np.isfinite(values)]
    count = np.arange(1, values.size + 1)
    expanding = pd.Series(values).expanding()
    mean = expanding.mean().to_numpy()
    with np.errstate(invalid="ignore"):
        half = stats.t.ppf(0.5 + level / 2.0, count - 1) * expanding.std().to_numpy() / np.sqrt(count)
    return pd.DataFrame({"count": count, "mean": mean, "low": mean - half, "high": mean + half})


def crossed_mean(values, points, replicates, level=0.95):
    """Mean of values that share points of a design and events of replicates; (Estimate, p of mean 0).

    One point: t over replicates; one replicate: t over points.  Several of both: standard errors
    clustered both ways (Cameron, Gelbach and Miller 2011), at least as large as clustered either way,
    and t with the degrees of the fewer.
    """
    values = np.asarray(values, float)
    points, point_names = pd.factorize(np.asarray(points))
    replicates, replicate_names = pd.factorize(np.asarray(replicates))
    sizes = [len(names) for names in (point_names, replicate_names) if len(names) > 1]
    mean = float(values.mean()) if values.size else np.nan
    if values.size < 2 or not sizes:
        return Estimate(mean, count=values.size), np.nan
    error = standard_error(values, points, replicates) if len(sizes) == 2 else stats.sem(values)
    degrees = min(sizes) - 1
    half = stats.t.ppf(0.5 + level / 2.0, degrees) * error
    p = 2.0 * stats.t.sf(abs(mean) / error, degrees) if error > 0.0 else (1.0 if mean == 0.0 else 0.0)
    return Estimate(mean, mean - half, mean + half, values.size), float(p)


def standard_error(values, points, replicates):
    """Of the mean of values in crossed clusters: the largest of both ways, points alone, replicates alone."""
    import statsmodels.api as sm

    if np.ptp(values) == 0.0:
        return 0.0
    model = sm.OLS(values, np.ones((values.size, 1)))
    variances = []
    for groups in (points, replicates, np.column_stack([points, replicates])):
        fit = model.fit(cov_type="cluster", cov_kwds={"groups": groups})
        variances.append(float(fit.cov_params()[0, 0]))
    return float(np.sqrt(np.nanmax(variances)))


def run_means(frame, outcome):
    """An outcome of every run, with index scenario, point, replicate; NaN where one of its latecomers has none.

    Else two runs of a pair would be means over different economies.
    """
    groups = frame.groupby(["scenario", "point", "replicate"])[outcome]
    return groups.mean().where(groups.count() == groups.size())


def paired(frame, scenario, baseline, outcome, level=0.95):
    """Difference of a scenario from the baseline over pairs of runs; (Estimate, p, pairs as a table).

    A pair is two runs of the same point and replicate, so they share all random events that both contain.
    attrs["unpaired"]: how many runs have a value and no partner with one.
    """
    means = run_means(frame, outcome).unstack("scenario").reindex(columns=[baseline, scenario])
    both = means.set_axis(["baseline", "scenario"], axis=1).dropna(how="all")
    pairs = both.dropna().reset_index()
    pairs.attrs["unpaired"] = int(len(both) - len(pairs))
    difference = pairs["scenario"] - pairs["baseline"]
    if outcome in SHARES:
        estimate, p = matched_shares(difference.groupby(pairs[unit_of(frame)]).mean(), level)
        estimate = Estimate(float(difference.mean()), estimate.low, estimate.high, len(pairs))
    else:
        estimate, p = crossed_mean(difference, pairs["point"], pairs["replicate"], level)
    return estimate, p, pairs


def compare(frame, baseline, outcomes, level=0.95):
    """Differences of every scenario from the baseline, paired by point and replicate.

    frame: as frame_of gives it; an outcome of countries counts as the mean over latecomers.  Columns:
    outcome, scenario, baseline (mean), mean, difference, low, high, p, p_holm (adjusted over all
    lines), pairs, unpaired (runs without a partner).
    """
    from statsmodels.stats.multitest import multipletests

    lines = []
    for outcome in outcomes:
        for scenario in dict.fromkeys(frame["scenario"]):
            if scenario == baseline:
                continue
            estimate, p, pairs = paired(frame, scenario, baseline, outcome, level)
            lines.append(
                {
                    "outcome": outcome,
                    "scenario": scenario,
                    "baseline": pairs["baseline"].mean(),
                    "mean": pairs["scenario"].mean(),
                    "difference": estimate.value,
                    "low": estimate.low,
                    "high": estimate.high,
                    "p": p,
                    "p_holm": np.nan,
                    "pairs": estimate.count,
                    "unpaired": pairs.attrs["unpaired"],
                }
            )
    columns = ["outcome", "scenario", "baseline", "mean", "difference", "low", "high", "p", "p_holm", "pairs",
               "unpaired"]
    table = pd.DataFrame(lines, columns=columns)
    known = table["p"].notna()
    if known.any():
        table.loc[known, "p_holm"] = multipletests(table.loc[known, "p"], method="holm")[1]
    return table


def catch_up_probability(frame, by="scenario", level=0.95):
    """Share of countries in runs that catch up, with Wilson's interval, a line for each value of `by`.

    by: the name of a column, or a list of names.  Columns: `by`, caught_up, trials, share, low, high,
    units: replicates, or points of a design, which is what the interval counts, as countries of one share
    its events.  How alike they are is not asked of the data: where none catches up it cannot be told, and
    an interval that shrank with the first catch-up would not be one.
    """
    names, unit = [by] if isinstance(by, str) else list(by), unit_of(frame)
    lines = []
    for key, group in frame.dropna(subset=["caught_up"]).groupby(names[0] if len(names) == 1 else names, sort=False):
        key = key if isinstance(key, tuple) else (key,)
        units = group[unit].nunique()
        caught = int(group["caught_up"].sum())
        estimate = proportion(caught, len(group), level, units)
        lines.append((*key, caught, len(group), estimate.value, estimate.low, estimate.high, units))
    return pd.DataFrame(lines, columns=[*names, "caught_up", "trials", "share", "low", "high", "units"])


def times_and_events(frame, horizon_quarters):
    """Years to catch-up, or until it could last be seen to begin, and whether it happened, as two arrays.

    A gap must stay closed for QUARTERS_HELD quarters, so a catch-up that begins in the last of them is not
    seen.  Without a horizon, countries are censored at the last catch-up of the study.
    """
    quarters = frame["quarters_to_catch_up"].to_numpy(float)
    happened = np.isfinite(quarters)
    last = float(np.nanmax(quarters)) if happened.any() else 0.0
    if horizon_quarters is not None:
        last = max(last, horizon_quarters - QUARTERS_HELD)
    return np.where(happened, quarters, last) / 4.0, happened.astype(int)


def survival_curve(times, events, level=0.95):
    """Kaplan and Meier's estimate: columns years, caught_up, low, high (log-log interval), at_risk, events."""
    from statsmodels.duration.survfunc import SurvfuncRight

    curve = SurvfuncRight(times, events)
    survival, error = np.asarray(curve.surv_prob), np.asarray(curve.surv_prob_se)
    with np.errstate(divide="ignore", invalid="ignore"):
        width = normal_quantile(level) * error / (survival * np.abs(np.log(survival)))
        low, high = survival ** np.exp(width), survival ** np.exp(-width)
    inner = (survival > 0.0) & (survival < 1.0)
    table = pd.DataFrame(
        {
            "years": curve.surv_times,
            "caught_up": 1.0 - survival,
            "low": np.where(inner, 1.0 - high, np.nan),
            "high": np.where(inner, 1.0 - low, np.nan),
            "at_risk": curve.n_risk,
            "events": curve.n_events,
        }
    )
    start = pd.DataFrame([{"years": 0.0, "caught_up": 0.0, "low": np.nan, "high": np.nan, "at_risk": len(times),
                           "events": 0}])
    return table if (table["years"] == 0.0).any() else pd.concat([start, table], ignore_index=True)


def catch_up_times(frame, horizon_quarters, by="scenario", level=0.95):
    """Kaplan and Meier's share of countries that have caught up by a time, a curve for each scenario.

    Columns: `by`, years, caught_up (1 - survival), low, high (log-log interval), at_risk, events; each curve
    begins at 0 years and ends where countries that do not catch up are censored (times_and_events).
    horizon_quarters: quarters of a run after burn-in, or None.
    """
    times, events = times_and_events(frame, horizon_quarters)
    curves = []
    for key in dict.fromkeys(frame[by]):
        chosen = (frame[by] == key).to_numpy()
        curve = survival_curve(times[chosen], events[chosen], level)
        last = float(times[chosen].max())
        if curve["years"].iloc[-1] < last:
            end = curve.iloc[[-1]].assign(years=last, events=0, at_risk=int((times[chosen] >= last).sum()))
            curve = pd.concat([curve, end], ignore_index=True)
        curve.insert(0, by, key)
        curves.append(curve)
    return pd.concat(curves, ignore_index=True)


def log_rank(frame, horizon_quarters, by="scenario"):
    """Mantel's log-rank test that all scenarios have the same times to catch up: (chi2, degrees, p)."""
    from statsmodels.duration.survfunc import survdiff

    times, events = times_and_events(frame, horizon_quarters)
    groups = frame[by].to_numpy(str)
    degrees = len(np.unique(groups)) - 1
    if degrees < 1 or events.sum() == 0:
        return np.nan, degrees, np.nan
    try:
        chi2, p = survdiff(times, events, groups)
    except np.linalg.LinAlgError:  # some scenario is never at risk of what happens in others
        return np.nan, degrees, np.nan
    return float(chi2), degrees, float(p)
