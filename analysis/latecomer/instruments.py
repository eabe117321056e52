"""Prints what each instrument does alone:  python3 -m latecomer.instruments STUDY (of jobs/studies/instruments.toml)."""

import sys

from latecomer.arguments import Arguments
from latecomer.series import Unusable, missing_packages
from latecomer.surroundings import settle

# What each instrument acts on first: a series with its part, what raises it is "+".  From its levers
# (`latecomer describe instruments`).
DIRECT = {
    "1K": ("skill", "collection", "+", "skill at collection"),
    "1L": ("commons", None, "+", "data in the commons"),
    "1X": ("data_exported", None, "-", "data taken abroad"),
    "1D": ("open_data", None, "+", "open data"),
    "2K": ("skill", "storage", "+", "skill at storage"),
    "2L": ("gap_by_stage", "storage", "+", "gap at storage"),
    "2X": ("domestic_share", "STO", "+", "domestic share of storage"),
    "2D": ("domestic_share", "STO", "+", "domestic share of storage"),
    "3K": ("skill", "analytics", "+", "skill at analytics"),
    "3L": ("gap_by_stage", "analytics", "+", "gap at analytics"),
    "3X": ("domestic_share", "ANA", "+", "domestic share of analytics"),
    "3D": ("domestic_share", "ANA", "+", "domestic share of analytics"),
    "4K": ("skill", "applications", "+", "skill at applications"),
    "4L": ("gap_by_stage", "applications", "+", "gap at applications"),
    "4X": ("domestic_share", "APP", "+", "domestic share of applications"),
    "4D": ("domestic_share", "APP", "+", "domestic share of applications"),
}


def main(arguments=None):
    """Returns the exit status: 0, or 2 where the input or the machine will not do."""
    settle()
    parser = Arguments(
        prog="latecomer.instruments", description=__doc__,
        epilog="The table is Markdown: differences to the reference at the end, means over latecomer economies with half of "
        "their 95 % t interval over replicates; data in the commons and open data relative to the reference.",
    )
    parser.add_argument("study", metavar="STUDY", help="folder of the study, or its study.h5")
    options = parser.parse_args(arguments)
    try:
        print(table_of(options.study))
    except Unusable as error:
        print(f"latecomer.instruments: {error}", file=sys.stderr)
        return 2
    return 0


def table_of(path):
    """The table of a study as Markdown."""
    try:
        import h5netcdf  # noqa: F401

        from latecomer.results import open_result
    except ImportError as error:
        raise missing_packages(error) from error
    study = open_result(path)
    if study.kind != "study" or not study.has("against_gap_closed"):
        raise Unusable("this needs study.h5 of a study that was merged with a reference")
    names = [name for name in study.scenarios if name in DIRECT]
    if not names or not study.has(*{f"series_{DIRECT[name][0]}" for name in names}):
        raise Unusable("the study has no instruments alone with their series; run jobs/studies/instruments.toml")
    lines = ["| cell | acts first on | announced | found | gap closed | analytics, world | ln welfare | cost, % of demand |",
             "| --- | --- | --- | --- | --- | --- | --- | --- |"]
    for name in names:
        series, part, sign, words = DIRECT[name]
        found = direct_effect(study, name, series, part)
        lines.append(" | ".join([
            f"| {name}", words, sign, "from none" if found is None else told(found), told(against(study, "gap_closed", name)),
            told(of_world(study, "world_analytics_share", name)), told(against(study, "welfare", name)),
            f"{100 * against(study, 'cost_share', name)[0]:.2f} |",
        ]))
    return "\n".join(lines)


def told(estimate):
    """A mean with half of its interval, marked where the interval holds zero."""
    import numpy as np

    mean, half = estimate
    if not np.isfinite(mean):
        return "-"
    digits = 4 if abs(mean) < 0.1 else 3
    sure = np.isfinite(half) and abs(mean) > half
    return f"{mean:+.{digits}f} ± {half:.{digits}f}{'' if sure else ' (0)'}"


def direct_effect(study, scenario, series, part):
    """Mean and half interval over replicates of what a scenario does to a series at the end, mean over latecomers."""
    import numpy as np

    values = study.data[f"series_{series}"].isel(time=-1).sel(country=list(study.latecomers))
    dimension = next((d for d in values.dims if d not in ("series_run", "country")), None)
    if dimension == "position":
        chosen = [p for p in values["position"].values.astype(str) if p == part or p.startswith(part + "_")]
        values = values.sel(position=chosen).mean("position")
    elif part is not None:
        values = values.sel({dimension: part})
    elif dimension is not None:
        values = values.sum(dimension)
    runs = values["series_run"].values
    numbers, arms, replicates = (study.data[n].values for n in ("run", "scenario_number", "replicate"))
    place = {int(r): i for i, r in enumerate(numbers)}
    by = {(study.scenarios[int(arms[place[int(r)]])], int(replicates[place[int(r)]])): i for i, r in enumerate(runs)}
    of_data = series in ("commons", "open_data", "data_exported")
    if of_data and float(values.values[[i for (s, _), i in by.items() if s == study.reference]].sum()) == 0.0:
        return None  # the reference has none, so there is nothing to compare with
    differences = []
    for (name, replicate), i in by.items():
        if name == scenario and (study.reference, replicate) in by:
            one, other = values.values[i], values.values[by[study.reference, replicate]]
            differences.append(one.sum() / other.sum() - 1 if of_data else np.nanmean(one - other))
    return half_interval(differences)


def of_world(study, name, scenario):
    """Mean and half interval over replicates of the difference of an outcome of the world."""
    import numpy as np

    values, arms, replicates = (study.data[n].values for n in (name, "scenario_number", "replicate"))
    at = {(study.scenarios[int(a)], int(r)): v for a, r, v in zip(arms, replicates, values)}
    return half_interval([v - at[study.reference, r] for (s, r), v in at.items()
                          if s == scenario and np.isfinite(v - at[study.reference, r])])


def against(study, key, scenario):
    chosen = {"scenario": scenario, "group": "latecomers"}
    low, mean, high = (float(study.data[f"against_{key}{end}"].isel(cell=0).sel(chosen)) for end in ("_low", "", "_high"))
    return mean, 0.5 * (high - low)


def half_interval(values):
    from latecomer.estimates import mean_interval

    mean, low, high = mean_interval(values)
    return float(mean), float(0.5 * (high - low))


if __name__ == "__main__":
    sys.exit(main())
