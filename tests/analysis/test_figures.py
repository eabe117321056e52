"""Tests of the analysis folder; tests/cli/analysis.sh calls them with the folder of a finished run.

    LATECOMER_RUN=<folder> python3 -m unittest tests.analysis.test_figures
"""

import contextlib
import io
import os
import shutil
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

import h5py
import numpy as np
import xarray as xr

from latecomer import figures
from latecomer.results import Run
from latecomer.run_figures import chain, panels
from latecomer.style import spread

RUN = Path(os.environ["LATECOMER_RUN"])


def call(*arguments):
    """Exit status, standard output and standard error of a call."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = figures.main([str(argument) for argument in arguments])
    return status, out.getvalue(), err.getvalue()


class Figures(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.series = self.folder / "series.h5"

    def copy(self, change):
        shutil.copy(RUN / "series.h5", self.series)
        with h5py.File(self.series, "r+") as file:
            change(file)

    def refused(self, *words):
        status, out, err = call(self.folder, "--out", self.folder / "figures")
        self.assertEqual((status, out, err.count("\n")), (2, "", 1), err)
        for word in words:
            self.assertIn(word, err)
        self.assertFalse((self.folder / "figures").exists())

    def test_every_figure_is_drawn_with_its_numbers_and_caption(self):
        status, out, err = call(RUN, "--out", self.folder / "a/b")
        self.assertEqual((status, err), (0, ""))
        starts = {".png": b"\x89PNG", ".pdf": b"%PDF", ".csv": b"time,country,", ".txt": b"", ".tex": b"\\begin{figure}"}
        paths = [Path(line) for line in out.splitlines()]
        self.assertEqual(sorted(path.suffix for path in paths), sorted(2 * list(starts)))
        for path in paths:
            content = path.read_bytes()
            self.assertTrue(content.startswith(starts[path.suffix]), content[:20])
            self.assertGreater(len(content), 200 if path.suffix in (".txt", ".tex") else 5000)

    def test_the_same_run_gives_the_same_bytes(self):
        for name in ("first", "second"):
            call(RUN, "--out", self.folder / name)
        for path in (self.folder / "first").iterdir():
            self.assertEqual(path.read_bytes(), (self.folder / "second" / path.name).read_bytes())

    def test_a_run_under_way_is_drawn_as_far_as_it_is(self):
        for rows in (1, 7):
            self.copy(lambda file, rows=rows: file["n_valid"].__setitem__((), rows))
            self.assertEqual(call(self.folder, "--out", self.folder / "figures")[0], 0)

    def test_lead_economies_are_not_drawn(self):
        run = Run(RUN)
        figure = chain.capability_gaps(run).figure
        drawn = {text.get_text() for text in figure.axes[0].texts}
        for key in run.series["country"].values:
            self.assertEqual(str(key) in drawn, str(key) in run.latecomers, key)

    def test_a_missing_file_is_named(self):
        self.refused("series.h5' does not exist")

    def test_a_file_of_another_kind_is_refused(self):
        self.series.write_text("not HDF5")
        self.refused("cannot be read")
        self.copy(lambda file: file.attrs.__setitem__("schema", "other"))
        self.refused("not a series of latecomer (schema: other)")
        self.copy(lambda file: file.attrs.__setitem__("schema_version", 99))
        self.refused("version 99")

    def test_a_file_of_an_earlier_version_of_the_model_is_refused(self):
        self.copy(lambda file: file.move("capability_index", "mean_capability"))
        self.refused("earlier version of the model (it has no capability_index)")

    def test_a_file_without_a_complete_quarter_is_refused(self):
        self.copy(lambda file: file["n_valid"].__setitem__((), 0))
        self.refused("no complete quarter")

    def test_missing_packages_are_named_as_debian_names_them(self):
        for package in ("matplotlib", "xarray", "h5netcdf"):
            with mock.patch.dict(sys.modules, {package: None}):
                self.refused(f"'{package}' is missing", "apt-get install python3-h5py python3-xarray")


class Names(unittest.TestCase):
    def test_of_many_economies_sixteen_from_the_least_to_the_most_are_named(self):
        keys = [f"S{i:03}" for i in range(46)]
        values = np.array([np.full(46, np.nan), np.arange(46.0), np.where(np.arange(46) < 3, np.nan, np.arange(46.0))])
        series = xr.DataArray(values, coords={"time": [0.25, 0.5, 0.75], "country": keys}, dims=("time", "country"))
        named = sorted(panels.named_countries(series, keys))
        self.assertEqual(named, keys[::3])

    def test_names_that_touch_are_moved_apart_around_their_middle(self):
        self.assertEqual(spread([0.2, 0.9], 0.1), [0.2, 0.9])
        for got, wanted in zip(spread([0.5, 0.5, 0.5], 0.1), (0.4, 0.5, 0.6)):
            self.assertAlmostEqual(got, wanted)

    def test_names_stay_inside_the_panel_and_in_order(self):
        for heights in ([0.0] * 5, [1.0] * 5, [0.5] * 40, [-2.0, 3.0]):
            placed = spread(heights, 0.1)
            self.assertEqual(placed, sorted(placed))
            self.assertGreaterEqual(placed[0], -1e-12)
            self.assertLessEqual(placed[-1], 1.0 + 1e-12)


if __name__ == "__main__":
    unittest.main()
