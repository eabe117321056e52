"""Prints moments of runs by how many firms stand for an economy:  python3 -m latecomer.resolution RUN..."""

import sys

from latecomer.arguments import Arguments
from latecomer.series import Unusable, missing_packages
from latecomer.surroundings import settle


def main(arguments=None):
    """Returns the exit status: 0, or 2 where the input or the machine will not do."""
    settle()
    parser = Arguments(
        prog="latecomer.resolution", description=__doc__,
        epilog="The table is Markdown: means of the replicates of each world.firms_per_country with 95 % t intervals, "
        "and differences from the smallest.  Runs need --snapshot-every 4.",
    )
    parser.add_argument("runs", metavar="RUN", nargs="+", help="folder of a run")
    options = parser.parse_args(arguments)
    try:
        print(table_of(options.runs))
    except Unusable as error:
        print(f"latecomer.resolution: {error}", file=sys.stderr)
        return 2
    return 0


def table_of(paths):
    """The table of runs as Markdown."""
    try:
        import h5netcdf  # noqa: F401
        import statsmodels  # noqa: F401

        from latecomer.results import Run
        from latecomer.statistics import resolution
    except ImportError as error:
        raise missing_packages(error) from error
    results = {}
    for path in paths:
        run = Run(path)
        results.setdefault(run.firms_per_country, []).append(resolution.moments(run))
    table = resolution.table(dict(sorted(results.items())))
    return markdown(table, {firms: len(runs) for firms, runs in results.items()})


def markdown(table, runs):
    """A line for each moment; for each resolution a column of means, and from the second on one of differences.

    table: as statistics.resolution.table gives it.  runs: number of runs by firms_per_country.
    """
    sizes = list(dict.fromkeys(table["firms_per_country"]))
    head = ["moment"]
    for place, size in enumerate(sizes):
        head.append(f"{size} firms, n = {runs[size]}")
        head += [f"{size} less {sizes[0]}"] if place else []
    lines = ["| " + " | ".join(head) + " |", "| --- " * len(head) + "|"]
    for moment, rows in table.groupby("moment", sort=False):
        cells = [moment]
        for place, row in enumerate(rows.itertuples()):
            cells.append(cell(row.mean, row.low, row.high))
            cells += [cell(row.difference, row.difference_low, row.difference_high)] if place else []
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def cell(value, low, high):
    """A value and its interval."""
    from latecomer.tables import interval, number

    return f"{number(value)} {interval(low, high)}".removesuffix(" -")


if __name__ == "__main__":
    sys.exit(main())
