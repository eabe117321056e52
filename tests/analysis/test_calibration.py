"""Calibration: implausibility, weights, points and emulators on known answers, and what is refused."""

import tomllib
import unittest
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import xarray as xr

from latecomer.calibration import check_sets, emulator, facts, figures, measured, priors, report, space, waves
from latecomer.calibration.ensemble import Ensemble
from latecomer.calibration.implausibility import effective, implausibility, second_largest, tempered, weighted_quantiles
from latecomer.calibration.targets import Target, targets_of
from latecomer.series import Unusable
from latecomer.statistics import country_facts, facts_world, panel


def target(moment="turnover", value=1.0, tolerance=1.0, use="fit"):
    return Target(moment, value, tolerance, 0.0, "test", use)


def line(**changes):
    return {"moment": "turnover", "value": 1, "tolerance": 0.1, "source": "test", "use": "fit", **changes}


class Implausibility(unittest.TestCase):
    def test_it_is_a_distance_in_standard_deviations_of_all_that_is_uncertain(self):
        # 10 apart; variances 9 + 16 make a standard deviation of 5.
        self.assertEqual(implausibility([11.0, -9.0, 1.0], 1.0, 9.0, 16.0).tolist(), [2.0, 2.0, 0.0])

    def test_what_has_no_moment_is_infinitely_implausible(self):
        self.assertEqual(implausibility([np.nan], 1.0, 1.0)[0], np.inf)

    def test_the_second_largest_counts_and_of_one_moment_this(self):
        self.assertEqual(second_largest([[1.0, 9.0, 4.0], [2.0, 2.0, 1.0]]).tolist(), [4.0, 2.0])
        self.assertEqual(second_largest([[7.0], [0.5]]).tolist(), [7.0, 0.5])
        self.assertEqual(second_largest([[np.inf, np.inf], [np.inf, 1.0]]).tolist(), [np.inf, 1.0])


class Weights(unittest.TestCase):
    def test_equal_weights_are_as_many_as_they_are(self):
        self.assertAlmostEqual(effective([0.2] * 5), 5, 12)
        self.assertAlmostEqual(effective([1, 0, 0]), 1, 12)

    def test_the_temperature_is_the_least_at_which_twenty_sets_are_effective(self):
        # 10 sets of chi2 0, 30 of chi2 c: with e = exp(-c/2T), (10 + 30 e)^2 / (10 + 30 e^2) = 20 at e = sqrt(4/3) - 1.
        chi2 = np.array([0.0] * 10 + [50.0] * 30)
        temperature, weights = tempered(chi2)
        self.assertAlmostEqual(temperature, -25 / np.log(np.sqrt(4 / 3) - 1), 9)
        self.assertAlmostEqual(effective(weights), 20, 9)
        self.assertAlmostEqual(weights.sum(), 1, 12)
        self.assertAlmostEqual(weights[-1] / weights[0], np.sqrt(4 / 3) - 1, 9)

    def test_it_is_not_below_one(self):
        temperature, weights = tempered(np.array([0.0] * 30 + [2.0] * 30))
        self.assertEqual(temperature, 1.0)
        self.assertAlmostEqual(weights[-1] / weights[0], np.exp(-1), 12)

    def test_twenty_sets_or_fewer_have_equal_weights(self):
        temperature, weights = tempered(np.arange(20.0))
        self.assertEqual(temperature, np.inf)
        self.assertEqual(weights.tolist(), [0.05] * 20)

    def test_quantiles_follow_weights(self):
        # Middles of the weights lie at 0.125, 0.5 and 0.875.
        self.assertEqual(weighted_quantiles([3.0, 1.0, 2.0], [0.25, 0.25, 0.5], [0.125, 0.5, 0.875]).tolist(), [1.0, 2.0, 3.0])
        self.assertAlmostEqual(float(weighted_quantiles([3.0, 1.0, 2.0], [0.25, 0.25, 0.5], 0.3125)), 1.5, 12)


