"""Statistics say only what is known: no interval from one observation, the same units in both runs of a
difference, intervals that are monotone in the count, one number in figure and table, no fit at any price.

    python3 -m unittest tests.analysis.test_statistics_known
"""

import tempfile
import unittest
from pathlib import Path
from unittest import mock

import numpy as np
import pandas as pd

from latecomer import estimates, tables
from latecomer.drawn import NotHere
from latecomer.results import Study
from latecomer.run_figures import chain as figures_of_chain
from latecomer.run_figures import firms as figures_of_firms
from latecomer.run_figures import growth as figures_of_growth
from latecomer.statistics import adoption, battery, firms, growth, studies
from latecomer.statistics.estimate import Estimate, NoData, matched_shares, proportion, resampled, wilson_ends
from latecomer.study_figures import catch_up, countries, drift, policy, sensitivity
from tests.analysis.made_study import LATECOMERS, make_study
from tests.analysis.test_statistics_battery import World, lines

Z2 = 3.8414588206941254  # of 95 %


def made(folder, **options):
    return Study(make_study(Path(folder) / "study.h5", **options))


def hits_of(runs, economies, places):
    """A study of one scenario in which the economies of the runs at these places catch up."""
    table = pd.DataFrame({"run": np.repeat(range(runs), economies), "country": np.tile(range(economies), runs)})
    table = table.assign(scenario="none", point=0, replicate=table["run"], caught_up=0.0)
    table.loc[list(places), "caught_up"] = 1.0
    return table


class Shares(unittest.TestCase):
    def test_none_of_66_runs_leaves_wilsons_bound(self):
        # One economy a run: z^2 / (66 + z^2), beside Clopper and Pearson's 1 - .025^(1/66) = .0544.
        line = studies.catch_up_probability(hits_of(66, 1, [])).iloc[0]
        self.assertEqual((line["share"], line["low"]), (0.0, 0.0))
        self.assertAlmostEqual(line["high"], Z2 / (66 + Z2), places=12)
        self.assertAlmostEqual(line["high"], 1 - 0.025 ** (1 / 66), delta=0.001)

    def check_monotone(self, runs, economies, order):
        last = (0.0, 0.0)
        for count in range(runs * economies + 1):
            line = studies.catch_up_probability(hits_of(runs, economies, order[:count])).iloc[0]
            self.assertGreaterEqual(line["low"], last[0] - 1e-15, count)
            self.assertGreaterEqual(line["high"], last[1] - 1e-15, count)
            self.assertTrue(line["low"] <= line["share"] <= line["high"])
            last = line["low"], line["high"]
        self.assertEqual(line["high"], 1.0)

    def test_one_more_catch_up_never_lowers_an_end_whichever_economy_it_is(self):
        places = np.arange(66)
        self.check_monotone(6, 11, list(places))  # run by run
        self.check_monotone(6, 11, list(places.reshape(6, 11).T.ravel()))  # economy by economy
        self.check_monotone(6, 11, list(np.random.default_rng(1).permutation(66)))
        self.check_monotone(66, 1, list(places))

    def test_the_first_catch_up_does_not_make_the_interval_narrow(self):
        none, one = (studies.catch_up_probability(hits_of(6, 11, places)).iloc[0] for places in ([], [30]))
        self.assertAlmostEqual(none["high"], Z2 / (6 + Z2), places=12)
        self.assertGreater(one["high"], none["high"])

    def test_all_ways_to_an_interval_of_a_share_are_one(self):
        for count, trials in ((0, 66), (1, 66), (33, 66), (66, 66), (2, 5)):
            ends = [float(end) for end in wilson_ends(count / trials, trials)]
            self.assertEqual([float(end) for end in estimates.wilson(count / trials, trials)], ends)
            found = proportion(count, trials)
            self.assertEqual([found.low, found.high], ends)
        self.assertAlmostEqual(float(wilson_ends(0.3, 10)[0]), 0.10779, places=5)

    def test_equal_shares_of_both_scenarios_are_no_certainty(self):
        # Agresti and Min (2005): no pair differs of 30: +- z sqrt(1/32) / sqrt(32).
        found, p = matched_shares(np.zeros(30))
        self.assertAlmostEqual(found.high, np.sqrt(Z2) / 32, places=12)
        self.assertAlmostEqual(found.low, -found.high, places=12)
        self.assertEqual((found.value, p), (0.0, 1.0))
        both = pd.concat([hits_of(30, 2, []), hits_of(30, 2, []).assign(scenario="more")])
        line = studies.compare(both, "none", ["caught_up"]).iloc[0]
        self.assertAlmostEqual(line["high"], np.sqrt(Z2) / 32, places=12)


