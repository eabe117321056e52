"""Tables of the paper: what they show, and that LaTeX can take them in.

    python3 -m unittest tests.analysis.test_tables
"""

import io
import re
import tempfile
import unittest
from pathlib import Path

import numpy as np
import pandas as pd
import xarray as xr

from latecomer import latex, tables
from latecomer.statistics import battery, compare

PARAMETERS = {
    "title": "Parameters",
    "doc": "words",
    "run": [{"key": "seed", "default": 1, "unit": "1", "explored": "", "source": "choice", "meaning": "Seed."}],
    "learning": [
        {"key": "search_share", "default": 0.05, "unit": "1/quarter", "explored": "[0.02, 0.1]",
         "source": "-26 % data", "meaning": "Share of revenue & more."},
        {"key": "list", "default": [], "unit": "1", "explored": "", "source": "choice", "meaning": "None."},
    ],
    "country": [{"key": "gdp", "unit": "USD bn", "range": "any", "use": "demand"}],
}
INSTRUMENTS = {
    "cell": [{"stage": stage, **{role: f"{role} (tool_{stage})" for role in tables.ROLES}}
             for stage in ("collection", "storage", "analytics", "applications")],
    "instrument": [{"cell": "1K", "key": "data_standards", "tool": "industrial", "what it does": "Trains 100 %.",
                    "public cost": "x_y of demand", "side effects": "None <so far>."}],
}


def frame():
    """Two scenarios, two economies, three replicates."""
    index = pd.MultiIndex.from_product([["none", "open_data"], range(3), ["IDN", "IND"]])
    table = pd.DataFrame(list(index), columns=["scenario", "replicate", "country"])
    table["point"] = 0
    table["run"] = table.groupby(["scenario", "replicate"], sort=False).ngroup()
    table["gap_at_start"], table["gap_at_end"] = -2.0, np.where(table["scenario"] == "none", -2.5, -1.0)
    table["gap_at_end"] += 0.01 * table["replicate"]
    table["gap_closed"] = table["gap_at_end"] - table["gap_at_start"]
    table["application_share"] = 0.25
    table["caught_up"] = ((table["scenario"] == "open_data") & (table["country"] == "IND")).astype(float)
    table["quarters_to_catch_up"] = np.where(table["caught_up"] > 0, 40.0, np.nan)
    return table


def transitions():
    """Two scenarios, two classes; no economy starts in the upper one."""
    rows = [(scenario, start, end, share if start == "low" else 0.0, share - 0.1, share + 0.1, 8 if start == "low" else 0)
            for scenario, up in (("none", 0.75), ("open_data", 0.25))
            for start in ("low", "high") for end, share in (("low", 1 - up), ("high", up))]
    return pd.DataFrame(rows, columns=["scenario", "from", "to", "share", "low", "high", "n"])


def every_table():
    study = xr.Dataset(
        {name: (("scenario", "outcome", "parameter"), np.full((1, 1, 2), 0.25) + number)
         for number, name in enumerate(("sobol_first", "sobol_first_low", "sobol_first_high", "sobol_total"))},
        coords={"scenario": ["none"], "outcome": ["gap_at_end.IDN"], "parameter": ["learning.search_share", "dummy"]},
    )
    outcomes = pd.DataFrame({"who": ["IDN", "IDN", "world"], "outcome": ["gap_at_start", "welfare", "catch_ups"],
                             "value": [-2.0, 4.5, 0.0]})
    return [
        tables.parameter_table(PARAMETERS),
        tables.instrument_table(INSTRUMENTS),
        tables.effect_table(INSTRUMENTS),
        tables.battery_table(battery()),
        tables.comparison_table(compare(frame(), "none", ["gap_at_end"])),
        tables.catch_up_table(frame(), 200),
        tables.country_table(frame()),
        tables.transition_table(transitions()),
        tables.sensitivity_table(study, "gap_at_end.IDN"),
        tables.run_table(outcomes),
    ]


