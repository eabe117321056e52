"""A study.h5 with everything that io/FORMAT.md allows, made of plain arithmetic: no run, no program."""

import json

import numpy as np
import xarray as xr

SCENARIOS = ["none", "sovereignty", "strategic_data", "low_value", "sector_applications"]
COUNTRIES = ["IDN", "IND", "CHL", "MEX", "COL", "THA", "PAK", "PHL", "ZAF", "GRC", "BGR", "USA", "CHN", "KOR"]
LATECOMERS = COUNTRIES[:11]
GROUPS = {  # of latecomers
    "latecomers": LATECOMERS, "low_income": ["IND", "PAK"], "lower_middle_income": ["IDN", "COL", "THA", "PHL"],
    "upper_middle_income": ["CHL", "MEX", "ZAF", "BGR"], "high_income": ["GRC"],
}
AGAINST = {"gap_closed": "gap_at_end", "application_share": "application_share", "positions_led": "positions_led",
           "cost": "public_cost", "cost_share": "cost_share"}  # quantities that are differences of an outcome
EFFECTS = {  # weights of the first, the second, both and the reference
    "first": (1, 0, 0, -1), "second": (0, 1, 0, -1), "both": (0, 0, 1, -1), "main_first": (0.5, -0.5, 0.5, -0.5),
    "main_second": (-0.5, 0.5, 0.5, -0.5), "interaction": (-1, -1, 1, 1), "mixture": (-0.5, -0.5, 1, 0),
    "both_over_first": (-1, 0, 1, 0), "both_over_second": (0, -1, 1, 0),
}
STAGES = ["collection", "storage", "analytics", "applications"]
PARAMETERS = ["learning.search_share", "trade.barrier", "markets.habit", "learning.domestic_reference_range", "dummy"]
OUTCOMES = ["gap_at_end.IDN", "gap_at_end.MEX", "world.analytics_share", "world.catch_ups"]
SPEC = '[study]\nname = "made"\nquarters = 300\nburn_in = 100\n\n[design]\nkind = "saltelli"\n'


def make_study(path, replicates=24, points=1, scenarios=SCENARIOS, extras=True, failed=(), groups=GROUPS):
    """Writes the file; the numbers of runs in `failed` have status 2 and no outcomes.

    groups: keys of economies by group; other latecomers than those of GROUPS stand in the places of LATECOMERS.
    """
    latecomers = groups["latecomers"]
    economies = latecomers + COUNTRIES[len(LATECOMERS) :]
    random = np.random.default_rng(1)
    runs = len(scenarios) * points * replicates
    number = np.arange(runs)
    arm, point, replicate = number // (points * replicates), number // replicates % points, number % replicates
    shared = random.normal(0, 0.15, (points, replicates, len(economies)))[point, replicate]
    start = np.linspace(-2.2, -0.9, len(economies)) + 0.1 * random.normal(size=(points, replicates, len(economies)))[point, replicate]
    end = start + shared + 0.12 * arm[:, None] + 0.05 * random.normal(size=start.shape)
    caught = (end > 0.6 * start).astype(float)
    when = np.where(caught == 1, 40 + np.abs(120 * random.normal(size=start.shape)).round() % 120, np.nan)
    countries = {
        "gap_at_start": start, "gap_at_end": end, "caught_up": caught, "quarters_to_catch_up": when,
        "application_share": 0.3 + 0.04 * arm[:, None] + shared / 5, "welfare": 4 + arm[:, None] / 3 + shared,
        "highest_stage": np.clip((end + 2.2) * 2, 0, 4).round(), "public_cost": 900.0 * (arm[:, None] > 0) + 40 * shared**2,
        "storage_share": 0.2 + 0.02 * arm[:, None] + shared / 8, "cost_share": 0.002 * (arm[:, None] > 0) + 1e-4 * shared**2,
        "positions_led": np.clip((end + 1.2) * 4, 0, 8).round(),
    }
    for name, values in countries.items():
        values = np.array(values, dtype=float)
        values[:, len(latecomers) :] = np.nan
        values[list(failed)] = np.nan
        countries[name] = (("run", "country"), values, {"units": "1"})
    world = {"analytics_share": 0.1 + 0.02 * arm, "application_share": 0.08 + 0.01 * arm, "leadership_changes": arm % 2, "catch_ups": caught.sum(axis=1)}
    world = {f"world_{k}": ("run", np.where(np.isin(number, failed), np.nan, v + 0.01 * random.normal(size=runs))) for k, v in world.items()}
    status = np.where(np.isin(number, failed), 2, 1).astype("u2")
    attributes = {"schema": "latecomer-study", "schema_version": 2, "study": "made", "spec": spec_of(scenarios), "reference": scenarios[0]}
    data = xr.Dataset(
        {**countries, **world, "status": ("run", status), "scenario_number": ("run", arm.astype("u2")), "point": ("run", point),
         "replicate": ("run", replicate), "state_hash": ("run", number.astype("u8")),
         "country_role": ("country", np.array(["latecomer" if key in latecomers else "lead" for key in economies], dtype=object)),
         "country_income_group": ("country", np.array([income_of(key, groups) for key in economies], dtype=object))},
        coords={"run": number, "scenario": np.array(scenarios, dtype=object), "country": np.array(economies, dtype=object)},
        attrs=attributes,
    )
    if extras:
        data = data.merge(extra_variables(scenarios, points, arm, random, economies))
    if extras and len(scenarios) > 1:
        data = data.merge(comparisons(data, groups)).merge(answer(data, groups) if len(scenarios) > 3 else {})
    data.attrs = attributes
    data.to_netcdf(path, engine="h5netcdf")
    return path


