"""Lets calls of the operating system fail, one after the other, while the program runs, is stopped, goes on, computes a
study and merges it.  Demands one line that names the error and the file, status 1, no result that is vouched for and
wrong, and the result of a run without faults after the next call.

    failing_calls.py PROGRAM LIBRARY MOST SAMPLE SEED

LIBRARY is made from failing_calls.cpp.  Of each kind of call at most MOST are tried, evenly spread, and of all that only
SAMPLE, chosen by SEED, unless SAMPLE is 0.  LATECOMER_LAUNCH is the launcher.  Works in the current folder.  Prints a
table of what was tried and a line for each demand that was not met; the exit status says whether there was one.
"""

import collections
import errno
import itertools
import os
import random
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from laboratory import CALLS, Laboratory

FOREVER = 10**9
ERRORS = {kind: ["ENOSPC", "EIO", "EDQUOT", "EINTR"] for kind in ("open", "write", "fsync", "close", "rename", "link", "unlink",
                                                                  "ftruncate")}
ERRORS.update(read=["EIO", "EINTR"], short_write=["EINTR"], mkdir=["ENOSPC", "EIO", "EDQUOT"])

Mode = collections.namedtuple("Mode", "ranks first follow begins done_status check faulty_rank", defaults=(0,))
Fault = collections.namedtuple("Fault", "mode kind error first count")


class Trials(Laboratory):
    def __init__(self, program, library):
        super().__init__(program, quarters=6, firms=10, snapshot_every=3, replicates=2)
        self.library = Path(library).resolve()
        self.prepare("stopped", ("stop", 85), *[("stop again", 85)] * 3)
        self.modes = {
            "run": Mode(1, "run", "resume", None, 0, self.run_is_right),
            "run, rank 0 of 2": Mode(2, "run", "resume", None, 0, self.run_is_right),
            "run, rank 1 of 2": Mode(2, "run", "resume", None, 0, self.run_is_right, faulty_rank=1),
            "checkpoint": Mode(1, "stop", "resume", None, 85, None),
            "resume": Mode(1, "resume", "resume", "stopped", 0, self.run_is_right),
            "study": Mode(1, "study", "study", None, 0, self.study_is_right),
            "merge": Mode(1, "merge", "merge", "study", 0, self.merge_is_right),
        }

    def surroundings(self, folder, mode, fault=None):
        result = {"LD_PRELOAD": str(self.library), "LATECOMER_FAULT_BELOW": str(folder / "out"),
                  "LATECOMER_FAULT_LOG": str(folder / "log")}
        if mode.ranks > 1:
            result["LATECOMER_FAULT_RANK"] = str(mode.faulty_rank)
        if fault:
            number = 0 if fault.kind == "short_write" else getattr(errno, fault.error)
            result["LATECOMER_FAULT"] = f"{fault.kind} {number} {fault.first} {fault.count}"
        return result

    def numbers(self, mode):
        """How often each kind is called without a fault."""
        folder = self.begin("counted", mode.begins)
        status, words = self.call(folder, mode.ranks, CALLS[mode.first], self.surroundings(folder, mode))
        if status != mode.done_status:
            sys.exit(f"{mode.first} without a fault: status {status}: {words}")
        result = {}
        for line in (folder / "log").read_text().splitlines():
            _, kind, number = line.split()
            result[kind] = max(result.get(kind, 0), int(number))  # helping processes call nothing
        return result

    def try_out(self, fault, name):
        """Returns whether the call failed, whether the program ended with a word, and what is wrong."""
        mode = self.modes[fault.mode]
        folder = self.begin(name, mode.begins)
        try:
            status, words = self.call(folder, mode.ranks, CALLS[mode.first], self.surroundings(folder, mode, fault))
            failed = [line.split(" ", 1)[1] for line in (folder / "log").read_text().splitlines() if line[0] != "="]
            own = [line for line in words.splitlines() if not line.startswith(("latecomer: warning:", "latecomer: note:"))]
            if mode.ranks > 1:  # the launcher has its own words
                own = [line for line in own if line.startswith("latecomer:")]
            wrong = self.judge(fault, mode, folder, status, own, failed)
            if status != mode.done_status or mode.check is None:
                again, more = self.call(folder, 1, CALLS[mode.follow])
                check = mode.check or self.run_is_right
                then = f"status {again}: {more.strip()}" if again != 0 else check(folder)
                wrong += [f"the next call: {then}"] if then else []
            return bool(failed), status != mode.done_status, wrong
        except subprocess.TimeoutExpired:
            return True, False, ["does not end"]
        except OSError as error:
            return True, False, [f"a file that should be there is not: {error}"]

    def judge(self, fault, mode, folder, status, own, failed):
        if status == mode.done_status:
            wrong = mode.check(folder) if mode.check else ""
            return [f"status {status}, but {wrong}"] if wrong else []
        wrong = []
        if status != 1:
            wrong.append(f"status {status}: {own}")
        if not failed:
            wrong.append(f"nothing failed, and yet {own}")
        if fault.error == "EINTR":
            wrong.append(f"an interrupted call ends the program: {own}")
        if len(own) != 1:
            wrong.append(f"not one line: {own}")
        names = {re.sub(r"\.tmp$", "", Path(path).name) for path in failed}
        if own and not (os.strerror(getattr(errno, fault.error)) in own[0] and any(n in own[0] for n in names)):
            wrong.append(f"names neither the error nor one of {sorted(names)}: {own}")
        return wrong