class Points(unittest.TestCase):
    def test_the_farthest_candidate_comes_first_and_each_in_turn(self):
        candidates = np.array([[0.1], [0.5], [0.85], [1.0]])
        self.assertEqual(space.spread_out(candidates, np.array([[0.0]]), 3), [3, 1, 2])

    def test_points_that_were_run_are_not_run_again(self):
        candidates = np.array([[0.0], [1.0], [1.0]])
        self.assertEqual(space.spread_out(candidates, np.array([[0.0]]), 3), [1])

    def test_points_of_the_last_wave_are_all_different(self):
        candidates = np.repeat(np.arange(5.0)[:, None], 3, axis=0)
        chosen = candidates[space.evenly(candidates, 10)][:, 0]
        self.assertEqual(sorted(chosen), [0, 1, 2, 3, 4])

    def test_a_small_space_is_found_with_its_volume(self):
        # A ball of radius r has 4/3 pi r^3 of the cube: 0.000524 for 0.05.
        centre = np.array([0.3, 0.6, 0.5])
        score = lambda points, below=np.inf: 3.0 * np.sqrt(((points - centre) ** 2).sum(axis=1)) / 0.05  # noqa: E731
        found = space.narrowed(space.whole(3), score, lambda points: np.ones(len(points), bool), 0)
        self.assertEqual(len(found.points), space.POINTS)
        self.assertLess(score(found.points).max(), 3.0)
        # Five levels of a fifth, each a share of 2048 points: the relative standard error is 0.1.
        self.assertAlmostEqual(found.share / 0.000524, 1.0, delta=0.3)
        # Evenly spread: half of the volume lies within radius r / 2^(1/3).
        self.assertAlmostEqual(np.mean(score(found.points) < 3.0 / 2 ** (1 / 3)), 0.5, delta=0.1)

    def test_what_earlier_waves_ruled_out_stays_out(self):
        left = lambda points: points[:, 0] < 0.5  # noqa: E731
        half = space.narrowed(space.whole(2), lambda points, below=np.inf: 6.0 * points[:, 0], lambda points: np.ones(len(points), bool), 0)
        self.assertAlmostEqual(half.share, 0.5, delta=0.05)
        quarter = space.narrowed(half, lambda points, below=np.inf: 6.0 * points[:, 1], left, 1)
        self.assertTrue(left(quarter.points).all())
        self.assertAlmostEqual(quarter.share, 0.5, delta=0.05)

    def test_points_that_are_dropped_early_are_those_that_are_not_below_the_level(self):
        class Known:
            def __init__(self, place):
                self.place = place

            def at(self, points):
                return points[:, self.place], np.zeros(len(points))

        points = 6.0 * np.random.default_rng(3).random((200, 4))
        for count in (1, 2, 4):
            targets = [target(name, 0.0) for name in "abcd"[:count]]
            wave = waves.Wave(1, 9, 9, targets, {t.moment: Known(i) for i, t in enumerate(targets)}, {}, dict.fromkeys("abcd", 0.0),
                              outside={"a": 0.1, "c": 0.9})
            whole = wave.score(points)
            found = wave.score(points, 3.0)
            np.testing.assert_array_equal(found, np.where(whole < 3.0, whole, np.inf))
            self.assertTrue(0 < np.isfinite(found).sum() < 200)
        self.assertEqual(len(wave.score(points[:0], 3.0)), 0)

    def test_an_empty_space_has_no_points_and_the_nearest_one(self):
        found = space.narrowed(space.whole(2), lambda points, below=np.inf: 4.0 + points.sum(axis=1), lambda points: np.ones(len(points), bool), 0)
        self.assertEqual(len(found.points), 0)
        self.assertLess(found.best.sum(), 0.1)


