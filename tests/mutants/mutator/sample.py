"""Draws mutants: evenly over the groups of folders, and within them over the rules."""

from concurrent.futures import ThreadPoolExecutor

from .operators import RULES
from .places import mutants_of

MOST_TRIES = 60  # for one mutant


def all_mutants(source, folders):
    """{folder: mutants of the sources below}"""
    groups = {}
    for folder in folders:
        paths = sorted((source / folder).rglob("*.cpp"))
        if not paths:
            raise SystemExit(f"there are no sources below '{folder}'")
        groups[folder] = [m for path in paths for m in mutants_of(str(path.relative_to(source)), path.read_text())]
    return groups


def draw(groups, count, random, tree, scratch, jobs):
    """@return the mutants that can be chosen, and how many others were drawn: {'no': ..., 'fixed': ...}

    What is drawn depends on the seed alone: each mutant has its own list of tries.
    """
    folders, rules = sorted(groups), list(RULES)
    shuffled = {folder: random.sample(rules, len(rules)) for folder in folders}
    sources = []  # folder and rule of each
    for n in range(count):
        folder = folders[n % len(folders)]
        sources.append((folder, shuffled[folder][n // len(folders) % len(rules)]))
    wishes = [None] * count
    for wanted in dict.fromkeys(sources):
        own = [n for n in range(count) if sources[n] == wanted]
        pool = [m for m in groups[wanted[0]] if m.rule == wanted[1]]
        random.shuffle(pool)
        for k, n in enumerate(own):  # dealt in turn: no mutant twice
            wishes[n] = pool[k :: len(own)][:MOST_TRIES]
    return first_good(wishes, tree, scratch, jobs)


def every(groups, tree, scratch, jobs):
    """As draw(), of all mutants that there are."""
    return first_good([[m] for mutants in groups.values() for m in mutants], tree, scratch, jobs)


def first_good(wishes, tree, scratch, jobs):
    refused = {"no": 0, "fixed": 0}

    def choose(n):
        candidate = scratch / f"candidate_{n}.cpp"
        verdicts = []
        for mutant in wishes[n]:
            verdicts.append(tree.compiles(mutant, candidate))
            if verdicts[-1] == "yes":
                break
        candidate.unlink(missing_ok=True)
        return verdicts

    with ThreadPoolExecutor(jobs) as pool:
        tried = list(pool.map(choose, range(len(wishes))))
    good = []
    for tries, verdicts in zip(wishes, tried):
        good += [mutant for mutant, verdict in zip(tries, verdicts) if verdict == "yes"]
        for verdict in refused:
            refused[verdict] += verdicts.count(verdict)
    return good, refused
