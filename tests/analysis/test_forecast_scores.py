"""Scores of forecasts, their intervals, and rules that know no model: closed forms, and data that follow the rules."""

import unittest

import numpy as np
import pandas as pd

from latecomer.forecast import inference, observations, rules, scales, scores


class Scores(unittest.TestCase):
    def integrated(self, value, distribution):
        """CRPS by its definition."""
        at = np.linspace(-12, 12, 480001)
        return np.trapz((distribution(at) - (at >= value)) ** 2, at)

    def mixture(self, at, means, weights, sd):
        from scipy import stats

        return sum(weight * stats.norm.cdf(at, mean, sd) for mean, weight in zip(means, weights))

    def test_crps_of_a_normal_forecast(self):
        self.assertAlmostEqual(float(scores.crps_normal(0.0, 0.0, 1.0)), 2 / np.sqrt(2 * np.pi) - 1 / np.sqrt(np.pi), 12)
        wanted = self.integrated(1.7, lambda at: self.mixture(at, [1], [1], 0.5))
        self.assertAlmostEqual(float(scores.crps_normal(1.7, 1.0, 0.5)), wanted, 4)
        self.assertAlmostEqual(float(scores.crps_normal(3.0, 1.0, 0.0)), 2.0, 9)  # of a point: the distance

    def test_crps_of_a_mixture(self):
        means, weights = np.array([-1.0, 0.5, 2.0]), np.array([0.2, 0.5, 0.3])
        found = scores.crps_mixture(np.array([0.7]), means[:, None], weights, np.array([0.4]))
        self.assertAlmostEqual(float(found[0]), self.integrated(0.7, lambda at: self.mixture(at, means, weights, 0.4)), 4)
        one = scores.crps_mixture(np.array([0.7, 2.0]), np.array([[0.1, 0.2]]), np.ones(1), np.array([0.3, 0.4]))
        np.testing.assert_allclose(one, scores.crps_normal([0.7, 2.0], np.array([0.1, 0.2]), np.array([0.3, 0.4])))

    def test_quantiles_of_a_mixture(self):
        one = scores.quantile_mixture(0.05, np.array([[1.0, 2.0]]), np.ones(1), np.array([0.5, 0.0]))
        np.testing.assert_allclose(one, [1.0 - 1.6448536269514722 * 0.5, 2.0], atol=1e-9)
        means, weights = np.array([-1.0, 0.5, 2.0]), np.array([0.2, 0.5, 0.3])
        at = scores.quantile_mixture(0.95, means[:, None], weights, np.array([0.4]))[0]
        self.assertAlmostEqual(self.mixture(at, means, weights, 0.4), 0.95, 12)

    def test_errors_that_are_added_come_from_other_regions(self):
        # Of the others: mean squares 25 and 1, less mean variances 2 and 3.
        found = scores.dressing([1.0, 1.0, 5.0], [2.0, 4.0, 2.0], ["a", "a", "b"])
        self.assertEqual(found.tolist(), [23.0, 23.0, 0.0])
        self.assertTrue(np.isnan(scores.dressing([1.0], [0.0], ["a"])).all())


class Inference(unittest.TestCase):
    own, other = np.array([1.0, 2.0, 3.0, 2.0]), np.array([2.0, 2.0, 3.0, 5.0])
    clusters = ["a", "a", "b", "c"]

    def test_whole_clusters_are_resampled(self):
        found = inference.mean_of([1.0, 1.0, 4.0, 4.0], ["a", "b", "a", "b"])  # both alike: no spread
        self.assertEqual((found.value, found.low, found.high), (2.5, 2.5, 2.5))
        found = inference.mean_of([1.0, 1.0, 4.0, 4.0], ["a", "a", "b", "b"])  # one, both or the other
        self.assertEqual((found.value, found.low, found.high), (2.5, 1.0, 4.0))
        self.assertTrue(np.isnan(inference.mean_of([1.0, 2.0], ["a", "a"]).low))
        self.assertAlmostEqual(inference.root_mean_square([3.0, 4.0, 0.0, 0.0], ["a", "b", "a", "b"]).value, 2.5, 12)

    def test_skill_has_the_same_resamples_for_both(self):
        half = inference.skill(self.other / 2, self.other, self.clusters)
        self.assertEqual((half.value, half.low, half.high), (0.5, 0.5, 0.5))
        roots = inference.skill_of_roots(self.other / 2, self.other, self.clusters)
        self.assertEqual((roots.value, roots.low, roots.high), (0.5, 0.5, 0.5))
        self.assertAlmostEqual(inference.skill(self.own, self.other, self.clusters).value, 1 - 8 / 12, 12)
        none = inference.skill(np.zeros(4), self.other, self.clusters)
        self.assertEqual((none.value, none.low, none.high), (1.0, 1.0, 1.0))

    def test_diebold_and_mariano_by_clusters(self):
        # Differences 1, 0, 0, 3 have the mean 1; sums of deviations by cluster -1, -1, 2; error sqrt(3/2 * 6) / 4.
        t, p = inference.diebold_mariano(self.own, self.other, self.clusters)
        self.assertAlmostEqual(t, 4 / 3, 12)
        self.assertAlmostEqual(p, 1 - (4 / 3) / np.sqrt((4 / 3) ** 2 + 2), 9)  # of t with two degrees
        self.assertLess(inference.diebold_mariano(self.other, self.own, self.clusters)[0], 0)
        self.assertTrue(np.isnan(inference.diebold_mariano(self.own, self.own, self.clusters)[0]))


