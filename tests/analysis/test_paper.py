"""Tests of make_paper: what it makes, and what it says of bad input.

    LATECOMER_RUN=<folder> LATECOMER_STUDY=<folder> LATECOMER_PAPER=<folder> LATECOMER_REPORT=<file> \\
        python3 -m unittest tests.analysis.test_paper

The paper is that of the study, with the run beside, and the report what merge prints of the study;
tests/cli/analysis_paper.sh makes all four.
"""

import contextlib
import io
import os
import shutil
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

import h5py
import pandas as pd

from latecomer import paper, run_figures, study_figures
from latecomer.results import Run, Study
from tests.analysis.made_study import LATECOMERS, SCENARIOS, make_study

RUN, STUDY, PAPER, REPORT = (Path(os.environ[f"LATECOMER_{name}"]) for name in ("RUN", "STUDY", "PAPER", "REPORT"))


def call(*arguments):
    """Exit status, standard output and standard error of a call."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = paper.main([str(argument) for argument in arguments])
    return status, out.getvalue(), err.getvalue()


class Folder(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)


class WholePaper(unittest.TestCase):
    """The paper that make_paper has made of a study and a run."""

    @classmethod
    def setUpClass(cls):
        cls.study, cls.run_beside, cls.out = Study(STUDY / "study.h5"), Run(RUN), PAPER
        cls.study.beside = cls.run_beside
        cls.page = (cls.out / "index.html").read_text()
        cls.names = sorted(path.stem for path in cls.out.glob("figures/*.pdf"))

    def test_every_figure_that_is_known_is_drawn_or_the_page_says_why_not(self):
        known = [f.__name__ for part in (study_figures, run_figures) for fs in part.FIGURES.values() for f in fs]
        self.assertGreaterEqual(len(self.names), 26)
        left_out = self.page.partition('id="left-out"')[2]
        for name in known:
            self.assertTrue(name in self.names or f"<li>{name.replace('_', ' ')}: " in left_out, name)

    def test_the_figure_of_costs_has_the_core_seconds_of_all_runs(self):
        costs, drawn = pd.read_csv(STUDY / "costs.csv"), pd.read_csv(self.out / "figures" / "cost_of_runs.csv", comment="#")
        self.assertGreater(costs["core_seconds"].sum(), 0.0)
        self.assertAlmostEqual(drawn["core_seconds"].sum(), costs["core_seconds"].sum(), places=6)

    def test_every_figure_has_its_picture_numbers_and_caption(self):
        for name in self.names:
            files = [self.out / "figures" / f"{name}.{kind}" for kind in ("pdf", "png", "csv", "txt")]
            starts = [path.read_bytes()[:4] for path in files[:2]]
            self.assertEqual(starts, [b"%PDF", b"\x89PNG"], name)
            self.assertGreater(len(pd.read_csv(files[2])), 1, name)
            caption = files[3].read_text()
            self.assertIn("n = ", caption, name)
            self.assertTrue(self.study.hash in caption or self.run_beside.hash in caption, caption)
            self.assertIn(f'<figure id="{name}">', self.page)

    def test_every_figure_of_a_study_says_how_its_intervals_are_made(self):
        ways = ("Student", "Wilson", "bootstrap", "noise floor", "with its interval")
        for functions in study_figures.FIGURES.values():
            for function in functions:
                caption = self.out / "figures" / f"{function.__name__}.txt"
                if caption.exists():
                    self.assertTrue(any(way in caption.read_text() for way in ways), caption)

    def test_tables_are_written_as_latex_and_csv(self):
        for name in ("policy_comparison", "catch_up", "countries", "outcomes", "stylised_facts"):
            self.assertRegex((self.out / "tables" / f"{name}.tex").read_text(), r"\\begin\{(tabular|longtable)\}")
            self.assertGreater(len(pd.read_csv(self.out / "tables" / f"{name}.csv")), 1)

    def test_the_page_needs_nothing_but_itself(self):
        self.assertNotRegex(self.page, r"<(script|img|link)[^>]+(src|href)=\"(?!data:)")
        self.assertNotRegex(self.page, r"(src|href)=\"(https?:|/)")
        self.assertIn("default-src 'none'", self.page)

    def test_the_same_result_gives_the_same_bytes(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        again, run = Path(folder.name), self.run_beside
        for source, function in (
            (self.study, study_figures.policy.policy_comparison),
            (self.study, study_figures.countries.twin_peaks),
            (self.study, study_figures.catch_up.time_to_catch_up),
            (run, run_figures.world.clubs),
            (run, run_figures.ladder.ladder),
        ):
            function(source).save(again)
        for path in again.iterdir():
            self.assertEqual(path.read_bytes(), (self.out / "figures" / path.name).read_bytes(), path.name)


class OneNumber(unittest.TestCase):
    """What merge prints, the tables and the figures say the same."""

    @classmethod
    def setUpClass(cls):
        cls.lines, outcome = {}, ""
        for line in REPORT.read_text().splitlines()[2:]:
            outcome = line[:30].strip() or outcome
            cls.lines[outcome, line[30:52].strip()] = [cell.strip() for cell in (line[52:60], line[60:94], line[94:102], line[102:])]
        cls.table = pd.read_csv(PAPER / "tables" / "policy_comparison.csv").set_index(["outcome", "scenario"])

    def said(self, value, low, high):
        return f"{value:.4g} [{low:.4g}, {high:.4g}]"

    def test_differences_and_their_pairs(self):
        drawn = pd.read_csv(PAPER / "figures" / "policy_comparison.csv").set_index(["outcome", "scenario"])
        for outcome in ("gap_at_end", "application_share", "public_cost", "caught_up"):
            for scenario in ("low_value", "sector_applications"):
                _, _, pairs, difference = self.lines[f"{outcome}, latecomers", scenario]
                row = self.table.loc[outcome, scenario]
                self.assertEqual(difference, self.said(row["difference"], row["low"], row["high"]), outcome)
                self.assertEqual((int(pairs), row["pairs"], row["unpaired"]), (4, 4, 0))
                if (outcome, scenario) in drawn.index:
                    line = drawn.loc[outcome, scenario]
                    self.assertEqual(line["mean_difference":"high"].tolist(), row["difference":"high"].tolist())
        self.assertIn(("application_share", "low_value"), drawn.index)

    def test_means_and_shares(self):
        spread = pd.read_csv(PAPER / "figures" / "outcome_distributions.csv").set_index(["outcome", "scenario"])
        shares = pd.read_csv(PAPER / "tables" / "catch_up.csv").set_index("scenario")
        for scenario in ("none", "low_value", "sector_applications"):
            row = spread.loc["application_share", scenario]
            count, mean, *_ = self.lines["application_share, latecomers", scenario]
            self.assertEqual((int(count), mean), (row["n"], self.said(row["mean"], row["mean_low"], row["mean_high"])))
            row = shares.loc[scenario]
            self.assertEqual(self.lines["caught_up, latecomers", scenario][1], self.said(row["share"], row["low"], row["high"]))


class Numbers(Folder):
    def test_a_share_of_one_in_two_of_ten_runs_has_wilson_s_interval(self):
        path = make_study(self.folder / "study.h5", replicates=10, scenarios=["none"])
        with h5py.File(path, "r+") as file:
            file["caught_up"][:, 0] = [1, 0] * 5
        numbers = study_figures.catch_up.catch_up_probability(Study(path)).numbers
        row = numbers[numbers["country"] == LATECOMERS[0]].iloc[0]
        self.assertEqual((row["n"], row["share"]), (10, 0.5))
        self.assertAlmostEqual(row["low"], 0.2366, places=4)
        self.assertAlmostEqual(row["high"], 0.7634, places=4)

    def test_runs_that_failed_count_for_nothing(self):
        path = make_study(self.folder / "study.h5", replicates=4, failed=(0, 1))
        study = Study(path)
        numbers = study_figures.catch_up.catch_up_probability(study).numbers
        self.assertEqual(set(numbers[numbers["scenario"] == "none"]["n"]), {2})
        pairs = study_figures.policy.policy_comparison(study).numbers
        self.assertEqual(set(pairs["pairs"]), {2})

    def test_lead_economies_are_no_latecomers(self):
        study = Study(make_study(self.folder / "study.h5", replicates=2))
        self.assertEqual(study.latecomers, LATECOMERS)

    def test_units_of_a_design_are_its_points(self):
        study = Study(make_study(self.folder / "study.h5", replicates=3, points=4))
        gaps = study.by_unit("gap_at_end")
        self.assertEqual(dict(gaps.sizes), {"scenario": len(SCENARIOS), "unit": 4, "country": len(LATECOMERS)})
        first = study.data["gap_at_end"].values[:3, 0].mean()
        self.assertAlmostEqual(float(gaps[0, 0, 0]), first)


class Refusals(Folder):
    def refused(self, *arguments, words):
        out = self.folder / "out"
        if "--out" not in arguments:
            arguments = (*arguments, "--out", out)
        status, said, err = call(*arguments)
        self.assertEqual((status, said, err.count("\n")), (2, "", 1), err)
        self.assertTrue(err.startswith("make_paper: "), err)
        self.assertIn(words, err)
        self.assertFalse(out.exists(), "something was written")

    def study(self, change=lambda file: None, **named):
        path = make_study(self.folder / "study.h5", replicates=2, extras=False, **named)
        with h5py.File(path, "r+") as file:
            change(file)
        return path

    def test_what_is_not_there_is_named(self):
        self.refused(self.folder / "nothing", words="nothing' does not exist")
        self.refused(self.folder, words="holds neither series.h5 nor study.h5")
        (self.folder / "journal").mkdir()
        self.refused(self.folder, words="latecomer study merge")

    def test_a_file_of_another_kind_is_refused(self):
        other = self.folder / "study.h5"
        other.write_text("not HDF5")
        self.refused(other, words="cannot be read as an HDF5 file")
        other.unlink()
        self.refused(self.study(lambda file: file.attrs.__setitem__("schema", "other")), words="(schema: other)")
        self.refused(self.study(lambda file: file.attrs.__setitem__("schema_version", 99)), words="version 99")
        self.refused(self.study(lambda file: file.__delitem__("gap_at_start")), words="cannot be read as a study")

    def test_a_study_without_a_run_that_is_done_is_refused(self):
        self.refused(self.study(lambda file: file["status"].write_direct(file["status"][:] * 0)), words="no run that is done")

    def test_a_run_beside_must_be_a_run_and_stand_beside_a_study(self):
        path = self.study()
        self.refused(path, "--run", path, words="for --run is a study")
        self.refused(RUN, "--run", RUN, words="--run goes with a study")
        self.refused(RUN, "--windows-run", path, words="for --windows-run is a study")
        self.refused(RUN, "--windows-run", self.folder / "none", words="none' does not exist")

    def test_economies_to_draw_are_some_of_a_study_s(self):
        self.refused(self.study(), "--economy", "XXX", words="'XXX' for --economy is no economy of the study: name one of IDN")
        self.refused(self.study(), *["--economy", "IDN"] * 4, words="--economy is said 4 times: name 3 at most")
        self.refused(RUN, "--economy", "IDN", words="--economy goes with a study")

    def test_a_folder_that_cannot_be_written_is_named(self):
        (self.folder / "file").write_text("")
        self.refused(self.study(), "--out", self.folder / "file/out", words="choose another --out")

    def test_missing_packages_are_named_as_debian_names_them(self):
        for package in ("scipy", "statsmodels", "pandas"):
            with mock.patch.dict(sys.modules, {package: None}):
                self.refused(RUN, words=f"'{package}' is missing")

    def test_a_run_under_way_is_drawn_as_far_as_it_is(self):
        shutil.copy(RUN / "series.h5", self.folder / "series.h5")
        with h5py.File(self.folder / "series.h5", "r+") as file:
            file["n_valid"][()] = 3
            del file.attrs["state_hash"]
        status, _, err = call(self.folder, "--out", self.folder / "out", "--quiet")
        self.assertEqual((status, err), (0, ""))
        self.assertIn("under way", (self.folder / "out/index.html").read_text())


if __name__ == "__main__":
    unittest.main()
