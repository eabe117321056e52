"""Statistics of studies on data whose answer is known.

    python3 -m unittest tests.analysis.test_statistics_studies
"""

import unittest

import numpy as np
import pandas as pd
import xarray as xr
from scipy import stats

from latecomer.statistics import studies
from latecomer.study_figures.catch_up import shares_over_time


def frame(scenarios, caught_up=None, quarters=None, outcome=None, replicates=None, points=None):
    """A study of one latecomer, a line a run."""
    count = len(scenarios)
    return pd.DataFrame(
        {
            "run": range(count),
            "scenario": scenarios,
            "point": points if points is not None else 0,
            "replicate": replicates if replicates is not None else range(count),
            "country": "A",
            "caught_up": caught_up if caught_up is not None else np.isfinite(np.asarray(quarters, float)).astype(float)
            if quarters is not None else 0.0,
            "quarters_to_catch_up": quarters if quarters is not None else np.nan,
            "outcome": outcome if outcome is not None else 0.0,
        }
    )


class Frame(unittest.TestCase):
    def test_a_line_is_a_done_run_and_a_latecomer(self):
        study = xr.Dataset(
            {
                "status": ("run", [1, 2, 1]),
                "scenario_number": ("run", [0, 0, 1]),
                "point": ("run", [5, 5, 5]),
                "replicate": ("run", [0, 1, 0]),
                "gap_at_start": (("run", "country"), [[-1.0, -2.0, np.nan]] * 3),
                "gap_at_end": (("run", "country"), [[-1.0, np.nan, np.nan], [0, 0, 0], [-3.0, -4.0, np.nan]]),
                "world_catch_ups": ("run", [7.0, 8.0, 9.0]),
            },
            coords={"run": [0, 1, 2], "country": ["A", "B", "L"], "scenario": ["none", "all"]},
        )
        table = studies.frame_of(study)
        self.assertEqual(table["run"].tolist(), [0, 0, 2, 2])
        self.assertEqual(table["scenario"].tolist(), ["none", "none", "all", "all"])
        self.assertEqual(table["country"].tolist(), ["A", "B", "A", "B"])
        np.testing.assert_array_equal(table["gap_at_end"], [-1.0, np.nan, -3.0, -4.0])
        np.testing.assert_array_equal(table["gap_closed"], [0.0, np.nan, -2.0, -2.0])
        self.assertEqual(table["world_catch_ups"].tolist(), [7.0, 7.0, 9.0, 9.0])


class Means(unittest.TestCase):
    def test_the_running_mean_has_students_interval(self):
        table = studies.running_mean([1.0, 3.0, np.nan, 5.0])
        self.assertEqual(table["mean"].tolist(), [1.0, 2.0, 3.0])
        self.assertTrue(np.isnan(table["low"][0]))
        # n = 3: 3 +- 4.302653 * 2 / sqrt(3)
        self.assertAlmostEqual(table["high"][2], 3.0 + 4.302653 * 2 / np.sqrt(3), places=5)

    def test_one_point_gives_the_paired_t_test(self):
        random = np.random.default_rng(1)
        first, second = random.normal(size=12), random.normal(0.5, 1, 12)
        both = pd.concat([frame(["none"] * 12, outcome=first), frame(["more"] * 12, outcome=second)])
        line = studies.compare(both, "none", ["outcome"]).iloc[0]
        oracle = stats.ttest_rel(second, first)
        self.assertAlmostEqual(line["p"], oracle.pvalue, places=12)
        self.assertAlmostEqual(line["difference"], (second - first).mean(), places=12)
        self.assertEqual(line["pairs"], 12)

    def test_common_events_cancel(self):
        shock = 100 * np.random.default_rng(2).normal(size=10)
        both = pd.concat([frame(["none"] * 10, outcome=shock), frame(["more"] * 10, outcome=shock + 0.1)])
        line = studies.compare(both, "none", ["outcome"]).iloc[0]
        self.assertAlmostEqual(line["low"], 0.1, places=6)
        self.assertAlmostEqual(line["high"], 0.1, places=6)

    def test_a_run_without_a_partner_is_counted_and_left_out(self):
        both = pd.concat([frame(["none"] * 4, outcome=[0, 1, 2, 100]), frame(["more"] * 3, outcome=[1, 3, 2])])
        line = studies.compare(both, "none", ["outcome"]).iloc[0]
        self.assertEqual((line["pairs"], line["unpaired"], line["baseline"]), (3, 1, 1.0))

    def test_pairs_that_share_replicates_over_points_do_not_count_as_independent(self):
        # Differences depend on the replicate alone: 8 points tell no more than one.
        effect = np.random.default_rng(3).normal(1.0, 1.0, 6)
        points, replicates = (grid.ravel() for grid in np.meshgrid(range(8), range(6)))
        both = pd.concat([
            frame(["none"] * 48, outcome=0.0, points=points, replicates=replicates),
            frame(["more"] * 48, outcome=effect[replicates], points=points, replicates=replicates),
        ])
        line = studies.compare(both, "none", ["outcome"]).iloc[0]
        alone = stats.t.interval(0.95, 5, effect.mean(), stats.sem(effect))
        self.assertAlmostEqual(line["low"], alone[0], delta=0.05 * (alone[1] - alone[0]))
        self.assertAlmostEqual(line["high"], alone[1], delta=0.05 * (alone[1] - alone[0]))

    def test_holm_by_hand(self):
        # p .010 .040 .030 of three: .030, then max(.030 * 2, ...) = .060, then .060
        random = np.random.default_rng(4)
        lines = [frame(["none"] * 9, outcome=0.0)]
        for name, wanted in (("a", 0.010), ("b", 0.040), ("c", 0.030)):
            values = random.normal(size=9)
            values = (values - values.mean()) / stats.sem(values)
            lines.append(frame([name] * 9, outcome=values + stats.t.isf(wanted / 2, 8)))
        table = studies.compare(pd.concat(lines), "none", ["outcome"])
        np.testing.assert_allclose(table["p"], [0.010, 0.040, 0.030])
        np.testing.assert_allclose(table["p_holm"], [0.030, 0.060, 0.060])