def spec_of(scenarios):
    """The study's file; with four scenarios or more it asks a question of the first four."""
    names = dict(zip(("first", "second", "both"), scenarios[1:])) if len(scenarios) > 3 else {}
    return SPEC + "".join(f"{'' if place else chr(10) + '[question]' + chr(10)}{name} = {json.dumps(scenario, ensure_ascii=False)}\n"
                          for place, (name, scenario) in enumerate(names.items()))


def income_of(key, groups):
    return next((name for name, keys in groups.items() if key in keys and name != "latecomers"), "")


def mean_and_ends(values):
    """Mean and its ends of two standard errors; no ends of one value."""
    values = values[np.isfinite(values)]
    if values.size == 0:
        return [np.nan] * 3
    half = 2 * values.std(ddof=1) / np.sqrt(values.size) if values.size > 1 else np.nan
    return [values.mean(), values.mean() - half, values.mean() + half]


def table_of(data, outcome):
    """An outcome as [scenario, point, replicate, country]."""
    arm, point, replicate = (data[n].values.astype(int) for n in ("scenario_number", "point", "replicate"))
    table = np.full((len(data["scenario"]), point.max() + 1, replicate.max() + 1, len(data["country"])), np.nan)
    table[arm, point, replicate] = data[outcome].values
    return table


def contrast(table, weights, places):
    """Sums of an outcome over scenarios by unit, mean over economies; units are points where there are several."""
    total = sum(weight * table[place][..., places] for place, weight in weights.items() if weight)
    units = total.reshape(total.shape[0], -1) if total.shape[0] > 1 else total[0]
    count = np.isfinite(units).sum(axis=1)
    return np.where(count > 0, np.nansum(units, axis=1) / np.maximum(count, 1), np.nan)


def places_of(data, groups):
    """Places of economies by group and by key."""
    keys = list(data["country"].values)
    return {**{name: [keys.index(key) for key in members] for name, members in groups.items()},
            **{key: [place] for place, key in enumerate(keys)}}


def comparisons(data, groups):
    """against_<quantity> of every scenario and group, and of every economy."""
    members = places_of(data, groups)
    found = {}
    for quantity, outcome in AGAINST.items():
        values = table_of(data, outcome)
        table = [[mean_and_ends(contrast(values, {place: 1, 0: -1}, places)) if place else [np.nan] * 3
                  for places in members.values()] for place in range(len(data["scenario"]))]
        for end, numbers in zip(("", "_low", "_high"), np.moveaxis(np.array(table), 2, 0)):
            found[f"against_{quantity}{end}"] = (("scenario", "cell", "group"), numbers[:, None])
    cell = -1 if data["point"].max() > 0 else 0
    return xr.Dataset(found, coords={"cell": [cell], "group": np.array(list(members), dtype=object)})


