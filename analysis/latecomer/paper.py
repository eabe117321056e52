"""Makes all of a paper's figures and tables, and one page with them, from a run or a study."""

import os
import shutil
import sys
from pathlib import Path

from latecomer.arguments import Arguments
from latecomer.series import Unusable, missing_packages
from latecomer.surroundings import settle

PACKAGES = ("h5py", "h5netcdf", "xarray", "pandas", "scipy", "statsmodels", "matplotlib")

MOST_ECONOMIES = 3  # whose impulse responses are drawn


def main(arguments=None):
    """Returns the exit status: 0, or 2 where the input or the machine will not do."""
    settle()
    parser = Arguments(
        prog="make_paper",
        description=__doc__,
        epilog="DIR gets index.html, figures/ (PDF, PNG, CSV, caption as TXT, figure as TEX), tables/ (LaTeX, CSV) and paper.tex, which "
        "takes all in. "
        "Status 2, with one line, if something is wrong.",
    )
    parser.add_argument("result", metavar="RESULT", help="folder of a run or of a study, its series.h5 or study.h5")
    parser.add_argument("--out", metavar="DIR", required=True, help="folder for all that is made; made if missing")
    parser.add_argument("--run", metavar="RUN", help="with a study: a run for the figures that need one")
    parser.add_argument("--windows-run", metavar="RUN", action="append", default=[],
                        help="a run with technology windows, for who adopts them first in the table of stylised facts; "
                             "may be said several times")
    parser.add_argument("--economy", metavar="KEY", action="append", default=[],
                        help="with a study: an economy whose impulse responses are drawn, up to three times; default: those "
                             "with the largest responses")
    parser.add_argument("--program", metavar="FILE", help="the program, for the tables of parameters and instruments; "
                                                          "default: the one on the path")
    parser.add_argument("--quiet", action="store_true", help="do not tell what is made")
    options = parser.parse_args(arguments)
    try:
        page = make(options)
    except Unusable as error:
        print(f"make_paper: {error}", file=sys.stderr)
        return 2
    print(page)
    return 0


def make(options):
    """Makes everything and returns the path of the page."""
    check_packages()
    from latecomer.results import open_result

    result = open_result(options.result)
    run = open_beside(result, options.run)
    choose_economies(result, options.economy)
    windows_runs = [open_run(path, "--windows-run") for path in options.windows_run]
    out = Path(options.out)
    figures, tables = make_folders(out)
    tell = (lambda words: None) if options.quiet else (lambda words: print(words, file=sys.stderr))
    drawn, missing = draw(result, run, figures, tell)
    made = make_tables(result, (run, windows_runs or None), tables, program_of(options.program), missing, tell)

    from latecomer.page import write_page
    from latecomer.paper_tex import write_paper_tex

    write_paper_tex(out / "paper.tex", result, drawn, made)
    page = write_page(out / "index.html", result, run, drawn, made, missing)
    tell(f"{len(drawn)} figures, {len(made)} tables; not here: {len(missing)}")
    return page


def check_packages():
    from importlib import import_module

    for name in PACKAGES:
        try:
            import_module(name)
        except ImportError as error:
            raise missing_packages(error) from error


def open_beside(result, path):
    """The run beside a study, or None; a run stands beside itself."""
    if result.kind == "run":
        if path is not None:
            raise Unusable("--run goes with a study, and the result is a run: leave it out")
        return result
    if path is None:
        return None
    result.beside = open_run(path, "--run")
    return result.beside


def choose_economies(result, keys):
    """Tells a study whose impulse responses are drawn."""
    if not keys:
        return
    if result.kind == "run":
        raise Unusable("--economy goes with a study, and the result is a run: leave it out")
    known = [str(key) for key in result.data["country"].values]
    for key in keys:
        if key not in known:
            raise Unusable(f"'{key}' for --economy is no economy of the study: name one of {', '.join(known)}")
    if len(keys) > MOST_ECONOMIES:
        raise Unusable(f"--economy is said {len(keys)} times: name {MOST_ECONOMIES} at most")
    result.economies = list(dict.fromkeys(keys))


def open_run(path, option):
    """The run that an option names."""
    from latecomer.results import open_result

    run = open_result(path)
    if run.kind != "run":
        raise Unusable(f"'{path}' for {option} is a study: name the folder of a run")
    return run


def make_folders(out):
    """The folders of figures and tables, made and writable."""
    from latecomer.drawn import cannot_write

    try:
        folders = (out / "figures", out / "tables")
        for folder in folders:
            folder.mkdir(parents=True, exist_ok=True)
            probe = folder / ".probe"
            probe.write_bytes(b"")
            probe.unlink()
    except OSError as error:
        raise cannot_write(out, error) from error
    return folders


def figure_functions(result, run):
    """Pairs of what a figure is drawn from and its function, by headings; what needs a run that is not there is last."""
    from latecomer import run_figures, study_figures

    plan = []
    if result.kind == "study":
        plan += [(group, result, f) for group, functions in study_figures.FIGURES.items() for f in functions]
    plan += [(group, run, f) for group, functions in run_figures.FIGURES.items() for f in functions]
    return plan


def draw(result, run, folder, tell):
    """Draws and saves every figure; returns them and those that are not there, with reasons."""
    from latecomer.drawn import LeftOut, NotHere, drawings

    drawn, missing = [], []
    for group, source, function in figure_functions(result, run):
        name = function.__name__
        if source is None:
            missing.append((name, "needs a run: name one with --run"))
            continue
        try:
            figures = drawings(function, source)
        except NotHere as reason:
            missing.append((name, str(reason)))
            continue
        for figure in figures:
            if isinstance(figure, LeftOut):
                missing.append((figure.name, figure.reason))
                continue
            figure.group = group if result.kind == "run" or source is result else f"One run: {group[:1].lower()}{group[1:]}"
            drawn.append(figure.save(folder))
            figure.figure = None  # a page of figures need not stay in memory
            tell(f"  {figure.files['pdf']}")
    return drawn, missing


def make_tables(result, runs, folder, program, missing, tell):
    """Writes every table; returns them and adds those that are not there to `missing`.

    runs: the one beside the result, and one with technology windows; None where there is none.
    """
    from latecomer import tables
    from latecomer.drawn import cannot_write
    from latecomer.paper_tables import plan

    made = []
    for name, table in plan(result, *runs, program):
        if isinstance(table, str):
            missing.append((name, table))
            continue
        try:
            tables.write(table, folder)
        except OSError as error:
            raise cannot_write(folder, error) from error
        made.append(table)
        tell(f"  {folder / table.name}.tex")
    return made


def program_of(path):
    """The program to ask for descriptions, or None."""
    if path is None:
        return shutil.which("latecomer")
    if not (Path(path).is_file() and os.access(path, os.X_OK)):
        raise Unusable(f"'{path}' for --program is no program: name the file 'latecomer' of a build")
    return path


if __name__ == "__main__":
    sys.exit(main())
