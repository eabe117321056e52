"""Country facts of made-up worlds whose facts are known, as runs and as observations.

    python3 -m unittest tests.analysis.test_country_facts
"""

import contextlib
import io
import sys
import tempfile
import tomllib
import unittest
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

import numpy as np
import pandas as pd

from latecomer import country_facts as command
from latecomer.drawn import NotHere
from latecomer.observed import economies
from latecomer.run_figures import history
from latecomer.statistics import country_facts, facts_world, panel
from latecomer.statistics.battery import COUNTRY_FACTS, Fact, battery
from latecomer.statistics.battery import country_facts as lines_of
from latecomer.statistics.estimate import Estimate, NoData
from tests.analysis import made_world, test_figure_layout
from tests.analysis.made_world import ADOPTION, ECONOMIES, LATER

FIT, HELD_OUT = facts_world.FIT, facts_world.HELD_OUT
BATTERY = sys.modules["latecomer.statistics.battery"]  # the package has a function of this name


def setUpModule():
    fewer = mock.patch("latecomer.statistics.estimate.RESAMPLES", 99)
    fewer.start()
    unittest.addModuleCleanup(fewer.stop)


def value(fact, of, *window, **named):
    measure = (lambda *arguments: fact(*arguments, **named)) if named else fact
    return country_facts.value(measure, [of], *(window or FIT))


def run_of(series):
    return SimpleNamespace(series=series, snapshots={}, events=None, name="made", kind="run", hash="0" * 16)


class Panels(unittest.TestCase):
    def setUp(self):
        self.made = made_world.panel()
        self.figures = made_world.observations(self.made)
        self.observed = panel.of_observations(self.figures, ECONOMIES)

    def assert_same(self, one, other, years):
        for name in ("productivity", "adoption"):
            pd.testing.assert_frame_equal(getattr(one, name)[years], getattr(other, name)[years], check_names=False)

    def test_observations_are_relative_to_the_united_states_and_at_constant_prices(self):
        self.assert_same(self.observed, self.made, list(made_world.YEARS))
        pd.testing.assert_frame_equal(self.observed.exports, self.made.exports[[2005, 2010, 2015]], check_names=False)
        np.testing.assert_allclose(self.observed.income, self.made.income)
        np.testing.assert_allclose(self.observed.employment, self.made.employment)

    def test_a_run_has_stocks_of_the_last_quarter_and_flows_of_all_four(self):
        found = facts_world.panel_of(made_world.series(self.made), self.figures)
        self.assert_same(found, self.made, list(made_world.YEARS))
        np.testing.assert_allclose(found.exports[2010], self.made.exports[2010])
        self.assertEqual(list(found.economies), ECONOMIES)  # neither of the two homes of lead firms

    def test_a_year_that_is_not_complete_is_no_year(self):
        found = facts_world.panel_of(made_world.series(self.made, quarters=23), self.figures)
        self.assertEqual(list(found.productivity), list(range(2005, 2010)))

    def test_what_is_not_observed_does_not_count_in_a_run(self):
        hidden = self.figures[~((self.figures["iso3"] == "E03") & (self.figures["indicator"] == "ict_service_exports")
                                & (self.figures["year"] == 2010))]
        found = facts_world.panel_of(made_world.series(self.made), hidden)
        self.assertTrue(np.isnan(found.exports.loc["E03", 2010]) and np.isfinite(found.exports.loc["E03", 2005]))
        self.assertTrue(found.exports.drop("E03")[2010].notna().all())

    def test_without_calendar_economies_or_the_united_states_there_are_no_data(self):
        series = made_world.series(self.made)
        unknown = series.assign_coords(country=["USA", "DEU", *(f"X{number}" for number in range(40))])
        for text, changed in (("calendar", made_world.series(self.made, start_year=0)),
                              ("observed", unknown),
                              ("United States", series.isel(country=slice(1, None)))):
            with self.assertRaisesRegex(NoData, text):
                facts_world.panel_of(changed, self.figures)
        del series.attrs["scenario_text"]
        with self.assertRaisesRegex(NoData, "calendar"):
            facts_world.panel_of(series, self.figures)

    def test_settings_are_those_of_their_section(self):
        text = "start_year = 3\n[run]\n other = 1\n start_year = 2005\n[end]\nstart_year = 7"
        self.assertEqual(panel.setting(text, "run", "start_year"), 2005)
        self.assertEqual(panel.setting(text, "end", "start_year"), 7)
        self.assertEqual(panel.setting(text, "none", "start_year", 9), 9)
        with self.assertRaises(NoData):
            panel.setting(text, "none", "start_year")