class Emulators(unittest.TestCase):
    def made(self, noise=0.0):
        rng = np.random.default_rng(1)
        points = rng.random((40, 2))
        return points, np.sin(3 * points[:, 0]) + noise * rng.normal(size=40)

    def test_a_smooth_moment_is_told_where_it_was_not_run(self):
        points, values = self.made()
        fitted = emulator.fitted(points, values, np.zeros(40))
        mean, variance = fitted.at(np.array([[0.5, 0.2], [0.25, 0.9]]))
        np.testing.assert_allclose(mean, np.sin([1.5, 0.75]), atol=0.01)
        self.assertGreater(fitted.predicted, 0.99)
        self.assertLess(variance.max(), 0.01)
        self.assertGreater(fitted.lengths[1], 10 * fitted.lengths[0])  # the second parameter does nothing

    def test_leaving_out_is_what_fitting_without_a_point_gives(self):
        points, values = self.made(0.1)
        fitted = emulator.fitted(points, values, np.full(40, 0.01))
        process, scale = fitted.process, fitted.scale
        standard = (values - fitted.middle) / scale
        inverse = np.linalg.inv(process.L_ @ process.L_.T)
        kernel, rest = process.kernel_, np.arange(1, 40)
        gram = kernel(points[rest]) + 0.01 / scale**2 * np.eye(39)
        mean = kernel(points[:1], points[rest]) @ np.linalg.solve(gram, standard[rest])
        self.assertAlmostEqual(standard[0] - (inverse @ standard)[0] / inverse[0, 0], float(mean[0]), 9)
        errors = (inverse @ standard) / np.diag(inverse)
        self.assertAlmostEqual(fitted.predicted, 1 - (errors**2).sum() / (standard**2).sum(), 12)
        self.assertGreater(fitted.coverage, 0.85)

    def test_few_points_in_many_dimensions_say_less_than_they_seem_to(self):
        rng = np.random.default_rng(2)
        points, later = rng.random((40, 20)), rng.random((400, 20))
        of = lambda at: np.sin(5 * at[:, 0] * at[:, 1]) + np.abs(at[:, 2:6] - 0.4).sum(axis=1) + at[:, 6]  # noqa: E731
        fitted = emulator.fitted(points, of(points), np.zeros(40))
        mean, variance = fitted.at(later)
        _, sd = fitted.process.predict(later, return_std=True)
        np.testing.assert_allclose(variance, fitted.inflation * (fitted.scale * sd) ** 2)
        held = [np.mean(np.abs(of(later) - mean) < 1.96 * np.sqrt(v)) for v in (variance, variance / fitted.inflation)]
        self.assertGreater(held[0], 0.9)
        self.assertLess(held[1], 0.7)
        ample, values = self.made(0.1)
        self.assertLess(emulator.fitted(ample, values, np.full(40, 0.01)).inflation, 1.5)

    def test_a_moment_that_is_chance_alone_has_no_emulator(self):
        points, _ = self.made()
        noise = np.random.default_rng(14).normal(size=40)
        with self.assertRaisesRegex(emulator.SaysNothing, "leave-one-out R2"):
            emulator.fitted(points, noise, np.ones(40))
        with self.assertRaisesRegex(emulator.SaysNothing, "R2 of folds left out"):  # by luck, one by one is told
            emulator.fitted(points, np.random.default_rng(8).normal(size=40), np.ones(40))
        with self.assertRaisesRegex(emulator.SaysNothing, "same at all points"):
            emulator.fitted(points, np.ones(40), np.zeros(40))
        with self.assertRaisesRegex(emulator.SaysNothing, "3 points have it"):
            emulator.fitted(points, np.where(np.arange(40) < 3, 1.0, np.nan), np.zeros(40))

    def test_when_no_emulator_says_more_than_a_mean_that_is_refused(self):
        tables = {"turnover": np.random.default_rng(8).normal(size=(40, 4))}
        with self.assertRaisesRegex(Unusable, r"no emulator says more than the mean of its moment \(turnover: "):
            waves.emulated(0, tables, [target()], self.made()[0], np.ones(40, bool), 40)

    def test_a_space_that_is_empty_names_what_rules_it_out(self):
        points, values = self.made()
        noise = 0.001 * np.random.default_rng(2).normal(size=(40, 4))
        tables = {"turnover": values[:, None] + noise, "exporters": values[:, None] - noise, "tail_hill": values[:, None] + noise}
        targets = [target(value=9.0, tolerance=0.1), target("exporters", 4.0, 0.1), target("tail_hill", 0.5, 0.1)]
        wave = waves.emulated(0, tables, targets, points, np.ones(40, bool), 40)
        wave.space = space.narrowed(space.whole(2), wave.score, lambda p: np.ones(len(p), bool), 0)
        self.assertRegex(waves.empty(wave), r"after wave 1 nothing is left: .* by turnover 80\.\d, exporters 30\.\d")