class Latex(unittest.TestCase):
    def test_every_special_character_is_written_out(self):
        self.assertEqual(latex.escape("50 % & $5 #1 {a}"), r"50 \% \& \$5 \#1 \{a\}")
        self.assertEqual(latex.escape("a<b>c"), r"a\textless{}b\textgreater{}c")
        self.assertEqual(latex.escape("\\ ^ ~ |"), r"\textbackslash{} \textasciicircum{} \textasciitilde{} \textbar{}")
        self.assertEqual(latex.escape("open_data a/b"), r"open\_\allowbreak{}data a/\allowbreak{}b")

    def test_a_minus_before_a_number_is_set_as_one_and_a_hyphen_is_not(self):
        self.assertEqual(latex.escape("[-0.5, 1] and 90-10, 2014-2023"), "[$-$0.5, 1] and 90-10, 2014-2023")

    def test_numbers_stand_to_the_right_and_long_texts_break(self):
        table = pd.DataFrame({"Name": ["a", "b"], "Value": ["-1.5", "-"], "Words": ["long " * 20, "short"]})
        layout = latex.column_layout(table)
        self.assertTrue(layout.startswith("@{}lr>{"), layout)
        widths = [float(share) for share in re.findall(r"p\{(0\.\d+)", layout)]
        self.assertEqual(len(widths), 1)
        self.assertLess(sum(widths), 1.0)

    def test_a_long_table_breaks_over_pages(self):
        table = pd.DataFrame({"Name": [str(i) for i in range(latex.LONG + 1)]})
        self.assertIn(r"\begin{longtable}", latex.booktabs(table, "c", "l"))
        self.assertIn(r"\begin{table}", latex.booktabs(table.iloc[1:], "c", "l"))

    def test_groups_are_headings_and_every_line_has_all_cells(self):
        table = pd.DataFrame({"g": ["x", "x", "y"], "A": ["1", "2", "3"], "B": ["a & b", "c", "d"]})
        text = latex.booktabs(table, "Caption", "name", "Note", "g")
        self.assertEqual(re.findall(r"\\textit\{(.)\}", text), ["x", "y"])
        body = text.split(r"\midrule")[1].split(r"\bottomrule")[0]
        rows = [line for line in body.splitlines() if line.endswith(r" \\") and "multicolumn" not in line]
        self.assertEqual([len(re.findall(r"(?<!\\)&", row)) for row in rows], [1, 1, 1])


class Numbers(unittest.TestCase):
    def test_numbers_have_three_significant_digits(self):
        shown = {0.0: "0", 1.0: "1", 0.12345: "0.123", 12.345: "12.3", 12345.6: "12,346", -0.5: "-0.500",
                 0.99999: "1.00", 1.5e-7: "1.50e-07", np.nan: "-", np.inf: "infinite"}
        for value, text in shown.items():
            self.assertEqual(tables.number(value), text)

    def test_small_p_values_are_not_shown_as_zero(self):
        self.assertEqual([tables.probability(p) for p in (0.0004, 0.0312, np.nan)], ["<0.001", "0.031", "-"])