class Facts(unittest.TestCase):
    """The made-up panel closes .8 % of its initial log gap a year."""

    def setUp(self):
        self.made = made_world.panel()
        self.start = self.made.productivity[2005].to_numpy()

    def with_growth(self, rate):
        """The panel with this excess growth by economy, % a year."""
        years = np.array(made_world.YEARS)
        rate = np.asarray(rate, float)
        if rate.ndim == 1:
            rate = np.repeat(rate[:, None], len(years) - 1, axis=1)
        paths = self.start[:, None] + np.concatenate([np.zeros((len(rate), 1)), np.cumsum(rate / 100.0, axis=1)], axis=1)
        return replace(self.made, productivity=pd.DataFrame(paths, ECONOMIES, years))

    def test_adoption_has_the_slope_and_midpoints_it_was_made_with(self):
        self.assertAlmostEqual(value(country_facts.slope_of_adoption, self.made), ADOPTION, places=9)
        self.assertAlmostEqual(value(country_facts.midpoint_of_adoption, self.made), LATER, places=9)

    def test_adoption_near_none_or_all_does_not_count(self):
        adoption = self.made.adoption.copy()
        adoption.iloc[:5, :3] = 1e-6
        adoption.iloc[5:8, 3:5] = 1.0 - 1e-6
        adoption.iloc[8, :6] = 0.0  # log odds would be infinite; this economy does not count
        self.assertAlmostEqual(value(country_facts.slope_of_adoption, replace(self.made, adoption=adoption)), ADOPTION)

    def test_spread_falls_as_gaps_close(self):
        self.assertAlmostEqual(value(country_facts.sigma, self.made), 0.96 * self.start.std(ddof=1))
        self.assertAlmostEqual(value(country_facts.sigma_at_start, self.made), self.start.std(ddof=1))
        self.assertAlmostEqual(value(country_facts.beta, self.made), -0.8)
        self.assertAlmostEqual(value(country_facts.beta, self.made, *HELD_OUT), -0.8)
        self.assertAlmostEqual(value(country_facts.ranks, self.made), 1.0)

    def test_ranks_turn_round_where_the_last_become_the_first(self):
        self.assertAlmostEqual(value(country_facts.ranks, made_world.panel(closing=0.4)), -1.0)
        bent = self.made.productivity.copy()
        bent[2010] = -self.start**2  # the same ranks, no line
        self.assertAlmostEqual(value(country_facts.ranks, replace(self.made, productivity=bent)), 1.0)

    def test_shares_that_close_their_gap_count_economies_behind(self):
        rate = np.zeros(40)
        rate[:4] = 100.0 * 0.15 * -self.start[:4] / 5.0  # close 15 % in five years
        rate[4] = 100.0 * 0.25 * -self.start[4] / 5.0
        made = self.with_growth(rate)
        for more, share in ((0.1, 5 / 40), (0.2, 1 / 40), (0.33, 0.0)):
            self.assertAlmostEqual(value(country_facts.closing, made, more_than=more), share)
        ahead = made.productivity.copy()
        ahead.iloc[5:25] = 0.05  # of twenty at the front nobody has a gap
        self.assertAlmostEqual(value(country_facts.closing, replace(made, productivity=ahead), more_than=0.1), 5 / 20)

    def test_growth_is_in_percent_a_year(self):
        rate = np.tile([0.0, 3.0], 20)
        made = self.with_growth(rate)
        self.assertAlmostEqual(value(country_facts.mean_growth, made), 1.5)
        self.assertAlmostEqual(value(country_facts.spread_of_growth, made, *HELD_OUT), rate.std(ddof=1))

    def test_small_economies_are_those_with_less_employment(self):
        rate = np.tile([-1.0, 1.0], 20)
        rate[:20] *= 3.0
        made = self.with_growth(rate)  # employment rises with the number of the economy
        self.assertAlmostEqual(value(country_facts.spread_by_size, made), 3.0)
        self.assertAlmostEqual(value(country_facts.spread_by_size, replace(made, employment=made.employment[::-1].set_axis(ECONOMIES))),
                               1.0 / 3.0)

    def test_persistence_is_that_of_both_halves(self):
        early, late = np.random.default_rng(3).normal(size=(2, 40, 1)) * np.ones(5)
        made = self.with_growth(np.concatenate([early, late], axis=1))
        known = np.corrcoef(early[:, 0], late[:, 0])[0, 1]
        self.assertAlmostEqual(value(country_facts.persistence, made, 2005, 2010, 2015), known)

    def test_exports_grow_at_the_rate_of_their_sum(self):
        exports = self.made.exports.copy()
        exports[2010] = 2.0 * exports[2005]
        exports[2015] = 4.0 * exports[2005]
        exports.loc["E00", [2010, 2015]] = 0.0  # an economy without exports at an end has no growth
        exports.loc["E39", 2005] = np.nan
        self.assertAlmostEqual(value(country_facts.growth_of_exports, replace(self.made, exports=exports)), 2.0**0.2 - 1.0)
        self.assertAlmostEqual(value(country_facts.growth_of_exports, replace(self.made, exports=exports), *HELD_OUT),
                               4.0**0.1 - 1.0)

    def test_ten_largest_and_gini_are_those_of_the_end(self):
        exports = self.made.exports.copy()
        exports[2010] = [9.0] * 10 + [1.0] * 30
        made = replace(self.made, exports=exports)
        self.assertAlmostEqual(value(country_facts.largest_exporters, made), 0.75)
        self.assertAlmostEqual(value(country_facts.gini_of_exports, made), 0.75 - 0.25)  # Lorenz: (.75, .25)
        exports[2010] = 2.0
        self.assertAlmostEqual(value(country_facts.gini_of_exports, made), 0.0)

    def test_volatility_compares_the_smallest_fifth_with_the_largest(self):
        exports = self.made.exports.copy()
        rate = np.tile([-1.0, 1.0], 20) * np.repeat([1.0, 9.0, 9.0, 9.0, 4.0], 8)  # the last fifth exports least
        exports[2010] = exports[2005] * np.exp(rate)
        self.assertAlmostEqual(value(country_facts.volatility_by_size, replace(self.made, exports=exports)), 4.0)

    def test_few_economies_and_missing_years_are_no_data(self):
        with self.assertRaisesRegex(NoData, "2020"):
            value(country_facts.sigma, self.made, 2005, 2020)
        with self.assertRaisesRegex(NoData, "2020"):
            value(country_facts.slope_of_adoption, self.made, 2005, 2020)
        few = replace(self.made, productivity=self.made.productivity.where(self.made.productivity > -1.0))
        with self.assertRaisesRegex(NoData, "economies have figures"):
            value(country_facts.sigma, few)

    def test_intervals_hold_the_truth_and_replicates_are_averaged(self):
        other = made_world.panel(closing=0.004)
        estimate = country_facts.estimate(country_facts.sigma, [self.made, other], *FIT)
        self.assertAlmostEqual(estimate.value, 0.97 * self.start.std(ddof=1))
        self.assertEqual(estimate.count, 40)
        self.assertTrue(0.8 * estimate.value < estimate.low < estimate.value < estimate.high < 1.2 * estimate.value)
        self.assertEqual(estimate, country_facts.estimate(country_facts.sigma, [self.made, other], *FIT))
        holes = self.made.productivity.copy()
        holes.loc["E39", 2010] = np.nan  # counts in the other
        both = country_facts.value(country_facts.sigma, [replace(self.made, productivity=holes), other], *FIT)
        self.assertAlmostEqual(both, (0.96 * self.start[:39].std(ddof=1) + 0.98 * self.start.std(ddof=1)) / 2)


