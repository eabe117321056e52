"""Impulse responses of studies whose paired differences are known exactly.

    python3 -m unittest tests.analysis.test_statistics_responses
"""

import tempfile
import unittest
from pathlib import Path
from unittest import mock

import h5py
import numpy as np
import pandas as pd
import xarray as xr

from latecomer.drawn import Drawn, LeftOut, NotHere
from latecomer.results import Study
from latecomer.statistics import responses
from latecomer.study_figures import responses as figures
from latecomer.study_figures import running
from tests.analysis.made_study import GROUPS, make_study

YEARS = np.array([0.25, 0.5, 0.75])
EFFECTS = np.array([1.0, 2.0, 6.0])  # of the scenario "more" in three replicates, times the year
# n = 3: mean 3, standard deviation sqrt(7), t of two degrees 4.302653
HALF = 4.302653 * np.sqrt(7.0) / np.sqrt(3.0)


def runs_of(scenarios, replicates, points=None):
    return pd.DataFrame({"scenario": scenarios, "point": points if points is not None else 0, "replicate": replicates})


def series(values, **labels):
    """A series over series_run, time and what else is labelled."""
    dims = ("series_run", "time", *labels)
    return xr.DataArray(values, coords={"time": YEARS, **labels}, dims=dims, name="series_made",
                        attrs={"units": "1", "long_name": "ln of what is made."})


def study_of_three():
    """Three replicates of "none" and "more" with large shocks that pairs share; of B twice the effect of A."""
    shock = 1000.0 * np.random.default_rng(1).normal(size=(3, len(YEARS), 2))
    effect = EFFECTS[:, None, None] * YEARS[:, None] * np.array([1.0, 2.0])
    return (series(np.concatenate([shock, shock + effect]), country=["A", "B"]),
            runs_of(["none"] * 3 + ["more"] * 3, [0, 1, 2] * 2))


class Pairs(unittest.TestCase):
    def test_a_pair_has_the_same_point_and_replicate_and_a_run_without_partner_is_left_out(self):
        runs = runs_of(["none", "more", "none", "more", "more"], [0, 0, 1, 1, 0], [0, 0, 0, 0, 1])
        pairs = responses.pairs_of(runs, "more", "none")
        self.assertEqual(pairs[["place", "place_reference"]].to_numpy().tolist(), [[1, 0], [3, 2]])

    def test_shared_events_cancel(self):
        variable, runs = study_of_three()
        table = responses.responses(variable, runs, "none", {"A": ["A"]})
        np.testing.assert_allclose(table["difference"], 3.0 * YEARS, rtol=1e-9)
        self.assertEqual(table["n"].tolist(), [3, 3, 3])

    def test_the_band_is_students_over_pairs(self):
        variable, runs = study_of_three()
        table = responses.responses(variable, runs, "none", {"B": ["B"]})
        np.testing.assert_allclose(table["high"] - table["difference"], 2.0 * HALF * YEARS, rtol=1e-6)
        np.testing.assert_allclose(table["difference"] - table["low"], 2.0 * HALF * YEARS, rtol=1e-6)

    def test_one_pair_has_a_mean_and_no_band(self):
        variable, runs = study_of_three()
        table = responses.responses(variable[[0, 3]], runs.iloc[[0, 3]], "none", {"A": ["A"]})
        np.testing.assert_allclose(table["difference"], YEARS, rtol=1e-9)
        self.assertTrue(table["low"].isna().all())

    def test_pairs_of_a_point_are_one_observation(self):
        # Points 0 and 1 with effects 1 and 3 (twice each) and 5: the means 2 and 5, n = 2.
        effects = np.array([1.0, 3.0, 5.0, 5.0])
        values = np.concatenate([np.zeros((4, 3)), np.tile(effects[:, None], (1, 3))])
        runs = runs_of(["none"] * 4 + ["more"] * 4, [0, 1] * 4, [0, 0, 1, 1] * 2)
        table = responses.responses(series(values), runs, "none", {"world": []}, "point")
        np.testing.assert_allclose(table["difference"], 3.5)
        self.assertEqual(set(table["n"]), {2})
        # 3.5 +- 12.7062 * 1.5
        np.testing.assert_allclose(table["high"], 3.5 + 12.7062047 * 1.5, rtol=1e-6)


class Groups(unittest.TestCase):
    def test_a_group_is_the_mean_over_its_economies(self):
        variable, runs = study_of_three()
        table = responses.responses(variable, runs, "none", {"both": ["A", "B"]})
        np.testing.assert_allclose(table["difference"], 1.5 * 3.0 * YEARS, rtol=1e-9)

    def test_what_one_run_of_a_pair_lacks_is_left_out_of_both(self):
        variable, runs = study_of_three()
        variable[0, 1, 1] = np.nan  # B in replicate 0 of the reference
        table = responses.responses(variable, runs, "none", {"both": ["A", "B"]})
        # replicate 0 only A: 1; others 1.5 times 2 and 6; times half a year
        self.assertAlmostEqual(table["difference"][1], 0.5 * (1.0 + 3.0 + 9.0) / 3.0, places=9)

    def test_a_series_that_no_pair_has_gives_no_line(self):
        variable, runs = study_of_three()
        variable[3:] = np.nan
        self.assertEqual(len(responses.responses(variable, runs, "none", {"A": ["A"]})), 0)

    def test_every_stage_of_every_economy_is_told_apart(self):
        values = np.zeros((2, 3, 2, 2))
        values[1] = np.array([[1.0, 2.0], [3.0, 4.0]])  # [country, stage]
        variable = series(values, country=["A", "B"], stage=["storage", "analytics"]).transpose(
            "stage", "series_run", "country", "time")
        table = responses.responses(variable, runs_of(["none", "more"], [0, 0]), "none", {"A": ["A"], "B": ["B"]})
        found = table.groupby(["who", "part"])["difference"].first().to_dict()
        self.assertEqual(found, {("A", "storage"): 1.0, ("A", "analytics"): 2.0, ("B", "storage"): 3.0, ("B", "analytics"): 4.0})

    def test_the_largest_responses_are_chosen_by_their_mean_over_time(self):
        table = pd.DataFrame({"scenario": "s", "part": "", "who": ["A", "A", "B", "B", "C", "C", "D", "D"],
                              "difference": [0.0, 5.0, -3.0, -3.0, 1.0, np.nan, 0.0, 0.0]})
        self.assertEqual(responses.largest(table, "who", 2), ["A", "B"])
        self.assertEqual(responses.largest(table, "who", 1), ["B"])
        self.assertEqual(responses.largest(table, "who", 9), ["A", "B", "C"])  # D has none