class Replicates(unittest.TestCase):
    def test_variances_are_pooled_and_common_events_taken_out(self):
        # Replicates 0 and 1 are -1 and +1 at all points alike: variance 2 within points, nothing of their own.
        common = measured.summary(np.array([[4.0, 6.0], [9.0, 11.0], [0.0, 2.0]]))
        self.assertEqual(common.mean.tolist(), [5.0, 10.0, 1.0])
        self.assertAlmostEqual(common.within, 2.0, 12)
        self.assertAlmostEqual(common.own, 0.0, 12)
        # With signs that change the common part is none: ((1 + 1) + (1 + 1)) / (2 - 1) of own, 4 / 2 within.
        apart = measured.summary(np.array([[4.0, 6.0], [11.0, 9.0]]))
        self.assertAlmostEqual(apart.within, 2.0, 12)
        self.assertAlmostEqual(apart.own, 4.0, 12)

    def test_runs_without_the_moment_do_not_count(self):
        found = measured.summary(np.array([[1.0, np.nan], [2.0, 4.0], [np.nan, np.nan]]))
        self.assertEqual(found.mean[:2].tolist(), [1.0, 3.0])
        self.assertTrue(np.isnan(found.mean[2]))
        self.assertEqual(found.count.tolist(), [1, 2, 0])
        self.assertAlmostEqual(found.within, 2.0, 12)


class Priors(unittest.TestCase):
    def of(self, **more):
        return priors.prior_of({"name": "entry.rate", **more}, {"type": "number", "explored": "[0.1, 0.5]"})

    def test_the_unit_cube_and_back(self):
        self.assertAlmostEqual(float(self.of().from_unit(0.25)), 0.2, 12)  # ends are those that the model declares
        logarithmic = self.of(dist="loguniform", low=0.01, high=1.0)
        self.assertAlmostEqual(float(logarithmic.from_unit(0.5)), 0.1, 12)
        self.assertAlmostEqual(float(logarithmic.to_unit(0.1)), 0.5, 12)
        self.assertAlmostEqual(float(self.of(dist="triangular", low=0, mode=1, high=2).from_unit(0.5)), 1.0, 12)
        self.assertTrue(np.isfinite(self.of(dist="normal", mean=0, sd=1).from_unit(np.array([0.0, 1.0]))).all())

    def test_points_have_six_digits(self):
        points = priors.from_units([self.of(low=0, high=1), self.of(low=0, high=1e-5)], np.array([[1 / 3, 2 / 3]]))
        self.assertEqual(points.tolist(), [[0.333333, 6.66667e-06]])

    def test_whole_numbers_and_steps_are_refused(self):
        with self.assertRaisesRegex(Unusable, "'run.quarters' is a whole number"):
            priors.prior_of({"name": "run.quarters"}, {"type": "whole number"})
        with self.assertRaisesRegex(Unusable, "'entry.rate' has the distribution 'discrete'"):
            self.of(values=[1, 2])
        with self.assertRaisesRegex(Unusable, "has no range; give it low and high"):
            priors.prior_of({"name": "country.IND.gdp"}, {})