class Observed(unittest.TestCase):
    """What the project's own figures say: what was known of these years before, and targets that hold it."""

    @classmethod
    def setUpClass(cls):
        table = tomllib.loads(economies.FILE.read_text(encoding="utf-8"))["country"]
        cls.roles = {name: facts["role"] for name, facts in table.items()}
        cls.with_firms = cls.panel(name for name, role in cls.roles.items() if role != "lead")

    @staticmethod
    def panel(names):
        return panel.of_observations(facts_world.observations(), [name for name in names if name != "USA"])

    def test_economies_above_a_million_people_show_what_was_found_before(self):
        names = [*self.roles, "USA"]
        everybody = panel.of_observations(facts_world.observations(), list(dict.fromkeys(names)))
        for fact, window, known, places in (
            (country_facts.sigma_at_start, FIT, 1.405, 3), (country_facts.sigma, FIT, 1.356, 3),
            (country_facts.sigma, HELD_OUT, 1.32, 2), (country_facts.beta, FIT, -0.78, 2),
            (country_facts.beta, HELD_OUT, -0.73, 2), (country_facts.mean_growth, FIT, 1.2, 1),
            (country_facts.spread_of_growth, FIT, 2.7, 1), (country_facts.mean_growth, HELD_OUT, 1.0, 1),
            (country_facts.spread_of_growth, HELD_OUT, 2.3, 1), (country_facts.persistence, (2005, 2010, 2015), 0.45, 2),
        ):
            self.assertAlmostEqual(value(fact, everybody, *window), known, delta=0.6 * 10.0**-places)

    def test_targets_hold_what_is_observed(self):
        for fact in facts_world.FACTS:
            found = country_facts.value(fact.measure, [self.with_firms], *fact.window)
            self.assertTrue(fact.low <= found <= fact.high, f"{fact.pattern} {fact.words}: {found}")


