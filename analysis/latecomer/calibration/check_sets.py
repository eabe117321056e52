"""Compares sets of an ensemble that were run again, in other random events or at another resolution, with the targets.

    python3 -m latecomer.calibration.check_sets STUDY [--folder DIR] [--targets FILE] [--program FILE]

STUDY has `[design] kind = "ensemble"`, `[study] moments = true` and the series that country facts need, as
jobs/calibration/fresh.toml.  Prints a line for each target and a column for each set, as Markdown.
"""

import argparse
import sys
from pathlib import Path

import numpy as np
import pandas as pd

from latecomer.arguments import Arguments
from latecomer.calibration.command import Program
from latecomer.calibration.measured import Measured, check_kept, read_spec, summary
from latecomer.calibration.report import table_of
from latecomer.calibration.targets import MET, read_targets
from latecomer.series import Unusable
from latecomer.surroundings import settle
from latecomer.tables import number


def main(arguments=None):
    settle()
    parser = Arguments(prog="python3 -m latecomer.calibration.check_sets", description=__doc__,
                       formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("study", metavar="STUDY", type=Path)
    parser.add_argument("--folder", metavar="DIR", type=Path, help="folder of the study (default: studies/<name>)")
    parser.add_argument("--targets", metavar="FILE", type=Path, help="targets (default: targets.toml beside the study's file)")
    parser.add_argument("--program", metavar="FILE", default="latecomer", help="the program (default: latecomer on the path)")
    options = parser.parse_args(arguments)
    try:
        print(compared(options.study, options.folder, options.targets, options.program))
    except Unusable as error:
        print(f"check_sets: {' '.join(str(error).split())}", file=sys.stderr)
        return 2
    return 0


def compared(path, folder=None, targets_path=None, program="latecomer"):
    """The table, and how many targets each set meets."""
    _, spec = read_spec(path)
    if spec.get("design", {}).get("kind") != "ensemble":
        raise Unusable(f"'{path}' is no study over an ensemble: give one with [design] kind = \"ensemble\", as jobs/calibration/fresh.toml")
    targets = read_targets(targets_path or path.parent / "targets.toml")
    latecomer = Program(program)
    check_kept(targets, spec)
    measured = Measured(spec, path, folder or Path("studies") / spec["study"]["name"],
                        lambda: latecomer.start_year(spec, path.parent))
    if measured.left:
        raise Unusable(f"{measured.left} runs are not computed yet: latecomer study run {path}, then latecomer study merge")
    values = np.array([summary(measured.moment(target.moment)).mean for target in targets.all])
    return "\n\n".join([table_of(table(targets, values)), words(targets, values)])


def is_met(targets, values):
    """[target, set]; a set that does not tell a moment does not meet it."""
    return np.array([target.is_met(row) for target, row in zip(targets.all, values)])


def table(targets, values):
    """Values of sets; those that miss their target in bold."""
    met = is_met(targets, values)
    lines = []
    for target, row, meets in zip(targets.all, values, met):
        line = {"moment": target.moment, "use": target.use, "target": number(target.value),
                "met": f"{number(target.value - MET * target.sd)} to {number(target.value + MET * target.sd)}"}
        line |= {f"set {i + 1}": number(value) if ok else f"**{number(value)}**" for i, (value, ok) in enumerate(zip(row, meets))}
        lines.append(line)
    return pd.DataFrame(lines)


def words(targets, values):
    met = is_met(targets, values)
    uses = np.array([target.use for target in targets.all])
    parts = []
    for use, name in (("fit", "fitted"), ("held_out", "held out")):
        rows = met[uses == use]
        if len(rows):
            parts.append(f"of {len(rows)} {name}: {', '.join(str(count) for count in rows.sum(axis=0))}")
    return f"Targets met, within two standard deviations, by set: {'; '.join(parts)}."


if __name__ == "__main__":
    sys.exit(main())