class Tables(unittest.TestCase):
    def test_every_kind_has_a_name_of_its_own(self):
        self.assertEqual(len({table.name for table in every_table()}), len(every_table()))

    def test_transitions_stand_in_a_line_for_every_class_at_the_start(self):
        table = tables.transition_table(transitions())
        self.assertEqual(table.frame["At the start"].tolist(), ["low", "high", "low", "high"])
        self.assertEqual(table.frame["High"].tolist(), ["0.750 [0.650, 0.850]", "-", "0.250 [0.150, 0.350]", "-"])
        self.assertEqual(table.values.loc[0, ["low: share", "high: share"]].tolist(), [0.25, 0.75])

    def test_every_table_is_written_as_latex_and_csv(self):
        with tempfile.TemporaryDirectory() as folder:
            for table in every_table():
                text, numbers = (path.read_text(encoding="utf-8") for path in tables.write(table, Path(folder) / "new"))
                self.assertEqual(text.count("{"), text.count("}"), table.name)
                for rule in (r"\toprule", r"\midrule", r"\bottomrule", rf"\label{{tab:{table.name}}}"):
                    self.assertIn(rule, text)
                printed = re.sub(r"\\label\{[^}]*\}", "", text)
                self.assertEqual(re.findall(r"(?<!\\)[%#_^~]", printed), [], table.name)
                read = pd.read_csv(io.StringIO(numbers))
                self.assertEqual(read.shape, table.values.shape)
                self.assertEqual(len(table.frame), len(table.values))

    def test_parameters_are_those_with_a_default(self):
        table = tables.parameter_table(PARAMETERS).frame
        self.assertEqual(table["Parameter"].tolist(), ["seed", "search_share", "list"])
        self.assertEqual(table["Default"].tolist(), ["1", "0.05", ""])
        self.assertEqual(table["section"].tolist(), ["run", "learning", "learning"])

    def test_instruments_stand_in_the_cells_of_table_1(self):
        table = tables.instrument_table(INSTRUMENTS).frame
        self.assertEqual(table.shape, (4, 5))
        self.assertEqual(table["Stage"].tolist(), ["Collection", "Storage", "Analytics", "Applications"])

    def test_the_battery_says_why_there_are_no_data(self):
        table = tables.battery_table(battery())
        self.assertIn("no run was given", table.notes)
        self.assertIn(f"0 pass, 0 fail, {len(battery())} without data", table.notes)

    def test_the_comparison_shows_the_difference_with_its_interval(self):
        line = tables.comparison_table(compare(frame(), "none", ["gap_at_end"])).frame.iloc[0]
        shown = ("Scenario", "Difference", "95 % interval")
        self.assertEqual(line[list(shown)].tolist(), ["open data", "1.50", "[1.50, 1.50]"])
        self.assertEqual(line["outcome"], "Gap at the end")

    def test_the_time_to_catch_up_is_that_of_kaplan_and_meier(self):
        table = tables.catch_up_table(frame(), 200).frame.set_index("Scenario")
        shown = ["Caught up", "Share", "Years to 50%"]
        self.assertEqual(table.loc["open data", shown].tolist(), ["3 of 6", "0.500", "10"])
        self.assertEqual(table.loc["none", ["Caught up", "Share", "Years to 10%"]].tolist(), ["0 of 6", "0", "-"])

    def test_a_table_without_a_horizon_says_when_others_are_censored(self):
        self.assertNotIn("censored at the last", tables.catch_up_table(frame(), 200).notes)
        self.assertIn("censored at the last", tables.catch_up_table(frame(), None).notes)

    def test_runs_without_a_partner_are_told_once(self):
        less = frame().query("not (scenario == 'open_data' and replicate == 2)")
        table = tables.comparison_table(compare(less, "none", ["gap_at_end", "application_share"]))
        self.assertIn("  1 runs have no partner", table.notes)

    def test_economies_have_a_line_for_each_outcome_and_a_column_for_each_scenario(self):
        table = tables.country_table(frame()).frame
        self.assertEqual(table.columns.tolist(), ["outcome", "Economy", "none", "open data"])
        self.assertEqual(table.iloc[0].tolist(), ["Gap closed", "IDN", "-0.490", "1.01"])
        self.assertEqual(len(table), 6)

    def test_a_study_without_indices_has_no_table_of_sensitivity(self):
        self.assertIsNone(tables.sensitivity_table(xr.Dataset(), "gap_at_end.IDN"))

    def test_indices_have_their_intervals_where_the_file_has_them(self):
        table = every_table()[8].frame
        self.assertEqual(table.columns.tolist(), ["scenario", "Parameter", "First order", "First order, 95 %", "Total"])
        self.assertEqual(table.iloc[0].tolist()[1:], ["learning.search_share", "0.250", "[1.25, 2.25]", "3.25"])


if __name__ == "__main__":
    unittest.main()