def answer(data, groups):
    """question_effect and question_sign_*: the mixture's sign turns with the first parameter, that of nothing else."""
    members = places_of(data, groups)
    outcomes = ["gap_at_end", "application_share"]
    table = [[[mean_and_ends(contrast(values, dict(zip((1, 2, 3, 0), weights)), places)) for weights in EFFECTS.values()]
              for places in members.values()] for values in (table_of(data, outcome) for outcome in outcomes)]
    found = {f"question_effect{end}": (("question_outcome", "cell", "group", "effect"), values[:, None])
             for end, values in zip(("", "_low", "_high"), np.moveaxis(np.array(table), 3, 0))}
    conditions = [*PARAMETERS, "gdp", "gap_at_start without either"]
    shape = (len(outcomes), len(EFFECTS), len(conditions))
    signs = {"share_low": 0.5, "share_high": 0.5, "probability": 0.9, "flips_at": np.nan, "flips_low": np.nan, "flips_high": np.nan}
    signs = {name: np.full(shape, value) for name, value in signs.items()}
    told = {(0, 6, 0): (0.1, 0.9, 1e-4, 0.5, 0.4, np.nan), (1, 2, 5): (0.8, 0.2, 1e-3, 300.0, 200.0, 500.0),
            (0, 3, 1): (0.0, 1.0, 1e-6, 0.5, 0.4, 0.6), (0, 0, 1): (0.3, 0.7, 0.01, 0.5, np.nan, np.nan)}
    for place, numbers in told.items():
        for values, number in zip(signs.values(), numbers):
            values[place] = number
    found |= {f"question_sign_{name}": (("question_outcome", "effect", "condition"), values) for name, values in signs.items()}
    return xr.Dataset(found, coords={"question_outcome": np.array(outcomes, dtype=object), "effect": list(EFFECTS),
                                     "condition": np.array(conditions, dtype=object)})


def extra_variables(scenarios, points, arm, random, economies):
    """Parameters, indices of sensitivity, rules of stopping, chosen series."""
    index = ("scenario", "outcome", "parameter")
    shape = (len(scenarios), len(OUTCOMES), len(PARAMETERS))
    base = np.linspace(0.6, 0.02, len(PARAMETERS)) * random.uniform(0.7, 1.2, shape)
    table = {"morris_mu": base - 0.2, "morris_mu_star": base, "morris_mu_star_low": base - 0.05, "morris_mu_star_high": base + 0.07,
             "morris_sigma": 0.6 * base, "pawn_median": base / 2, "pawn_max": base, "pawn_floor": np.full(shape, 0.08)}
    for name, factor in (("first", 0.7), ("total", 1.0)):
        table |= {f"sobol_{name}": factor * base, f"sobol_{name}_low": factor * base - 0.06, f"sobol_{name}_high": factor * base + 0.06}
    rules = ["difference of world.analytics_share from none: half-width 0.02", "mean of gap_at_end.IDN: half-width 0.05"]
    stops = random.uniform(0, 0.1, (len(rules), len(scenarios)))
    years = np.arange(1, 61) / 4.0
    kept = np.arange(0, arm.size, 3)
    series = arm[kept, None, None] * 0.01 * years[:, None] + random.normal(0, 0.05, (kept.size, years.size, len(economies)))
    apart = np.linspace(-0.4, 0.4, len(economies)) * years[:, None] / years[-1]
    capability = random.normal(-1.5, 0.05, (kept.size, 1, len(economies)))
    capability = capability + apart * random.uniform(0.5, 1.0, (kept.size, 1, 1))
    points_at = random.uniform(size=(points, len(PARAMETERS)))[np.arange(arm.size) % points]
    return xr.Dataset(
        {**{name: (index, values) for name, values in table.items()}, "parameter_value": (("run", "parameter"), points_at),
         "sobol_noise_share": (index[:2], np.full(shape[:2], 0.05)),
         "stop_value": (("stop_rule", "scenario"), stops), "stop_low": (("stop_rule", "scenario"), stops - 0.02),
         "stop_high": (("stop_rule", "scenario"), stops + 0.02), "stop_met": (("stop_rule", "scenario"), (stops > 0.05).astype("u2")),
         "stop_replicates": (("stop_rule", "scenario"), np.full(stops.shape, 24)),
         "series_adoption": (("series_run", "time", "country"), series, {"units": "1"}),
         "series_capability_index": (("series_run", "time", "country"), capability, {"units": "1"}),
         "series_trade_balance": (("series_run", "time", "country"), series, {"units": "numeraire/quarter"}),
         "series_gap_by_stage": (("series_run", "time", "country", "stage"), series[..., None] * np.arange(1.0, 5.0), {"units": "1"}),
         "series_top_three_storage": (("series_run", "time"), series.mean(axis=2), {"units": "1"})},
        coords={"scenario": np.array(scenarios, dtype=object), "outcome": np.array(OUTCOMES, dtype=object),
                "parameter": np.array(PARAMETERS, dtype=object), "stop_rule": np.array(rules, dtype=object), "time": years, "series_run": kept,
                "stage": np.array(STAGES, dtype=object)},
    )
