"""Moments by resolution: the battery's numbers, and intervals that are known.

    python3 -m unittest tests.analysis.test_statistics_resolution
"""

import contextlib
import io
import tempfile
import unittest
from pathlib import Path
from unittest import mock

import numpy as np
import xarray as xr
from scipy import stats

from latecomer import resolution as command
from latecomer.results import Run
from latecomer.series import Unusable
from latecomer.statistics import resolution
from tests.analysis.test_statistics_battery import BURN_IN, World, lines

OF_THE_BATTERY = {  # pattern and place among its lines
    "tail_exponent": ("P1", 0), "growth_shape": ("P2", 0), "volatility_slope": ("P3", 0), "productivity_gap": ("P4", 0),
    "turnover": ("P5", 0), "early_exits": ("P5", 1), "exporters": ("P6", 0), "export_premium_revenue": ("P6", 1),
    "export_premium_capability": ("P6", 2), "top_three_storage": ("P9", 0), "climb_from_processing": ("P14", 0),
}


class Moments(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.world = World(lively=True)
        shares = np.full((240, 16, 5), 0.02)
        shares[:BURN_IN] = 0.9  # does not count
        shares[:, 0, 0] = 0.1  # the largest pool of one economy; all others with 20 firms have 0.02
        cls.world.series["largest_share"] = ("time", "country", "position"), shares

    def test_eleven_are_those_of_the_battery_and_one_is_of_pools(self):
        found = resolution.moments(self.world)
        self.assertEqual(list(found), [*OF_THE_BATTERY, "largest_share"])
        for name, (pattern, place) in OF_THE_BATTERY.items():
            self.assertEqual(found[name], lines(pattern, self.world)["estimate"].iloc[place], name)
        self.assertAlmostEqual(found["largest_share"], (0.1 + 22 * 0.02) / 23, places=12)
        self.assertTrue(all(type(value) is float for value in found.values()))

    def test_what_a_run_cannot_tell_is_missing(self):
        world = World(lively=True)
        world.snapshots = {}
        world.series["largest_share"] = self.world.series["largest_share"]
        found = resolution.moments(world)
        self.assertEqual(len(found), 12)
        self.assertTrue(np.isnan(found["tail_exponent"]) and np.isnan(found["exporters"]))
        self.assertTrue(np.isfinite(found["turnover"]))


class Tables(unittest.TestCase):
    def of(self, **samples):
        """The lines of one moment x by resolution; samples: n200=(1, 2), ..."""
        results = {int(name[1:]): [{"x": value} for value in sample] for name, sample in samples.items()}
        return resolution.table(results).set_index("firms_per_country")

    def test_means_have_students_interval(self):
        found = self.of(n200=(1.0, 2.0, 3.0)).loc[200]
        half = 4.302652730 / np.sqrt(3)  # t of two degrees, standard deviation 1
        self.assertAlmostEqual(found["mean"], 2.0)
        self.assertAlmostEqual(found["low"], 2.0 - half, places=8)
        self.assertAlmostEqual(found["high"], 2.0 + half, places=8)
        self.assertEqual(found["replicates"], 3)
        self.assertTrue(np.isnan(found["difference"]))

    def test_differences_are_from_the_first_resolution_with_welchs_interval(self):
        table = self.of(n200=(1.0, 2.0, 3.0), n500=(4.0, 8.0), n2000=(5.0, 5.5, 6.0, 7.5))
        for firms, sample in ((500, (4.0, 8.0)), (2000, (5.0, 5.5, 6.0, 7.5))):
            self.assertAlmostEqual(table.loc[firms, "difference"], np.mean(sample) - 2.0, places=12)
            # The interval ends where Welch's test of that difference has p = .05.
            for end in ("difference_low", "difference_high"):
                moved = np.array(sample) - table.loc[firms, end]
                self.assertAlmostEqual(stats.ttest_ind(moved, (1.0, 2.0, 3.0), equal_var=False).pvalue, 0.05, places=9)

    def test_one_replicate_has_no_interval_and_missing_values_do_not_count(self):
        table = self.of(n200=(1.0, np.nan), n500=(4.0, 8.0, np.nan), n900=(np.nan,))
        self.assertEqual(table["replicates"].tolist(), [1, 2, 0])
        self.assertEqual(table.loc[[200, 500], "mean"].tolist(), [1.0, 6.0])
        self.assertEqual(table.loc[500, "difference"], 5.0)
        self.assertTrue(table.loc[200, ["low", "high"]].isna().all())
        self.assertTrue(table.loc[900, ["mean", "difference"]].isna().all())
        self.assertTrue(table["difference_low"].isna().all())

    def test_replicates_that_are_all_equal_are_certain(self):
        found = self.of(n200=(1.0, 1.0), n500=(4.0, 4.0)).loc[500]
        self.assertEqual(found[["low", "high", "difference_low", "difference_high"]].tolist(), [4.0, 4.0, 3.0, 3.0])


class Command(unittest.TestCase):
    def test_the_table_is_markdown_with_a_column_of_differences(self):
        table = resolution.table({200: [{"x": 1.0, "y": 3.0}], 500: [{"x": 4.0, "y": 3.0}, {"x": 4.0, "y": 3.0}]})
        self.assertEqual(command.markdown(table, {200: 1, 500: 2}).splitlines(), [
            "| moment | 200 firms, n = 1 | 500 firms, n = 2 | 500 less 200 |",
            "| --- | --- | --- | --- |",
            "| x | 1 | 4 [4, 4] | 3 |",
            "| y | 3 | 3 [3, 3] | 0 |",
        ])

    def test_runs_are_grouped_by_their_resolution_from_the_smallest(self):
        class Made:
            def __init__(self, path):
                self.firms_per_country = int(path.split("-")[0])
                self.value = float(path.split("-")[1])

        with mock.patch("latecomer.results.Run", Made), \
                mock.patch("latecomer.statistics.resolution.moments", lambda run: {"x": run.value}):
            lines_of = command.table_of(["2000-4", "200-1", "2000-6", "200-3"]).splitlines()
        self.assertEqual(lines_of[0], "| moment | 200 firms, n = 2 | 2000 firms, n = 2 | 2000 less 200 |")
        self.assertTrue(lines_of[2].startswith("| x | 2 [") and "| 3 [" in lines_of[2], lines_of[2])

    def test_what_is_no_run_is_refused_in_one_line(self):
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            status = command.main(["/nowhere"])
        self.assertEqual((status, out.getvalue(), err.getvalue().count("\n")), (2, "", 1))
        self.assertTrue(err.getvalue().startswith("latecomer.resolution: '/nowhere"), err.getvalue())

    def test_the_resolution_is_that_of_the_scenario(self):
        series = xr.Dataset({"country_role": ("country", ["lead"])}, coords={"country": ["A"], "position": ["COL"]})
        text = '[run]\nquarters = 9\n\n[world]\ninitial = "table"\nfirms_per_country = 750\n\n[output]\n'
        with tempfile.TemporaryDirectory() as folder, mock.patch("latecomer.run_result.open_series", lambda path: series):
            for said, wanted in ((text, 750), ("[output]\nfirms_per_country = 1\n", None)):
                series.attrs["scenario_text"] = said
                run = Run(Path(folder) / "series.h5")
                if wanted:
                    self.assertEqual(run.firms_per_country, wanted)
                else:
                    with self.assertRaisesRegex(Unusable, "does not tell its world.firms_per_country"):
                        run.firms_per_country


if __name__ == "__main__":
    unittest.main()
