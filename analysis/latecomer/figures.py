"""Draws the first two figures of a run:  python3 -m latecomer.figures RUN --out DIR"""

import sys
from pathlib import Path

from latecomer.arguments import Arguments
from latecomer.series import Unusable, missing_packages
from latecomer.surroundings import settle


def main(arguments=None):
    """Returns the exit status: 0, or 2 where the input or the machine will not do."""
    settle()
    parser = Arguments(prog="latecomer.figures", description=__doc__)
    parser.add_argument("run", help="run folder, or its series.h5")
    parser.add_argument("--out", required=True, help="folder for the figures; made if missing")
    options = parser.parse_args(arguments)
    try:
        for path in draw_all(options.run, Path(options.out)):
            print(path)
    except Unusable as error:
        print(f"latecomer.figures: {error}", file=sys.stderr)
        return 2
    return 0


def draw_all(path, out):
    """Draws both figures with their numbers and captions, and returns the paths of all files."""
    try:
        import h5netcdf  # noqa: F401
        import matplotlib  # noqa: F401
        import xarray  # noqa: F401
    except ImportError as error:
        raise missing_packages(error) from error
    from latecomer.drawn import cannot_write
    from latecomer.results import Run
    from latecomer.run_figures import chain

    run = Run(path)
    drawn = [chain.capability_gaps(run), chain.domestic_application_shares(run)]
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(out, error) from error
    return [file for figure in drawn for file in figure.save(out).files.values()]


if __name__ == "__main__":
    sys.exit(main())
