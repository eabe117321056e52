"""What was found, for people and as a table."""

import csv
from dataclasses import dataclass


@dataclass
class Finding:
    group: str
    mutant: object
    before: str
    after: str
    caught_by: str  # or None
    reaching: int  # tests that come to the place at all
    seconds: float

    def lines(self):
        verdict = f"caught by {self.caught_by}" if self.caught_by else "SURVIVED" + (
            f", though {self.reaching} entries of ctest come here" if self.reaching else ": no test comes here")
        return (f"{self.mutant.path}:{self.mutant.line}  {self.mutant.rule}\n"
                f"    {self.before}\n -> {self.after}\n    {verdict}")


def totals(findings, refused):
    """A table of what was caught by group, by rule and in all."""
    lines = []
    for title, key in (("folder", lambda f: f.group), ("rule", lambda f: f.mutant.rule), ("", lambda f: "in all")):
        for value in sorted({key(f) for f in findings}):
            own = [f for f in findings if key(f) == value]
            caught = sum(f.caught_by is not None for f in own)
            lines.append(f"{title:8}{value:14}{caught:4} of {len(own):4} caught, {100 * caught / len(own):5.1f} %")
    lines.append(f"(drawn as well: {refused['no']} that do not compile, {refused['fixed']} that cannot be chosen at run time)")
    return "\n".join(lines)


def write_csv(path, findings):
    with path.open("w", newline="") as file:
        table = csv.writer(file)
        table.writerow(["folder", "file", "line", "rule", "before", "after", "caught_by", "tests_that_reach_it", "seconds"])
        for f in findings:
            table.writerow([f.group, f.mutant.path, f.mutant.line, f.mutant.rule, f.before, f.after, f.caught_by or "",
                            f.reaching, f"{f.seconds:.1f}"])
