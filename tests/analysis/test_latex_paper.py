"""What make_paper writes for LaTeX compiles with names that LaTeX would take for commands, and fits its page.

    LATECOMER_RUN=<folder> python3 -m unittest tests.analysis.test_latex_paper
"""

import os
import re
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

import h5py

from latecomer import paper
from tests.analysis.made_study import make_study

RUN = Path(os.environ["LATECOMER_RUN"])
SCENARIOS = ["none", "a_b & 50%", "c#1 {x} ~^\\ $y$", "łódź_ąđ 中 \"<é>\""]
ECONOMIES = ["Côte_d’Ivoire", "São Tomé & P.", "Türkiye", "Việt Nam", "Ελλάδα", "50%_$", "PAK", "PHL", "ZAF", "GRC", "BGR"]
GROUPS = {"latecomers": ECONOMIES, "low_income": ECONOMIES[:4], "lower_middle_income": ECONOMIES[4:8], "high_income": ECONOMIES[8:]}
MOST_OVERFULL = 5.0  # points
NO_FONTS_MADE = {"MKTEXTFM": "0", "MKTEXPK": "0", "MKTEXMF": "0"}  # what is not installed is not made on the way


class Compiled(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def compiled(self, *arguments):
        """The log of the second call of pdflatex."""
        out = self.folder / "paper"
        self.assertEqual(paper.main([*map(str, arguments), "--out", str(out), "--quiet"]), 0)
        for _ in range(2):
            done = subprocess.run(["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "paper.tex"], cwd=out, timeout=600,
                                  env={**os.environ, **NO_FONTS_MADE, "max_print_line": "1000"}, capture_output=True, check=False)
            log = (out / "paper.log").read_text("utf-8", errors="replace")
            self.assertEqual(done.returncode, 0, log[-3000:])
        return out, log

    def check(self, out, log):
        for figure in out.glob("figures/*.pdf"):
            self.assertIn(rf"\input{{figures/{figure.stem}}}", (out / "paper.tex").read_text("utf-8"))
            self.assertIn(f"figures/{figure.name}", log)
        for table in out.glob("tables/*.tex"):
            self.assertIn(rf"\input{{tables/{table.stem}}}", (out / "paper.tex").read_text("utf-8"))
        too_wide = [line for line in log.splitlines()
                    if (found := re.match(r"Overfull \\[hv]box \(([\d.]+)pt", line)) and float(found[1]) > MOST_OVERFULL]
        self.assertEqual(too_wide, [])
        for trouble in ("Float too large", "Missing character", "undefined"):
            self.assertNotIn(trouble, log)

    def test_the_paper_of_a_study(self):
        study = make_study(self.folder / "study.h5", replicates=4, scenarios=SCENARIOS, groups=GROUPS)
        self.check(*self.compiled(study))

    def test_the_paper_of_a_study_of_many_scenarios(self):
        study = make_study(self.folder / "study.h5", replicates=2, scenarios=["none", *(f"instrument_{i} & 50%" for i in range(16))])
        self.check(*self.compiled(study))

    def test_the_paper_of_a_run(self):
        shutil.copytree(RUN, self.folder / "run")
        with h5py.File(self.folder / "run" / "series.h5", "r+") as file:
            file.attrs["scenario"] = SCENARIOS[1]
        self.check(*self.compiled(self.folder / "run", "--program", os.environ["LATECOMER_PROGRAM"]))


if __name__ == "__main__":
    unittest.main()