class OneObservation(unittest.TestCase):
    def unknown(self, *ends):
        for end in ends:
            self.assertTrue(np.isnan(end), ends)

    def test_one_value_has_a_mean_and_no_interval(self):
        mean, low, high = estimates.mean_interval([3.0])
        self.assertEqual(mean, 3.0)
        self.unknown(low, high)
        mean, low, high = estimates.mean_interval([np.nan, 3.0, np.inf])
        self.assertEqual(mean, 3.0)
        self.unknown(low, high)
        table = studies.running_mean([3.0])
        self.assertEqual(table["mean"].tolist(), [3.0])
        self.unknown(table["low"][0], table["high"][0])

    def test_one_value_has_a_median_and_no_other_percentile(self):
        self.assertEqual(estimates.tenths([5.0])[1], 5.0)
        self.unknown(estimates.tenths([5.0])[0], estimates.tenths([5.0])[2])
        np.testing.assert_allclose(estimates.tenths([1.0, 2.0]), (1.1, 1.5, 1.9))

    def test_one_trial_has_a_share_and_no_interval(self):
        for found in (proportion(1, 1), proportion(0, 1), proportion(5, 11, independent=1)):
            self.assertTrue(0.0 <= found.value <= 1.0)
            self.unknown(found.low, found.high)
        self.unknown(*wilson_ends(0.0, 1))
        line = studies.catch_up_probability(hits_of(1, 11, [2, 3])).iloc[0]
        self.assertAlmostEqual(line["share"], 2 / 11)
        self.unknown(line["low"], line["high"])

    def test_one_pair_has_a_difference_and_no_interval(self):
        for found, p in (studies.crossed_mean([2.0], [0], [0]), matched_shares([1.0])):
            self.assertGreater(found.value, 0.0)
            self.unknown(found.low, found.high, p)
        both = pd.concat([hits_of(1, 2, []), hits_of(1, 2, [1]).assign(scenario="more")])
        line = studies.compare(both, "none", ["caught_up"]).iloc[0]
        self.assertEqual((line["difference"], line["pairs"]), (0.5, 1))
        self.unknown(line["low"], line["high"], line["p"], line["p_holm"])

    def test_one_line_resampled_has_no_interval_and_none_no_value(self):
        self.assertEqual(resampled(np.mean, [4.0]), Estimate(4.0, count=1))
        with self.assertRaises(NoData):
            resampled(np.mean, [])

    def test_one_pool_that_tells_of_exporters_has_no_interval(self):
        random = np.random.default_rng(2)
        pools = np.repeat(["one", "two", "three"], 40)
        exporter = np.where(pools == "one", random.uniform(size=120) < 0.5, pools == "two")
        table = pd.DataFrame({"pool": pools, "exporter": exporter, "position": "ANA", "revenue": 1.0})
        table["log_capability"] = random.normal(size=120) + 0.5 * exporter
        inside = table[table["pool"] == "one"].groupby("exporter")["log_capability"].mean()
        found = firms.exporter_premium(table, "log_capability")
        self.assertAlmostEqual(found.value, inside[True] - inside[False], places=10)
        self.unknown(found.low, found.high)

    def test_one_pool_of_adopters_has_a_slope_and_no_interval(self):
        random = np.random.default_rng(3)
        size = random.normal(size=300)
        before = pd.DataFrame({"pool": "A", "windows": 0, "stage": "storage", "revenue": np.exp(size)})
        adopts = (random.uniform(size=300) < 1 / (1 + np.exp(-size))).astype(int)
        found = adoption.size_bias(before, before.assign(windows=adopts), 0, "storage")
        self.assertAlmostEqual(found.value, 1.0, delta=0.4)
        self.unknown(found.low, found.high)

    def test_a_density_of_one_unit_has_no_band_and_of_one_value_no_curve(self):
        points = np.linspace(-1, 3, 5)
        curve, low, high = countries.density(np.array([[0.0, 1.0, 2.0]]), points)
        self.assertTrue((curve > 0).all())
        self.unknown(*low, *high)
        self.unknown(*countries.density(np.array([[1.0], [1.0]]), points)[0])

    def test_a_study_with_one_replicate_shows_means_and_no_interval(self):
        with tempfile.TemporaryDirectory() as folder:
            study = made(folder, replicates=1, extras=False)
            for function in (policy.policy_comparison, policy.outcome_distributions, policy.cost_against_gap,
                             catch_up.catch_up_probability, catch_up.time_to_catch_up, countries.twin_peaks,
                             countries.transitions):
                numbers = function(study).numbers
                value = next(c for c in ("mean", "mean_difference", "value", "share", "density") if c in numbers)
                self.assertTrue(np.isfinite(numbers[value]).any(), function.__name__)
                ends = [c for c in numbers if c.endswith(("low", "high"))]
                self.assertGreaterEqual(len(ends), 2)
                self.assertTrue(numbers[ends].isna().all(axis=None), function.__name__)
            spread = policy.outcome_distributions(study).numbers
            self.assertTrue(spread["p50"].notna().all() and spread[["p10", "p90"]].isna().all(axis=None))
            means = catch_up.highest_stage(study).numbers.query("measure == 'mean_stage'")
            self.assertTrue(means["value"].notna().all() and means["low"].isna().all())
            for table in (tables.comparison_table(studies.compare(study.frame, "none", ["gap_closed", "caught_up"])),
                          tables.catch_up_table(study.frame, 200), tables.transition_table(countries.transitions_of(study))):
                ends = [c for c in table.values if c.endswith(("low", "high"))]
                self.assertTrue(table.values[ends].isna().all(axis=None), table.name)
                self.assertNotIn("nan", table.frame.to_string().lower())

    def test_one_trajectory_and_one_block_are_drawn_without_intervals(self):
        with tempfile.TemporaryDirectory() as folder:
            study = made(folder, replicates=2)
            for name in list(study.data.data_vars):
                if name.endswith(("_low", "_high", "morris_sigma")) and not name.startswith("stop"):
                    study.data[name] = study.data[name] * np.nan
            for function in (sensitivity.morris, sensitivity.sobol):
                numbers = function(study).numbers
                self.assertTrue(numbers.filter(like="_low").isna().all(axis=None))
                self.assertGreater(len(numbers), 5)