def faults_of(mode, numbers, most, chance):
    for kind, errors in ERRORS.items():
        number = numbers.get(kind, 0)
        step = max(1.0, number / most)
        firsts = sorted({int(i * step + chance.random() * (step - 1)) + 1 for i in range(min(number, most))})
        for error in errors:
            for first in firsts:
                yield Fault(mode, kind, error, first, 1)
                if error in ("ENOSPC", "EIO"):
                    yield Fault(mode, kind, error, first, FOREVER)


def drawn(faults_of_modes, sample, chance):
    """As many of each kind of call in each mode, until `sample` are drawn; all, in any order, if that is 0."""
    groups = collections.defaultdict(list)
    for fault in itertools.chain(*faults_of_modes):
        groups[fault.mode, fault.kind].append(fault)
    for group in groups.values():
        chance.shuffle(group)
    in_any_order = list(groups.values())
    chance.shuffle(in_any_order)  # a small sample is not of the first modes alone
    in_turn = [fault for layer in itertools.zip_longest(*in_any_order) for fault in layer if fault]
    return in_turn[:sample or None]


def main():
    program, library, most, sample, seed = sys.argv[1:]
    print(f"seed {seed}", flush=True)
    chance = random.Random(int(seed))
    trials = Trials(program, library)
    faults = drawn([[*faults_of(name, trials.numbers(mode), int(most), chance)] for name, mode in trials.modes.items()],
                   int(sample), chance)

    workers = os.cpu_count() or 1
    idle = [f"fault_{i}" for i in range(workers)]

    def work(fault):
        name = idle.pop()
        try:
            return fault, trials.try_out(fault, name)
        finally:
            idle.append(name)

    table = collections.defaultdict(collections.Counter)
    bad = []
    with ThreadPoolExecutor(workers) as pool:
        for fault, (failed, ended, wrong) in pool.map(work, faults):
            row = table[fault.mode, fault.kind]
            row.update(tried=1, failed=failed, ended=ended, right=not wrong)
            if wrong:
                bad.append(f"WRONG {fault.mode}, {fault.kind} number {fault.first}, "
                           f"{fault.error}{' from then on' if fault.count > 1 else ''}: {'; '.join(wrong)}")
                print(bad[-1], flush=True)
    print(f"{'while':18}{'call':13}{'tried':>7}{'failed':>8}{'ended with a line':>19}{'right after the next call':>27}")
    for (mode, kind), row in sorted(table.items()):
        print(f"{mode:18}{kind:13}{row['tried']:7}{row['failed']:8}{row['ended']:19}{row['right']:27}")
    for mode in {fault.mode for fault in faults}:
        if not any(row["failed"] for (of, _), row in table.items() if of == mode):
            bad.append(f"WRONG {mode}: no call has failed")
            print(bad[-1])
    print(f"{len(faults)} faults with seed {seed}, {len(bad)} not as promised")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
