"""Judges a forecast of an ensemble against what was observed, beside rules that know no model."""

import argparse
import sys
from pathlib import Path

from latecomer.forecast import ORIGINS
from latecomer.series import Unusable, missing_packages
from latecomer.surroundings import settle

NAME = "analysis/score"
DONE, BAD_INPUT = 0, 2


def main(arguments=None):
    """Returns the exit status: 0, or 2 where the input or the machine will not do."""
    settle()
    parser = argparse.ArgumentParser(
        prog=NAME, description=__doc__,
        epilog="FORECAST: the folder of a study such as jobs/calibration/forecast.toml after 'latecomer study merge', or a CSV "
        "of members (iso3, indicator, year, member, value, and weight if they differ).  DIR gets forecast.csv, score.csv, "
        "score.md and figures; the table of mean absolute errors is printed.",
    )
    parser.add_argument("forecast", metavar="FORECAST", type=Path, help="folder of a study, or a CSV of members")
    parser.add_argument("--observed", metavar="FILE", type=Path,
                        help="CSV of what is judged (iso3, indicator, year, value); default: the project's own observations, "
                        "which are joined with it for values at the origin and before")
    parser.add_argument("--from", metavar="YEAR", dest="origins", type=int, nargs="+",
                        help=f"origins (default: {' '.join(map(str, ORIGINS))}); forecast.csv is of the first")
    parser.add_argument("--out", metavar="DIR", type=Path,
                        help="folder for what is written (default: score in FORECAST's folder)")
    parser.add_argument("--members", action="store_true",
                        help="writes members.csv, too: every member as it is, not anchored")
    parser.add_argument("--start-year", metavar="YEAR", type=int,
                        help="first year of the runs (default: 2005, or the first one of a CSV)")
    options = parser.parse_args(arguments)
    try:
        words, notes = score(options.forecast, options.observed, options.origins, options.out, options.members,
                             options.start_year)
    except Unusable as error:
        print(f"{NAME}: {' '.join(str(error).split())}", file=sys.stderr)
        return BAD_INPUT
    for note in notes:
        print(f"{NAME}: {note}", file=sys.stderr)
    print(words)
    return DONE


def score(path, file=None, origins=None, out=None, with_members=False, start_year=None):
    """Writes all files, and returns the table that is printed and what was left out."""
    try:
        import h5netcdf  # noqa: F401
        import matplotlib  # noqa: F401

        from latecomer.drawn import cannot_write, write_csv, write_text
        from latecomer.forecast import figures, judgement, report
    except ImportError as error:
        raise missing_packages(error) from error

    found = judgement.score(path, file, origins, start_year)
    members, seen, notes = found.members, found.seen, found.notes
    source = "the project's own observations" if file is None else f"'{Path(file).name}'"

    out = out or (path if path.is_dir() else path.parent) / "score"
    try:
        (out / "figures").mkdir(parents=True, exist_ok=True)
        write_csv(out / "forecast.csv", found.forecast)
        write_csv(out / "score.csv", found.scores)
        if with_members:
            write_csv(out / "members.csv", members.table())
        write_text(out / "score.md", report.markdown(members, found.scores, source, notes))
    except OSError as error:
        raise cannot_write(out, error) from error
    for drawn in figures.all_of(members, seen, found.economies, found.forecast, found.origins[0]):
        drawn.save(out / "figures")
    return report.main_table(found.scores), notes
