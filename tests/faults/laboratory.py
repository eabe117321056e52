"""What trials of faults have in common: a small run and a small study, how they are called, and what is right."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

SECONDS = 120

RUN = """
[run]
quarters = {quarters}
burn_in = 2
[world]
countries = ["IND", "USA"]
firms_per_country = {firms}
[output]
snapshot_every = {snapshot_every}
checkpoint_rule = "quarters"
checkpoint_every = 2
[[switch]]
quarter = 2
trade.barrier = 0.2
"""
STUDY = """
[study]
name = "faults"
model = "run.toml"
[scenarios]
none = {{}}
open = {{ "trade.barrier" = 0.05 }}
[replicates]
min = {replicates}
"""
QUIET = ["--progress", "none"]
CALLS = {
    "run": ["run", "../run.toml", "--out", "out", *QUIET],
    "resume": ["run", "../run.toml", "--out", "out", *QUIET, "--resume"],
    "stop": ["run", "../run.toml", "--out", "out", *QUIET, "--time-left", "00:00:00"],
    "stop again": ["run", "../run.toml", "--out", "out", *QUIET, "--time-left", "00:00:00", "--resume"],
    "study": ["study", "run", "../study.toml", "--out", "out", *QUIET],
    "merge": ["study", "merge", "../study.toml", "--out", "out"],
}


class Laboratory:
    """Works in the current folder: each trial has a folder there, and its run or study is `out` in that."""

    def __init__(self, program, *, quarters, firms, snapshot_every, replicates):
        self.program = str(Path(program).resolve())
        self.launch = os.environ.get("LATECOMER_LAUNCH", "mpirun --oversubscribe -n").split()
        self.here = Path.cwd()
        Path("run.toml").write_text(RUN.format(quarters=quarters, firms=firms, snapshot_every=snapshot_every))
        Path("study.toml").write_text(STUDY.format(replicates=replicates))
        self.prepare("whole", ("run", 0))
        self.prepare("study", ("study", 0))
        self.prepare("merged", ("study", 0), ("merge", 0))

    def command(self, ranks, arguments):
        return [*([] if ranks == 1 else [*self.launch, str(ranks)]), self.program, *arguments]

    def call(self, folder, ranks, arguments, environment=None):
        """Returns the exit status and what was written to standard error."""
        done = subprocess.run(self.command(ranks, arguments), cwd=folder, stdin=subprocess.DEVNULL, capture_output=True,
                              timeout=SECONDS, env={**os.environ, **(environment or {})})
        return done.returncode, done.stderr.decode()

    def prepare(self, name, *calls):
        """Makes NAME/out by calls, each with the status that it must have."""
        self.begin(name)
        for call, status in calls:
            got, words = self.call(name, 1, CALLS[call])
            if got != status:
                sys.exit(f"{call} without a fault: status {got}: {words}")

    def begin(self, name, of=None):
        """A new folder; with what is in the folder `of`."""
        folder = self.here / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        if of:
            shutil.copytree(self.here / of / "out", folder / "out")
        return folder

    # What is right: each returns what is wrong, or nothing.

    def run_is_right(self, folder):
        status, words = self.call(folder, 1, ["compare", "../whole/out", "out"])
        return "" if status == 0 else f"compare says {words.strip()}"

    def study_is_right(self, folder):
        status, words = self.call(folder, 1, CALLS["merge"])
        return f"merge: status {status}: {words.strip()}" if status != 0 else self.merge_is_right(folder)

    def merge_is_right(self, folder):
        for wanted in sorted((self.here / "merged" / "out").glob("*.*")):
            if wanted.name != "costs.csv" and (folder / "out" / wanted.name).read_bytes() != wanted.read_bytes():
                return f"another {wanted.name}"
        return ""
