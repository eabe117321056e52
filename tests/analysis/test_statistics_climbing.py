"""Firms that climb the ladder, on counts whose answer is known.

    python3 -m unittest tests.analysis.test_statistics_climbing
"""

import unittest

import numpy as np
import xarray as xr

from latecomer.statistics import climbing
from latecomer.statistics.estimate import NoData

POSITIONS = ["PRL", "ANA", "APP_a", "APP_b"]


def series():
    """Six quarters, two countries; moves from each position are told apart by their size."""
    upgrades = np.zeros((6, 2, 4, 4))
    upgrades[:, 0, 0, 1] = 1  # PRL to ANA
    upgrades[:, 1, 1, 2] = 2  # ANA to an application
    upgrades[:, 1, 1, 3] = 3  # to the other
    upgrades[:, 0, 2, 3] = upgrades[:, 0, 0, 3] = 100  # no step of the ladder
    firms = np.full((6, 2, 4), 10.0)
    firms[:, 1, 0] = np.nan  # as of a country without firms
    return xr.Dataset(
        {"upgrades": (("time", "country", "position", "target"), upgrades),
         "firms": (("time", "country", "position"), firms)},
        coords={"time": np.arange(6) / 4, "country": ["A", "B"], "position": POSITIONS, "target": POSITIONS},
    )


class Moves(unittest.TestCase):
    def test_from_processing_to_analytics_only_and_from_there_to_any_application(self):
        moves, firms = climbing.moves_and_firms(series(), "PRL", burn_in=2)
        self.assertEqual(moves.tolist(), [[1, 0]] * 4)
        self.assertEqual(firms.tolist(), [[10, 0]] * 4)
        moves, firms = climbing.moves_and_firms(series(), "ANA")
        self.assertEqual(moves.tolist(), [[0, 5]] * 6)
        self.assertEqual(firms.tolist(), [[10, 10]] * 6)


class Rate(unittest.TestCase):
    def test_it_is_moves_over_firms_and_years(self):
        # 12 moves of 100, 200 and 300 firms in turn: 12 / 2400 a quarter, not the mean of the quarters' shares.
        firms = np.tile([100.0, 200.0, 300.0], 4)
        found = climbing.rate(np.tile([2.0, 0.0, 1.0], 4), firms)
        self.assertAlmostEqual(found.value, 4 * 12 / 2400, places=12)
        self.assertEqual(found.count, 12)

    def test_a_rate_that_never_changes_is_certain(self):
        found = climbing.rate(np.full(40, 2.0), np.full(40, 100.0))
        self.assertAlmostEqual(found.low, 0.08, places=12)
        self.assertAlmostEqual(found.high, 0.08, places=12)

    def test_the_interval_is_that_of_the_mean_of_counts(self):
        moves = np.random.default_rng(1).poisson(5.0, 4000)
        found = climbing.rate(moves, np.full(4000, 1000.0))
        half = 1.96 * np.sqrt(5.0 / 4000) / 1000 * 4
        self.assertAlmostEqual((found.high - found.low) / 2, half, delta=0.15 * half)

    def test_no_end_is_below_zero(self):
        self.assertEqual(climbing.rate(np.eye(1, 20)[0], np.full(20, 10.0)).low, 0.0)

    def test_without_firms_there_are_no_data(self):
        with self.assertRaisesRegex(NoData, "no firm stands there"):
            climbing.rate(np.zeros(20), np.zeros(20))


class Economies(unittest.TestCase):
    def test_those_with_ten_firms_on_average_count_and_one_climb_within_fifty_years_suffices(self):
        moves, firms = np.zeros((260, 5)), np.full((260, 5), 10.0)
        moves[199, 0] = 1  # the last quarter that counts
        moves[200, 1] = 9  # too late
        moves[:, 2], firms[:, 2] = 1, 9.9  # too small
        firms[::2, 3], firms[1::2, 3], moves[7, 3] = 0, 20, 1  # ten on average
        found = climbing.economies(moves, firms)
        self.assertEqual((found.value, found.count), (0.5, 4))

    def test_economies_of_one_run_have_no_interval(self):
        found = climbing.economies(np.ones((200, 3)), np.full((200, 3), 50.0))
        self.assertEqual(found.value, 1.0)
        self.assertTrue(np.isnan(found.low) and np.isnan(found.high))

    def test_a_run_that_is_too_short_and_economies_that_are_too_small_are_no_data(self):
        with self.assertRaisesRegex(NoData, "199 quarters after burn-in"):
            climbing.economies(np.ones((199, 3)), np.full((199, 3), 50.0))
        with self.assertRaisesRegex(NoData, "no economy has 10 firms"):
            climbing.economies(np.ones((200, 3)), np.full((200, 3), 9.0))


if __name__ == "__main__":
    unittest.main()
