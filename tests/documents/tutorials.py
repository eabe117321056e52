"""Runs the tutorials as they stand and compares what is printed with what they show.

    tests/documents/tutorials.py PROGRAM SCRATCH [--long] [--update] [TUTORIAL.md...]

Each tutorial runs in a copy of what it needs of the tree, from its first block to its last. Its fenced blocks are

- `console`: commands behind "$ " (lines that go on end in a backslash), and what they print;
- `toml` or `csv`, whose first line is a comment with a name: a file that the reader writes;
- `python`: run in one session for each tutorial; a `text` block behind it shows what it prints.

"..." stands for anything. Standard error, to which progress and notes go, is not compared. Behind the language, `long` marks a block that only
--long runs, `cluster` one that needs a scheduler. --update writes numbers that are printed now into the tutorials.
"""

import argparse
import contextlib
import difflib
import io
import os
import re
import shutil
import subprocess
import sys
import time
import traceback
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FENCE = re.compile(r"^```(\w+)([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NUMBER = r"(?<![\w.])-?\d+(?:\.\d+)?(?:e[+-]?\d+)?(?!\w)|(?<!\w)[0-9a-f]{16}(?!\w)"
VARIES = re.compile(rf"(\.\.\.|{NUMBER}| +)")  # blanks, as columns are aligned
PATTERN_OF = {"...": ".*?"}
BROKEN_PIPE = 128 + 13  # the status of a command that still wrote when head had read enough


class Wrong(Exception):
    """What a tutorial says is not so."""


@dataclass
class Block:
    kind: str
    marks: list
    text: str
    line: int


@dataclass
class Shown:
    """What is shown below a command, and where it stands in the file."""

    text: str
    begin: int


def blocks_of(text):
    for match in FENCE.finditer(text):
        yield Block(match[1], match[2].split(), match[3], text.count("\n", 0, match.start()) + 1), match.start(3)


def commands_of(block, begin):
    """(command, what is shown) of a block."""
    parts = re.split(r"^\$ ", block.text, flags=re.MULTILINE)
    if parts[0].strip():
        raise Wrong("a console block begins with '$ '")
    place = begin + len(parts[0])
    for part in parts[1:]:
        command = re.match(r"(?:[^\n]*\\\n)*[^\n]*\n", part)[0]
        place += 2
        yield command.strip(), Shown(part[len(command) :], place + len(command))
        place += len(part)


def trimmed(text):
    return "\n".join(line.rstrip() for line in text.strip("\n").splitlines())


def pattern_of(shown):
    """A pattern for what is shown: "..." is anything."""
    return re.compile(".*?".join(re.escape(piece) for piece in trimmed(shown).split("...")), re.DOTALL)


def renewed(shown, printed):
    """What is shown with the numbers that are printed and the blanks around them, or nothing if more than these differs."""
    parts = VARIES.split(trimmed(shown))  # what stays and what varies take turns
    pattern = "".join(re.escape(part) if number % 2 == 0 else PATTERN_OF.get(part.strip(), f"({NUMBER})") if part.strip() else "( +)"
                      for number, part in enumerate(parts))
    match = re.fullmatch(pattern, trimmed(printed), re.DOTALL)
    if not match:
        return None
    found = iter(match.groups())
    return "".join(part if number % 2 == 0 or part == "..." else next(found) for number, part in enumerate(parts)) + "\n"


class Shell:
    """One shell for each tutorial: what it exports and where it is stays."""

    def __init__(self, folder):
        self.errors = folder / "errors"
        self.process = subprocess.Popen(["bash", "-o", "pipefail"], cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        text=True, encoding="utf-8")

    def run(self, command):
        """What the command prints, and its status."""
        self.process.stdin.write(f"{{ {command}\n}} </dev/null 2>'{self.errors}'\nprintf '\\n:END: %s\\n' $?\n")
        self.process.stdin.flush()
        lines = []
        for line in self.process.stdout:
            if line.startswith(":END: "):
                return "".join(lines)[:-1], int(line.split()[1])
            lines.append(line)
        raise Wrong(f"the shell ended: {''.join(lines)[-500:]}")

    def end(self):
        self.process.stdin.close()
        self.process.wait()


class Tutorial:
    def __init__(self, path, program, folder, arguments):
        self.path, self.folder, self.arguments = path, folder, arguments
        self.text = path.read_text(encoding="utf-8")
        self.renewals, self.findings = [], []
        self.count = 0
        folder.mkdir(parents=True)
        for name in ("jobs", "analysis"):
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        (folder / "build/release").mkdir(parents=True)
        (folder / "build/release/latecomer").symlink_to(program)

    def run(self):
        names = {"__name__": self.path.stem}
        shell, before, printed = Shell(self.folder), os.getcwd(), None
        os.chdir(self.folder)
        try:
            for block, begin in blocks_of(self.text):
                try:
                    printed = self.take(block, begin, shell, names, printed)
                except Wrong as wrong:
                    printed = "skipped"  # a text behind it says nothing of its own
                    self.findings.append(f"{self.path.name}:{block.line}: {wrong}")
        finally:
            os.chdir(before)
            shell.end()
        if self.arguments.update and self.renewals:
            self.renew()

    def take(self, block, begin, shell, names, printed):
        """Does what a block says; returns what a block of Python has printed, for the text behind it."""
        if unknown := set(block.marks) - {"long", "cluster"}:
            raise Wrong(f"unknown mark {min(unknown)}")
        if "cluster" in block.marks or ("long" in block.marks and not self.arguments.long):
            return "skipped" if block.kind == "python" else None
        if block.kind == "console":
            for command, shown in commands_of(block, begin):
                output, status = shell.run(command)
                self.compare(command, shown, output)
                if status and not (status == BROKEN_PIPE and "| head" in command):
                    raise Wrong(f"{command}: status {status}\n{output[-2000:]}{shell.errors.read_text(encoding='utf-8')[-2000:]}")
        elif block.kind in ("toml", "csv"):
            name = re.match(r"# (\S+)\n", block.text)
            if not name:
                raise Wrong("the first line of a file is '# NAME'")
            (self.folder / name[1]).write_text(block.text, encoding="utf-8")
        elif block.kind == "python":
            self.count += 1
            return session(block.text, names)
        elif block.kind == "text" and printed is not None:
            if printed != "skipped":
                self.compare("python", Shown(block.text, begin), printed)
        else:
            raise Wrong(f"a block of {block.kind} that is not tested; see tests/documents/tutorials.py")
        return None

    def compare(self, command, shown, printed):
        self.count += 1
        if pattern_of(shown.text).fullmatch(trimmed(printed)):
            return
        if self.arguments.update and (new := renewed(shown.text, printed)) is not None:
            self.renewals.append((shown, new))
            return
        difference = difflib.unified_diff(trimmed(shown.text).splitlines(), trimmed(printed).splitlines(), "shown", "printed", lineterm="")
        self.findings.append(f"{self.path.name}: {command}\n" + "\n".join(difference))

    def renew(self):
        text = self.text
        for shown, new in reversed(self.renewals):
            text = text[: shown.begin] + new + text[shown.begin + len(shown.text) :]
        self.path.write_text(text, encoding="utf-8")
        print(f"{self.path.name}: {len(self.renewals)} blocks have new numbers")


def session(code, names):
    """What the code prints; figures are drawn without a screen."""
    stream = io.StringIO()
    try:
        with contextlib.redirect_stdout(stream):
            exec(compile(code, "tutorial", "exec"), names)
    except Exception:
        raise Wrong(f"{code}\n{traceback.format_exc()}") from None
    return stream.getvalue()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("program", type=Path)
    parser.add_argument("scratch", type=Path)
    parser.add_argument("--long", action="store_true", help="also what takes a minute")
    parser.add_argument("--update", action="store_true", help="write numbers that are printed now into the tutorials")
    parser.add_argument("tutorials", nargs="*", type=Path)
    arguments = parser.parse_intermixed_args()
    os.environ.update(MPLBACKEND="Agg", OMP_NUM_THREADS="1", PYTHONDONTWRITEBYTECODE="1", COLUMNS="120")
    failures = 0
    for path in arguments.tutorials or sorted((ROOT / "jobs/documents/tutorials").glob("*.md")):
        begin, folder = time.monotonic(), arguments.scratch.resolve() / path.stem
        tutorial = Tutorial(path.resolve(), arguments.program.resolve(), folder, arguments)
        tutorial.run()
        for finding in tutorial.findings:
            print(f"FAILED: {finding}")
            failures += 1
        print(f"{path.name}: {tutorial.count} blocks, {time.monotonic() - begin:.0f} s", flush=True)
    return min(failures, 1)


if __name__ == "__main__":
    sys.exit(main())
