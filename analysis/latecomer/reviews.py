"""Prints what reviews bring to the goals of a government:  python3 -m latecomer.reviews FOLDER --economy IND --quarters 200:300"""

import sys
from pathlib import Path

from latecomer.arguments import Arguments
from latecomer.series import Unusable, missing_packages
from latecomer.surroundings import settle

FIXED = "fixed"
GOALS = ("growth", "bargaining", "diffusion", "linkages", "sovereignty")
STAGE_OF_POSITION = {"COL": 0, "STO": 1, "PRL": 2, "ANA": 2}  # applications: 3
STAGES = 4


def main(arguments=None):
    """Returns the exit status: 0, or 2 where the input or the machine will not do."""
    settle()
    parser = Arguments(
        prog="latecomer.reviews", description=__doc__,
        epilog="FOLDER holds runs named fixed-R and GOAL-R, R being the replicate. The table is Markdown: means of the goal's "
        "indicator (agents/governments/README.md) over the quarters, reviewed less fixed, over pairs of the same replicate with "
        "a 95 % t interval.",
    )
    parser.add_argument("folder", metavar="FOLDER", help="folder of the runs")
    parser.add_argument("--economy", metavar="KEY", default="IND", help="whose government reviews; default IND")
    parser.add_argument("--quarters", metavar="FIRST:END", default="200:300", help="quarters that count, from 0; default 200:300")
    options = parser.parse_args(arguments)
    try:
        print(table_of(Path(options.folder), options.economy, options.quarters))
    except Unusable as error:
        print(f"latecomer.reviews: {error}", file=sys.stderr)
        return 2
    return 0


def table_of(folder, economy, quarters):
    """The table of the runs in a folder as Markdown."""
    try:
        import h5netcdf  # noqa: F401

        from latecomer.estimates import mean_interval
    except ImportError as error:
        raise missing_packages(error) from error
    window = window_of(quarters)
    fixed = runs_in(folder, FIXED)
    if not fixed:
        raise Unusable(f"'{folder}' holds no run named fixed-0, fixed-1 and so on")
    lines = ["| goal | pairs | fixed | reviewed less fixed | cost, reviewed over fixed |", "| --- | --- | --- | --- | --- |"]
    for goal in GOALS:
        reviewed = runs_in(folder, goal)
        pairs = sorted(set(fixed) & set(reviewed))
        if not pairs:
            continue
        values = [[values_of(runs[r], economy, window, goal) for r in pairs] for runs in (fixed, reviewed)]
        differences = [after[0] - before[0] for before, after in zip(*values)]
        mean, low, high = mean_interval(differences)
        cost = sum(after[1] for after in values[1]) / sum(before[1] for before in values[0])
        level = sum(before[0] for before in values[0]) / len(pairs)
        lines.append(f"| {goal} | {len(pairs)} | {level:.3f} | {mean:+.4f} [{low:+.4f}, {high:+.4f}] | {cost:.3f} |")
    return "\n".join(lines)


def window_of(quarters):
    first, _, end = quarters.partition(":")
    if not (first.isdigit() and end.isdigit() and int(first) < int(end)):
        raise Unusable(f"--quarters is '{quarters}': write the first quarter and the one behind the last, 200:300")
    return slice(int(first), int(end))


def runs_in(folder, name):
    """Folders of runs of this name by replicate."""
    found = {}
    for path in Path(folder).glob(f"{name}-*"):
        replicate = path.name.removeprefix(f"{name}-")
        if replicate.isdigit():
            found[int(replicate)] = path
    return found


def values_of(path, economy, window, goal):
    """Mean of a goal's indicator over quarters, and public spending over the whole run."""
    from latecomer.series import open_series

    with open_series(path) as series:
        if economy not in series["country"].values.astype(str):
            raise Unusable(f"'{path}' has no economy '{economy}'")
        if series.sizes["time"] < window.stop:
            raise Unusable(f"'{path}' has {series.sizes['time']} quarters: let --quarters end before")
        own = series.sel(country=economy)
        return indicator(own.isel(time=window), goal), float(own["public_spending"].sum())


def indicator(series, goal):
    """Mean of the indicator of a goal over time and, where it has them, over stages."""
    import numpy as np

    positions = series["position"].values.astype(str)
    stage = np.array([STAGE_OF_POSITION.get(p, 3) for p in positions])
    if goal == "diffusion":
        return float(series["adoption"].mean())
    if goal == "sovereignty":
        return float(((series["data_kept"] + series["data_localised"]) / series["data_generated"]).mean())
    revenue = series["revenue"].transpose("time", "position").values
    if goal == "growth":
        return float(np.mean([np.log(revenue[:, stage == s].sum(axis=1)).mean() for s in range(STAGES)]))
    if goal == "linkages":
        exports = series["export_revenue"].transpose("time", "position").values.copy()
        exports[:, positions == "PRL"] = revenue[:, positions == "PRL"]  # sold on the world market
        return float(np.mean([(exports[:, stage == s].sum(axis=1) / revenue[:, stage == s].sum(axis=1)).mean()
                              for s in range(STAGES)]))
    share = series["domestic_share"].transpose("time", "position").values
    at_home = positions != "PRL"  # bargaining: what lead firms sell at home is what domestic firms do not
    return float(np.mean([np.nanmean(share[:, (stage == s) & at_home]) for s in range(STAGES)]))


if __name__ == "__main__":
    sys.exit(main())