class Rules(unittest.TestCase):
    years = list(range(2000, 2016))

    def levels(self, start, step):
        """Levels [economy, year] of which each follows from the one before."""
        columns = [np.asarray(start, float)]
        for _ in self.years[1:]:
            columns.append(step(columns[-1]))
        return pd.DataFrame(np.transpose(columns), columns=self.years, index=[f"e{n}" for n in range(len(start))])

    def said(self, rule, levels, origin=2005, year=2012, step=1, indicator=scales.INTERNET):
        found = rules.forecasts(indicator, levels, origin, year, step)[rule]
        return found if isinstance(found, str) else found.to_numpy()

    def test_persistence_and_trend(self):
        levels = self.levels([1.0, 2.0], lambda before: before + [0.5, -0.1])
        np.testing.assert_allclose(self.said("persistence", levels), levels[2005])
        np.testing.assert_allclose(self.said("trend", levels), levels[2012])
        levels.loc["e0", 2000] = np.nan
        self.assertEqual(np.isnan(self.said("trend", levels)).tolist(), [True, False])
        self.assertEqual(self.said("trend", levels.drop(columns=2000)), "nothing is observed of 2000")

    def test_convergence_is_exact_on_data_that_converge(self):
        levels = self.levels([-3.0, -1.0, 0.5, 2.0], lambda before: 0.1 + 0.9 * before)
        np.testing.assert_allclose(self.said("convergence", levels), levels[2012], rtol=1e-9)
        levels = self.levels(np.arange(12.0), lambda before: before + 0.25)  # parallel: no convergence
        np.testing.assert_allclose(self.said("convergence", levels), levels[2012], rtol=1e-9)

    def test_convergence_in_steps_of_five_years(self):
        levels = self.levels(np.arange(12.0), lambda before: 0.1 + 0.9 * before)[[2000, 2005, 2012]]
        np.testing.assert_allclose(self.said("convergence", levels, step=5), levels[2012], rtol=1e-9)
        self.assertEqual(self.said("convergence", levels[[2005, 2012]], step=5), "there are 0 changes over 5 years up to 2005")

    def test_a_logistic_curve_has_a_common_slope_and_own_midpoints(self):
        levels = self.levels([-3.0, -2.0, -1.0], lambda before: before + 0.3)
        np.testing.assert_allclose(self.said("logistic", levels), levels[2012], rtol=1e-9)
        levels.loc["e0", 2000] = -9.0  # below 1 %: not readable
        np.testing.assert_allclose(self.said("logistic", levels), levels[2012], rtol=1e-9)
        self.assertEqual(self.said("logistic", levels, indicator=scales.PRODUCTIVITY), "a rule of internet users")

    def test_slopes_of_what_was_observed(self):
        from latecomer.observed.economies import chosen

        economies = [name for name in chosen(observations.project())[0] if name not in ("USA", "DEU", "JPN", "KOR")]
        odds = observations.observed(None, economies, list(range(2005, 2016)), 2005).levels[scales.INTERNET]
        self.assertEqual(len(odds), 145)
        self.assertAlmostEqual(rules.common_slope(odds[list(range(2000, 2006))]), 0.304, 3)
        self.assertAlmostEqual(rules.common_slope(odds[list(range(2000, 2011))]), 0.248, 3)

    def test_nothing_after_the_origin_is_known(self):
        random = np.random.default_rng(1)
        levels = pd.DataFrame(random.normal(size=(20, 16)), columns=self.years)
        later = levels.copy()
        later.loc[:, 2006:] = 9.0
        for name in rules.RULES:
            np.testing.assert_array_equal(self.said(name, levels), self.said(name, later), name)


if __name__ == "__main__":
    unittest.main()
