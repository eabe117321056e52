"""The fast tests: which there are, how long each takes, what it reaches, and whether it notices a mutant."""

import html
import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

LABELS = {"unit", "property", "golden"}
MPI = {"mpi/1_ranks", "mpi/3_ranks"}
LIMITS = 'ulimit -c 0 -v 8000000 -f 4000000; exec "$@"'  # a mutant must not fill memory or disk
GRACE_SECONDS = 20.0
TIMES_AS_LONG = 10.0  # as without a mutant, before a test counts as hanging


@dataclass
class FastTest:
    name: str  # unit/agents/learning
    command: list
    environment: dict
    seconds: float = 0.0
    reached: set = field(default_factory=set)  # numbers of mutants


@dataclass
class Outcome:
    passed: bool
    what: str  # failed, or why it ended


def fast_tests(build_folder):
    """The entries of ctest that run a program of tests, as ctest would run them."""
    listed = subprocess.run(["ctest", "--show-only=json-v1"], cwd=build_folder, check=True, capture_output=True).stdout
    found = []
    for entry in json.loads(listed)["tests"]:
        properties = {p["name"]: p["value"] for p in entry["properties"]}
        command = entry.get("command", [])
        is_fast = LABELS & set(properties.get("LABELS", [])) and command and command[0].endswith("_tests")
        if is_fast or entry["name"] in MPI:
            found.append(FastTest(entry["name"], command, dict(v.split("=", 1) for v in properties["ENVIRONMENT"])))
    return found


def run(test, scratch, seconds, **environment):
    """Runs a test in a new folder of its own, until it ends or so many seconds are over."""
    folder = Path(tempfile.mkdtemp(dir=scratch))
    command = [*test.command, "--reporter", "xml"]
    if test.command[0].endswith("_tests"):  # on several ranks, one that stops would let the others wait
        command.append("--abort")
    with (folder / "output").open("wb") as output:
        process = subprocess.Popen(
            ["bash", "-c", LIMITS, "bash", *command], cwd=folder, stdout=output, stderr=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL, start_new_session=True,
            env=os.environ | test.environment | {"TMPDIR": str(folder)} | environment)
        try:
            status = process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            status = None
        end_all_of(process)
    text = (folder / "output").read_bytes()[:2_000_000].decode(errors="replace")
    shutil.rmtree(folder, ignore_errors=True)
    if status is None:
        return Outcome(False, f"{open_case(text)} (does not end)")
    return Outcome(status == 0, "" if status == 0 else failed_case(text, status))


def end_all_of(process):
    """Ends what is left of a test: a launcher first gets the time to end its ranks."""
    for number, patience in ((signal.SIGTERM, 3.0), (signal.SIGKILL, 10.0)):
        try:
            os.killpg(process.pid, number)
            process.wait(timeout=patience)
        except (ProcessLookupError, subprocess.TimeoutExpired):
            continue


def failed_case(xml, status):
    for case in re.finditer(r'<TestCase name="([^"]*)"(.*?)(?=<TestCase |\Z)', xml, re.DOTALL):
        if 'OverallResult success="false"' in case[2] or "<FatalErrorCondition" in case[2]:
            return html.unescape(case[1])
    return f"{open_case(xml)} (ends with status {status})"


def open_case(xml):
    """The test that was running when all ended."""
    cases = re.findall(r'<TestCase name="([^"]*)"', xml)
    return html.unescape(cases[-1]) if cases else "before the first test"


def measure(test, scratch):
    """Without a mutant: how long it takes, and which places it reaches."""
    with tempfile.TemporaryDirectory(dir=scratch) as reached:
        begin = time.monotonic()
        outcome = run(test, scratch, 1800.0, LATECOMER_REACHED=reached)
        test.seconds = time.monotonic() - begin
        test.reached = {int(name) for name in os.listdir(reached)}
    return outcome


def likely_first(tests, path):
    """Tests of a source before those of its neighbours before others, and quick ones before slow ones."""
    words = Path(path).with_suffix("").parts

    def strangeness(test):
        own = test.name.split("/")[1:]
        shared = len(set(words[:-1]) & set(own[:-1]))
        is_namesake = words[-1] == own[-1] or own[-1].startswith(words[-1]) or words[-1].startswith(own[-1])
        return not is_namesake, test.seconds / 4 ** shared

    return sorted(tests, key=strangeness)


def try_mutant(number, path, tests, scratch):
    """@return the name of the test that notices the mutant, or None; and how many tests reach it"""
    reaching = [test for test in tests if number in test.reached]
    for test in likely_first(reaching, path):
        outcome = run(test, scratch, GRACE_SECONDS + TIMES_AS_LONG * test.seconds, LATECOMER_MUTANT=str(number))
        if not outcome.passed:
            return f"{test.name}: {outcome.what}", len(reaching)
    return None, len(reaching)
