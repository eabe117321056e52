"""Statistics of what the program writes; tests/cli/statistics.sh calls them with a run and a study.

    LATECOMER_RUN=<folder> LATECOMER_STUDY=<study.h5> python3 -m unittest tests.analysis.test_statistics_run
"""

import json
import os
import tempfile
import unittest
from pathlib import Path

import numpy as np
import xarray as xr

from latecomer import statistics, tables
from latecomer.results import Run
from latecomer.statistics import resolution
from latecomer.statistics.evidence import Evidence


class OfTheProgram(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.run_read = Run(os.environ["LATECOMER_RUN"])
        with xr.open_dataset(os.environ["LATECOMER_STUDY"], engine="h5netcdf") as file:
            cls.study = file.load()
        cls.frame = statistics.frame_of(cls.study)

    def test_identities_tell_as_many_births_as_the_series(self):
        entrants = self.run_read.series["entrants"].sum(("country", "position")).values
        births = Evidence(self.run_read).births()
        self.assertGreater(len(births), 3)
        for quarters, born in births.items():
            self.assertEqual(int((born == quarters - 1).sum()), int(entrants[quarters - 1]))

    def test_all_but_what_needs_windows_and_other_arms_has_data(self):
        table = statistics.battery(self.run_read, self.study)
        missing = table.loc[table["verdict"] == "no data", ["pattern", "note"]]
        # The small study has no arm of alike economies; ten years are too few for P13 and for half of P14.
        allowed = {"P7", "P8", "P10", "P11", "P12", "P13", "P14"}
        self.assertLessEqual(set(missing["pattern"]), allowed, missing.to_string())
        self.assertEqual(missing["pattern"].value_counts().to_dict().get("P14"), 2)
        self.assertEqual((table["pattern"] == "P12").sum(), 2)

    def test_every_moment_of_the_resolution_is_known(self):
        found = resolution.moments(self.run_read)
        self.assertEqual(len(found), 12)
        self.assertTrue(all(isinstance(value, float) and np.isfinite(value) for value in found.values()), found)
        self.assertEqual(self.run_read.firms_per_country, 60)

    def test_means_of_the_study_are_those_of_its_file(self):
        none = (self.study["scenario_number"] == 0) & (self.study["status"] == 1)
        line = statistics.compare(self.frame, "none", ["gap_at_end"]).iloc[0]
        gaps = self.study["gap_at_end"].values[none.values]
        self.assertAlmostEqual(line["baseline"], np.nanmean(np.nanmean(gaps, axis=1)), places=12)
        self.assertEqual(line["unpaired"], 0)

    def test_lead_economies_are_not_counted(self):
        self.assertEqual(set(self.frame["country"]), set(self.run_read.latecomers))

    def test_the_manual_of_the_program_makes_tables(self):
        for what, table in (("parameters", tables.parameter_table), ("instruments", tables.instrument_table),
                            ("instruments", tables.effect_table)):
            made = table(json.loads(Path(f"{what}.json").read_text(encoding="utf-8")))
            with tempfile.TemporaryDirectory() as folder:
                text = tables.write(made, folder)[0].read_text(encoding="utf-8")
            self.assertEqual(text.count("{"), text.count("}"))
            self.assertGreaterEqual(len(made.frame), {"instruments": 4, "instrument_effects": 16}.get(made.name, 100))


if __name__ == "__main__":
    unittest.main()
