"""What reviews bring: indicators of goals by hand, pairs by replicate, and what cannot be compared."""

import tempfile
import unittest
from pathlib import Path
from unittest import mock

import numpy as np
import xarray as xr

from latecomer import reviews
from latecomer.series import Unusable

POSITIONS = ["COL", "STO", "PRL", "ANA", "APP_services"]


def series(**changed):
    """Two quarters of one economy in round numbers."""
    values = {
        "revenue": [[2.0, 4.0, 8.0, 8.0, 16.0]] * 2,
        "export_revenue": [[1.0, 1.0, 0.0, 4.0, 4.0]] * 2,
        "domestic_share": [[0.2, 0.4, 0.9, 0.6, 0.8]] * 2,
    }
    alone = {"adoption": [0.2, 0.4], "data_kept": [3.0, 1.0], "data_localised": [1.0, 1.0], "data_generated": [8.0, 8.0]}
    data = {name: (("time", "position"), np.array(value)) for name, value in values.items()}
    data |= {name: ("time", np.array(value)) for name, value in alone.items()}
    return xr.Dataset(data, coords={"position": POSITIONS}).assign(**changed)


class Reviews(unittest.TestCase):
    def test_indicators_of_goals_are_those_of_the_model(self):
        self.assertAlmostEqual(reviews.indicator(series(), "diffusion"), 0.3)
        self.assertAlmostEqual(reviews.indicator(series(), "sovereignty"), (0.5 + 0.25) / 2)
        self.assertAlmostEqual(reviews.indicator(series(), "growth"), np.log([2.0, 4.0, 16.0, 16.0]).mean())
        # Work for lead firms is sold abroad whole: 8 and 4 of 16 at analytics.
        self.assertAlmostEqual(reviews.indicator(series(), "linkages"), np.mean([0.5, 0.25, 0.75, 0.25]))
        self.assertAlmostEqual(reviews.indicator(series(), "bargaining"), np.mean([0.2, 0.4, 0.6, 0.8]))

    def test_runs_are_paired_by_replicate(self):
        values = {"fixed-0": (1.0, 10.0), "fixed-1": (2.0, 10.0), "growth-0": (1.5, 9.0), "growth-1": (2.25, 9.0), "growth-7": (9.0, 9.0)}
        with tempfile.TemporaryDirectory() as folder:
            for name in (*values, "growth-x"):
                (Path(folder) / name).mkdir()
            with mock.patch.object(reviews, "values_of", lambda path, *_: values[path.name]):
                table = reviews.table_of(Path(folder), "IND", "0:2")
        half = 12.706204736432095 * np.std([0.5, 0.25], ddof=1) / np.sqrt(2)  # Student's t with one degree
        self.assertEqual(table.splitlines()[2:], [f"| growth | 2 | 1.500 | +0.3750 [{0.375 - half:+.4f}, {0.375 + half:+.4f}] | 0.900 |"])

    def test_what_cannot_be_compared_is_refused(self):
        with tempfile.TemporaryDirectory() as folder, self.assertRaisesRegex(Unusable, "no run named fixed-0"):
            reviews.table_of(Path(folder), "IND", "0:2")
        for wrong in ("5", "9:3", "a:b", "-1:4"):
            with self.assertRaisesRegex(Unusable, "200:300"):
                reviews.window_of(wrong)


if __name__ == "__main__":
    unittest.main()
