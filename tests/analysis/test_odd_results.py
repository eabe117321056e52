"""A run or a study that lacks what figures need has a paper, which says what is not there.

    LATECOMER_RUN=<folder> LATECOMER_ALONE=<folder> python3 -m unittest tests.analysis.test_odd_results

LATECOMER_ALONE: a run of one economy, which is no latecomer; tests/cli/analysis_odd_results.sh makes both.
"""

import contextlib
import io
import itertools
import os
import shutil
import tempfile
import unittest
import warnings
from pathlib import Path

import h5py
import numpy as np
import pandas as pd

from latecomer import paper, run_figures, study_figures, tables
from latecomer.drawn import LeftOut, NotHere, drawings
from latecomer.paper_tables import plan
from latecomer.results import Run, Study
from tests.analysis.made_study import make_study

RUN, ALONE = (Path(os.environ[f"LATECOMER_{name}"]) for name in ("RUN", "ALONE"))


class Odd(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def everything_of(self, result, groups):
        """Names of figures and tables that are there, and reasons of the others; anything else is a failure."""
        made, missing = set(), {}
        with warnings.catch_warnings():
            warnings.simplefilter("error", UserWarning)
            for function in itertools.chain(*groups.FIGURES.values()):
                try:
                    for drawn in drawings(function, result):
                        if isinstance(drawn, LeftOut):
                            missing[drawn.name] = drawn.reason
                            continue
                        made.add(drawn.name)
                        self.assertGreater(len(drawn.numbers), 0, drawn.name)
                        self.assertNotIn("nan", drawn.caption)
                except NotHere as reason:
                    missing[function.__name__] = str(reason)
        for name, table in plan(result, result if result.kind == "run" else None, None, None):
            if isinstance(table, str):
                missing[name] = table
                continue
            made.add(table.name)
            text = tables.write(table, self.folder / "tables")[0].read_text("utf-8")
            self.assertNotIn("nan", text)
        self.assertTrue(all(len(reason) > 8 for reason in missing.values()), missing)
        return made, missing

    def of_run(self, change=lambda file: None, files=()):
        """Of a copy of the run with a change to its series and without some of its files."""
        shutil.copytree(RUN, self.folder / "run")
        with h5py.File(self.folder / "run" / "series.h5", "r+") as file:
            change(file)
        for name in files:
            for path in list((self.folder / "run").glob(name)):
                path.unlink()
        return self.everything_of(Run(self.folder / "run"), run_figures)


class Runs(Odd):
    def test_a_run_without_latecomers_has_a_paper(self):
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            status = paper.main([str(ALONE), "--out", str(self.folder / "paper"), "--quiet"])
        self.assertEqual((status, err.getvalue()), (0, ""))
        page = (self.folder / "paper" / "index.html").read_text("utf-8")
        for name in ("ladder", "adoption", "capability gaps", "outcomes of the run"):
            self.assertIn(f"<li>{name}: the run has no latecomer economy</li>", page)

    def test_a_run_whose_economies_all_lead_says_so(self):
        def lead(file):
            file["country_role"][:] = np.array(["lead"] * len(file["country_role"]), dtype=object)
            for name in ("gap_by_stage", "domestic_share"):
                file[name][:] = np.nan

        made, missing = self.of_run(lead)
        self.assertEqual(missing["policy"], "the run has no latecomer economy")
        self.assertTrue({"concentration", "turnover", "stylised_facts"} <= made, made)

    def test_a_run_without_firms_says_so(self):
        def empty(file):
            for name in ("firms", "entrants", "exits", "adoption", "data_kept", "data_localised",
                         "data_exported", "data_not_captured", "data_flow", "revenue"):
                file[name][:] = 0.0
            for name in ("gap_by_stage", "domestic_share", "capability_index"):
                file[name][:] = np.nan

        made, missing = self.of_run(empty, ["firms/*"])
        for name in ("turnover", "positions_of_firms", "data_balance", "data_flows", "clubs", "size_distribution"):
            self.assertIn(name, missing)
        self.assertIn("stylised_facts", made)

    def test_a_run_without_events_outcomes_or_snapshots_says_so(self):
        made, missing = self.of_run(files=["firms/*", "events.csv", "outcomes.csv"])
        self.assertIn("events.csv", missing["chronicle"])
        self.assertIn("outcomes.csv", missing["outcomes of the run"])
        for name in ("size_distribution", "productivity_dispersion", "growth_distribution", "volatility_and_size"):
            self.assertIn("--snapshot-every", missing[name])
        self.assertIn("capability_gaps", made)

    def test_a_chronicle_without_a_line_says_so(self):
        shutil.copytree(RUN, self.folder / "run")
        events = self.folder / "run" / "events.csv"
        for text in (events.read_text().partition("\n")[0] + "\n", "quarter,kind,who,where,label,value\n3,other,x,IND,y,1\n"):
            events.write_text(text)
            with self.assertRaisesRegex(NotHere, "events.csv has no"):
                run_figures.events.chronicle(Run(self.folder / "run"))

    def test_runs_of_a_few_quarters_are_drawn(self):
        for rows in (1, 2, 9):
            made, missing = self.of_run(lambda file, rows=rows: file["n_valid"].__setitem__((), rows), ["firms/*"])
            self.assertIn("capability_gaps", made)
            shutil.rmtree(self.folder / "run")


class Studies(Odd):
    def study(self, change=lambda data: None, **options):
        study = Study(make_study(self.folder / "study.h5", **options))
        change(study.data)
        return self.everything_of(study, study_figures)

    def test_a_study_without_latecomers_says_so(self):
        path = make_study(self.folder / "study.h5", replicates=3, extras=False)
        with h5py.File(path, "r+") as file:
            for name in ("gap_at_start", "gap_at_end"):
                file[name][:] = np.nan
        made, missing = self.everything_of(Study(path), study_figures)
        for name in ("catch_up", "countries", "transitions", "twin_peaks", "highest_stage", "time_to_catch_up"):
            self.assertIn("latecomer", missing[name])
        self.assertIn("stylised_facts", made)

    def test_a_study_with_one_replicate_is_drawn(self):
        made, missing = self.study(replicates=1, extras=False)
        self.assertTrue({"policy_comparison", "catch_up_probability", "catch_up", "countries", "twin_peaks"} <= made, made)
        self.assertEqual(missing["convergence"], "needs three replicates or points")

    def test_a_scenario_all_of_whose_runs_failed_is_left_out(self):
        for failed in (range(0, 3), range(3, 6)):  # the reference; another one
            made, _ = self.study(replicates=3, scenarios=["none", "low_value", "x"], extras=False, failed=tuple(failed))
            self.assertTrue({"outcome_distributions", "catch_up"} <= made, made)

    def test_a_study_in_which_none_catches_up_is_drawn(self):
        path = make_study(self.folder / "study.h5", replicates=3, extras=False)
        with h5py.File(path, "r+") as file:
            file["caught_up"][:, :11] = 0.0
            file["quarters_to_catch_up"][:] = np.nan
        made, _ = self.everything_of(Study(path), study_figures)
        self.assertTrue({"catch_up", "time_to_catch_up", "catch_up_probability"} <= made, made)
        line = pd.read_csv(self.folder / "tables" / "catch_up.csv").iloc[0]
        self.assertAlmostEqual(line["high"], 3.841458821 / (3 + 3.841458821), places=9)  # Wilson, 0 of 3 replicates


if __name__ == "__main__":
    unittest.main()
