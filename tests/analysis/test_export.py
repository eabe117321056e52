"""Tables for Stata and others: names, labels, digits, refusals.

    LATECOMER_RUNS=<folder with runs/none, studies/responses, studies/ensemble> python3 -m unittest tests.analysis.test_export
"""

import contextlib
import io
import os
import re
import tempfile
import unittest
import warnings
from pathlib import Path
from unittest import mock

import numpy as np
import pandas as pd
from pandas.io.stata import StataReader

import latecomer
from latecomer import export_tables, stata
from latecomer.export import export, main

RESULTS = Path(os.environ["LATECOMER_RUNS"])
NONE, STUDY, ENSEMBLE = (RESULTS / name for name in ("runs/none", "studies/responses", "studies/ensemble"))


class InAFolder(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder, here = Path(folder.name), os.getcwd()
        os.chdir(folder.name)
        self.addCleanup(os.chdir, here)

    def read(self, result, what, format="csv"):
        path = export(result, format, self.folder / f"table.{format}", what)
        return pd.read_stata(path) if format == "dta" else pd.read_csv(path, float_precision="round_trip", dtype={"id": str})

    def said(self, *arguments):
        """Status, standard output and error."""
        out, error = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(error):
            try:
                status = main([str(one) for one in arguments])
            except SystemExit as refused:  # the words make no sense
                status = refused.code
        return status, out.getvalue(), error.getvalue()


class Tables(InAFolder):
    def test_series_are_a_panel_with_the_digits_of_the_file(self):
        run = latecomer.open_run(NONE)
        for format in ("csv", "dta"):
            table = self.read(NONE, None, format)
            self.assertEqual(len(table), 40 * 6)
            self.assertFalse(table.duplicated(["economy", "quarter"]).any())
            india = table[table["economy"] == "IND"]
            self.assertEqual(india["quarter"].tolist(), list(range(40)))
            np.testing.assert_array_equal(india["gap_by_stage_analytics"], run["gap_by_stage"].sel(country="IND", stage="analytics"))
            np.testing.assert_array_equal(india["revenue_APP_services"], run["revenue"].sel(country="IND", position="APP_services"))

    def test_identities_of_firms_keep_their_digits(self):
        firms = latecomer.firms(NONE)
        large = firms["id"].iloc[0] + np.uint64(2**63)
        for format in ("csv", "dta"):
            table = self.read(NONE, "firms", format)
            self.assertEqual(table["id"].tolist(), firms["id"].astype(str).tolist())
            np.testing.assert_array_equal(table["revenue"], firms["revenue"])
        written = pd.DataFrame({"id": pd.Series([large]), "small": [1]})
        stata.write(self.folder / "large.dta", written, {}, "")
        read = pd.read_stata(self.folder / "large.dta")
        self.assertEqual((read["id"][0], read["small"].dtype), (str(large), np.int32))
        self.assertEqual(stata.whole_numbers("n", pd.Series([2**53 - 1, 2**53])).tolist(), [2.0**53 - 1, 2.0**53])
        self.assertEqual(stata.whole_numbers("n", pd.Series([2**53 + 1])).tolist(), [str(2**53 + 1)])

    def test_a_study_has_a_line_for_a_run_and_economy(self):
        study = latecomer.open_study(STUDY)
        table = self.read(STUDY, None)
        self.assertEqual(len(table), 8 * 6)
        one = table.query("scenario == 'low_value' and replicate == 3 and economy == 'MEX'")["welfare"].iloc[0]
        place = int(np.flatnonzero((study.data["scenario_number"] == 1) & (study.data["replicate"] == 3))[0])
        self.assertEqual(one, float(study.data["welfare"].sel(country="MEX")[place]))
        kept = self.read(STUDY, "series").query("scenario == 'low_value' and replicate == 1 and economy == 'PHL'")
        self.assertEqual(len(kept), 40)
        tidy = latecomer.tidy(study)
        pd.testing.assert_frame_equal(self.read(STUDY, "tidy"), tidy, check_dtype=False)
        self.assertEqual(len(self.read(STUDY, "differences")), len(latecomer.difference(study)))
        self.assertIn("weight", self.read(ENSEMBLE, "outcomes"))
        self.assertIn("learning_innovation_rate", self.read(ENSEMBLE, "runs"))

    def test_every_table_can_be_written_for_stata_and_reads_the_same(self):
        for path, tables in ((NONE, [*export_tables.RUN_TABLES, "data_flow"]), (STUDY, [*export_tables.STUDY_TABLES, "gap_by_stage"]), (ENSEMBLE, ["outcomes", "effects"])):
            result = latecomer.open_result(path)
            for what in tables:
                with self.subTest(what), mock.patch("latecomer.results.open_result", lambda path: result), warnings.catch_warnings():
                    warnings.simplefilter("error")  # pandas renames what Stata does not take
                    self.looked_at(path, what, export_tables.table_of(result, what))

    def looked_at(self, path, what, table):
        out = export(path, "dta", None, what)
        self.assertEqual(out.name, f"{path.name}_{what}.dta")
        with StataReader(out) as reader:
            data, labels, about = reader.read(), reader.variable_labels(), reader.data_label
            self.assertEqual(reader.time_stamp, "01 Jan 1960 00:00")
        parts = list(table.parts)
        self.assertEqual((list(data), len(data)), (list(stata.names_for(parts[0].columns).values()), sum(map(len, parts))))
        for name in data:
            self.assertRegex(name, r"^[A-Za-z][A-Za-z0-9_]{0,31}$")
        self.assertTrue(about.startswith(f"{what} of "))
        self.assertGreater(sum(bool(label) for label in labels.values()), 0.5 * len(labels), labels)


class Names(unittest.TestCase):
    def test_stata_takes_them_and_none_is_twice(self):
        given = ["learning.search_share", "if", "str12", "2L", "_n", "Größe", "a" * 40, "a" * 41, "a" * 32, "a.b", "a_b"]
        names = stata.names_for(given)
        self.assertEqual(names["learning.search_share"], "learning_search_share")
        self.assertEqual(names["if"], "v_if")
        self.assertEqual([names["a" * 40], names["a" * 41], names["a" * 32]], ["a" * 32, "a" * 30 + "_2", "a" * 30 + "_3"])
        self.assertEqual((names["a.b"], names["a_b"]), ("a_b", "a_b_2"))
        self.assertEqual(len(set(names.values())), len(given))
        for name in names.values():
            self.assertTrue(re.fullmatch(r"[A-Za-z][A-Za-z0-9_]{0,31}", name) and name not in stata.RESERVED, name)

    def test_labels_tell_the_whole_name(self):
        table = export_tables.Table([], {"long." * 7: "What it is"})
        names = stata.names_for(["long." * 7, "time", "strange"])
        labels = stata.labels_for(table, names)
        self.assertEqual(labels[names["long." * 7]], f"{'long.' * 7}: What it is")
        self.assertEqual((labels["time"], labels["strange"]), (export_tables.KEYS["time"], ""))

    def test_values_that_stata_lacks_are_missing(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "odd.dta"
            stata.write(path, pd.DataFrame({"x": [1.5, np.inf, np.nan, -1e308], "who": ["Côte d'Ivoire", None, "", "数据"], "much": ["a" * 3000] * 4}), {}, "")
            read = pd.read_stata(path)
        self.assertEqual(read["x"].isna().tolist(), [False, True, True, True])
        self.assertEqual(read["much"].tolist(), ["a" * 3000] * 4)
        self.assertEqual(read["who"].tolist(), ["Côte d'Ivoire", "", "", "数据"])


class Command(InAFolder):
    def test_it_prints_the_path(self):
        self.assertEqual(self.said(NONE, "--what", "world"), (0, "none_world.csv\n", ""))
        self.assertEqual(self.said(STUDY / "study.h5", "--format", "dta", "--out", "mine.dta"), (0, "mine.dta\n", ""))
        self.assertEqual(sorted(os.listdir(".")), ["mine.dta", "none_world.csv"])

    def test_bad_input_is_one_line_and_nothing_written(self):
        for arguments, words in (
            ((), "required: RESULT"), (("nowhere",), "'nowhere' does not exist"), ((NONE, "--format", "xls"), "invalid choice: 'xls'"),
            ((NONE, "--what", "firm"), r"no table 'firm' \(did you mean 'firms'\?\)"), ((NONE, "--what", "n_valid"), "no table 'n_valid'"),
            ((NONE, "--out", "."), "is a folder"),
            ((NONE, "--out", "no/such.csv"), "folder of 'no/such.csv' does not exist"), ((NONE, "--out", NONE / "outcomes.csv"), "may be a file of the result"),
            ((NONE, "--what", "economies", "--out", "x" * 300), "cannot be written .*: choose another --out"), ((NONE, "--out", "x.h5"), "may be a file of the result"), ((ENSEMBLE, "--what", "series"), "keeps no series"),
        ):
            status, out, error = self.said(*arguments)
            self.assertEqual((status, out), (2, ""), arguments)
            self.assertRegex(error, f"^latecomer export: .*{words}.*\n$")
            self.assertEqual(error.count("\n"), 1)
        self.assertEqual(os.listdir("."), [])

    def test_a_folder_in_the_place_of_the_file_is_left_alone(self):
        os.mkdir("none_series.csv")
        status, out, error = self.said(NONE)
        self.assertEqual((status, out), (2, ""))
        self.assertRegex(error, "^latecomer export: 'none_series.csv' is a folder: name a file with --out\n$")
        self.assertEqual(os.listdir("none_series.csv"), [])

    def test_too_many_lines_for_stata_are_refused(self):
        with mock.patch("latecomer.export.MOST_DTA", 1000):
            status, _, error = self.said(NONE, "--format", "dta", "--what", "firms")
            self.assertEqual(status, 2)
            self.assertIn("use --format csv", error)
            self.assertEqual(os.listdir("."), [])
            self.assertEqual(self.said(NONE, "--what", "firms")[0], 0)


if __name__ == "__main__":
    unittest.main()
