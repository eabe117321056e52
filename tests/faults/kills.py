"""Kills runs, studies and merges at random moments and goes on, on other ranks: all must end as if nothing had been.

    kills.py PROGRAM COUNT SEED

LATECOMER_LAUNCH is the launcher.  Works in the current folder.  Prints a line for each trial that did not end as it
should; the exit status says whether there was one.
"""

import os
import random
import signal
import subprocess
import sys
import time

from laboratory import CALLS, Laboratory


class Kills(Laboratory):
    def __init__(self, program, seed):
        super().__init__(program, quarters=60, firms=300, snapshot_every=10, replicates=10)
        self.chance = random.Random(seed)
        self.hits = 0
        self.kinds = {"run": ("resume", None, self.run_is_right), "study": ("study", None, self.study_is_right),
                      "merge": ("merge", "study", self.merge_is_right)}
        self.seconds = {(kind, ranks): self.time(kind, ranks) for kind in self.kinds for ranks in (1, 2, 3)}

    def time(self, kind, ranks):
        folder = self.begin("timed", self.kinds[kind][1])
        begin = time.monotonic()
        self.call(folder, ranks, CALLS[self.kinds[kind][0]])
        return time.monotonic() - begin

    def kill(self, folder, kind, ranks):
        """Ends all processes of a command at a random moment of its usual time, from its start to a little after."""
        process = subprocess.Popen(self.command(ranks, CALLS[self.kinds[kind][0]]), cwd=folder, start_new_session=True,
                                   stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        moment = self.chance.uniform(0.0, 1.1 * self.seconds[kind, ranks])
        try:
            process.wait(moment)
        except subprocess.TimeoutExpired:
            self.hits += 1
        self.end_all(self.processes_in(folder, but=process.pid) + [process.pid])  # a launcher would tell its ranks
        process.wait()
        while left := self.processes_in(folder, but=process.pid):
            self.end_all(left)
            time.sleep(0.01)
        return f"killed after {moment:.3f} s on {ranks} ranks"

    def end_all(self, numbers):
        for number in numbers:
            try:
                os.kill(number, signal.SIGKILL)
            except ProcessLookupError:
                pass

    def processes_in(self, folder, but):
        """The numbers of all processes that are at work in a folder and live."""
        found = []
        for number in filter(str.isdigit, os.listdir("/proc")):
            try:
                if os.readlink(f"/proc/{number}/cwd") == str(folder) and int(number) != but:
                    found.append(int(number))
            except OSError:
                pass
        return found

    def trial(self, number):
        kind = list(self.kinds)[number % len(self.kinds)]
        call, begins, is_right = self.kinds[kind]
        folder = self.begin("killed", begins)
        order = self.chance.sample((1, 2, 3), 3)
        story = []
        for ranks in order[:self.chance.choice((1, 1, 2))]:
            story.append(self.kill(folder, kind, ranks))
            if kind == "run" and (folder / "out" / "run.toml").exists():
                status, words = self.call(folder, 1, ["inspect", "out"])  # files under their names are whole at any moment
                if status != 0:
                    return f"{kind}, {', '.join(story)}: inspect says {words.strip()}"
        status, words = self.call(folder, order[-1], CALLS[call])
        try:
            wrong = f"status {status}: {words.strip()}" if status != 0 else is_right(folder)
        except OSError as error:
            wrong = f"a file that should be there is not: {error}"
        return f"{kind}, {', '.join(story)}, ended on {order[-1]}: {wrong}" if wrong else ""


def main():
    program, count, seed = sys.argv[1:]
    print(f"seed {seed}", flush=True)
    trials = Kills(program, int(seed))
    bad = [wrong for number in range(int(count)) if (wrong := trials.trial(number))]
    print(*bad, sep="\n", end="\n" if bad else "")
    print(f"{count} killed with seed {seed}, {trials.hits} kills hit a program at work, {int(count) - len(bad)} equal")
    return 1 if bad or trials.hits == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
