"""All mutants that a source could have, and the source with some of them to choose from at run time."""

from dataclasses import dataclass

from .operators import RULES, Change
from .regions import is_fixed_at_compile_time, is_table, region_around, statement_start
from .tokens import tokens_of

HOOK = "::latecomer_mutant"


@dataclass(frozen=True)
class Mutant:
    """One mistake.  What stands in [start, end) of the source is what the choice at run time is about."""

    path: str
    line: int
    rule: str
    start: int
    end: int
    changes: tuple
    demoted: int = -1  # where a `constexpr` has to become a `const`

    @property
    def is_statement(self):
        return self.changes[0].statement

    def mutated(self, source):
        """The text that stands in [start, end) once the mistake is made."""
        return edited(source, self.start, self.end, self.changes)

    def difference(self, source):
        """Before and after, as a line for people, with a little of what stands around."""
        first, last = self.changes[0].start, self.changes[-1].end
        left, right = max(self.start, first - 24), min(self.end, last + 24)
        while left > self.start and not source[left - 1].isspace():
            left -= 1
        while right < self.end and not source[right].isspace():
            right += 1
        before = " ".join(source[left:right].split())
        return before, " ".join(edited(source, left, right, self.changes).split()) or "(nothing)"


def edited(source, start, end, changes):
    parts, at = [], start
    for change in changes:
        parts += [source[at : change.start], change.text]
        at = change.end
    return "".join(parts) + source[at:end]


def mutants_of(path, source):
    """Every mutant of a source that the rules know, in the order of the text."""
    tokens = tokens_of(source)
    behind = 1
    for i in range(1, len(tokens) - 1):
        if is_table(tokens, i):
            behind = tokens[i].partner
        if i < behind or tokens[i].kind == "text":
            continue
        for rule, find in RULES.items():
            for found in find(tokens, i):
                changes = (found,) if isinstance(found, Change) else tuple(found)
                mutant = placed(path, tokens, i, rule, changes)
                if mutant:
                    yield mutant


def placed(path, tokens, i, rule, changes):
    if is_fixed_at_compile_time(tokens, i):
        return None
    if changes[0].statement:
        return Mutant(path, tokens[i].line, rule, changes[0].start, changes[0].end, changes)
    inner = next(k for k in range(i, len(tokens)) if tokens[k].end >= changes[0].end)
    if rule == "logical" and tokens[i].text == "(":
        first = next(k for k in range(i, len(tokens)) if tokens[k].start == changes[0].start)
        last = tokens[i].partner - 1
    elif rule == "arguments":
        first, last = region_around(tokens, i - 1) or (None, None)
    else:
        first, last = region_around(tokens, inner, changes[0].assigns) or (None, None)
    if first is None or first > last:
        return None
    begin = statement_start(tokens, first)
    demoted = next((tokens[k].start for k in range(begin, min(begin + 3, first)) if tokens[k].text == "constexpr"), -1)
    return Mutant(path, tokens[i].line, rule, tokens[first].start, tokens[last].end, changes, demoted)


def with_choices(source, numbered):
    """The source in which each of {number: mutant} can be chosen.  One inside of another stands in what that leaves alone."""
    for mutant in numbered.values():
        if mutant.demoted >= 0:  # as many letters, so that places stay
            source = source[: mutant.demoted] + "const    " + source[mutant.demoted + len("constexpr") :]
    outermost_first = sorted(numbered.items(), key=lambda item: (item[1].start, -item[1].end, not item[1].is_statement))
    text = render(source, 0, len(source), outermost_first)
    return '#include "mutant_choice.hpp"\n#line 1\n' + text


def render(source, start, end, numbered):
    parts, at, rest = [], start, list(numbered)
    while rest:
        number, mutant = rest.pop(0)
        within = [item for item in rest if item[1].end <= mutant.end]
        rest = rest[len(within) :]
        if mutant.end > end or mutant.start < at or any(item[1].start < mutant.end for item in rest):
            raise ValueError(f"{mutant.path}:{mutant.line}: places overlap")
        original = render(source, mutant.start, mutant.end, within)
        parts += [source[at : mutant.start], choice(source, number, mutant, original)]
        at = mutant.end
    return "".join(parts) + source[at:end]


def choice(source, number, mutant, original):
    if mutant.is_statement:
        return f"if ({HOOK}({number})) {{}} else {{ {original} }}"
    return f"({HOOK}({number}) ? ({mutant.mutated(source)}) : ({original}))"


def plainly(source, mutant):
    """The source with the mistake in it, for good."""
    return source[: mutant.start] + mutant.mutated(source) + source[mutant.end :]
