"""A drawn figure with its numbers and its caption, and the files that it becomes."""

import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from latecomer import latex
from latecomer.series import Unusable

DPI = 200
LONGEST_NAME = 80  # letters of a file


class NotHere(Exception):
    """Why a figure cannot be drawn from this result, in a line for the reader."""


@dataclass
class LeftOut:
    """One of several figures of a kind that cannot be drawn, and why."""

    name: str
    reason: str


@dataclass
class Drawn:
    """One figure: what it shows, and what stands below it."""

    name: str
    title: str
    figure: object  # of matplotlib
    numbers: pd.DataFrame
    caption: str
    group: str = ""
    files: dict = field(default_factory=dict)  # by kind: pdf, png, csv, txt, tex
    size: tuple = (0.0, 0.0)  # of the printed figure, inches

    def save(self, out):
        """Writes PDF, PNG, CSV, TXT and TEX; the same result gives the same bytes."""
        from latecomer.style import COLUMN, printing

        self.files = {kind: Path(out) / f"{self.name}.{kind}" for kind in ("pdf", "png", "csv", "txt", "tex")}
        try:
            with printing():
                self.figure.savefig(self.files["png"], dpi=DPI, metadata={"Software": None})
                self.figure.set_layout_engine("none")  # places are found, and hold for both files
                # No date in the file: the same run gives the same bytes.
                self.figure.savefig(self.files["pdf"], metadata={"CreationDate": None})
            write_csv(self.files["csv"], self.numbers)
            write_text(self.files["txt"], f"{self.heading()} {self.caption}\n")
            is_wide = self.figure.get_figwidth() > 1.1 * COLUMN
            write_text(self.files["tex"], latex.figure(self.name, self.heading(), self.caption, is_wide))
        except OSError as error:
            raise cannot_write(out, error) from error
        self.size = tuple(float(x) for x in self.figure.get_size_inches())
        return self

    def alternative_text(self):
        """What the picture shows, for those who do not see it: the title and the caption's first sentence."""
        return f"{self.heading()} {self.caption.partition('. ')[0]}."

    def heading(self):
        """The title as a sentence."""
        return self.title if self.title.endswith("?") else f"{self.title}."


def drawings(function, source):
    """What a function of figures draws from a result, as a list of Drawn and LeftOut: one figure, or several of a kind."""
    drawn = function(source)
    return drawn if isinstance(drawn, list) else [drawn]


def file_name(text):
    """A name of a file, and of a label, made of a text of any length and alphabet; another for every text."""
    plain = re.sub(r"[^A-Za-z0-9_-]", "_", text)
    if plain == text and len(text) <= LONGEST_NAME:
        return text
    mark = hashlib.sha256(text.encode("utf-8", errors="backslashreplace")).hexdigest()[:8]
    return f"{plain[: LONGEST_NAME - 9]}_{mark}"


def write_text(path, text):
    """Writes a text that may hold any name, even one that is not UTF-8."""
    path.write_bytes(text.encode("utf-8", errors="backslashreplace"))


def write_csv(path, table):
    """Writes a table with all digits."""
    write_text(path, table.to_csv(index=False, lineterminator="\n"))


def cannot_write(out, error):
    return Unusable(f"cannot write into '{out}' ({error.strerror}): choose another --out")


def caption_of(result, *sentences):
    """A caption: the sentences, then where the numbers are from."""
    hash_name = "state hash" if result.kind == "run" else "study.h5 sha256"
    text = " ".join(sentence.strip() for sentence in sentences if sentence)
    return f"{text} Result: {result.kind} '{result.name}', {hash_name} {result.hash}."


def shown_words(shown, total):
    """A sentence where a figure has not room for all economies."""
    return "" if shown >= total else f"The first {shown} of {total} economies are shown; the CSV has all."


def of_one_run(run):
    """Which run a caption speaks of, and that nothing is known beyond it."""
    seed, replicate = (run.series.attrs.get(name, "?") for name in ("seed", "replicate"))
    return (
        f"Scenario '{run.name}', seed {seed}, replicate {replicate}: n = 1 run, so there is no interval over "
        "replicates."
    )
