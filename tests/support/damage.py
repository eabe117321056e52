"""Damages copies of a finished run, of an interrupted one and of a study by chance, and demands of the program that it
notices, or that what comes out is right all the same.

    damage.py PROGRAM FINISHED INTERRUPTED STUDY.toml STUDY_FOLDER COUNT SEED

Prints a line for each damage that was taken for good; the exit status says whether there was one.
"""

import random
import shutil
import subprocess
import sys
from pathlib import Path

SECONDS = 120
CRASHES = range(128, 256)


def files_of(folder):
    return sorted(p for p in folder.rglob("*") if p.is_file() and not p.name.endswith(".lock"))


def damage(folder, chance):
    """Changes one file; returns its name and what was done."""
    path = chance.choice(files_of(folder))
    before = path.read_bytes()
    way = chance.choice(["flip", "flip", "zeros", "cut", "delete", "append", "empty", "lines"])
    after = bytearray(before)
    if way == "flip" and before:
        place = chance.randrange(len(before))
        after[place] ^= 1 << chance.randrange(8)
    elif way == "zeros" and before:
        place = chance.randrange(len(before))
        after[place:place + 64] = bytes(len(after[place:place + 64]))
    elif way == "cut" and before:
        after = after[:chance.randrange(len(before))]
    elif way == "append":
        after += chance.randbytes(chance.randrange(1, 50))
    elif way == "empty":
        after = bytearray()
    elif way == "lines":
        lines = before.split(b"\n")
        i, j = chance.randrange(len(lines)), chance.randrange(len(lines))
        lines[i], lines[j] = lines[j], lines[i]
        after = bytearray(b"\n".join(lines))
    if way == "delete":
        path.unlink()
    elif bytes(after) == before:
        return path.relative_to(folder), "nothing"
    else:
        path.write_bytes(bytes(after))
    return path.relative_to(folder), way


class Trial:
    def __init__(self, program, seed):
        self.program = program
        self.chance = random.Random(seed)
        self.bad = []

    def run(self, *arguments):
        done = subprocess.run([self.program, *map(str, arguments)], stdin=subprocess.DEVNULL, capture_output=True,
                              timeout=SECONDS)
        if done.returncode < 0 or done.returncode in CRASHES:
            raise RuntimeError(f"{arguments}: ended with {done.returncode}: {done.stderr[-300:]}")
        return done.returncode

    def copy(self, folder, name):
        target = Path(name)
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(folder, target)
        return target

    def finished(self, whole):
        """`inspect` names what was changed, and `run --resume` does not call the run finished."""
        run = self.copy(whole, "damaged")
        name, way = damage(run, self.chance)
        is_harmless = way == "nothing" or way == "delete" and (name.name == "DONE" or name.parts[0] == "checkpoints")
        if not is_harmless and self.run("inspect", run) != 2:
            self.bad.append(f"finished run: {name}, {way}: inspect calls it whole")
        if not is_harmless and name.name == "series.h5" and self.run("compare", whole, run) == 0:
            self.bad.append(f"finished run: {name}, {way}: compare calls it equal")

    def interrupted(self, whole, cut):
        """What goes on ends as the whole run, or stops; it never vouches for something else."""
        run = self.copy(cut, "going_on")
        name, way = damage(run, self.chance)
        if self.run("run", "run.toml", "--out", run, "--resume", "--progress", "none") != 0:
            return
        lost = way == "delete" and name.parts[0] == "firms"
        if self.run("inspect", run) != (2 if lost else 0):
            self.bad.append(f"interrupted run: {name}, {way}: inspect says something else than it should")
        same = [f for f in ("run.toml", "events.csv", "outcomes.csv")
                if (run / f).read_bytes() != (whole / f).read_bytes()]
        if same or not lost and self.run("compare", whole, run) != 0:
            self.bad.append(f"interrupted run: {name}, {way}: another result {same}")

    def study(self, toml, whole):
        """A study that goes on has the result that it had, or says that it cannot."""
        folder = self.copy(whole, "damaged_study")
        name, way = damage(folder, self.chance)
        if name.name == "study.h5" and way not in ("nothing", "delete") and self.run("inspect", folder / name) != 2:
            self.bad.append(f"study: {name}, {way}: inspect calls it whole")
        if self.run("study", "run", toml, "--out", folder, "--progress", "none") != 0:
            return
        if self.run("study", "merge", toml, "--out", folder) != 0:
            return
        if (folder / "study.h5").read_bytes() != (whole / "study.h5").read_bytes():
            self.bad.append(f"study: {name}, {way}: another study.h5")


def main():
    program, whole, cut, toml, study, count, seed = sys.argv[1:]
    trial = Trial(program, int(seed))
    for number in range(int(count)):
        kind = number % 10
        if kind < 6:
            trial.finished(Path(whole))
        elif kind < 9:
            trial.interrupted(Path(whole), Path(cut))
        else:
            trial.study(toml, Path(study))
    print(f"{count} damages with seed {seed}", *trial.bad, sep="\n")
    return 1 if trial.bad else 0


if __name__ == "__main__":
    sys.exit(main())