class Lines(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.made = made_world.panel()
        cls.figures = made_world.observations(cls.made)
        cls.series = made_world.series(cls.made)

    def test_run_and_observations_of_the_same_economies_have_the_same_facts(self):
        run = lines_of([facts_world.panel_of(self.series, self.figures)])
        seen = lines_of([facts_world.observed_of(self.series, self.figures)])
        np.testing.assert_allclose(run[["estimate", "low", "high"]], seen[["estimate", "low", "high"]], atol=1e-9)
        self.assertEqual(list(run["verdict"]), list(seen["verdict"]))

    def test_what_is_held_out_neither_passes_nor_fails(self):
        held_out = Fact("C0", "", None, "", 0.0, 1.0, held_out=True)
        self.assertEqual([held_out.verdict(Estimate(x)) for x in (0.5, 2.0)], ["inside", "outside"])
        self.assertEqual(held_out.role, "hold-out")
        table = lines_of([self.made])
        later = table["statistic"].str.endswith("2005-15")
        self.assertEqual(set(table.loc[later, "role"]), {"hold-out"})
        self.assertLessEqual(set(table.loc[later, "verdict"]), {"inside", "outside"})
        self.assertFalse(set(table.loc[~later, "role"]) & {"hold-out"})
        self.assertEqual(list(dict.fromkeys(table["pattern"])), [f"C{number}" for number in range(1, 11)])

    def test_the_battery_has_them_of_runs_with_a_calendar_only(self):
        patterns = set(fact.pattern for fact in COUNTRY_FACTS)
        with mock.patch.object(facts_world, "observations", lambda: self.figures), mock.patch.object(BATTERY, "FACTS", ()):
            table = battery(run_of(self.series))
            found = table[table["pattern"].isin(patterns)]
            self.assertEqual(len(found), len(COUNTRY_FACTS))
            self.assertFalse((found["verdict"] == "no data").any(), found[["statistic", "note"]].to_string())
            short = battery(run_of(made_world.series(self.made, quarters=24)))
            missing = short[short["pattern"].isin(patterns) & (short["verdict"] == "no data")]
            self.assertEqual(set(missing["role"]), {"hold-out"})
            self.assertEqual(len(battery(run_of(made_world.series(self.made, start_year=0)))), 0)
            self.assertEqual(len(battery()), 0)

    def test_the_program_prints_both_sides_and_writes_files(self):
        with tempfile.TemporaryDirectory() as folder, mock.patch("latecomer.results.Run", lambda path: run_of(self.series)), \
                mock.patch.object(facts_world, "observations", lambda: self.figures):
            out = io.StringIO()
            with contextlib.redirect_stdout(out):
                self.assertEqual(command.main(["a", "b", "--out", f"{folder}/new"]), 0)
            names = sorted(path.name for path in Path(folder, "new").iterdir())
            table = pd.read_csv(Path(folder, "new", "country_facts.csv"))
        self.assertEqual(names, ["country_facts.csv", "history.csv", "history.pdf", "history.png", "history.tex", "history.txt"])
        self.assertIn("| C3 | beta of productivity, % a year, 2005-10 | -0.800", out.getvalue())
        self.assertIn("hold-out: ", out.getvalue())
        self.assertEqual(len(table), len(COUNTRY_FACTS))
        self.assertTrue(table["note"].str.contains("mean of 2 replicates").all())
        np.testing.assert_allclose(table["estimate"], table["observed_estimate"], atol=1e-9)

    def test_the_program_says_what_is_wrong(self):
        series = made_world.series(self.made, start_year=0)
        error = io.StringIO()
        with mock.patch("latecomer.results.Run", lambda path: run_of(series)), contextlib.redirect_stderr(error):
            self.assertEqual(command.main(["a"]), 2)
        self.assertIn("run.start_year", error.getvalue())


class History(unittest.TestCase):
    def setUp(self):
        economies = [*history.BRIEF, *(f"E{number:02d}" for number in range(29))]
        made = made_world.panel()
        parts = {name: getattr(made, name).set_axis(economies) for name in
                 ("productivity", "adoption", "exports", "income", "employment")}
        self.made = replace(made, **parts)
        self.figures = made_world.observations(self.made)

    def draw(self, *runs):
        return history.history_of([run_of(series) for series in runs], self.figures)

    def test_the_figure_can_be_read_and_tells_its_numbers(self):
        drawn = self.draw(made_world.series(self.made), made_world.series(self.made))
        layout = test_figure_layout.Layout()
        with mock.patch.object(test_figure_layout, "figures_of", lambda *_: [drawn]):
            self.assertEqual(layout.check(None, None), 1)
        table = drawn.numbers.set_index(["panel", "of"]).sort_index()
        adoption = table.loc[("Adoption", "run")].set_index(["year", "quantile"])["value"]
        self.assertAlmostEqual(adoption[2010, 0.5], 100 * self.made.adoption[2010].median())
        growth = table.loc[("growth", "observed")].set_index("economy")["value"]
        self.assertAlmostEqual(growth["IND"], 100 * 0.008 * 0.3)
        self.assertIn("2 replicates", drawn.caption)

    def test_a_run_without_years_to_compare_has_none(self):
        for series in (made_world.series(self.made, start_year=0), made_world.series(self.made, quarters=8),
                       made_world.series(self.made, start_year=2030)):
            with self.assertRaises(NotHere):
                self.draw(series)


if __name__ == "__main__":
    unittest.main()
