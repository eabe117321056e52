"""Moments that a run tells are those that `analysis` computes from its snapshots."""

import os
import unittest

import h5py
import numpy as np

from latecomer.results import Run
from latecomer.statistics import facts_countries, facts_firms, resolution
from latecomer.statistics.evidence import YEAR, Evidence

NEAR = 0.001  # relative: the likelihood of the growth shape is taken over classes
OF_YEARS = ("largest_share",)  # a mean over years in the one, over quarters in the other
NEAR_OF_YEARS = 0.02


class Moments(unittest.TestCase):
    def test_a_run_tells_what_its_snapshots_tell(self):
        run = Run(os.environ["LATECOMER_MOMENTS_RUN"])
        from_files = resolution.moments(run)
        evidence = Evidence(run)
        frontier = np.log(run.series["frontier"].transpose("time", "stage").values[evidence.burn_in :]).mean(axis=1)
        from_files |= {
            "tail_hill": facts_firms.tail_by_hill(evidence)[0].value,
            "top_three": facts_countries.top_three(evidence)[0].value,
            "frontier_growth": (frontier[-1] - frontier[0]) / (len(frontier) - 1) * YEAR,
            "processing_growth": facts_countries.outsourcing(evidence)[0].value,
            "processing_per_worker": facts_countries.outsourcing_per_worker(evidence)[0].value,
        }
        for name, position in (("processing", "PRL"), ("analytics", "ANA")):
            from_files[f"climb_{name}"] = facts_countries.climbing_a_year(evidence, position)[0].value
            from_files[f"climbing_economies_{name}"] = facts_countries.economies_that_climb(evidence, position)[0].value
        with h5py.File(os.environ["LATECOMER_MOMENTS_STUDY"]) as study:
            told = {name[len("moment_"):]: float(study[name][0]) for name in study if name.startswith("moment_")}
        self.assertEqual(len(told), 19)
        for name, value in told.items():
            with self.subTest(moment=name):
                near = NEAR_OF_YEARS if name in OF_YEARS else NEAR * abs(from_files[name])
                self.assertAlmostEqual(value, from_files[name], delta=near)


if __name__ == "__main__":
    unittest.main()