class Refused(unittest.TestCase):
    def refused(self, words, *lines, **content):
        with self.assertRaisesRegex(Unusable, words):
            targets_of({"target": list(lines), **content}, "targets.toml")

    def test_targets_that_will_not_do(self):
        self.refused("there is no")
        self.refused("the tolerance is 0, but no model is without discrepancy", line(tolerance=0))
        self.refused("observation_sd is -1, below 0", line(observation_sd=-1))
        self.refused("has no 'source'", {key: value for key, value in line().items() if key != "source"})
        self.refused("unknown key 'weight'", line(weight=1))
        self.refused("use = 'both'", line(use="both"))
        self.refused("'value' must be a number", line(value="1"))
        self.refused("'value' must be a number", line(value=float("nan")))
        self.refused("'turnover' has two targets", line(), line(use="held_out"))
        self.refused('no target has use = "fit"', line(use="held_out"))
        self.refused("unknown key 'calibration.wave'", line(), calibration={"wave": 1})
        self.refused("must be a whole number above 0", line(), calibration={"waves": 0})

    def test_targets_that_are_right_are_read(self):
        found = targets_of({"target": [line(observation_sd=0.2), line(moment="exporters", use="held_out")],
                            "calibration": {"points": 12}}, "targets.toml")
        self.assertAlmostEqual(found.fit[0].variance, 0.05, 12)
        self.assertEqual((found.points, found.waves, found.ensemble, len(found.held_out)), (12, 4, 200, 1))

    def check(self, moment, **spec):
        measured.check_kept(targets_of({"target": [line(moment=moment)]}, "targets.toml"), spec)

    def test_moments_that_the_study_does_not_tell(self):
        with self.assertRaisesRegex(Unusable, "unknown moment 'turnovers'"):
            self.check("turnovers", study={"moments": True})
        with self.assertRaisesRegex(Unusable, r"give \[study\] moments = true"):
            self.check("turnover", study={})
        with self.assertRaisesRegex(Unusable, "does not keep relative_productivity"):
            self.check("fact.C3.2005-2010", study={}, series={"replicates": 2, "variables": ["adoption"]})
        with self.assertRaisesRegex(Unusable, "does not keep internet_users or adoption"):
            self.check("fact.C1.slope_of_adoption.2005-2010", study={}, series={"variables": ["adoption"]})
        with self.assertRaisesRegex(Unusable, "fact.C7.gini_of_exports.2005-2010"):
            self.check("fact.C7.2005-2010", study={})
        self.check("turnover", study={"moments": True})
        self.check("fact.C3.2005-2010", study={}, series={"replicates": 1, "variables": ["relative_productivity"]})

    def test_designs_that_are_no_sample(self):
        with self.assertRaisesRegex(Unusable, "design of kind 'morris'; a calibration begins with maximin, lhs or sobol"):
            measured.check_design({"design": {"kind": "morris"}}, "study.toml")


class Ends(unittest.TestCase):
    def test_a_wave_that_leaves_more_than_four_fifths_is_the_last(self):
        def history(*shares):
            made = [waves.Wave(i + 1, 9, 9, [], {}, {}, {}) for i in range(len(shares))]
            for wave, share in zip(made, shares):
                wave.space = space.Space(np.empty((0, 1)), share, np.empty(1))
            return made

        self.assertIsNone(waves.is_over(history(0.9), 4))  # there is no wave before it
        self.assertIsNone(waves.is_over(history(0.1, 0.8), 4))
        self.assertIn("wave 2 left 81 % of the space", waves.is_over(history(0.1, 0.81), 4))
        self.assertIn("budget of 3 waves", waves.is_over(history(0.1, 0.1, 0.1), 3))


