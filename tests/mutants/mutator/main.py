"""The program: draws, builds, tries, reports."""

import argparse
import os
import random
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from . import fast_tests, report, sample
from .tree import MOST_MUTANTS, Tree

SOURCE = Path(__file__).resolve().parents[3]


def options(arguments):
    parser = argparse.ArgumentParser(
        prog="make_mutants", description="Makes random mistakes in the sources and says which the fast tests notice.",
        epilog="Exit status: 0 done; 1 it cannot be done, and it says why; 2 bad arguments.")
    parser.error = lambda words: parser.exit(2, f"{parser.prog}: {words}; see --help\n")  # one line
    parser.add_argument("--seed", type=int, default=1, help="another seed, other mutants")
    parser.add_argument("--count", type=int, default=60, help="how many in all")
    parser.add_argument("--folders", nargs="+", default=["agents", "jobs/study", "io"], help="each gets an equal part")
    parser.add_argument("--only", metavar="FILE[:LINE]", help="all mutants of one source or line instead of random ones")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="tests at a time")
    parser.add_argument("--scratch", type=Path, default=SOURCE / "build" / "mutants", help="where to copy and build")
    parser.add_argument("--list", action="store_true", help="print the mutants and try none")
    chosen = parser.parse_args(arguments)
    if not 1 <= chosen.count <= MOST_MUTANTS or chosen.jobs < 1:
        parser.error(f"--count is 1 to {MOST_MUTANTS}, --jobs at least 1")
    return chosen


def say(begin, *words):
    minutes, seconds = divmod(int(time.monotonic() - begin), 60)
    print(f"[{minutes:3}:{seconds:02}]", *words, flush=True)


def only_at(groups, place):
    """The mutants of FILE or FILE:LINE."""
    path, _, line = place.partition(":")
    own = {g: [m for m in ms if m.path == path and line in ("", str(m.line))] for g, ms in groups.items()}
    if not any(own.values()):
        raise SystemExit(f"there is no mutant at '{place}'")
    return own


def drawn(chosen, tree):
    """Mutants that compile: {number: (group, mutant)}, and how many others were drawn."""
    groups = sample.all_mutants(SOURCE, chosen.folders)
    if chosen.only:
        groups = only_at(groups, chosen.only)
        mutants, refused = sample.every(groups, tree, chosen.scratch, chosen.jobs)
    else:
        mutants, refused = sample.draw(
            groups, chosen.count, random.Random(chosen.seed), tree, chosen.scratch, chosen.jobs)
    group_of = {m: group for group, ms in groups.items() for m in ms}
    return {n: (group_of[m], m) for n, m in enumerate(mutants[:MOST_MUTANTS])}, refused


def measured(tree, scratch, jobs):
    """The fast tests; all of them pass as long as no mutant is chosen."""
    tests = fast_tests.fast_tests(tree.build_folder)
    with ThreadPoolExecutor(jobs) as pool:
        outcomes = list(pool.map(lambda test: fast_tests.measure(test, scratch), tests))
    broken = [f"{test.name}: {outcome.what}" for test, outcome in zip(tests, outcomes) if not outcome.passed]
    if broken or not tests:
        raise SystemExit("without any mutant these fail:\n" + "\n".join(broken or ["there are no tests"]))
    return tests


def tried(numbered, tests, scratch, jobs):
    """Tries each mutant, prints what was found, and gives it back in the order of the numbers."""
    printing, done = threading.Lock(), []

    def attempt(number):
        group, mutant = numbered[number]
        begin = time.monotonic()
        caught_by, reaching = fast_tests.try_mutant(number, mutant.path, tests, scratch)
        before, after = mutant.difference((SOURCE / mutant.path).read_text())
        finding = report.Finding(group, mutant, before, after, caught_by, reaching, time.monotonic() - begin)
        with printing:
            done.append(number)
            print(f"\n{len(done)}/{len(numbered)}  {finding.lines()}", flush=True)
        return finding

    with ThreadPoolExecutor(jobs) as pool:
        return list(pool.map(attempt, numbered))


def main(arguments=None):
    chosen, begin = options(arguments), time.monotonic()
    chosen.scratch = chosen.scratch.resolve()
    chosen.scratch.mkdir(parents=True, exist_ok=True)
    tree = Tree(SOURCE, chosen.scratch, chosen.jobs)
    say(begin, f"copying the sources to {tree.tree}")
    tree.copy()
    tree.configure()
    say(begin, "drawing mutants that compile")
    numbered, refused = drawn(chosen, tree)
    if chosen.list:
        for _, mutant in numbered.values():
            before, after = mutant.difference((SOURCE / mutant.path).read_text())
            print(f"{mutant.path}:{mutant.line}  {mutant.rule}: {before}  ->  {after}")
        return 0
    tree.plant({number: mutant for number, (_, mutant) in numbered.items()})
    say(begin, f"building the tests with {len(numbered)} mutants to choose from, see {tree.log}")
    tree.build(tree.test_programs)
    with tempfile.TemporaryDirectory(prefix="latecomer-mutants-") as scratch:
        say(begin, "running all fast tests without a mutant")
        tests = measured(tree, scratch, chosen.jobs)
        say(begin, f"trying the mutants: {len(tests)} tests take {sum(t.seconds for t in tests):.0f} s in all")
        findings = tried(numbered, tests, scratch, chosen.jobs)
    survivors = [f for f in findings if not f.caught_by]
    print("\nSurvivors:\n" + "\n".join(f.lines() for f in survivors) if survivors else "\nNone survived.")
    print("\n" + report.totals(findings, refused))
    report.write_csv(chosen.scratch / "report.csv", findings)
    say(begin, f"the same as a table: {chosen.scratch / 'report.csv'}")
    return 0
