"""Scenarios by economy and the answer to a question, of studies whose numbers are known.

    python3 -m unittest tests.analysis.test_study_questions
"""

import tempfile
import unittest
from pathlib import Path

import h5py
import numpy as np
import pandas as pd
import xarray as xr

from latecomer import tables
from latecomer.drawn import NotHere
from latecomer.paper_tables import plan
from latecomer.results import Study
from latecomer.statistics import comparisons, questions
from latecomer.study_figures import comparison, question
from tests.analysis.made_study import GROUPS, LATECOMERS, make_study


class Folder(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = Path(folder.name)
        cls.study = Study(make_study(cls.folder / "study.h5", replicates=6))

    def changed(self, change=lambda file: None, **options):
        path = make_study(self.folder / "changed.h5", **{"replicates": 6, **options})
        with h5py.File(path, "r+") as file:
            change(file)
        return Study(path)


class Members(Folder):
    def test_economies_of_groups_are_told_by_their_roles_and_incomes(self):
        self.assertEqual(self.study.members, {name: [key for key in LATECOMERS if key in keys] for name, keys in GROUPS.items()})

    def test_economies_that_do_not_try_to_catch_up_are_in_no_group(self):
        study = Study(self.folder / "study.h5")
        study.data["country_role"][[1, 2]] = ["advanced", "both"]  # IND, CHL
        self.assertNotIn("IND", study.members["latecomers"])
        self.assertEqual(study.members["low_income"], ["PAK"])
        self.assertIn("CHL", study.members["upper_middle_income"])

    def test_a_file_that_tells_no_roles_has_no_groups(self):
        self.assertEqual(self.changed(lambda file: file.__delitem__("country_role")).members, {})

    def test_the_reference_is_that_of_the_file(self):
        self.assertEqual(self.changed(lambda file: file.attrs.__setitem__("reference", "low_value")).reference, "low_value")
        self.assertEqual(self.changed(lambda file: file.attrs.__delitem__("reference")).reference, "none")


class HeatMap(Folder):
    def lines(self):
        """Two scenarios; economies A, B of the poor, C of the rich, D of neither, E without a value."""
        values = {"latecomers": (1.0, 2.0), "low_income": (3.0, 0.1), "high_income": (0.1, 0.2), "A": (0.1, -0.8), "B": (0.5, 0.0),
                  "C": (-9.0, 9.0), "D": (0.2, 0.2), "E": (np.nan, np.nan)}
        return pd.DataFrame([(scenario, group, len(group) == 1, value[place]) for group, value in values.items()
                             for place, scenario in enumerate(("one", "two"))], columns=["scenario", "group", "is_economy", "value"])

    def test_lines_are_groups_with_their_economies_the_largest_response_first(self):
        members = {"latecomers": ["A", "B", "C"], "low_income": ["A", "B"], "high_income": ["C"]}
        names = [name for name, _ in comparisons.ordered(self.lines(), members)]
        self.assertEqual(names, ["latecomers", "low_income", "A", "B", "high_income", "C", "other economies", "D"])

    def test_economies_without_known_groups_are_ordered_by_their_responses(self):
        names = [name for name, _ in comparisons.ordered(self.lines(), {})]
        self.assertEqual(names, ["latecomers", "low_income", "high_income", "C", "A", "B", "D"])

    def test_the_smallest_responses_are_left_out_where_there_is_no_room(self):
        lines = comparisons.ordered(self.lines(), {})
        self.assertEqual([name for name, _ in comparisons.without_smallest(lines, self.lines(), 5)],
                         ["latecomers", "low_income", "high_income", "C", "A"])
        self.assertEqual(comparisons.without_smallest(lines, self.lines(), 7), lines)

    def test_what_may_be_zero_is_hatched(self):
        table = pd.DataFrame({"low": [-1.0, 0.1, -2.0, np.nan, 0.0], "high": [1.0, 0.2, -1.0, np.nan, 1.0]})
        self.assertEqual(comparisons.holds_zero(table).tolist(), [True, False, False, True, True])

    def test_the_figure_has_the_file_s_numbers_and_colours_around_zero(self):
        drawn = comparison.scenarios_by_economy(self.study)
        numbers = drawn.numbers.set_index(["scenario", "group"])
        told = self.study.data["against_gap_closed"].isel(cell=0).sel(scenario="low_value", group="MEX")
        self.assertEqual(numbers.loc[("low_value", "MEX"), "value"], float(told))
        self.assertNotIn("none", comparisons.comparison(self.study.data, "gap_closed")["scenario"].tolist())
        image = [mesh for mesh in drawn.figure.axes[0].collections if mesh.norm.vmin is not None and mesh.norm.vmin < 0][0]
        self.assertEqual(image.norm.vmin, -image.norm.vmax)
        names = [label.get_text() for label in drawn.figure.axes[0].get_yticklabels()]
        self.assertEqual(names[:2], ["Latecomers", "Low income"])
        self.assertEqual(set(names[2:4]), {"IND", "PAK"})

    def test_signs_stand_in_cells_that_differ_from_zero_and_hatches_in_the_others(self):
        drawn = comparison.scenarios_by_economy(self.study)
        axis = drawn.figure.axes[0]
        signs = [text.get_text() for text in axis.texts]
        clear = drawn.numbers[~drawn.numbers["hatched"]]
        self.assertEqual(signs.count("+"), (clear["value"] > 0).sum())
        self.assertEqual(signs.count("−"), (clear["value"] < 0).sum())
        self.assertEqual(len([patch for patch in axis.patches if patch.get_hatch()]), drawn.numbers["hatched"].sum())

    def test_n_counts_points_of_a_sample_and_replicates_of_points_that_are_told_apart(self):
        options = {"replicates": 2, "points": 5, "scenarios": ["none", "low_value"]}
        self.assertIn("n = 5 points", comparison.scenarios_by_economy(self.changed(**options)).caption)
        apart = self.changed(lambda file: file["cell"].write_direct(np.array([0])), **options)
        self.assertIn("n = 2 replicates", comparison.scenarios_by_economy(apart).caption)

    def test_other_quantities_are_drawn_by_name(self):
        drawn = comparison.scenarios_by_economy(self.study, "application_share")
        self.assertEqual(drawn.name, "scenarios_by_economy_application_share")

    def test_few_large_values_do_not_make_all_others_pale(self):
        self.assertEqual(comparison.limit_of(np.array([-2.0, 1.0, np.nan])), (2.0, False))
        limit, is_cut = comparison.limit_of(np.append(np.linspace(-1, 1, 200), 50.0))
        self.assertTrue(is_cut)
        self.assertLess(limit, 1.0)

    def test_over_an_ensemble_signs_are_drawn_where_sets_agree(self):
        study = self.changed(replicates=2, points=5, scenarios=["none", "low_value"])
        value = study.data["against_gap_closed"]
        study.data["weight"] = ("run", np.full(study.data.sizes["run"], 0.2))
        study.data["against_gap_closed_agreement"] = xr.full_like(value, 0.95).where(value.notnull())
        study.data["against_gap_closed_agreement"].loc[{"group": "IDN"}] = 0.94
        study.data["against_gap_closed_chance"] = 0.99 * np.abs(value)
        study.data["against_gap_closed_chance"].loc[{"group": "MEX"}] = 1.01 * np.abs(value.sel(group="MEX"))
        drawn = comparison.scenarios_by_economy(study)
        hatched = drawn.numbers.set_index("group")["hatched"]
        self.assertTrue(hatched[["IDN", "MEX"]].all())
        self.assertFalse(hatched.drop(["IDN", "MEX"]).any())
        self.assertIn("95 % of the weight", drawn.caption)
        self.assertIn("n = 5 weighted sets of parameters", drawn.caption)
        self.assertNotIn("Student", drawn.caption)

    def test_what_a_study_lacks_is_said(self):
        with self.assertRaisesRegex(NotHere, "names no reference"):
            comparison.scenarios_by_economy(self.changed(lambda file: file.attrs.__delitem__("reference")))
        with self.assertRaisesRegex(NotHere, "two scenarios"):
            comparison.scenarios_by_economy(self.changed(scenarios=["none"]))
        with self.assertRaisesRegex(NotHere, "merge the study again"):
            comparison.scenarios_by_economy(self.changed(extras=False))


def signs(probabilities, effects=("first", "main_first", "mixture"), conditions=("a", "b")):
    """question_sign_* of one outcome with these probabilities [effect, condition]."""
    names = ("share_low", "share_high", "flips_at", "flips_low", "flips_high")
    shape = (1, len(effects), len(conditions))
    dims = ("question_outcome", "effect", "condition")
    values = {f"question_sign_{name}": (dims, np.full(shape, 0.25)) for name in names}
    values["question_sign_probability"] = (dims, np.reshape(probabilities, shape))
    return xr.Dataset(values, coords={"question_outcome": ["gap_at_end"], "effect": list(effects), "condition": list(conditions),
                                      "parameter": ["b", "dummy"]})


class Questions(Folder):
    def test_the_mixture_is_both_less_the_mean_of_each(self):
        effects = questions.effects_of(self.study.data)
        line = effects[(effects["outcome"] == "gap_at_end") & (effects["group"] == "low_income")].set_index("effect")["value"]
        self.assertAlmostEqual(line["mixture"], line["both"] - (line["first"] + line["second"]) / 2, places=12)
        self.assertAlmostEqual(line["interaction"], line["both"] - line["first"] - line["second"], places=12)

    def test_effects_stand_in_the_order_of_the_file(self):
        effects = questions.effects_of(self.study.data)
        self.assertEqual(list(dict.fromkeys(effects["outcome"])), ["gap_at_end", "application_share"])
        self.assertEqual(list(dict.fromkeys(effects["effect"])), list(questions.EFFECTS))
        self.assertEqual(list(dict.fromkeys(effects["group"]))[:3], ["latecomers", "low_income", "lower_middle_income"])

    def test_the_probability_counts_all_conditions_and_main_effects_are_left_out(self):
        # Two conditions: .024 is below .05 / 2, .026 is not; of a main effect nothing is told.
        conditions = questions.conditions_of(signs([[0.024, 0.026], [1e-9, 1e-9], [np.nan, 0.001]]))
        found = questions.significant(conditions)
        self.assertEqual(found[["effect", "condition"]].to_numpy().tolist(), [["mixture", "b"], ["first", "a"]])
        self.assertEqual(found["of_parameter"].tolist(), [True, False])

    def test_thirds_are_those_of_the_file(self):
        self.assertEqual(questions.thirds([3.0, 1.0, 2.0, 7.0, 6.0, 5.0, 4.0]), ((1.0, 2.0), (6.0, 7.0)))
        self.assertEqual(questions.thirds([2.0, 1.0]), ((1.0, 1.0), (2.0, 2.0)))

    def test_the_table_has_a_line_a_group_with_the_names_of_scenarios(self):
        made = dict(plan(self.study, None, None, None))
        table = made["question effects"]
        self.assertEqual(list(table.frame.columns),
                         ["outcome", "Group", "sovereignty", "strategic data", "low value", "interaction", "mixture"])
        self.assertEqual(table.frame["Group"].tolist()[:5],
                         ["Latecomers", "Low income", "Lower middle income", "Upper middle income", "High income"])
        self.assertEqual(len(table.frame), 2 * len(GROUPS))
        told = self.study.data["question_effect"].isel(cell=0).sel(question_outcome="gap_at_end", group="latecomers")
        self.assertEqual(table.values["both"][0], float(told.sel(effect="both")))
        text = tables.write(table, self.folder / "tables")[0].read_text("utf-8")
        self.assertIn("Gap closed at applications", text)

    def test_the_table_of_signs_has_the_steepest_first_with_open_ends(self):
        table = dict(plan(self.study, None, None, None))["question signs"]
        self.assertEqual(table.frame["Condition"].tolist(), ["learning.search_share", "gdp"])
        self.assertEqual(table.frame["Effect"].tolist(), ["mixture", "low value"])
        self.assertEqual(table.frame["95 % interval"].tolist(), ["[0.400, open]", "[200, 500]"])
        self.assertEqual(table.frame["p"].tolist(), ["0.001", "0.007"])  # 1e-4 and 1e-3 times seven conditions
        self.assertEqual(table.frame["Above zero, lowest third"].tolist(), ["10 %", "80 %"])

    def test_an_outcome_of_the_world_has_one_line(self):
        effects = pd.DataFrame([("world.analytics_share", "latecomers", effect, 1.0, 0.5, 1.5) for effect in questions.EFFECTS],
                               columns=["outcome", "group", "effect", "value", "low", "high"])
        table = tables.question_table(effects, {"first": "a"}, {"world.analytics_share": "World"})
        self.assertEqual(table.frame.to_numpy().tolist(), [["World", "World", "1 [0.50, 1.5]"]])
        self.assertEqual(question.groups_of(self.study, "world.analytics_share"), ["latecomers"])

    def test_the_figure_of_effects_has_a_panel_an_outcome_and_its_numbers(self):
        drawn = question.question_effects(self.study)
        titles = [axis.get_title(loc="left") for axis in drawn.figure.axes]
        self.assertEqual(titles[:2], ["Gap closed at applications", "Domestic share of applications"])
        self.assertEqual(set(drawn.numbers["effect"]), set(questions.EFFECTS))
        legend = [text.get_text() for text in drawn.figure.legends[0].get_texts()]
        self.assertEqual(legend, ["sovereignty", "strategic data", "low value", "mixture"])

    def test_the_figure_of_signs_shows_where_a_parameter_turns_them(self):
        study = self.changed(replicates=1, points=12)
        drawn = question.question_signs(study)
        axis = drawn.figure.axes[0]
        self.assertEqual(axis.get_xlabel(), "learning.search_share")
        self.assertEqual([round(bar.get_height(), 9) for bar in axis.patches], [10.0, 90.0])
        self.assertTrue(any(list(line.get_xdata()) == [0.5] for line in axis.lines), "where the sign flips")
        ends = [list(line.get_xdata()) for line in axis.lines if list(line.get_ydata()) == [50, 50] and len(line.get_xdata()) == 2]
        self.assertIn([0.4, axis.get_xlim()[1]], ends)  # open at the high end

    def test_a_study_without_a_question_says_so(self):
        study = self.changed(scenarios=["none", "low_value"])
        for function in (question.question_effects, question.question_signs):
            with self.assertRaisesRegex(NotHere, r"\[question\]"):
                function(study)
        made = dict(plan(study, None, None, None))
        self.assertEqual(made["question effects"], made["question signs"])

    def test_a_study_whose_signs_do_not_depend_on_anything_says_so(self):
        study = self.changed(lambda file: file["question_sign_probability"].write_direct(np.full((2, 9, 7), 0.5)))
        with self.assertRaisesRegex(NotHere, "more than chance"):
            question.question_signs(study)
        self.assertIn("more than chance", dict(plan(study, None, None, None))["question signs"])


if __name__ == "__main__":
    unittest.main()
