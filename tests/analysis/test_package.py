"""import latecomer: what people call, on results of the program and on made studies.

    LATECOMER_RUNS=<folder with runs/none, runs/low_value, studies/responses, studies/ensemble> python3 -m unittest tests.analysis.test_package
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

import h5py
import numpy as np
import pandas as pd

import latecomer
from latecomer import run_figures, study_figures
from latecomer.statistics.responses import responses
from tests.analysis.made_study import make_study

ROOT = Path(__file__).resolve().parents[2]
RESULTS = Path(os.environ["LATECOMER_RUNS"])
NONE, STUDY, ENSEMBLE = (RESULTS / name for name in ("runs/none", "studies/responses", "studies/ensemble"))
IMPORT = """
import os, sys
before = dict(os.environ), sorted(os.listdir("."))
import latecomer
assert not {"matplotlib", "numpy", "pandas"} & set(sys.modules), "imports too much"
run = latecomer.open_run(sys.argv[1])
latecomer.firms(run), latecomer.tidy(sys.argv[2]), latecomer.economies(), latecomer.observed()
assert "matplotlib" not in sys.modules, "imports matplotlib"
assert (dict(os.environ), sorted(os.listdir("."))) == before, "changes the environment"
"""


class Interface(unittest.TestCase):
    def test_importing_and_reading_changes_nothing_and_needs_no_matplotlib(self):
        subprocess.run([sys.executable, "-c", IMPORT, NONE, STUDY], check=True)

    def test_every_public_name_is_there_and_tells_what_it_does(self):
        for name in latecomer.PUBLIC:
            self.assertTrue((getattr(latecomer, name).__doc__ or "").strip(), name)
            self.assertIn(name, dir(latecomer))
        with self.assertRaises(AttributeError):
            latecomer.nothing_of_the_kind
        self.assertTrue(issubclass(latecomer.Unusable, ValueError))

    def test_the_version_is_that_of_the_project(self):
        project = re.search(r"VERSION (\d+\.\d+\.\d+)", (ROOT / "CMakeLists.txt").read_text(encoding="utf-8"))[1]
        cited = re.search(r"^version: (.+)$", (ROOT / "CITATION.cff").read_text(encoding="utf-8"), re.MULTILINE)[1]
        self.assertEqual((latecomer.__version__, cited), (project, project))

    def test_results_are_opened_by_what_they_are(self):
        for path in (NONE, NONE / "series.h5", str(NONE)):
            self.assertEqual(latecomer.open_run(path).name, "smoke")
        self.assertEqual(latecomer.open_study(STUDY).scenarios, ["none", "low_value"])
        for function, path, words in ((latecomer.open_run, STUDY, "is a study"), (latecomer.open_study, NONE, "is a run"),
                                      (latecomer.open_result, RESULTS / "nothing", "does not exist"), (latecomer.open_run, RESULTS, "holds neither")):
            with self.assertRaisesRegex(latecomer.Unusable, words):
                function(path)

    def test_the_environment_is_as_before_whatever_the_user_has_said_of_locks(self):
        name = "HDF5_USE_FILE_LOCKING"
        for said in (None, "TRUE"):
            with mock.patch.dict(os.environ):
                os.environ.pop(name, None)
                os.environ.update({} if said is None else {name: said})
                latecomer.open_run(NONE)
                self.assertEqual(os.environ.get(name), said)


class Runs(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.run_of_none = latecomer.open_run(NONE)

    def test_an_output_has_its_coordinates_and_a_year(self):
        gaps = self.run_of_none["gap_by_stage"]
        self.assertEqual(gaps.dims, ("time", "country", "stage"))
        self.assertEqual(gaps["year"].values.tolist(), [quarter // 4 for quarter in range(40)])
        self.assertEqual((float(gaps["time"][0]), int(gaps["quarter"][0]), gaps.attrs["units"]), (0.25, 0, "1"))
        with self.assertRaisesRegex(latecomer.Unusable, r"no output 'gap_by_stages' \(did you mean 'gap_by_stage'\?\)"):
            self.run_of_none["gap_by_stages"]

    def test_firms_are_those_of_the_files_in_order(self):
        panel = latecomer.firms(self.run_of_none)
        self.assertEqual(panel["quarters_completed"].unique().tolist(), list(range(4, 41, 4)))
        self.assertEqual(panel["id"].dtype, np.uint64)
        for quarters, part in panel.groupby("quarters_completed"):
            with h5py.File(NONE / f"firms/firms_{quarters:04d}.h5") as file:
                np.testing.assert_array_equal(part["id"], file["firm"][()])
                np.testing.assert_array_equal(part["revenue"], file["revenue"][()])
                np.testing.assert_array_equal(part["capability_storage"], file["capability"][:, 1])
                names = file["country"][()].astype(str)[file["country_index"][()]]
                self.assertEqual(part["country"].tolist(), names.tolist())
        self.assertTrue((panel["time"] == panel["quarters_completed"] / 4).all())
        self.assertNotIn("year", panel)  # no calendar

    def test_firms_are_chosen_before_they_are_joined(self):
        everyone = latecomer.firms(self.run_of_none)
        some = latecomer.firms(NONE, quarter=[8, 40], columns=["revenue", "capability"], countries="IND", positions=["ANA", "COL"])
        wanted = everyone.query("quarters_completed in (8, 40) and country == 'IND' and position in ('ANA', 'COL')")
        pd.testing.assert_frame_equal(some, wanted[list(some)].reset_index(drop=True))
        self.assertEqual(list(some)[5:], ["revenue", *(f"capability_{stage}" for stage in ("collection", "storage", "analytics", "applications"))])
        count = len(latecomer.firms(self.run_of_none, columns=[], countries="IND"))
        self.assertEqual(len(latecomer.firms(self.run_of_none, columns=[], countries="IND", most=count)), count)
        with self.assertRaisesRegex(latecomer.Unusable, "more than .*: choose with quarter, countries or positions"):
            latecomer.firms(self.run_of_none, countries="IND", most=count - 1)

    def test_firms_that_are_not_there_are_refused(self):
        for choice, words in (({"quarter": 3}, "no snapshot after 3 quarters: it has them after 4, 8, 12, ..., 40"), ({"columns": ["revenu"]}, "mean 'revenue'"),
                              ({"countries": "INDIA"}, "'INDIA' is no country"), ({"positions": ["APP"]}, "'APP' is no position")):
            with self.assertRaisesRegex(latecomer.Unusable, words):
                latecomer.firms(self.run_of_none, **choice)

    def test_identities_beyond_53_bits_and_files_that_are_broken(self):
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / "run"
            shutil.copytree(NONE, copy)
            large = 2**63 + 2**54 + 1
            with h5py.File(copy / "firms/firms_0040.h5", "r+") as file:
                file["firm"][-1] = large
            self.assertEqual(int(latecomer.firms(copy, 40)["id"].iloc[-1]), large)
            (copy / "firms/firms_0040.h5").write_bytes(b"no file of HDF5")
            with self.assertRaisesRegex(latecomer.Unusable, "firms_0040.h5' cannot be read as a snapshot of firms"):
                latecomer.firms(copy)
            shutil.rmtree(copy / "firms")
            with self.assertRaisesRegex(latecomer.Unusable, "no snapshots of firms: run it with --snapshot-every 4"):
                latecomer.firms(copy)


class Studies(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.study = latecomer.open_study(STUDY)

    def test_tidy_has_a_line_for_every_value(self):
        table = latecomer.tidy(self.study)
        self.assertEqual(list(table), ["scenario", "point", "replicate", "outcome", "economy", "value"])
        value = table.query("scenario == 'low_value' and replicate == 2 and outcome == 'welfare' and economy == 'IND'")["value"]
        run = (self.study.data["scenario_number"] == 1) & (self.study.data["replicate"] == 2)
        self.assertEqual(value.tolist(), self.study.data["welfare"].sel(country="IND").values[run.values].tolist())
        world = table[table["outcome"] == "world_takeovers"]
        self.assertTrue(world["economy"].isna().all())
        self.assertEqual(len(world), 8)
        self.assertNotIn("USA", table.loc[table["outcome"] == "gap_at_end", "economy"].tolist())
        with self.assertRaisesRegex(latecomer.Unusable, "no outcome 'gap'.*: it has .*gap_at_end"):
            latecomer.tidy(self.study, "gap")

    def test_points_have_their_parameters_and_failed_runs_are_left_out(self):
        with tempfile.TemporaryDirectory() as folder:
            study = latecomer.open_study(make_study(Path(folder) / "study.h5", replicates=2, points=3, failed=(4,)))
            table = latecomer.tidy(study, ["gap_at_end"])
            self.assertEqual(len(table), (len(study.data["run"]) - 1) * 11)
            values = study.data["parameter_value"].sel(parameter="trade.barrier").values[[2, 3]]
            found = table.query("scenario == 'none' and point == 1 and economy == 'IND'").sort_values("replicate")
            self.assertEqual(found["trade.barrier"].tolist(), values.tolist())
            self.assertNotIn("trade.barrier", latecomer.tidy(study, ["gap_at_end"], parameters=False))
            pairs = latecomer.difference(study, outcomes="gap_at_end").groupby("scenario").size()
            self.assertEqual(pairs.unique().tolist(), [5 * 11])  # the run that failed was of the reference

    def test_differences_have_the_means_of_the_report_and_of_the_table_of_comparisons(self):
        table = latecomer.difference(self.study, outcomes=["gap_at_end", "application_share", "world_application_share"])
        self.assertTrue((table["difference"] == table["value"] - table["reference"])[table["difference"].notna()].all())
        own = table[table["economy"].isin(self.study.latecomers) | table["economy"].isna()].groupby("outcome")["difference"].mean()
        compared = latecomer.mean_difference(self.study, outcomes=list(own.index)).set_index("outcome")
        np.testing.assert_allclose(compared["difference"][own.index], own, rtol=1e-12)
        for outcome, quantity in (("gap_at_end", "gap_closed"), ("application_share", "application_share")):
            (line,) = latecomer.effects(self.study, quantity).query("group == 'latecomers'").itertuples()
            found = compared.loc[outcome, ["difference", "low", "high"]].tolist()
            np.testing.assert_allclose([line.value, line.low, line.high], found, rtol=1e-9)

    def test_an_outcome_without_values_has_a_line_only_where_it_is_asked_for(self):
        self.assertTrue(self.study.frame["quarters_to_catch_up"].isna().all())  # nobody catches up in ten years
        self.assertNotIn("quarters_to_catch_up", latecomer.mean_difference(self.study)["outcome"].tolist())
        (line,) = latecomer.mean_difference(self.study, outcomes="quarters_to_catch_up").itertuples()
        self.assertEqual(line.pairs, 0)

    def test_lines_of_tables_are_numbered_through(self):
        for table in (latecomer.tidy, latecomer.difference, latecomer.effects):
            found = table(self.study)
            self.assertEqual(found.index.tolist(), list(range(len(found))), table.__name__)

    def test_another_reference_turns_the_sign(self):
        one, other = (latecomer.mean_difference(self.study, name, "welfare")["difference"][0] for name in ("none", "low_value"))
        self.assertEqual(one, -other)
        self.assertNotEqual(one, 0.0)
        with self.assertRaisesRegex(latecomer.Unusable, r"no scenario 'non' \(did you mean 'none'\?\)"):
            latecomer.difference(self.study, "non")

    def test_over_an_ensemble_differences_by_weight_are_what_the_report_says(self):
        study = latecomer.open_study(ENSEMBLE)
        table = latecomer.difference(study, outcomes="gap_at_end")
        self.assertAlmostEqual(table.groupby("point")["weight"].first().sum(), 1.0)
        sets = table[table["economy"].isin(study.members["latecomers"])].groupby("point").agg({"difference": "mean", "weight": "first"})
        effect = latecomer.effects(study, "gap_closed").query("group == 'latecomers'").iloc[0]
        self.assertAlmostEqual((sets["difference"] * sets["weight"]).sum(), effect["value"], places=12)
        self.assertGreaterEqual(effect["agreement"], 0.5)
        self.assertIn("weight", latecomer.tidy(study, "welfare"))
        self.assertNotIn("learning.innovation_rate", latecomer.tidy(study, "welfare"))
        with self.assertRaisesRegex(latecomer.Unusable, "is an ensemble, .*: call latecomer.effects"):
            latecomer.mean_difference(study)

    def test_responses_are_those_of_the_figures(self):
        found = latecomer.response(self.study, "gap_by_stage", "low_value")
        self.assertEqual(found["mean"].dims, ("time", "group", "stage"))
        table = responses(self.study.data["series_gap_by_stage"], self.study.runs_of_series, "none", {"low_income": ["IND"]})
        for stage, part in table.groupby("part"):
            one = found.sel(group="low_income", stage=stage)
            for name, column in (("mean", "difference"), ("low", "low"), ("high", "high"), ("n", "n")):
                np.testing.assert_array_equal(one[name], part[column])
        self.assertTrue((found["low"] <= found["mean"]).where(found["low"].notnull()).fillna(True).all())
        self.assertGreater(float(abs(found["mean"]).max()), 0.0)
        self.assertEqual(latecomer.response(STUDY, "top_three_storage", "low_value")["mean"].dims, ("time",))
        for arguments, words in ((("gap", "low_value"), "does not keep 'gap'"), (("adoption", "none"), "'none' is the reference")):
            with self.assertRaisesRegex(latecomer.Unusable, words):
                latecomer.response(self.study, *arguments)


class Economies(unittest.TestCase):
    def test_they_are_those_of_the_table_of_economies(self):
        import tomllib

        table = latecomer.economies()
        for key, told in tomllib.loads((ROOT / "jobs/scenarios/economies.toml").read_text(encoding="utf-8"))["country"].items():
            self.assertEqual(table.loc[key].tolist(), [told[name] for name in ("name", "region", "income_group", "role")], key)
        self.assertEqual((len(table), int(table["role"].notna().sum())), (209, 149))

    def test_a_result_tells_its_own(self):
        self.assertEqual(latecomer.economies(NONE).loc["CHN", "role"], "both")
        self.assertEqual(latecomer.economies(STUDY).loc["IND"].tolist(), ["India", "Central and Southern Asia", "low_income", "latecomer"])

    def test_what_is_observed_has_units(self):
        table = latecomer.observed()
        self.assertEqual(list(table), ["iso3", "indicator", "year", "value", "unit", "source"])
        self.assertFalse(table.isna().any().any())
        self.assertTrue(callable(latecomer.observed.load))

    def test_a_forecast_is_judged_without_files(self):
        lines = [("internet_users", key, year, member, 1.0 + year - 2005 + member + place)
                 for place, key in enumerate(latecomer.economies().query("role == 'latecomer'").index) for year in range(2005, 2011) for member in range(3)]
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "members.csv"
            pd.DataFrame(lines, columns=["indicator", "iso3", "year", "member", "value"]).to_csv(path, index=False)
            found = latecomer.score(path, origins=[2005])
            self.assertEqual(os.listdir(folder), ["members.csv"])
        self.assertIn("mae", found.scores)
        self.assertEqual(found.scores.query("indicator == 'internet_users' and year == 2010 and forecast == 'model'")["economies"].gt(100).tolist(), [True])


class Plots(unittest.TestCase):
    def test_every_figure_of_the_lists_is_a_function_with_words(self):
        listed = [function.__name__ for module in (run_figures, study_figures) for group in module.FIGURES.values() for function in group]
        self.assertEqual(latecomer.plot.names(), listed)
        self.assertEqual(len(set(listed)), len(listed), "two figures have one name")
        self.assertFalse({"names", "drawn", "functions", "plotting"} & set(listed), "a figure hides a function of the module")
        for name in listed:
            self.assertIn("Returns a Figure", getattr(latecomer.plot, name).__doc__)
            self.assertIn(name, dir(latecomer.plot))

    def test_figures_are_drawn_or_refused_with_the_reason(self):
        from matplotlib.figure import Figure

        self.assertIsInstance(latecomer.plot.capability_gaps(NONE), Figure)
        several = latecomer.plot.impulse_responses(STUDY)
        self.assertTrue(len(several) > 1 and all(isinstance(figure, Figure) for figure in several))
        self.assertTrue(latecomer.plot.drawn("capability_gaps", NONE)[0].caption)
        for function, path, words in ((latecomer.plot.morris, STUDY, "cannot be drawn of 'responses': "), (latecomer.plot.morris, NONE, "is of a study, and 'smoke' is a run")):
            with self.assertRaisesRegex(latecomer.Unusable, words):
                function(path)
        with self.assertRaisesRegex(AttributeError, "names\\(\\) lists figures"):
            latecomer.plot.moris


class Readme(unittest.TestCase):
    """Examples of analysis/README.md."""

    def test_every_example_runs_and_has_four_lines_at_most(self):
        import matplotlib

        matplotlib.use("Agg")
        text = (ROOT / "analysis/README.md").read_text(encoding="utf-8").partition("\n## The package\n")[2].partition("\n### ")[0]
        examples = re.findall(r"^    import latecomer\n(?:^    .*\n)*", text, re.MULTILINE)
        self.assertEqual(len(examples), 4)
        here = os.getcwd()
        os.chdir(RESULTS)
        try:
            for example in examples:
                lines = [line[4:] for line in example.splitlines()]
                self.assertLessEqual(len(lines) - 1, 4, example)
                exec("\n".join(lines), {})
        finally:
            os.chdir(here)

    def test_the_table_of_functions_names_every_one(self):
        text = (ROOT / "analysis/README.md").read_text(encoding="utf-8")
        for name in set(latecomer.PUBLIC) - {"Run", "Study", "Unusable"}:
            self.assertRegex(text, rf"`{name}\b|, `{name}\(")


if __name__ == "__main__":
    unittest.main()
