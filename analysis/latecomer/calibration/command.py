"""Judges the runs of a study by targets, and adds the next wave of points to it, until its ensemble is known."""

import json
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from latecomer.arguments import Arguments
from latecomer.series import Unusable, missing_packages
from latecomer.surroundings import settle

NAME = "analysis/calibrate"
DONE, BAD_INPUT, WORK_LEFT = 0, 2, 85
MARK = "# Points of a calibration"  # first words of the files that it writes


def main(arguments=None):
    """Returns the exit status: 0 done, 85 where runs are to be computed, 2 where the input or the machine will not do."""
    settle()
    parser = Arguments(
        statuses="0 the ensemble is written; 85 runs are to be computed; 1 an error of the program; 2 bad input or a missing "
        "package, in one line", prog=NAME, description=__doc__,
        epilog="Call 'latecomer study run STUDY' after status 85 and this again; jobs/calibrate does both in turns.  Nothing "
        "is kept but the study's file, its files of points and its journals.  What was found lies in DIR/calibration.",
    )
    parser.add_argument("study", metavar="STUDY", type=Path, help="file of the study, such as jobs/calibration/wave.toml")
    parser.add_argument("--folder", metavar="DIR", type=Path, help="folder of the study (default: studies/<name>)")
    parser.add_argument("--targets", metavar="FILE", type=Path, help="targets (default: targets.toml beside the study's file)")
    parser.add_argument("--program", metavar="FILE", default="latecomer", help="the program (default: latecomer on the path)")
    options = parser.parse_args(arguments)
    try:
        status, words = calibrate(options.study, options.folder, options.targets, options.program)
    except Unusable as error:
        print(f"{NAME}: {' '.join(str(error).split())}", file=sys.stderr)
        return BAD_INPUT
    print(words)
    return status


def calibrate(path, folder=None, targets_path=None, program="latecomer"):
    """One step of a calibration: exit status, and what there is to say."""
    try:
        import h5netcdf  # noqa: F401

        from latecomer.calibration import priors, report, waves
        from latecomer.calibration.ensemble import ensemble_of
        from latecomer.calibration.measured import Measured, check_design, check_kept, read_spec, wave_files
        from latecomer.calibration.targets import read_targets
    except ImportError as error:
        raise missing_packages(error) from error
    if find_spec("sklearn") is None:  # not imported before it is needed: that takes a second
        raise Unusable("the Python package 'sklearn' is missing: on Debian and Ubuntu, apt-get install python3-sklearn, and call "
                       "/usr/bin/python3")

    text, spec = read_spec(path)
    targets = read_targets(targets_path or path.parent / "targets.toml")
    latecomer = Program(program)
    latecomer.ask("study", "plan", path)  # refuses what is wrong with the study's file
    check_design(spec, path)
    check_kept(targets, spec)
    distributions = priors.priors_of(spec, latecomer.parameters())
    folder = folder or Path("studies") / spec["study"]["name"]
    if not any((folder / "journal").glob("*.log")):
        return WORK_LEFT, f"wave 1 is to be run: latecomer study run {path} --out {folder}"
    latecomer.ask("study", "merge", path, "--out", folder)

    measured = Measured(spec, path, folder, lambda: latecomer.start_year(spec, path.parent))
    for target in targets.held_out:
        measured.moment(target.moment)  # refuses what is not there
    if measured.left:
        return WORK_LEFT, f"{measured.left} runs are to be computed: latecomer study run {path} --out {folder}"

    last, number = last_name(path), int(measured.wave.max())
    is_last = bool(wave_files(spec)) and Path(wave_files(spec)[-1]).name == last
    if not is_last and any(Path(name).name == last for name in wave_files(spec)):
        raise Unusable(f"'{path}' has a wave behind {last}, the last one of its calibration; take it out")
    found = waves.history(measured, targets, distributions, number if is_last else number + 1)
    if is_last:
        ensemble = ensemble_of(measured, targets, number)
        report.write(folder / "calibration", measured, targets, distributions, found, ensemble)
        return DONE, f"done: {len(ensemble.points)} of {ensemble.tried} points agree; see {folder / 'calibration'}"

    report.write(folder / "calibration", measured, targets, distributions, found)
    reason = waves.is_over(found, targets.waves)
    if reason:
        name, points = last, waves.last_points(found, distributions, targets.ensemble)
        what = f"the last wave of {len(points)} points, as {reason}"
    else:
        count = targets.points or int(spec["design"]["n"])
        name, points = wave_name(path, number + 2), waves.next_points(found, distributions, measured, count)
        what = f"wave {number + 2} of {len(points)} points"
    if any(Path(other).name == name for other in wave_files(spec)):
        raise Unusable(f"'{path}' has a wave {name} already, which is another one; take it out")
    add(latecomer, path, text, path.parent / name, points, measured.names, what)
    left = f"{100 * found[-1].left_of_prior:.3g} % of the ranges are left after wave {number + 1}"
    return WORK_LEFT, f"{left}; {what} is to be run: latecomer study run {path} --out {folder}"