class Pairs(unittest.TestCase):
    """A run, or an economy of a run, is missing in one scenario only."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.study = made(folder.name, replicates=6, scenarios=["none", "low_value"], extras=False, failed=(1, 9))
        gaps = self.study.data["gap_at_end"].values.copy()
        gaps[10, 3] = np.nan  # an economy of low_value in replicate 4
        self.study.data["gap_at_end"] = ("run", "country"), gaps
        self.study.data["gap_closed"] = self.study.data["gap_at_end"] - self.study.data["gap_at_start"]

    def expected(self):
        closed = self.study.data["gap_closed"].values[:, : len(LATECOMERS)].mean(axis=1)
        difference = closed[6:] - closed[:6]
        return difference[np.isfinite(difference)]

    def test_the_same_replicates_count_in_both_and_the_others_are_counted_as_left_out(self):
        line = studies.compare(self.study.frame, "none", ["gap_closed"]).iloc[0]
        wanted = self.expected()
        self.assertEqual(wanted.size, 3)  # 0, 2, 5
        self.assertAlmostEqual(line["difference"], wanted.mean(), places=12)
        self.assertEqual((line["pairs"], line["unpaired"]), (3, 3))

    def test_figure_and_table_have_the_same_difference_interval_and_counts(self):
        shown = policy.policy_comparison(self.study)
        drawn = shown.numbers.set_index("outcome")
        for outcome in ("gap_closed", "caught_up", "application_share"):
            line = studies.compare(self.study.frame, "none", [outcome]).iloc[0]
            for figure, table in (("mean_difference", "difference"), ("low", "low"), ("high", "high"),
                                  ("pairs", "pairs"), ("unpaired", "unpaired")):
                self.assertEqual(drawn.loc[outcome, figure], line[table], outcome)
        self.assertIn("Up to 3 runs of a scenario have no partner", shown.caption)
        table = tables.comparison_table(studies.compare(self.study.frame, "none", ["gap_closed"]))
        self.assertIn("  3 runs have no partner", table.notes)

    def test_cost_and_gap_are_of_the_same_replicates(self):
        line = policy.cost_against_gap(self.study).numbers.set_index("measure").loc["gap_closed"]
        cost = 100 * self.study.data["cost_share"].values[:, : len(LATECOMERS)].mean(axis=1)
        self.assertAlmostEqual(line["cost_percent"], (cost[6:] - cost[:6])[[0, 2, 5]].mean(), places=9)
        self.assertAlmostEqual(line["value"], self.expected().mean(), places=12)
        self.assertEqual(line["n"], 3)

    def test_a_reference_without_any_run_gives_no_difference(self):
        frame = self.study.frame[self.study.frame["scenario"] == "low_value"]
        line = studies.compare(frame, "none", ["gap_closed"]).iloc[0]
        self.assertTrue(np.isnan(line["difference"]))
        self.assertEqual((line["pairs"], line["unpaired"]), (0, 4))

    def test_the_reference_is_that_of_the_rules_of_stopping(self):
        names = ["calm", "none", "wild"]
        self.assertEqual(studies.reference_of(names, ["mean of x", "difference of gap_at_end.IDN to wild"]), "wild")
        self.assertEqual(studies.reference_of(names, ["difference of gap_at_end.IDN to gone"]), "none")
        self.assertEqual(studies.reference_of(["calm", "wild"]), "calm")


class OneNumber(unittest.TestCase):
    """Figures show what the battery says of a run or a study."""

    @classmethod
    def setUpClass(cls):
        cls.world = World(lively=True)
        cls.world.kind, cls.world.name, cls.world.hash = "run", "made", "0"
        cls.world.burn_in, cls.world.start_year, cls.world.latecomers = 40, 0, []

    def estimates(self, pattern):
        table = lines(pattern, self.world)
        return table[["estimate", "low", "high"]].iloc[0].tolist()

    def test_the_slope_of_volatility(self):
        numbers = figures_of_growth.volatility_and_size(self.world).numbers
        self.assertEqual(numbers[["slope", "slope_low", "slope_high"]].iloc[0].tolist(), self.estimates("P3"))

    def test_the_gap_of_productivity(self):
        numbers = figures_of_firms.productivity_dispersion(self.world).numbers
        self.assertEqual(numbers[["gap", "low", "high"]].iloc[-1].tolist(), self.estimates("P4"))

    def test_the_shape_of_growth(self):
        numbers = figures_of_growth.growth_distribution(self.world).numbers
        self.assertEqual(numbers[["density", "low", "high"]].iloc[-1].tolist(), self.estimates("P2"))

    def test_the_exponent_of_sizes(self):
        numbers = figures_of_firms.size_distribution(self.world).numbers
        last = numbers[numbers["what"] == "tail exponent"].iloc[-1]
        self.assertEqual(last[["value", "low", "high"]].tolist(), self.estimates("P1"))

    def test_entry_and_exit_add_up_to_the_turnover(self):
        figure = figures_of_firms.turnover(self.world).figure
        words = [text.get_text() for text in figure.axes[0].texts if text.get_text().startswith(("entry", "exit"))]
        sum_of_both = sum(float(word.split()[1].rstrip(":")) for word in words)
        self.assertAlmostEqual(sum_of_both, 100 * self.estimates("P5")[0], delta=0.1)


    def test_the_climb_of_firms(self):
        numbers = figures_of_chain.climbing(self.world).numbers.groupby("step", sort=False).first()
        table = lines("P14", self.world)
        rates = table[["estimate", "low", "high"]].iloc[:2].to_numpy()
        np.testing.assert_allclose(numbers[["mean", "low", "high"]].to_numpy(), 100 * rates, rtol=1e-15)
        self.assertEqual(numbers["economies"].tolist(), table["estimate"].iloc[2:].tolist())
        self.assertEqual(numbers.index.tolist(), ["processing to analytics", "analytics to applications"])

    def test_drift_and_clubs_of_a_study(self):
        with tempfile.TemporaryDirectory() as folder:
            study = made(folder, replicates=12, scenarios=["none", "alike"])
        ends = ["estimate", "low", "high"]
        numbers = drift.drift(study).numbers
        shown = numbers[numbers["what"].str.startswith("change")][["value", "low", "high"]].to_numpy()
        self.assertEqual(shown.tolist(), lines("P7", study=study.data)[ends].iloc[:2].to_numpy().tolist())
        sigma = numbers[numbers["what"] == "sigma"].groupby("replicate")["value"]
        self.assertAlmostEqual((sigma.last() - sigma.first()).mean(), shown[0, 0], places=12)
        numbers = drift.pooled_clubs(study).numbers.set_index("what")
        table = lines("P8", study=study.data)
        self.assertEqual(numbers.loc["p of one mode", "value"], table["estimate"].iloc[0])
        self.assertEqual(numbers.loc["valley", ["value", "low", "high"]].tolist(), table[ends].iloc[1].tolist())

    def test_a_study_without_alike_economies_draws_no_drift(self):
        with tempfile.TemporaryDirectory() as folder:
            study = made(folder, replicates=3)
        for function in (drift.drift, drift.pooled_clubs):
            with self.assertRaisesRegex(NotHere, "no scenario with 'alike' in its name"):
                function(study)


class Fits(unittest.TestCase):
    def test_noise_has_no_logistic_curve(self):
        years = np.arange(60) / 4
        for seed in (4, 11, 12):
            noise = np.clip(0.3 + 0.2 * np.random.default_rng(seed).normal(size=60), 0.01, 0.94)
            try:
                found = adoption.adoption_years(years, noise[:, None])
                self.assertGreater(found.value, 0.0)
            except NoData as reason:
                self.assertIn("logistic curve", str(reason))
        noise = np.clip(0.3 + 0.2 * np.random.default_rng(4).normal(size=60), 0.01, 0.94)
        with self.assertRaisesRegex(NoData, "no logistic curve of adoption is found"):
            adoption.adoption_years(years, noise[:, None])

    def test_countries_without_a_curve_are_left_out_of_the_median(self):
        years = np.arange(60) / 4
        noise = np.clip(0.3 + 0.2 * np.random.default_rng(4).normal(size=60), 0.01, 0.94)
        good = adoption.logistic(years, 0.3, 9.0)
        found = adoption.adoption_years(years, np.column_stack([good, noise, good]))
        self.assertEqual(found.count, 2)
        self.assertAlmostEqual(found.value, adoption.years_between(0.3), places=4)

    def test_a_fit_that_does_not_converge_is_no_data(self):
        rates = np.random.default_rng(5).laplace(size=500)
        cases = (
            ("scipy.stats.gennorm.fit", RuntimeError("Optimization converged to parameters outside"),
             lambda: growth.subbotin(rates)),
            ("scipy.optimize.brentq", ValueError("f(a) and f(b) must have different signs"),
             lambda: growth.subbotin(rates)),
            ("scipy.optimize.curve_fit", RuntimeError("Optimal parameters not found"),
             lambda: adoption.logistic_fit(np.arange(20) / 4, adoption.logistic(np.arange(20) / 4, 1.0, 2.0))),
            ("scipy.optimize.curve_fit", np.linalg.LinAlgError("SVD did not converge"),
             lambda: adoption.logistic_fit(np.arange(20) / 4, adoption.logistic(np.arange(20) / 4, 1.0, 2.0))),
        )
        for name, error, call in cases:
            with mock.patch(name, side_effect=error), self.assertRaises(NoData):
                call()

    def test_the_battery_goes_on_and_says_no_data(self):
        world = World(lively=True)
        noise = np.clip(0.3 + 0.2 * np.random.default_rng(4).normal(size=60), 0.01, 0.94)
        world.series = world.series.isel(time=slice(0, 60))
        world.series["adoption"] = ("time", "country"), np.repeat(noise[:, None], 16, axis=1)
        world.snapshots = {}
        table = battery(world).set_index("statistic")
        line = table.loc["years from 19 % to 45 % of use"]
        self.assertEqual(line["verdict"], "no data")
        self.assertIn("no logistic curve of adoption is found", line["note"])
        self.assertEqual(table.loc["three largest at storage", "verdict"], "pass")

    def test_firms_of_one_size_have_no_tail(self):
        from latecomer.statistics import tails

        for sizes in (np.ones(1000), np.append(np.ones(999), 1.0), np.full(600, 3.5)):
            for estimate in (tails.hill, tails.rank_half):
                with self.assertRaises(NoData):
                    estimate(sizes)


if __name__ == "__main__":
    unittest.main()