class Figures(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = Path(folder.name)
        cls.study = Study(make_study(cls.folder / "study.h5", replicates=6))

    def changed(self, change, **options):
        path = make_study(self.folder / "changed.h5", replicates=6, **options)
        with h5py.File(path, "r+") as file:
            change(file)
        return Study(path)

    def test_every_output_is_drawn_and_those_of_economies_by_group_too(self):
        names = {figure.name for figure in figures.impulse_responses(self.study)}
        every = {"adoption", "capability_index", "trade_balance", "gap_by_stage", "top_three_storage"}
        of_economies = every - {"top_three_storage"}
        self.assertEqual(names, {f"impulse_responses_{name}" for name in every} |
                         {f"impulse_responses_{name}_by_group" for name in of_economies})

    def test_the_numbers_of_a_figure_are_those_of_the_series(self):
        numbers = figures.responses_of(self.study, "gap_by_stage").numbers
        line = numbers[(numbers["scenario"] == "low_value") & (numbers["who"] == "latecomers")
                       & (numbers["part"] == "analytics") & (numbers["year"] == 10.0)].iloc[0]
        kept = self.study.data["series_gap_by_stage"].sel(time=10.0, stage="analytics", country=GROUPS["latecomers"])
        # runs of "none" have numbers 0 and 3, those of the fourth scenario 18 and 21
        effects = (kept.sel(series_run=[18, 21]).values - kept.sel(series_run=[0, 3]).values).mean(axis=1)
        self.assertAlmostEqual(line["difference"], effects.mean(), places=12)
        self.assertAlmostEqual(line["high"] - line["low"], 12.7062047 * abs(effects[0] - effects[1]), places=6)
        self.assertEqual(line["n"], 2)

    def test_panels_are_a_row_a_stage_and_a_column_an_economy(self):
        drawn = figures.responses_of(self.study, "gap_by_stage")
        self.assertEqual(drawn.figure.axes[0].get_subplotspec().get_gridspec().get_geometry(), (4, 4))
        self.assertEqual(drawn.figure.axes[0].get_ylabel(), "Collection")
        whos = list(dict.fromkeys(drawn.numbers["who"]))
        self.assertEqual((whos[0], len(whos)), ("latecomers", 4))

    def test_economies_that_are_named_are_drawn(self):
        with mock.patch.object(self.study, "economies", ["USA", "IDN"]):
            numbers = figures.responses_of(self.study, "adoption").numbers
        self.assertEqual(list(dict.fromkeys(numbers["who"])), ["latecomers", "USA", "IDN"])

    def test_a_calendar_in_the_study_s_file_is_shown(self):
        study = self.changed(lambda file: file.attrs.__setitem__("spec", "[study]\nstart_year = 2005\n"))
        self.assertGreater(figures.responses_of(study, "adoption").figure.axes[0].get_xlim()[0], 2004)
        self.assertLess(figures.responses_of(self.study, "adoption").figure.axes[0].get_xlim()[0], 1)

    def test_a_study_that_does_not_tell_groups_says_so_once(self):
        found = figures.impulse_responses(self.changed(lambda file: file.__delitem__("country_income_group")))
        left_out = [figure for figure in found if isinstance(figure, LeftOut)]
        self.assertEqual([figure.name for figure in left_out], ["impulse_responses_by_group"])

    def test_an_output_that_no_scenario_changes_is_left_out_with_the_reason(self):
        study = self.changed(lambda file: file["series_adoption"].write_direct(np.ones(file["series_adoption"].shape)))
        found = {figure.name: figure for figure in figures.impulse_responses(study)}
        self.assertIn("no scenario changes adoption", found["impulse_responses_adoption"].reason)
        self.assertIsInstance(found["impulse_responses_trade_balance"], Drawn)

    def test_what_a_study_lacks_is_said(self):
        with self.assertRaisesRegex(NotHere, "keeps series"):
            figures.impulse_responses(Study(make_study(self.folder / "plain.h5", replicates=2, extras=False)))
        with self.assertRaisesRegex(NotHere, "names no reference"):
            figures.impulse_responses(self.changed(lambda file: file.attrs.__delitem__("reference")))
        with self.assertRaisesRegex(NotHere, "two scenarios"):
            figures.impulse_responses(self.changed(lambda file: None, scenarios=["none"]))

    def test_series_with_stages_have_a_panel_for_each_among_the_chosen_series(self):
        numbers = running.chosen_series(self.study).numbers
        self.assertTrue({"adoption", "gap_by_stage, storage"} <= set(numbers["series"]), set(numbers["series"]))


if __name__ == "__main__":
    unittest.main()
