"""Figures show the right numbers: differences pair by pair, costs in percent, densities within what can be, calendar years.

    LATECOMER_RUN=<folder> python3 -m unittest tests.analysis.test_figure_numbers
"""

import os
import tempfile
import unittest
from pathlib import Path

import numpy as np

from latecomer.results import Run, Study
from latecomer.run_figures import adoption, chain, events, ladder, panels, presence
from latecomer.statistics import density
from latecomer.statistics.estimate import halves
from latecomer.study_figures import countries, policy, question
from tests.analysis.made_study import SCENARIOS, make_study

RUN = Path(os.environ["LATECOMER_RUN"])


class OfStudies(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.study = Study(make_study(Path(folder.name) / "study.h5", replicates=6, scenarios=SCENARIOS[:4]))

    def pairs(self, outcome, scenario):
        """Differences from the reference [replicate, latecomer], from the runs themselves."""
        values = self.study.data[outcome].sel(country=self.study.latecomers).values
        arm = self.study.data["scenario_number"].values
        return values[arm == SCENARIOS.index(scenario)] - values[arm == 0]

    def test_economies_are_compared_with_the_reference_pair_by_pair(self):
        for function, outcome in ((countries.gap_changes, "gap_closed"), (countries.application_shares, "application_share")):
            numbers = function(self.study).numbers.set_index(["scenario", "who"])
            self.assertNotIn("none", numbers.index.get_level_values(0))
            for place, key in enumerate(self.study.latecomers):
                differences = self.pairs(outcome, "low_value")[:, place]
                row = numbers.loc[("low_value", key)]
                self.assertAlmostEqual(row["difference"], differences.mean(), places=12)
                self.assertLessEqual(row["high"] - row["low"], 5 * differences.std(ddof=1) / np.sqrt(6) + 1e-12)

    def test_costs_are_in_percent_of_demand(self):
        numbers = policy.cost_against_gap(self.study).numbers.set_index(["measure", "scenario"])
        cost, gap = 100 * self.pairs("cost_share", "low_value").mean(axis=1), self.pairs("gap_closed", "low_value").mean(axis=1)
        row, ratio = numbers.loc[("gap_closed", "low_value")], numbers.loc[("gap_closed_per_percent", "low_value")]
        self.assertAlmostEqual(row["cost_percent"], cost.mean(), places=12)
        self.assertAlmostEqual(row["value"], gap.mean(), places=12)
        self.assertAlmostEqual(ratio["value"], (gap / cost).mean(), places=10)

    def test_transitions_are_differences_that_cancel_over_classes(self):
        numbers = countries.transitions(self.study).numbers
        others = numbers[(numbers["scenario"] != "none") & (numbers["replicates"] > 0)]
        self.assertTrue((numbers.loc[numbers["scenario"] == "none", "difference"].isna()).all())
        sums = others.groupby(["scenario", "from"])["difference"].sum()
        self.assertLess(sums.abs().max(), 1e-12)
        self.assertGreater(others["difference"].abs().max(), 0.0)

    def test_ends_of_differences_fit_into_a_cell(self):
        self.assertEqual(countries.difference_words(-1.0, 1.0), "±100")
        self.assertEqual(countries.difference_words(-0.996, 0.997), "±100")
        self.assertEqual(countries.difference_words(-1.0, 0.99), "−100…99")
        self.assertEqual(countries.difference_words(0.0, np.nan), "")

    def test_no_interval_leaves_what_an_outcome_can_be(self):
        self.assertEqual(policy.within("caught_up", -0.2, 0.5, 1.3), (0.0, 0.5, 1.0))
        self.assertEqual(policy.within("gap_closed", -0.2, 1.3), (-0.2, 1.3))
        for axis, (name, *_) in zip(policy.outcome_distributions(self.study).figure.axes, policy.compared(self.study)):
            low, high = policy.BOUNDS.get(name, (None, None))
            self.assertTrue(low is None or axis.get_xlim()[0] >= low, name)
            self.assertTrue(high is None or axis.get_xlim()[1] <= high, name)

    def test_captions_say_whether_runs_of_a_pair_share_their_events(self):
        drawn = (policy.policy_comparison, policy.cost_against_gap, countries.gap_changes, countries.transitions, question.question_effects)
        for function in drawn:
            self.assertIn("random events", function(self.study).caption)
            self.assertNotIn("off", function(self.study).caption)
        with tempfile.TemporaryDirectory() as folder:
            study = Study(make_study(Path(folder) / "study.h5", replicates=3, scenarios=SCENARIOS[:4]))
            study.data.attrs["spec"] = study.text() + '\n[replicates]\ncrn = "off"\n'
            for function in drawn:
                caption = function(study).caption
                self.assertIn('crn = "off"', caption)
                self.assertNotIn("same random events", caption)
                self.assertNotIn("share their random", caption)


class Densities(unittest.TestCase):
    def test_all_of_a_density_lies_below_the_frontier(self):
        sample = np.array([-1.5, -0.9, -0.3, -0.05, -0.02])
        points, most = density.grid(sample)
        self.assertEqual((most, points[-1]), (0.0, 0.0))
        fine = np.linspace(-8.0, most, 4001)
        curve = density.kernels(fine, sample, 0.3, most).mean(axis=0)
        self.assertAlmostEqual(float(curve.sum() * (fine[1] - fine[0])), 1.0, places=2)

    def test_where_an_economy_stands_above_the_frontier_the_largest_is_the_end(self):
        self.assertEqual(density.grid([-1.0, 0.2, np.nan])[1], 0.2)


class Breaks(unittest.TestCase):
    def test_a_series_with_a_break_has_no_one_mean_and_a_steady_one_has(self):
        noise = np.random.default_rng(1).normal(0, 0.1, 80)
        self.assertTrue(halves(10.0 + noise)[2])
        first, second, steady = halves(np.repeat((8.0, 12.0), 40) + noise)
        self.assertFalse(steady)
        self.assertAlmostEqual(first.value, 8.0, delta=0.1)
        self.assertAlmostEqual(second.value, 12.0, delta=0.1)

    def test_no_mean_of_a_year_spans_the_end_of_the_burn_in(self):
        self.assertEqual(panels.rolling_year([9, 9, 9, 9, 1, 1, 3], 4).tolist()[4:], [1.0, 1.0, 5 / 3])


class OfRuns(unittest.TestCase):
    def test_years_of_a_heat_map_are_means_of_four_quarters(self):
        yearly, edges = presence.by_year(np.array([[1.0, 2.0, 3.0, 4.0, 8.0, np.nan]]), 2005 + np.arange(1, 7) / 4)
        self.assertEqual(yearly.tolist(), [[2.5, 8.0]])
        self.assertEqual(edges.tolist(), [2005.0, 2006.0, 2006.5])

    def test_a_run_with_a_start_year_has_calendar_years(self):
        run = Run(RUN)
        self.assertEqual(panels.time_words(run), "Years since the start")
        run.start_year = 2005
        last = 2005 + float(run.series["time"].values[-1])
        for function in (chain.capability_gaps, adoption.adoption, ladder.ladder, presence.presence, events.chronicle):
            figure = function(run).figure
            said = [axis.get_xlabel() for axis in figure.axes] + [text.get_text() for text in figure.texts] + [figure._supxlabel]
            said = [getattr(text, "get_text", lambda text=text: text)() if text is not None else "" for text in said]
            self.assertIn("Year", said, function.__name__)
            self.assertNotIn("Years since the start", said, function.__name__)
            self.assertTrue(any(2005 <= axis.get_xlim()[0] < axis.get_xlim()[1] <= last for axis in figure.axes), function.__name__)

    def test_the_ladder_tells_levels_where_no_stage_is_held(self):
        run = Run(RUN)
        run.series["gap_by_stage"][:] = np.log(0.3)
        drawn = ladder.ladder(run)
        self.assertEqual(set(drawn.numbers["stage"]), {0})
        self.assertTrue(np.allclose(drawn.numbers["level_applications"], 0.3))
        self.assertIn(f"{len(run.latecomers)} never hold a stage", drawn.caption)
        self.assertIn("30", [text.get_text() for text in drawn.figure.axes[1].texts])


if __name__ == "__main__":
    unittest.main()
