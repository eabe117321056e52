"""Statistics of countries on data whose answer is known.

    python3 -m unittest tests.analysis.test_statistics_countries
"""

import unittest

import numpy as np
import xarray as xr

from latecomer.statistics import adoption, chain, convergence
from latecomer.statistics.estimate import NoData


class Convergence(unittest.TestCase):
    def test_spread_is_the_deviation_over_countries_that_have_a_value(self):
        logs = np.array([[0.0, 2.0, np.nan], [1.0, 1.0, 1.0], [np.nan, np.nan, 3.0]])
        np.testing.assert_allclose(convergence.spread(logs), [np.sqrt(2.0), 0.0, np.nan])

    def test_a_country_that_has_no_value_at_an_end_does_not_count_in_between(self):
        run = np.array([[0.0, 2.0, np.nan], [0.0, 2.0, 50.0], [0.0, 4.0, 50.0]])
        np.testing.assert_allclose(convergence.spread_of_runs(run[None])[0], np.sqrt(2.0) * np.array([1, 1, 2]))

    def test_beta_is_the_exact_slope_of_growth(self):
        start = np.linspace(-1, 1, 12)
        logs = np.array([start, 0.8 * start + 3.0])  # a fifth of the distance in 10 years
        self.assertAlmostEqual(convergence.beta(logs, 10.0).value, -0.02, places=12)

    def test_countries_without_a_value_are_left_out_and_few_are_no_data(self):
        logs = np.tile(np.linspace(-1, 1, 6), (3, 2, 1))
        logs[2, 1, 0] = np.nan
        self.assertEqual(convergence.complete(logs).shape, (3, 2, 5))
        logs[0, 0, 1] = np.nan
        with self.assertRaises(NoData):
            convergence.complete(logs)


class Modes(unittest.TestCase):
    def test_modes_are_counted(self):
        values = np.concatenate([np.zeros(20), np.full(20, 10.0)])
        self.assertEqual(convergence.modes(values, 1.0), 2)
        self.assertEqual(convergence.modes(values, 8.0), 1)

    def test_the_critical_bandwidth_of_two_points_is_half_their_distance(self):
        # Two normal densities of equal weight merge where their distance is two standard deviations.
        self.assertAlmostEqual(convergence.critical_bandwidth(np.array([0.0, 6.0])), 3.0, delta=0.02)

    def test_two_clubs_are_told_from_one(self):
        random = np.random.default_rng(2)
        two = np.concatenate([random.normal(-3, 0.5, 15), random.normal(3, 0.5, 15)])
        self.assertLess(convergence.bimodality_p(two[None]).value, 0.02)
        self.assertGreater(convergence.bimodality_p(random.normal(size=(1, 30))).value, 0.1)

    def test_clubs_too_small_to_be_seen_in_one_run_are_seen_in_many(self):
        random = np.random.default_rng(8)
        two = np.concatenate([random.normal(-1, 0.6, (40, 6)), random.normal(1, 0.6, (40, 5))], axis=1)
        self.assertGreater(np.median([convergence.bimodality_p(run[None], 100).value for run in two[:10]]), 0.1)
        self.assertLess(convergence.bimodality_p(two).value, 0.05)

    def test_what_shifts_all_economies_of_a_run_makes_no_club(self):
        random = np.random.default_rng(9)
        one = random.normal(0, 0.3, (8, 11))
        shifts = np.repeat([-5.0, 5.0], 4)[:, None]
        self.assertEqual(convergence.bimodality_p(one + shifts).value, convergence.bimodality_p(one).value)
        self.assertGreater(convergence.bimodality_p(one + shifts).value, 0.1)

    def test_whole_runs_are_drawn(self):
        runs = np.arange(12.0).reshape(4, 3)
        drawn = convergence.drawn_runs(runs, np.random.default_rng(1))
        self.assertEqual(drawn.shape, runs.shape)
        self.assertTrue(all(any((row == run).all() for run in runs) for row in drawn))
        self.assertLess(len(np.unique(drawn)), 12)  # with replacement
        alone = [convergence.drawn_runs(runs[:1], np.random.default_rng(seed)) for seed in range(9)]
        self.assertEqual({drawn.size for drawn in alone}, {3})  # of one run the countries are
        self.assertGreater(len({tuple(np.sort(drawn)) for drawn in alone}), 3)


