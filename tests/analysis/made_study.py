"""A study.h5 with everything that io/FORMAT.md allows, made of plain arithmetic: no run, no program."""

import numpy as np
import xarray as xr

SCENARIOS = ["none", "sovereignty", "strategic_data", "low_value", "sector_applications"]
COUNTRIES = ["IDN", "IND", "CHL", "MEX", "COL", "THA", "PAK", "PHL", "ZAF", "GRC", "BGR", "USA", "CHN", "KOR"]
LATECOMERS = COUNTRIES[:11]
PARAMETERS = ["learning.search_share", "trade.barrier", "markets.habit", "learning.domestic_reference_range", "dummy"]
OUTCOMES = ["gap_at_end.IDN", "gap_at_end.MEX", "world.analytics_share", "world.catch_ups"]
SPEC = '[study]\nname = "made"\nquarters = 300\nburn_in = 100\n\n[design]\nkind = "saltelli"\n'


def make_study(path, replicates=24, points=1, scenarios=SCENARIOS, extras=True, failed=()):
    """Writes the file; the numbers of runs in `failed` have status 2 and no outcomes."""
    random = np.random.default_rng(1)
    runs = len(scenarios) * points * replicates
    number = np.arange(runs)
    arm, point, replicate = number // (points * replicates), number // replicates % points, number % replicates
    shared = random.normal(0, 0.15, (points, replicates, len(COUNTRIES)))[point, replicate]
    start = np.linspace(-2.2, -0.9, len(COUNTRIES)) + 0.1 * random.normal(size=(points, replicates, len(COUNTRIES)))[point, replicate]
    end = start + shared + 0.12 * arm[:, None] + 0.05 * random.normal(size=start.shape)
    caught = (end > 0.6 * start).astype(float)
    when = np.where(caught == 1, 40 + np.abs(120 * random.normal(size=start.shape)).round() % 120, np.nan)
    countries = {
        "gap_at_start": start, "gap_at_end": end, "caught_up": caught, "quarters_to_catch_up": when,
        "application_share": 0.3 + 0.04 * arm[:, None] + shared / 5, "welfare": 4 + arm[:, None] / 3 + shared,
        "highest_stage": np.clip((end + 2.2) * 2, 0, 4).round(), "public_cost": 900.0 * (arm[:, None] > 0) + 40 * shared**2,
        "cost_per_gap": np.where(end > start, 900 / np.abs(end - start), np.nan),
    }
    for name, values in countries.items():
        values = np.array(values, dtype=float)
        values[:, len(LATECOMERS) :] = np.nan
        values[list(failed)] = np.nan
        countries[name] = (("run", "country"), values, {"units": "1"})
    world = {"analytics_share": 0.1 + 0.02 * arm, "application_share": 0.08 + 0.01 * arm, "leadership_changes": arm % 2, "catch_ups": caught.sum(axis=1)}
    world = {f"world_{k}": ("run", np.where(np.isin(number, failed), np.nan, v + 0.01 * random.normal(size=runs))) for k, v in world.items()}
    status = np.where(np.isin(number, failed), 2, 1).astype("u2")
    data = xr.Dataset(
        {**countries, **world, "status": ("run", status), "scenario_number": ("run", arm.astype("u2")), "point": ("run", point),
         "replicate": ("run", replicate), "state_hash": ("run", number.astype("u8"))},
        coords={"run": number, "scenario": np.array(scenarios, dtype=object), "country": np.array(COUNTRIES, dtype=object)},
        attrs={"schema": "latecomer-study", "schema_version": 2, "study": "made", "spec": SPEC},
    )
    if extras:
        data = data.merge(extra_variables(scenarios, points, arm, random))
        data.attrs = {"schema": "latecomer-study", "schema_version": 2, "study": "made", "spec": SPEC}
    data.to_netcdf(path, engine="h5netcdf")
    return path


def extra_variables(scenarios, points, arm, random):
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
    series = arm[kept, None, None] * 0.01 * years[:, None] + random.normal(0, 0.05, (kept.size, years.size, len(COUNTRIES)))
    apart = np.linspace(-0.4, 0.4, len(COUNTRIES)) * years[:, None] / years[-1]
    capability = random.normal(-1.5, 0.05, (kept.size, 1, len(COUNTRIES)))
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
         "series_trade_balance": (("series_run", "time", "country"), series, {"units": "numeraire/quarter"})},
        coords={"scenario": np.array(scenarios, dtype=object), "outcome": np.array(OUTCOMES, dtype=object),
                "parameter": np.array(PARAMETERS, dtype=object), "stop_rule": np.array(rules, dtype=object), "time": years, "series_run": kept},
    )