def wave_name(path, number):
    return f"{path.stem}_wave_{number}.csv"


def last_name(path):
    return f"{path.stem}_last.csv"


def add(latecomer, path, text, file, points, names, what):
    """Writes points into a file and adds them to the study; what a stop in between leaves is written again."""
    if file.exists() and not file.read_text(encoding="utf-8", errors="replace").startswith(MARK):
        raise Unusable(f"'{file}' is in the way and not of a calibration; move it")
    lines = [f"{MARK}: {what}", ",".join(names), *(",".join(repr(float(number)) for number in point) for point in points)]
    draft = file.with_name(file.name + ".tmp")
    try:
        draft.write_text("\n".join(lines) + "\n", encoding="utf-8")
        os.replace(draft, file)
    except OSError as error:
        raise Unusable(f"cannot write '{file}' ({error.strerror}): the study's folder must be writable") from error
    if path.read_text(encoding="utf-8") != text:
        raise Unusable(f"'{path}' was changed in the meantime; call again")
    latecomer.ask("study", "extend", path, "--points", file)


class Program:
    """The simulator, asked for what it knows."""

    def __init__(self, name):
        self.path = shutil.which(name)
        if self.path is None:
            raise Unusable(f"'{name}' is no program on the path: give --program FILE")

    def ask(self, *arguments):
        """Its output; Unusable with its own words where it refuses."""
        try:
            result = subprocess.run([self.path, *map(str, arguments)], capture_output=True, text=True, stdin=subprocess.DEVNULL,
                                    encoding="utf-8", errors="replace")
        except OSError as error:
            raise Unusable(f"'{self.path}' cannot be started ({error.strerror}): give --program FILE") from error
        if result.returncode != 0:
            words = [line for line in result.stderr.splitlines() if line.startswith("latecomer:")]
            reason = words[0].removeprefix("latecomer: ") if words else f"status {result.returncode}"
            raise Unusable(f"'latecomer {' '.join(map(str, arguments[:2]))}' refuses: {reason}")
        return result.stdout

    def parameters(self):
        """What the model declares of its parameters, by name."""
        sections = json.loads(self.ask("describe", "parameters", "--format", "json"))
        return {f"{section}.{line['key']}": line for section, lines in sections.items() if isinstance(lines, list)
                for line in lines}

    def start_year(self, spec, folder):
        """The year in which runs of the reference begin."""
        from latecomer.statistics import panel
        from latecomer.statistics.estimate import NoData

        arms = spec.get("scenarios", {})
        arm = arms.get(spec["study"].get("reference", next(iter(arms), "")), {})
        arm = {"file": arm} if isinstance(arm, str) else arm
        if "run.start_year" in arm:
            return int(arm["run.start_year"])
        try:
            return panel.calendar(self.ask("check", folder / arm.get("file", spec["study"].get("model", ""))))
        except NoData as reason:
            raise Unusable(f"country facts have targets, but {reason}") from reason
