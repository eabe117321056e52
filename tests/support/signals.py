"""Sends signals to runs at work.

    signals.py PROGRAM SCENARIO

Prints a line for each run that did not end as it should; the exit status says whether there was one.
"""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

SECONDS = 120


LAUNCH = os.environ.get("LATECOMER_LAUNCH", "mpirun --oversubscribe -n").split()


def start(program, scenario, out, *more, launcher=(), **pipes):
    """A run whose signals are not ignored, as a shell has it for what it starts in the background."""
    def listen():
        for number in (signal.SIGINT, signal.SIGHUP, signal.SIGPIPE):
            signal.signal(number, signal.SIG_DFL)

    return subprocess.Popen([*launcher, program, "run", scenario, "--out", out, "--progress", "plain", *more], preexec_fn=listen,
                            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, **pipes)


def wait_for_rows(out):
    end = time.monotonic() + SECONDS
    while not (Path(out) / "series.h5").exists() and time.monotonic() < end:
        time.sleep(0.01)


def stopped(program, scenario, number):
    """The first signal ends the run after its quarter, with a checkpoint and a line that says how to go on."""
    out = f"stopped_{number.name}"
    run = start(program, scenario, out, stderr=subprocess.PIPE)
    wait_for_rows(out)
    run.send_signal(number)
    words = run.communicate(timeout=SECONDS)[1].decode()
    if run.returncode != 85:
        yield f"{number.name}: status {run.returncode}: {words[-300:]}"
    if "stopped after quarter" not in words or "--resume goes on" not in words:
        yield f"{number.name}: does not say how to go on: {words[-300:]}"
    if not list(Path(out, "checkpoints").glob("ckpt_*.h5")):
        yield f"{number.name}: no checkpoint"


def ended(program, scenario, number):
    """The second ends it at once.  It may come when the quarter is over: then the next run tries again."""
    for attempt in range(20):
        out = f"ended_{number.name}_{attempt}"
        run = start(program, scenario, out, stderr=subprocess.DEVNULL)
        wait_for_rows(out)
        run.send_signal(number)
        time.sleep(0.005)
        run.send_signal(number)
        if run.wait(timeout=SECONDS) == -number:
            return
        if run.returncode != 85:
            break
    yield f"{number.name} twice: status {run.returncode}"


def other(program, scenario):
    """SIGTERM after SIGUSR1, as schedulers send them, asks for what is under way."""
    run = start(program, scenario, "other", stderr=subprocess.DEVNULL)
    wait_for_rows("other")
    run.send_signal(signal.SIGUSR1)
    time.sleep(0.005)
    run.send_signal(signal.SIGTERM)
    if run.wait(timeout=SECONDS) != 85:
        yield f"SIGUSR1, then SIGTERM: status {run.returncode}"


def launched(program, scenario, number):
    """Sent to mpirun, which passes it on in its own way and does not wait long: with --resume the run ends as it should."""
    out, short = f"launched_{number.name}", ("--quarters", "200")
    run = start(program, scenario, out, *short, launcher=[*LAUNCH, "3"], stderr=subprocess.DEVNULL)
    wait_for_rows(out)
    run.send_signal(number)
    if run.wait(timeout=SECONDS) == 0:
        yield f"{number.name} to mpirun: status 0"
    for name in ("whole", out):
        again = start(program, scenario, name, *short, "--resume", stderr=subprocess.PIPE)
        words = again.communicate(timeout=SECONDS)[1].decode()
        if again.returncode != 0:
            yield f"{number.name} to mpirun, {name}: goes on with status {again.returncode}: {words[-300:]}"
            return
    if subprocess.run([program, "compare", "whole", out], capture_output=True).returncode != 0:
        yield f"{number.name} to mpirun: another result"


def unheard(program, scenario):
    """Who reads the progress goes away: the run ends all the same."""
    read, write = os.pipe()
    run = start(program, scenario, "unheard", "--quarters", "6", stderr=write)
    os.close(write)
    os.close(read)
    if run.wait(timeout=SECONDS) != 0:
        yield f"closed pipe: status {run.returncode}"


def main():
    program, scenario = sys.argv[1:]
    asking = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGUSR1]
    bad = [words for number in asking for words in stopped(program, scenario, number)]
    bad += [words for number in asking[:2] for words in ended(program, scenario, number)]
    bad += [*other(program, scenario), *unheard(program, scenario)]
    bad += [words for number in asking[:3] for words in launched(program, scenario, number)]
    print(*bad, sep="\n")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
