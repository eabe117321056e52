"""Moments that a run tells are those that `analysis` computes from its snapshots."""

import os
import unittest

import h5py

from analysis.results import Run
from analysis.statistics import facts_firms, resolution
from analysis.statistics.evidence import Evidence

NEAR = 0.001  # relative: the likelihood of the growth shape is taken over classes
OF_YEARS = ("largest_share",)  # a mean over years in the one, over quarters in the other
NEAR_OF_YEARS = 0.02


class Moments(unittest.TestCase):
    def test_a_run_tells_what_its_snapshots_tell(self):
        run = Run(os.environ["LATECOMER_MOMENTS_RUN"])
        from_files = resolution.moments(run)
        from_files["tail_hill"] = facts_firms.tail_by_hill(Evidence(run))[0].value
        with h5py.File(os.environ["LATECOMER_MOMENTS_STUDY"]) as study:
            told = {name[len("moment_"):]: float(study[name][0]) for name in study if name.startswith("moment_")}
        self.assertEqual(len(told), 11)
        for name, value in told.items():
            with self.subTest(moment=name):
                near = NEAR_OF_YEARS if name in OF_YEARS else NEAR * abs(from_files[name])
                self.assertAlmostEqual(value, from_files[name], delta=near)


if __name__ == "__main__":
    unittest.main()
