"""The user's files, variables, folders and terminal change no byte of a paper; names may be what they like.

    LATECOMER_RUN=<folder> python3 -m unittest tests.analysis.test_surroundings
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from html import escape
from html.parser import HTMLParser
from pathlib import Path

import h5py
import matplotlib
import numpy as np
import pandas as pd
from matplotlib import font_manager

from latecomer import latex, tables
from latecomer.drawn import Drawn, write_csv
from latecomer.names import plain
from latecomer.paper_tables import of_study
from latecomer.results import Run, Study
from latecomer.run_figures import chain
from latecomer.style import PRINT, new_figure, printed, shortened, words
from latecomer.study_figures import policy
from tests.analysis.made_study import make_study

ROOT = Path(__file__).resolve().parents[2]
RUN = Path(os.environ["LATECOMER_RUN"])
NAMES = ["none", "50 % & more_of #1 {a} ~^\\", 'comma, "quote"\nand line', "$\\bad_1$ costs $5 and $6", "数据 Ünïcode 🙂 Ωμέγα",
         "[0.1] <b>&amp;</b>", "*" + "n" * 254]


def contents(folder):
    return {path.relative_to(folder): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


class SameBytes(unittest.TestCase):
    """A whole paper of the first quarters of a run, made again in other surroundings."""

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = Path(folder.name)
        cls.run_folder = cls.folder / "run"
        shutil.copytree(RUN, cls.run_folder)
        with h5py.File(cls.run_folder / "series.h5", "r+") as file:
            file["n_valid"][()] = 14
        for path in sorted(cls.run_folder.glob("firms/*"))[1:]:
            path.unlink()
        cls.paper = contents(cls.make("plain"))

    @classmethod
    def make(cls, name, place=None, umask=0o022, **variables):
        """Makes the paper with these variables (None: not set) from a folder; returns where it is."""
        surroundings = {**os.environ, "HOME": str(cls.folder), **variables}
        surroundings = {key: value for key, value in surroundings.items() if value is not None}
        out = cls.folder / name
        made = subprocess.run(
            [ROOT / "analysis" / "make_paper", cls.run_folder, "--out", out, "--quiet"],
            cwd=place or cls.folder, env=surroundings, capture_output=True, umask=umask, check=False,
        )
        assert made.returncode == 0, made.stderr.decode(errors="replace")
        assert made.stderr == b"", made.stderr.decode(errors="replace")
        return out

    def check_same(self, name, **options):
        again = contents(self.make(name, **options))
        self.assertEqual(sorted(again), sorted(self.paper))
        self.assertEqual([path for path in again if again[path] != self.paper[path]], [])

    def test_the_paper_has_figures(self):
        self.assertGreater(len(self.paper), 30)

    def test_settings_language_and_a_home_that_is_not_there_change_nothing(self):
        place = self.folder / "settings"
        place.mkdir()
        loud = "font.size: 20\nlines.linewidth: 9\nsavefig.dpi: 30\nsavefig.bbox: tight\naxes.facecolor: red\n"
        loud += "font.family: serif\naxes.formatter.use_locale: True\npath.simplify: False\npdf.compression: 0\n"
        (place / "matplotlibrc").write_text(loud)
        self.check_same("settings_1", place=place, MPLCONFIGDIR=str(place), MPLBACKEND="no_such_backend",
                        MATPLOTLIBRC=str(place / "matplotlibrc"), LC_ALL="de_DE.ISO-8859-1", LANG="tr_TR",
                        LC_NUMERIC="de_DE.UTF-8", HOME="/nowhere/at/all", PYTHONIOENCODING="ascii", XDG_CACHE_HOME=None,
                        XDG_CONFIG_HOME=None, OPENBLAS_NUM_THREADS="2", OMP_NUM_THREADS="2", PYTHONHASHSEED="3")

    def test_settings_that_cannot_be_read_no_home_a_strange_date_and_a_mask_change_nothing(self):
        place = self.folder / "broken"
        place.mkdir()
        (place / "matplotlibrc").write_bytes(b"\xff\xfe\x00font.size: 20\n")
        self.check_same("broken_1", place=place, HOME=None, MPLCONFIGDIR="/proc/no", SOURCE_DATE_EPOCH="yesterday",
                        TZ="Pacific/Chatham", COLUMNS="7", LINES="1", TERM="dumb", PYTHONOPTIMIZE="2", PYTHONHASHSEED="0",
                        LC_ALL="C", umask=0o077)

    def test_a_python_that_is_told_to_optimise_works(self):
        told = subprocess.run([sys.executable, "-OO", ROOT / "analysis" / "make_paper", self.folder / "none", "--out", self.folder],
                              env={**os.environ, "PYTHONOPTIMIZE": "2"}, capture_output=True, check=False)
        self.assertEqual((told.returncode, told.stderr.count(b"\n")), (2, 1), told.stderr)
        self.assertIn(b"does not exist", told.stderr)


class Style(unittest.TestCase):
    def test_figures_that_a_program_draws_do_not_take_its_settings(self):
        with tempfile.TemporaryDirectory() as folder:
            for name in ("plain", "loud"):
                (Path(folder) / name).mkdir()
                changes = {} if name == "plain" else {
                    "font.size": 30, "axes.grid": True, "savefig.transparent": True, "font.family": "serif",
                    "savefig.pad_inches": 3, "lines.linestyle": ":", "axes.unicode_minus": False, "agg.path.chunksize": 7}
                with matplotlib.rc_context(changes):
                    chain.capability_gaps(Run(RUN)).save(Path(folder) / name)
                    self.assertEqual(matplotlib.rcParams["font.size"], 30 if changes else 10)
            self.assertEqual(contents(Path(folder) / "plain"), contents(Path(folder) / "loud"))

    def test_only_fonts_that_come_with_matplotlib_are_used(self):
        users = font_manager.fontManager.ttflist
        found = []

        @printed
        def look():
            for family in ("sans-serif", "DejaVu Sans", "No Such Font"):
                found.append(font_manager.findfont(font_manager.FontProperties(family=[family])))

        strange = [font for font in users if "Serif" in font.name]  # a machine with other fonts, none of ours
        font_manager.fontManager.ttflist = strange
        try:
            look()
            self.assertIs(font_manager.fontManager.ttflist, strange)
        finally:
            font_manager.fontManager.ttflist = users
        self.assertEqual({Path(path).name for path in found}, {"DejaVuSans.ttf"})
        self.assertEqual(PRINT["font.sans-serif"], ["DejaVu Sans"])

    def test_powers_of_ten_are_written_without_formulas(self):
        from latecomer.style import PlainPowers

        axis = new_figure()[1][0, 0]
        axis.set(xscale="log", xlim=(1e-3, 1e4))
        formatter = PlainPowers()
        formatter.set_axis(axis.xaxis)
        self.assertEqual([formatter(10.0**n) for n in (-3, 0, 4)], ["10⁻³", "10⁰", "10⁴"])


class Cells(HTMLParser):
    """Texts of a page by the element that they stand in."""

    def __init__(self):
        super().__init__()
        self.texts = []

    def handle_data(self, data):
        self.texts.append(data)


class Names(unittest.TestCase):
    """Scenarios and studies may have any name."""

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = Path(folder.name)
        path = make_study(cls.folder / "study.h5", replicates=3, scenarios=NAMES)
        with h5py.File(path, "r+") as file:
            file.attrs["study"] = "\\input{x} % $y$ " + "s" * 300
        cls.study = Study(path)

    def test_figures_show_them_without_taking_them_for_formulas(self):
        drawn = policy.policy_comparison(self.study).save(self.folder)
        self.assertEqual(list(pd.read_csv(drawn.files["csv"])["scenario"].unique()), NAMES[1:])
        self.assertIn(self.study.name, drawn.files["txt"].read_text("utf-8"))
        shown = [label.get_text() for label in drawn.figure.axes[0].get_yticklabels()]
        self.assertIn("$\\bad 1$ costs $5 and $6", shown)
        self.assertTrue(all(len(text) <= 32 and "\n" not in text for text in shown), shown)

    def test_a_long_name_keeps_its_beginning_and_its_end(self):
        self.assertEqual(shortened("a" * 30 + "bcd", 32), "a" * 22 + "…" + "aaaaaabcd")
        self.assertEqual(len(words("x" * 255)), 32)
        self.assertEqual(words("APP_two_words"), "two words")
        self.assertEqual(words("a\tb\nc\x07"), "a b c?")

    def test_tables_hold_them_whole(self):
        for name, table in of_study(self.study):
            if isinstance(table, str):
                continue
            text, numbers = tables.write(table, self.folder)
            read = pd.read_csv(numbers, keep_default_na=False)
            held = set(read.get("scenario", pd.Series(dtype=str))) | set(read.columns)
            for wanted in NAMES[1:] if table.name in ("policy_comparison", "catch_up", "countries") else []:
                self.assertIn(wanted, held, table.name)
            self.assertNotRegex(text.read_text("utf-8"), r"(?<!\\)[#%](?!\n)", name)

    def test_latex_takes_no_name_for_a_command(self):
        for text in (*NAMES, "a\x07\ud800b", "\\end{document}", "`?", "[", "*"):
            escaped = latex.escape(text)
            bare = escaped
            for written in (r"\textbackslash{}", r"\textasciicircum{}", r"\textasciitilde{}", r"\textless{}",
                            r"\textgreater{}", r"\textbar{}", r"\textquotedbl{}", r"\allowbreak{}", "$-$",
                            r"\{", r"\}", r"\$", r"\&", r"\#", r"\%", r"\_"):
                bare = bare.replace(written, "")
            bare = re.sub(r"\\[`'^~\"=.ucvHkrdb]\{([A-Za-z]|\\[ij])\}", "", bare)  # letters with accents
            bare = bare.replace(r"$\mu$", "")  # the Greek letter as a sign for a millionth
            self.assertNotRegex(bare, r"[\\{}$&#%_^~\n\x00-\x1f]", text)
            escaped.encode("utf-8")

    def test_a_line_that_begins_with_a_bracket_is_no_option_of_the_line_before(self):
        frame = pd.DataFrame({"Scenario": ["a", "[2pt]", "*"], "x": ["1", "2", "3"]})
        text = latex.booktabs(frame, "c", "l")
        self.assertNotRegex(text, r"\\\\\s*[\[*]")

    def test_files_have_names_that_disks_take(self):
        for text in ("a/b", "../../x", "n" * 300, "é", "a b", ""):
            name = tables.file_name(text)
            self.assertRegex(name, r"^[A-Za-z0-9_-]*$")
            self.assertLessEqual(len(name), 80)
        self.assertEqual(tables.file_name("sensitivity_gap_at_end_IDN"), "sensitivity_gap_at_end_IDN")
        self.assertEqual(len({tables.file_name(text) for text in ("a/b", "a.b", "a b", "n" * 300, "n" * 301)}), 5)

    def test_csv_gives_back_commas_quotes_lines_and_what_is_no_text(self):
        table = pd.DataFrame({"name": [*NAMES, "cr\rlf\n", " blank "], "value": np.arange(9.0)})
        write_csv(self.folder / "names.csv", table)
        read = pd.read_csv(self.folder / "names.csv", keep_default_na=False, lineterminator="\n")
        self.assertEqual(read["value"].tolist(), table["value"].tolist())
        self.assertEqual(read["name"].tolist()[:7], NAMES)
        write_csv(self.folder / "halves.csv", pd.DataFrame({"name": ["a\ud800"]}))
        self.assertIn(b"\\ud800", (self.folder / "halves.csv").read_bytes())

    def test_the_page_shows_them_as_they_are(self):
        from latecomer.page import write_page

        figure = policy.policy_comparison(self.study)
        figure.group = "Do pathways differ?"
        made = [table for _, table in of_study(self.study) if not isinstance(table, str)]
        page = write_page(self.folder / "index.html", self.study, None, [figure.save(self.folder)], made, []).read_text("utf-8")
        self.assertIn(escape(NAMES[5]), page)
        self.assertNotIn("<b>", page)
        cells = Cells()
        cells.feed(page)
        self.assertIn(plain(NAMES[1]), cells.texts)
        self.assertIn(NAMES[4], cells.texts)

    def test_events_of_any_alphabet_are_read(self):
        (self.folder / "events.csv").write_bytes(b'quarter,kind,who,where,label\n1,policy,a,IDN,"x, ""y"" \xff"\n')
        from latecomer.result_files import read_table

        self.assertEqual(read_table(self.folder / "events.csv")["label"].tolist(), ['x, "y" \\xff'])


if __name__ == "__main__":
    unittest.main()
