"""What is declared of the model's structure: steps, instruments, levers and positions as `latecomer describe` prints them,
and which behaviour reads which lever, as the sources say."""

import json
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Instruments are told what they amount to, accounts are told what happened; neither is a behaviour.
NO_BEHAVIOUR = ("agents/policy/", "agents/observation/", "agents/countries/identities.cpp")
USE = re.compile(r"\blevers(?:\[[^\]]*\])?\s*\.\s*([a-z_]+)\b")


class Refused(Exception):
    """What is wrong with the declarations or the call, in one line."""


@dataclass(frozen=True)
class Behaviour:
    """A source of the model that reads levers."""

    path: str  # "agents/firms/learning.cpp"
    what: str  # in the words of its folder's README.md
    equations: str


@dataclass
class Structure:
    steps: list  # dicts: step, who, equations, what happens
    instruments: list  # dicts: cell, key, levers (keys), ...
    stages: list  # of the value chain, in their order
    levers: list  # keys
    positions: list  # dicts: key, stage, inputs, upgrade to, ...
    uses: dict  # levers by behaviour, in the order of folders and files


def described(program, what):
    """A table of the manual of the program, as its JSON."""
    try:
        asked = subprocess.run([program, "describe", what, "--format", "json"], capture_output=True, text=True, check=True)
        return json.loads(asked.stdout)
    except (OSError, subprocess.CalledProcessError, ValueError) as error:
        raise Refused(f"'{program} describe {what}' does not tell ({' '.join(str(error).split())}); name the program with --program.") from None


def structure_of(program):
    instruments = described(program, "instruments")
    levers = [row["key"] for row in instruments["lever"]]
    rows = [row | {"levers": list(dict.fromkeys(part.split()[0] for part in row["levers"].split("; ")))} for row in instruments["instrument"]]
    for row in rows:
        for lever in row["levers"]:
            if lever not in levers:
                raise Refused(f"instrument {row['key']} moves {lever}, which is no lever.")
    stages = [row["stage"] for row in instruments["cell"]]
    return Structure(described(program, "model")["event"], rows, stages, levers, described(program, "positions")["position"], uses_of(levers))


def uses_of(levers):
    """The levers that each behaviour reads, in the order of levers."""
    uses = {}
    for path in sorted((ROOT / "agents").rglob("*.cpp")):
        name = str(path.relative_to(ROOT))
        if name.startswith(NO_BEHAVIOUR):
            continue
        text = re.sub(r"//[^\n]*", "", path.read_text(encoding="utf-8"))
        read = {found for found in USE.findall(text) if found in levers}
        if read:
            uses[behaviour_of(path)] = [lever for lever in levers if lever in read]
    idle = [lever for lever in levers if not any(lever in read for read in uses.values())]
    if idle:
        raise Refused(f"no behaviour reads the lever {idle[0]}.")
    return uses


def behaviour_of(path):
    """The line of a source in the table of its folder's README.md."""
    name = str(path.relative_to(ROOT))
    readme = path.parent / "README.md"
    row = re.search(rf"^\| `{path.stem}\.[ch]pp`.*\|$", readme.read_text(encoding="utf-8"), re.MULTILINE)
    if not row:
        raise Refused(f"{readme.relative_to(ROOT)}: has no line for {path.name}, which reads levers.")
    cells = [cell.strip() for cell in row[0].strip("|").split("|")][1:]
    numbers = re.search(r"\(eq\. ([^)]*)\)", row[0])
    equations = numbers[1] if numbers else next((cell for cell in cells if re.fullmatch(r"[\d ,a-z-]*\d[\d ,a-z-]*", cell)), "")
    what = [cell for cell in cells if not cell.startswith("`") and cell != equations]
    return Behaviour(name, re.sub(r"\s*\(eq\. [^)]*\)", "", what[-1]), equations)
