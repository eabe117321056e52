"""Is the picture of the model's structure that of the program?  It names all that is declared, and is the same when drawn again.

    tests/documents/check_structure.py PROGRAM
"""

import json
import re
import subprocess
import sys
from html import unescape
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHOWN = ROOT / "agents/structure.svg"


def described(what):
    return json.loads(subprocess.run([sys.argv[1], "describe", what, "--format", "json"], capture_output=True, text=True, check=True).stdout)


def words_of(path):
    """All words of a picture, piece by piece."""
    return [unescape(text) for text in re.findall(r"<text[^>]*>(.*?)</text>|<tspan[^>]*>(.*?)</tspan>", path.read_text(encoding="utf-8"), re.DOTALL)
            for text in text if text]


def main():
    subprocess.run([ROOT / "jobs/documents/draw_structure", "--program", sys.argv[1], "--out", "structure.svg"], check=True)
    subprocess.run([ROOT / "jobs/documents/draw_structure", "--program", sys.argv[1], "--out", "again.svg"], check=True)
    instruments = described("instruments")
    names = {row["key"] for row in instruments["lever"]} | {row["key"] for row in described("positions")["position"]}
    parts = {f"{row['cell']}  {row['key']}" for row in instruments["instrument"]}
    steps = {row["step"] for row in described("model")["event"]}
    findings = []
    if Path("structure.svg").read_bytes() != Path("again.svg").read_bytes():
        findings.append("drawn twice, it differs")
    for path in (SHOWN, Path("structure.svg")):
        words = words_of(path)
        for name in sorted(names | parts | steps):
            if name not in words:
                findings.append(f"{path.name}: does not name '{name}'")
        for stage in (row["stage"] for row in instruments["cell"]):
            if not any(stage in text for text in words):
                findings.append(f"{path.name}: does not name the stage '{stage}'")
    if words_of(SHOWN) != words_of(Path("structure.svg")):
        findings.append("agents/structure.svg is not what would be drawn now: call jobs/documents/draw_structure")
    for finding in findings:
        print(finding)
    print(f"{len(names | parts | steps)} names, {len(findings)} findings")
    return min(len(findings), 1)


if __name__ == "__main__":
    sys.exit(main())