class CatchUp(unittest.TestCase):
    def test_the_share_has_wilsons_interval(self):
        line = studies.catch_up_probability(frame(["none"] * 10, [1, 1, 1, 0, 0, 0, 0, 0, 0, 0])).iloc[0]
        self.assertEqual((line["caught_up"], line["trials"], line["units"]), (3, 10, 10))
        self.assertAlmostEqual(line["low"], 0.10779, places=5)
        self.assertAlmostEqual(line["high"], 0.60322, places=5)

    def test_countries_of_one_run_that_move_together_count_once(self):
        one = frame(["none"] * 10, [1, 1, 1, 0, 0, 0, 0, 0, 0, 0])
        four = pd.concat([one] * 4)
        line = studies.catch_up_probability(four).iloc[0]
        self.assertEqual(line["trials"], 40)
        self.assertEqual(line["units"], 10)
        self.assertAlmostEqual(line["low"], 0.10779, places=5)

    def test_where_none_catches_up_only_runs_are_counted(self):
        line = studies.catch_up_probability(pd.concat([frame(["none"] * 10)] * 4)).iloc[0]
        self.assertEqual((line["caught_up"], line["trials"], line["low"]), (0, 40, 0.0))
        self.assertAlmostEqual(line["high"], 1.959964**2 / (10 + 1.959964**2), places=6)

    def test_tables_have_the_shares_and_intervals_of_figures(self):
        random = np.random.default_rng(5)
        hits = (random.uniform(size=(30, 8)) < random.uniform(0, 0.6, size=(30, 1))).astype(float)
        table = pd.concat([frame(["none"] * 30, hits[:, i]) for i in range(8)])
        line = studies.catch_up_probability(table).iloc[0]
        times = np.where(hits == 1, 5.0, np.nan)
        last = shares_over_time(times, np.isfinite(hits), np.arange(30), np.array([0.0, 10.0]))[-1]
        np.testing.assert_allclose(last, line[["share", "low", "high"]].astype(float), rtol=1e-12)
        self.assertEqual(line["units"], 30)

    def test_kaplan_meier_by_hand(self):
        # At risk 5, 4, 2: survival 4/5, then 4/5 * 3/4 = 3/5, a censored one, then 3/5 * 1/2 = 3/10.
        curve = studies.survival_curve([1.0, 2.0, 2.5, 3.0, 4.0], [1, 1, 0, 1, 0])
        np.testing.assert_allclose(curve["years"], [0, 1, 2, 3])
        np.testing.assert_allclose(curve["caught_up"], [0, 0.2, 0.4, 0.7])
        np.testing.assert_allclose(curve["at_risk"], [5, 5, 4, 2])
        # Greenwood at 2 years: 0.6^2 (1/20 + 1/12) = 0.048; log-log ends 0.6^exp(-+1.959964 w)
        w = np.sqrt(0.048) / (0.6 * -np.log(0.6))
        self.assertAlmostEqual(curve["low"][2], 1 - 0.6 ** np.exp(-1.959964 * w), places=6)
        self.assertAlmostEqual(curve["high"][2], 1 - 0.6 ** np.exp(1.959964 * w), places=6)

    def test_who_does_not_catch_up_is_censored_when_it_could_last_be_seen(self):
        table = studies.catch_up_times(frame(["none"] * 4, quarters=[40, np.nan, 80, np.nan]), 200)
        np.testing.assert_allclose(table["years"], [0, 10, 20, 45])  # (200 - 20) / 4
        np.testing.assert_allclose(table["caught_up"], [0, 0.25, 0.5, 0.5])
        self.assertEqual(table["at_risk"].iloc[-1], 2)

    def test_no_catch_up_at_all_is_a_flat_curve(self):
        table = studies.catch_up_times(frame(["none"] * 3, quarters=[np.nan] * 3), 100)
        self.assertEqual(table["caught_up"].tolist(), [0.0, 0.0])
        self.assertEqual(table["years"].tolist(), [0.0, 20.0])
        self.assertTrue(np.isnan(studies.log_rank(frame(["a", "b"], quarters=[np.nan] * 2), 100)[2]))

    def test_the_log_rank_test_by_hand(self):
        # a at 1 and 2 years, b at 3 and 4; events at 1 2 3 4 with at risk (2,2) (1,2) (0,2) (0,1):
        # observed in a 2, expected 1/2 + 1/3; variance 1/4 + 2/9: chi2 = (7/6)^2 / (17/36)
        chi2, degrees, p = studies.log_rank(frame(list("aabb"), quarters=[4, 8, 12, 16]), 200)
        self.assertAlmostEqual(chi2, (7 / 6) ** 2 / (17 / 36), places=10)
        self.assertEqual(degrees, 1)
        self.assertAlmostEqual(p, stats.chi2.sf(chi2, 1), places=12)


if __name__ == "__main__":
    unittest.main()