class Chains(unittest.TestCase):
    def test_a_chain_of_two_states_has_the_ergodic_vector_of_the_books(self):
        # Flows balance: p0 * 0.1 = p1 * 0.3
        np.testing.assert_allclose(convergence.ergodic(np.array([[0.9, 0.1], [0.3, 0.7]])), [0.75, 0.25])

    def test_a_periodic_chain_has_an_ergodic_vector_too(self):
        np.testing.assert_allclose(convergence.ergodic(np.array([[0.0, 1.0], [1.0, 0.0]]), [1.0, 0.0]), [0.5, 0.5])

    def test_a_chain_with_two_closed_classes_remembers_its_start(self):
        found = convergence.ergodic(np.eye(2), [0.2, 0.8])
        np.testing.assert_allclose(found, [0.2, 0.8])

    def test_the_matrix_is_that_of_counted_moves(self):
        paths = np.array([[0, 1], [0, 1], [1, 1], [1, 0]])
        wanted = [[0.5, 0.5, 0], [0.25, 0.75, 0], [0, 0, 1]]
        np.testing.assert_allclose(convergence.transition_matrix(paths, 3), wanted)
        np.testing.assert_allclose(convergence.transition_matrix(paths.reshape(4, 2, 1), 3), wanted)  # two runs

    def test_the_matrix_of_a_long_path_is_the_one_it_was_drawn_from(self):
        matrix = np.array([[0.8, 0.2, 0.0], [0.1, 0.8, 0.1], [0.0, 0.3, 0.7]])
        random, path = np.random.default_rng(3), [0]
        for _ in range(50000):
            path.append(random.choice(3, p=matrix[path[-1]]))
        found = convergence.transition_matrix(np.array(path)[:, None], 3)
        np.testing.assert_allclose(found, matrix, atol=0.015)
        np.testing.assert_allclose(convergence.ergodic(found), [3 / 11, 6 / 11, 2 / 11], atol=0.03)

    def test_a_valley_needs_a_peak_on_both_sides(self):
        self.assertAlmostEqual(convergence.valley([0.4, 0.1, 0.2, 0.3]), 0.2)
        self.assertEqual(convergence.valley([0.1, 0.2, 0.3, 0.4]), 0.0)
        self.assertEqual(convergence.valley([0.1, 0.5, 0.4]), 0.0)

    def test_countries_that_part_into_clubs_leave_a_valley(self):
        # From one state two thirds fall below, one third climbs far above the mean.
        years = np.arange(30)[:, None]
        direction = np.repeat([-1.0, 1.0], [12, 6]) * np.linspace(0.95, 1.05, 18)
        runs = np.array([0.12 * years * direction * speed for speed in (0.9, 1.0, 1.1, 1.2)])
        self.assertGreater(convergence.club_valley(runs).low, 0.1)
        one = np.random.default_rng(4).normal(0, 0.02, (4, 30, 12))
        self.assertEqual(convergence.club_valley(one).value, 0.0)

    def test_runs_are_resampled_and_not_countries(self):
        # Runs that are all alike leave nothing open, whatever the countries of each do; one run has no interval.
        run = 0.12 * np.arange(30)[:, None] * np.repeat([-1.0, 1.0], [12, 6]) * np.linspace(0.95, 1.05, 18)
        found = convergence.club_valley(np.array([run] * 5))
        self.assertAlmostEqual(found.low, found.value, places=12)
        self.assertAlmostEqual(found.high, found.value, places=12)
        self.assertEqual(found.count, 5)
        alone = convergence.club_valley(run[None])
        self.assertAlmostEqual(alone.value, found.value, places=12)
        self.assertTrue(np.isnan(alone.low) and np.isnan(alone.high))

    def test_states_are_bands_of_the_level_over_the_mean(self):
        logs = np.log([[0.2, 0.4, 0.8, 1.2, 2.4], [20.0, 40.0, 80.0, 120.0, 240.0]])  # two runs, each by itself
        self.assertEqual(convergence.states(logs).tolist(), [[0, 1, 2, 3, 4]] * 2)

    def test_the_printed_chain_ends_in_the_long_run(self):
        logs = np.random.default_rng(5).normal(0, 1, (2, 200, 10))
        table = convergence.chain_of(logs)
        matrix, long_run = table.iloc[:, :5].to_numpy(), table["long run"].to_numpy()
        np.testing.assert_allclose(long_run @ matrix, long_run, atol=1e-10)
        self.assertAlmostEqual(table["start"].sum(), 1.0)


