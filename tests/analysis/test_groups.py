"""Figures and tables of runs with many economies: income groups, and the large ones."""

import unittest
from types import SimpleNamespace

import numpy as np
import pandas as pd
import xarray as xr

from latecomer import groups, tables
from latecomer.results import Run
from latecomer.run_figures import panels
from latecomer.style import new_figure

INCOME = ["low_income"] * 20 + ["high_income"] * 10 + [""] * 2


def made_run(incomes=INCOME):
    """A run of so many latecomers, E00 with the largest demand; its parts that groups look at."""
    keys = [f"E{i:02}" for i in range(len(incomes))]
    coords = {"time": [0.25, 0.5], "country": keys,
              "country_income_group": ("country", np.array(incomes, dtype=object)),
              "country_role": ("country", np.array(["advanced"] + ["latecomer"] * (len(keys) - 1), dtype=object)),
              "country_name": ("country", np.array([f"Economy {k}" for k in keys], dtype=object))}
    demand = np.tile(np.arange(len(keys), 0.0, -1.0), (2, 1))
    values = {name: (("time", "country"), demand) for name in ("final_demand", "adoption")}
    return SimpleNamespace(series=xr.Dataset(values, coords), latecomers=keys, burn_in=0)


class Groups(unittest.TestCase):
    def test_the_rich_stand_first_and_those_without_a_group_last(self):
        found = groups.groups_in(made_run().series)
        self.assertEqual(list(found), ["high income", "low income", "income not known"])
        self.assertEqual([len(members) for members in found.values()], [10, 20, 2])

    def test_economies_of_a_synthetic_world_have_no_groups(self):
        self.assertEqual(groups.groups_in(made_run([""] * 40).series), {})
        self.assertEqual(groups.groups_in(made_run().series.drop_vars("country_income_group")), {})

    def test_few_economies_are_not_grouped(self):
        run = made_run()
        self.assertEqual(groups.latecomer_groups(run, 32), {})
        self.assertEqual(len(groups.latecomer_groups(run, 31)), 3)

    def test_the_largest_economies_are_chosen_and_keep_their_order(self):
        run = made_run()
        keys = run.latecomers[::-1]
        self.assertEqual(groups.largest(run, keys, 40), (keys, ""))
        chosen, words = groups.largest(run, keys, 3)
        self.assertEqual(chosen, ["E02", "E01", "E00"])
        self.assertIn("The 3 of 32 economies", words)


class Panels(unittest.TestCase):
    def test_many_economies_become_a_panel_a_group_that_adds_them_up(self):
        run = made_run()
        amounts = np.zeros((2, 2, 32))
        amounts[0, :, 20:30] = 1.0
        amounts[1, :, 20] = 10.0
        amounts[1, :, 0] = np.nan
        amounts[1, :, 1] = 4.0
        titles, shares, words = panels.panels_for(run, amounts)
        self.assertEqual(titles, ["High income (10)", "Low income (20)", "Income not known (2)"])
        self.assertEqual(list(shares[0, 0, :2]), [0.5, 0.0])
        self.assertEqual(list(shares[1, 1, :2]), [0.5, 1.0])
        self.assertIn("each income group of the 32 economies", words)

    def test_few_economies_have_panels_of_their_own_if_they_have_any_amount(self):
        run = made_run(INCOME[:3])
        amounts = np.ones((2, 2, 3))
        amounts[:, :, 1] = 0.0
        titles, shares, words = panels.panels_for(run, amounts)
        self.assertEqual(titles, ["E00", "E02"])
        self.assertTrue((shares == 0.5).all())

    def test_lines_of_many_economies_lie_below_the_medians_of_their_groups(self):
        run = made_run()
        _, axes = new_figure()
        panels.draw_countries(axes[0, 0], run.series["time"].values, run.series["adoption"])
        lines = axes[0, 0].get_lines()
        self.assertEqual(len(lines), 32 + 3)
        medians = {line.get_label(): line.get_ydata()[0] for line in lines[32:]}
        self.assertEqual(medians, {"high": 7.5, "low": 22.5, "income not known": 1.5})
        named = [line.get_label() for line in lines[:32] if not line.get_label().startswith("_")]
        self.assertEqual(len(named), panels.MOST_NAMED_BESIDE_GROUPS)

    def test_lines_of_few_economies_are_all_named_and_have_no_medians(self):
        run = made_run(INCOME[:16])
        _, axes = new_figure()
        panels.draw_countries(axes[0, 0], run.series["time"].values, run.series["adoption"])
        self.assertEqual([line.get_label() for line in axes[0, 0].get_lines()], run.latecomers)


class Tables(unittest.TestCase):
    def setUp(self):
        run = made_run()
        self.economies = Run.grouped_economies(run, 30)
        lines = []
        for place, key in enumerate(run.latecomers):
            lines += [(key, "gap_at_start", -float(place)), (key, "caught_up", float(place in (0, 25))), (key, "welfare", 2.0)]
        lines += [("LEAD", "gap_at_start", np.nan), ("LEAD", "caught_up", 0.0), ("world", "catch_ups", 1.0)]
        self.outcomes = pd.DataFrame(lines, columns=["who", "outcome", "value"])

    def test_few_economies_are_not_grouped(self):
        self.assertIsNone(Run.grouped_economies(made_run(), 32))
        self.assertIsNone(Run.grouped_economies(made_run([""] * 40), 30))

    def test_economies_stand_below_their_groups_with_their_names(self):
        table = tables.run_table(self.outcomes, self.economies)
        self.assertEqual(table.group, "group")
        self.assertEqual(len(table.frame), 32)
        self.assertEqual(list(dict.fromkeys(table.frame["group"])), ["high income", "low income", "income not known"])
        self.assertEqual(table.frame["Economy"].iloc[0], "E20 Economy E20")
        self.assertEqual(list(table.values.columns[:3]), ["who", "name", "group"])

    def test_groups_have_medians_and_counts(self):
        table = tables.group_table(self.outcomes, self.economies)
        self.assertEqual(list(table.frame["Income group"]), ["High income", "Low income", "Income not known"])
        self.assertEqual(list(table.values["gap_at_start"]), [-24.5, -9.5, -30.5])
        self.assertEqual(list(table.frame["Caught up"]), ["1 of 10", "0 of 19", "0 of 2"])  # one is advanced

    def test_a_long_name_is_shortened_in_print_only(self):
        self.economies.loc["E20", "name"] = "An Economy With A Very Long Name"
        table = tables.run_table(self.outcomes, self.economies)
        self.assertEqual(table.frame["Economy"].iloc[0], "E20 An Economy With A…")
        self.assertEqual(table.values["name"].iloc[0], "An Economy With A Very Long Name")


if __name__ == "__main__":
    unittest.main()
