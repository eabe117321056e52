"""Writes a table of a run or of a study for Stata, R or a spreadsheet:  python3 -m latecomer.export RESULT --format dta"""

import os
import sys
from contextlib import suppress
from itertools import chain
from pathlib import Path

from latecomer.arguments import Arguments
from latecomer.series import Unusable, missing_packages

NAME = "latecomer export"
FORMATS = ("csv", "dta")
MOST_DTA = 2_000_000  # lines that are held in memory
DONE, BAD_INPUT = 0, 2


def main(arguments=None):
    """Returns the exit status: 0, or 2 where the input or the machine will not do."""
    parser = Arguments(
        prog=NAME, description="Writes a table of a run or of a study for Stata, R or a spreadsheet.",
        epilog="TABLE of a run: series (a line a quarter and economy), world (a line a quarter), firms (a line a firm and snapshot), "
        "outcomes, events, economies.  Of a study: outcomes (a line a run and economy), runs (a line a run), tidy, differences, effects, "
        "series, economies.  Or an output, such as data_flow, in long form.  Names of columns are those that Stata takes; "
        "identities of firms are digits, as text in Stata.  Prints the path.")
    parser.add_argument("result", metavar="RESULT", help="folder of a run or of a study, its series.h5 or study.h5")
    parser.add_argument("--format", choices=FORMATS, default="csv", help="csv, or dta for Stata 14 and later (default: csv)")
    parser.add_argument("--out", metavar="FILE", help="file to write; one that is there is replaced (default: RESULT's name, _, TABLE, in "
                        "the folder at hand)")
    parser.add_argument("--what", metavar="TABLE", help="default: series of a run, outcomes of a study")
    try:
        options = parser.parse_args(arguments)
        print(export(options.result, options.format, options.out, options.what))
    except Unusable as error:
        print(f"{NAME}: {' '.join(str(error).split())}", file=sys.stderr)
        return BAD_INPUT
    return DONE


def export(result: str | Path, format: str = "csv", out: str | Path | None = None, what: str | None = None) -> Path:
    """Writes a table of a result, and returns the path; the same result gives the same bytes.

    result: path of a run or of a study.  format: "csv" or "dta".  out, what: as the options of the command.  Raises
    Unusable if the result has no such table, if it is too large for dta, or if it cannot be written; then nothing is written.
    """
    try:
        from latecomer import stata
        from latecomer.export_tables import main_table, table_of
        from latecomer.results import open_result
    except ImportError as error:
        raise missing_packages(error) from error

    source = Path(result)
    folder = source.resolve() if source.is_dir() else source.resolve().parent
    if out is not None:
        refuse_places(Path(out), folder)
    result = open_result(source)
    what = what or main_table(result)
    if out is None:
        refuse_places(Path(f"{folder.name}_{what}.{format}"), folder)
    out = Path(out or f"{folder.name}_{what}.{format}")
    table = table_of(result, what)
    parts = iter(table.parts)
    first = next(parts)
    names = stata.names_for(first.columns)
    renamed = (part.rename(columns=names) for part in chain([first], parts))
    about = f"{what} of {result.kind} {result.name}, {result.hash}"
    new = out.with_name(out.name + ".tmp")
    try:
        if format == "csv":
            write_csv(new, renamed)
        else:
            stata.write(new, together(renamed), stata.labels_for(table, names), about)
        new.replace(out)
    except OSError as error:
        raise Unusable(f"'{out}' cannot be written ({error.strerror or error}): choose another --out") from error
    finally:
        with suppress(OSError):
            new.unlink(missing_ok=True)
    return out


def refuse_places(out, folder):
    """A folder is not written to, nor a file that the program left in the folder of the result."""
    if os.path.isdir(out):
        raise Unusable(f"'{out}' is a folder: name a file with --out")
    if out.suffix == ".h5" or os.path.exists(out) and out.resolve().parent == folder:
        raise Unusable(f"'{out}' may be a file of the result: choose another --out")
    if not os.path.isdir(out.resolve().parent):
        raise Unusable(f"the folder of '{out}' does not exist: make it, or choose another --out")


def write_csv(path, parts):
    """Writes parts one after the other, so that no more than one is in memory; numbers with all digits."""
    with open(path, "w", encoding="utf-8", errors="backslashreplace", newline="") as file:
        for number, part in enumerate(parts):
            part.to_csv(file, index=False, header=number == 0, lineterminator="\n", date_format="%Y-%m-%d")


def together(parts):
    """All parts as one table; Unusable if they are too many lines for memory."""
    import pandas as pd

    held, lines = [], 0
    for part in parts:
        held.append(part)
        lines += len(part)
        if lines > MOST_DTA:
            raise Unusable(f"the table has more than {MOST_DTA:,} lines, which a file for Stata is not made of: use --format csv, or choose "
                           "lines in Python with latecomer.firms")
    return pd.concat(held, ignore_index=True)


if __name__ == "__main__":
    sys.exit(main())
