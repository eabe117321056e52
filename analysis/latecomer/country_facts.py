"""Compares runs of a world with what was observed of its economies:  python3 -m latecomer.country_facts RUN..."""

import sys
from pathlib import Path

from latecomer.arguments import Arguments
from latecomer.series import Unusable, missing_packages
from latecomer.surroundings import settle

NAME = "country_facts"


def main(arguments=None):
    """Returns the exit status: 0, or 2 where the input or the machine will not do."""
    settle()
    parser = Arguments(
        prog="latecomer.country_facts", description=__doc__,
        epilog="RUN: replicates of one scenario with a calendar, such as jobs/scenarios/world.toml, of 44 quarters or more.  "
        "The table is Markdown: means over replicates with 95 % intervals over economies, what is observed by the same code, "
        "the range in which it should be.  Hold-out lines are inside or outside of it; nothing may be chosen by them.",
    )
    parser.add_argument("runs", metavar="RUN", nargs="+", help="folder of a run")
    parser.add_argument("--observed", metavar="FILE", help="other observations in the form of observed/observations.csv")
    parser.add_argument("--out", metavar="DIR", type=Path, help="folder for the table as CSV and a figure; made if missing")
    options = parser.parse_args(arguments)
    try:
        print(compare(options.runs, options.observed, options.out))
    except Unusable as error:
        print(f"latecomer.country_facts: {error}", file=sys.stderr)
        return 2
    return 0


def compare(paths, observations=None, out=None):
    """The table of runs as Markdown; files are written into `out`."""
    try:
        import h5netcdf  # noqa: F401
        import statsmodels  # noqa: F401

        from latecomer.drawn import NotHere, cannot_write, write_csv
        from latecomer.observed import read_observations
        from latecomer.results import Run
        from latecomer.run_figures import history
        from latecomer.statistics import facts_world
        from latecomer.statistics.estimate import NoData
    except ImportError as error:
        raise missing_packages(error) from error
    figures = None if observations is None else read_observations(observations)
    runs = [Run(path) for path in paths]
    try:
        table = table_of([facts_world.panel_of(run.series, figures) for run in runs],
                         facts_world.observed_of(runs[0].series, figures))
    except NoData as reason:
        raise Unusable(f"'{paths[0]}' is nothing to compare ({reason})") from reason
    if out is not None:
        try:
            out.mkdir(parents=True, exist_ok=True)
            write_csv(out / f"{NAME}.csv", table)
            history.history_of(runs, figures).save(out)
        except OSError as error:
            raise cannot_write(out, error) from error
        except NotHere as reason:
            raise Unusable(f"'{paths[0]}' cannot be drawn ({reason})") from reason
    return markdown(table)


def table_of(panels, observed):
    """The lines of the battery for runs, with what is observed in columns beside."""
    from latecomer.statistics.battery import country_facts

    beside = country_facts([observed])[["estimate", "low", "high"]].add_prefix("observed_")
    return country_facts(panels).join(beside)


def markdown(table):
    from latecomer.tables import interval, number

    def cell(value, low, high):
        return f"{number(value)} {interval(low, high)}".removesuffix(" -")

    lines = ["| | fact | run | observed | target | verdict |", "| --- " * 6 + "|"]
    for row in table.itertuples():
        run = cell(row.estimate, row.low, row.high)
        seen = cell(row.observed_estimate, row.observed_low, row.observed_high)
        verdict = f"hold-out: {row.verdict}" if row.role == "hold-out" else row.verdict
        verdict += f" ({row.note})" if row.verdict == "no data" else ""
        lines.append(f"| {row.pattern} | {row.statistic} | {run} | {seen} | {row.target} | {verdict} |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