class Adoption(unittest.TestCase):
    def test_the_speed_of_a_logistic_curve_is_found(self):
        years = np.arange(1, 81) / 4
        for rate in (0.139, 0.3):
            curve = adoption.logistic(years, rate, 12.0)
            self.assertAlmostEqual(adoption.logistic_rate(years, curve), rate, places=6)

    def test_nine_years_need_a_rate_of_point_139(self):
        # ln(.45/.55) - ln(.19/.81) = 1.249339
        self.assertAlmostEqual(adoption.years_between(1.249339 / 9.0), 9.0, places=4)
        self.assertEqual(adoption.years_between(-0.1), np.inf)

    def test_the_years_are_the_median_of_countries(self):
        years = np.arange(1, 81) / 4
        curves = np.column_stack([adoption.logistic(years, 1.249339 / wanted, 10.0) for wanted in (7, 8, 12)])
        curves = np.column_stack([curves, np.full(80, 0.99)])  # saturated: tells nothing
        found = adoption.adoption_years(years, curves)
        self.assertAlmostEqual(found.value, 8.0, places=3)
        self.assertEqual(found.count, 3)
        with self.assertRaises(NoData):
            adoption.adoption_years(years, np.full((80, 2), 0.99))


class Chain(unittest.TestCase):
    def setUp(self):
        gaps = np.log(np.array([[[0.9, 0.2, 0.6, 0.1], [0.4, np.nan, 0.1, 0.1], [1, 1, 1, 1]],
                                [[0.9, 0.9, 0.9, 0.5], [0.4, 0.1, 0.1, 0.1], [1, 1, 1, 1]]]))
        self.series = xr.Dataset(
            {
                "gap_by_stage": (("time", "country", "stage"), gaps),
                "country_role": ("country", ["latecomer", "latecomer", "lead"]),
                "top_three_storage": ("time", [0.6, 0.7]),
                "world_herfindahl": (("time", "position"), [[0.1, 0.2], [0.3, 0.4]]),
            },
            coords={"country": ["A", "B", "L"], "time": [0.25, 0.5], "position": ["COL", "STO"]},
        )

    def test_the_ladder_is_the_last_stage_at_half_the_frontier(self):
        table = chain.ladder(self.series)
        self.assertEqual(list(table.columns), ["A", "B"])
        self.assertEqual(table.to_numpy().tolist(), [[3, 0], [4, 0]])

    def test_concentration_has_a_column_for_each_position(self):
        table = chain.concentration(self.series)
        self.assertEqual(list(table.columns), ["top_three_storage", "herfindahl_COL", "herfindahl_STO"])
        self.assertEqual(table.loc[0.5].tolist(), [0.7, 0.3, 0.4])

    def test_the_fastest_outsourcing_is_found_and_a_tiny_one_left_out(self):
        years = np.arange(15)[:, None]
        rates = np.array([[1.136, 1.02, 1.5]])
        revenue = np.array([[100.0, 500.0, 1e-6]]) * rates**years
        per_worker = np.array([[1.02, 1.0, 1.0]]) ** years
        growth, other = chain.outsourcing_growth(revenue, per_worker)
        self.assertAlmostEqual(growth.value, 0.136, places=10)
        self.assertAlmostEqual(other.value, 0.02, places=10)
        with self.assertRaises(NoData):
            chain.outsourcing_growth(revenue[:10], per_worker[:10])


if __name__ == "__main__":
    unittest.main()