class Findings(unittest.TestCase):
    def test_pairs_have_the_density_of_what_is_left_and_the_least_implausibility(self):
        from scipy import stats

        # Left is the first half of a; the implausibility is 6 a, whatever b and c are.
        score = lambda points, below=np.inf: 6.0 * points[:, 0]  # noqa: E731
        left = space.narrowed(space.whole(3), score, lambda points: np.ones(len(points), bool), 0)
        wave = SimpleNamespace(space=left, score=score)
        ranges = [priors.Prior("a", stats.uniform(10, 2)), priors.Prior("b", stats.uniform(0, 1)), priors.Prior("c", stats.uniform(0, 1))]
        cells = figures.cells_of([wave], ranges, [0, 1])
        self.assertEqual(len(cells), 2 * figures.CELLS**2)
        for _, pair in cells.groupby(["x", "y"]):
            self.assertAlmostEqual(pair["density"].sum(), 1.0)
        pair = cells[cells["x"] == "a"]
        self.assertEqual(pair.loc[pair["x_low"] >= 11.0, "density"].sum(), 0.0)
        self.assertEqual(pair["x_high"].max(), 12.0)
        low = 3.0 * (pair["x_low"] - 10.0)  # of the cell; the sample comes near it
        self.assertTrue(((pair["implausibility"] >= low) & (pair["implausibility"] < low + 0.5)).all())

    def test_the_best_set_is_a_scenario_that_others_include(self):
        study = SimpleNamespace(name="made", hash="abc")
        points = np.array([[0.1, 1.0, 2.0], [0.2, 3.0, 4.0], [0.3, 5.0, 6.0]])
        seen = SimpleNamespace(study=study, points=points, names=["entry.rate", "macro.a", "entry.dispersion"])
        ensemble = Ensemble(np.array([0, 2]), np.zeros(2), np.array([5.0, 4.0]), 1.0, np.array([0.4, 0.6]), 3)
        found = tomllib.loads(report.best_toml(seen, ensemble))
        self.assertEqual(found, {"entry": {"rate": 0.3, "dispersion": 6.0}, "macro": {"a": 5.0}})

    def test_a_target_is_met_within_two_standard_deviations_and_those_held_out_count_apart(self):
        runs = {"turnover": [[1.9], [3.1], [9.0]], "top_three": [[-1.0], [1.0], [5.0]]}  # the third point is in no set
        seen = SimpleNamespace(moment=lambda name: np.array(runs[name]))
        targets = SimpleNamespace(all=[target(), target("top_three", use="held_out")])
        ensemble = Ensemble(np.array([0, 1]), np.zeros(2), np.zeros(2), 1.0, np.array([0.25, 0.75]), 3)
        table = report.moments_table(seen, targets, ensemble)
        self.assertEqual(list(table["weight_met"]), [0.25, 1.0])
        self.assertAlmostEqual(table["away"][0], 0.25 * 1.9 + 0.75 * 3.1 - 1)
        self.assertEqual(
            report.met_words(table),
            "Met is what lies within two standard deviations of its target: the mean of the ensemble meets 1 of 1 fitted targets, a set "
            "on average 0.2; the mean of the ensemble meets 1 of 1 held-out targets, a set on average 1.0.")

    def test_a_study_that_has_no_ensemble_is_refused(self):
        with self.assertRaisesRegex(Unusable, "no study over an ensemble"):
            check_sets.compared(Path(__file__).parents[2] / "jobs/calibration/wave.toml")

    def test_sets_that_run_again_are_beside_their_targets(self):
        targets = SimpleNamespace(all=[target(), target("top_three", value=5.0, use="held_out")])
        values = np.array([[3.0, 3.1], [np.nan, 5.0]])
        table = check_sets.table(targets, values)
        self.assertEqual(list(table["met"]), ["-1 to 3", "3 to 7"])
        self.assertEqual(list(table["set 1"]), ["3", "**-**"])
        self.assertEqual(list(table["set 2"]), ["**3.10**", "5"])
        self.assertIn("of 1 fitted: 1, 0; of 1 held out: 0, 1", check_sets.words(targets, values))


class Facts(unittest.TestCase):
    def test_a_world_that_is_as_observed_has_the_facts_that_are_observed(self):
        economies = ["IDN", "IND", "CHL", "MEX", "COL", "THA", "PAK", "PHL", "ZAF", "GRC", "BGR", "BRA", "TUR", "USA"]
        seen = panel.of_observations(facts_world.observations(), economies[:-1])
        years = range(2005, 2016)

        def quarters(table):
            found = table.reindex(columns=years).reindex(economies).to_numpy().T  # [year, economy]
            return np.repeat(np.nan_to_num(found), 4, axis=0)[None]

        data = xr.Dataset(
            {"series_relative_productivity": (("series_run", "time", "country"), quarters(seen.productivity)),
             "series_adoption": (("series_run", "time", "country"), quarters(seen.adoption)),
             "series_ict_service_exports": (("series_run", "time", "country"), quarters(seen.exports)),
             "country_role": ("country", ["latecomer"] * len(economies))},
            coords={"series_run": [0], "time": np.arange(1, 45) / 4, "country": economies})
        worlds = facts.Worlds(data, 2005)
        self.assertEqual(worlds.last_year, 2015)
        names = facts.by_moment()
        for name in ("fact.C2.2005-2010", "fact.C3.2005-2015", "fact.C1.slope_of_adoption.2005-2010", "fact.C9.2005-2015",
                     "fact.C4.closing_10.2005-2010", "fact.C7.gini_of_exports.2005-2010", "fact.C7.growth_of_exports.2005-2015"):
            with self.subTest(name):
                fact = names[name]
                self.assertAlmostEqual(worlds.values(fact)[0], country_facts.value(fact.measure, [seen], *fact.window), 9)

    def test_every_fact_has_a_name_of_its_own(self):
        self.assertEqual(len(facts.by_moment()), len(facts_world.FACTS))


if __name__ == "__main__":
    unittest.main()
