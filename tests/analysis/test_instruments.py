"""What instruments do alone: paired differences of what they act on first, and what cannot be compared."""

import types
import unittest

import numpy as np
import xarray as xr

from latecomer import instruments

KEYS = ["AAA", "BBB", "LLL"]


def made():
    """Two scenarios, three replicates of which two keep series; 3K adds .2 to skill, 1L doubles the commons."""
    arms, replicates = np.array([0, 1, 0, 1, 0, 1]), np.array([0, 0, 1, 1, 2, 2])
    runs = [0, 1, 2, 3]
    skill = np.full((4, 5, 3, 2), 0.5)
    commons = np.full((4, 5, 3, 1), 7.0)
    skill[[1, 3], -1, :, 1] += 0.2
    skill[:, -1, :, :] += np.array([0.0, 0.0, 0.3, 0.3])[:, None, None]  # what a replicate adds to both
    commons[[1, 3], -1] *= 2.0
    open_data = np.zeros((4, 5, 3, 1))
    data = xr.Dataset(
        {
            "scenario_number": ("run", arms),
            "replicate": ("run", replicates),
            "series_skill": (("series_run", "time", "country", "stage"), skill),
            "series_commons": (("series_run", "time", "country", "sector"), commons),
            "series_open_data": (("series_run", "time", "country", "sector"), open_data),
            "world_analytics_share": ("run", np.array([0.1, 0.2, 0.3, 0.5, 0.2, 0.5])),
        },
        coords={"run": np.arange(6), "series_run": runs, "country": KEYS, "stage": ["storage", "analytics"], "sector": ["x"]},
    )
    return types.SimpleNamespace(data=data, scenarios=["none", "3K"], reference="none", latecomers=["AAA", "BBB"])


class Instruments(unittest.TestCase):
    def test_effects_are_paired_differences_at_the_end(self):
        mean, half = instruments.direct_effect(made(), "3K", "skill", "analytics")
        self.assertAlmostEqual(mean, 0.2)
        self.assertAlmostEqual(half, 0.0)
        self.assertAlmostEqual(instruments.direct_effect(made(), "3K", "skill", "storage")[0], 0.0)

    def test_data_are_told_relative_to_the_reference_which_must_have_some(self):
        self.assertAlmostEqual(instruments.direct_effect(made(), "3K", "commons", None)[0], 1.0)
        self.assertIsNone(instruments.direct_effect(made(), "3K", "open_data", None))

    def test_outcomes_of_the_world_are_paired_by_replicate(self):
        mean, half = instruments.of_world(made(), "world_analytics_share", "3K")
        self.assertAlmostEqual(mean, 0.2)
        self.assertAlmostEqual(half, 4.302652729911275 * 0.1 / np.sqrt(3.0))  # Student's t with 2 degrees

    def test_an_interval_that_holds_zero_is_marked(self):
        self.assertEqual(instruments.told((0.25, 0.1)), "+0.250 ± 0.100")
        self.assertTrue(instruments.told((-0.05, 0.1)).endswith("(0)"))
        self.assertEqual(instruments.told((float("nan"), 0.1)), "-")

    def test_every_instrument_has_something_that_it_acts_on_first(self):
        self.assertEqual(set(instruments.DIRECT), {f"{s}{c}" for s in "1234" for c in "KLXD"})


if __name__ == "__main__":
    unittest.main()
