"""Forecasts: what is anchored, bands, files, what is left out, and what is refused."""

import contextlib
import io
import tempfile
import unittest
from pathlib import Path
from unittest import mock

import numpy as np
import pandas as pd
import xarray as xr

from latecomer.forecast import (
    cases, command, figures, judge, members, observations, report, rules, scales, verdicts,
)
from latecomer.forecast.members import Members
from latecomer.series import Unusable

ECONOMIES = ["IDN", "IND", "CHL", "MEX", "COL", "THA", "PAK", "PHL", "ZAF", "GRC", "BGR", "CHN", "BRA", "TUR", "KEN", "GHA",
             "POL", "EGY", "PER", "UKR", "MAR", "NGA"]
YEARS = list(range(2005, 2016))


def seen_of(economies=ECONOMIES):
    return observations.observed(None, economies, YEARS, 2005)


def perfect(shift=0.0):
    """One member that is as observed, up to a shift of all levels that anchoring takes away."""
    levels = seen_of().levels
    values = {}
    for name in (scales.PRODUCTIVITY, scales.INTERNET):
        values[name] = scales.INDICATORS[name].back(levels[name].reindex(columns=YEARS).to_numpy() + shift)[None]
    values[scales.SHARE] = 0.1 * np.exp(levels[scales.SHARE].reindex(columns=YEARS).to_numpy() + shift)[None]
    exports = levels[scales.GROWTH].reindex(columns=YEARS).to_numpy()
    with np.errstate(all="ignore"):
        values[scales.GROWTH] = (100 * (exports - exports[:, :1]) / np.arange(len(YEARS)))[None]
    return Members("test", list(ECONOMIES), YEARS, ["one"], np.ones(1), values)


class Anchored(unittest.TestCase):
    def test_a_model_that_tells_all_changes_has_no_errors(self):
        # Levels of its own do not count, as only changes are added to what was observed.
        for shift in (0.0, 0.3):
            table, economies = judge.judge_all(perfect(shift), seen_of(), [2005, 2010])
            model = table[(table["forecast"] == judge.MODEL) & table["year"].notna()]
            self.assertEqual(set(model["indicator"]), set(scales.INDICATORS))
            self.assertLess(model["mae"].max(), 1e-9)
            np.testing.assert_allclose(table["skill"].dropna(), 1.0, atol=1e-9)
            np.testing.assert_allclose(economies["observed"], economies["predicted"])

    def test_the_first_year_after_the_origin_begins_at_what_was_observed(self):
        still = perfect()
        for name in (scales.PRODUCTIVITY, scales.INTERNET, scales.SHARE):
            still.values[name][:] = 7.0  # no change
        still.values[scales.GROWTH][:, :, 1:] = 0.0
        told = report.forecast_table(still, seen_of(), 2005).set_index(["indicator", "iso3", "year"])
        own = observations.project().observations.set_index(["indicator", "iso3", "year"])["value"]
        self.assertAlmostEqual(told.loc[("internet_users", "IND", 2015), "mean"], own["internet_users", "IND", 2005], 9)
        self.assertAlmostEqual(told.loc[("productivity", "IND", 2006), "q95"],
                               np.log(own["productivity", "IND", 2005] / own["productivity", "USA", 2005]), 9)
        shares = told.loc["world_share_of_ict_service_exports"]["mean"].unstack()
        np.testing.assert_allclose(shares.sum(), 100.0)
        self.assertTrue((told.loc["ict_service_exports_growth"]["mean"] == 0.0).all())

    def test_growth_since_a_later_origin_is_that_of_the_years_between(self):
        one = perfect()
        one.values[scales.GROWTH][:] = 0.0
        one.values[scales.GROWTH][:, :, 5], one.values[scales.GROWTH][:, :, 10] = 2.0, 3.0  # 10 % by 2010, 30 % by 2015
        np.testing.assert_allclose(one.change(scales.GROWTH, 2010, 2015), 0.2)
        np.testing.assert_allclose(one.change(scales.GROWTH, 2005, 2015), 0.3)

    def test_growth_that_is_observed_is_at_constant_prices_and_by_the_year(self):
        case = cases.case_of(perfect(), seen_of(), scales.GROWTH, 2005, 2015)
        own = observations.project().observations.set_index(["indicator", "iso3", "year"])["value"]
        real = [own["ict_service_exports", "IND", year] * own["gdp_constant", "USA", year] / own["gdp", "USA", year]
                for year in (2005, 2015)]
        self.assertAlmostEqual(case.truth[case.economies == "IND"][0], 10.0 * np.log(real[1] / real[0]), 9)

    def test_rules_have_persistent_shares_and_no_growth(self):
        for name in (scales.SHARE, scales.GROWTH):
            case = cases.case_of(perfect(), seen_of(), name, 2005, 2015)
            levels = seen_of().levels[scales.SHARE].loc[case.economies, 2005]
            wanted = np.log(np.exp(levels) / np.exp(levels).sum()) if name == scales.SHARE else 0.0 * levels
            np.testing.assert_allclose(case.rules["persistence"], wanted, atol=1e-12)
            self.assertEqual(case.rules["trend"], "nothing is observed of 2000")

    def test_a_series_of_quarters_has_stocks_of_the_last_and_sums_of_exports(self):
        series = np.arange(1.0, 10.0).reshape(1, 9, 1)  # the ninth quarter makes no year
        self.assertEqual(members.by_year(series, 2, False).ravel().tolist(), [4.0, 8.0])
        self.assertEqual(members.by_year(series, 2, True).ravel().tolist(), [10.0, 26.0])
        found = members.indicators_of(scales.SHARE, np.array([[[1.0, 2.0], [3.0, 2.0]]]))
        self.assertEqual(found[scales.SHARE].ravel().tolist(), [25.0, 50.0, 75.0, 50.0])
        self.assertAlmostEqual(found[scales.GROWTH][0, 0, 1], 100 * np.log(2), 12)
        self.assertTrue(np.isnan(found[scales.GROWTH][0, 0, 0]))


class Bands(unittest.TestCase):
    def made(self, seed, members_sd=0.1, error_sd=0.5):
        """A case of 8 regions with 50 economies; members are too sure of themselves."""
        random = np.random.default_rng(seed)
        middle = random.normal(size=400)
        truth = middle + error_sd * random.normal(size=400)
        told = middle + members_sd * random.normal(size=(20, 400))
        region = np.repeat([f"r{n}" for n in range(8)], 50)
        return cases.Case(scales.PRODUCTIVITY, 2005, 2010, np.arange(400), truth, told, np.full(20, 0.05),
                          {name: "test" for name in rules.RULES}, region, region)

    def test_dressed_bands_cover_what_they_say_on_economies_left_out(self):
        lines = [judge.judge(self.made(seed))[0][0] for seed in range(5)]
        self.assertAlmostEqual(np.mean([line["coverage"] for line in lines]), 0.9, delta=0.015)
        self.assertLess(np.mean([line["coverage_members"] for line in lines]), 0.4)

    def test_the_own_region_does_not_widen_them(self):
        case = self.made(1)
        case.truth[:50] += 100.0
        wide = judge.of_members(case)
        self.assertLess((wide.high - wide.low)[:50].max(), 2.5)
        self.assertGreater((wide.high - wide.low)[50:].min(), 50.0)

    def test_verdicts(self):
        def said(value, low, high):
            return verdicts.verdict({"skill": value, "skill_low": low, "skill_high": high})

        self.assertEqual(said(0.1, 0.01, 0.2), "better")
        self.assertEqual(said(-0.04, -0.1, 0.0), "not worse")
        self.assertEqual(said(-0.04, -0.1, -0.01), "worse")
        self.assertEqual(said(-0.06, -0.2, 0.1), "worse")
        self.assertEqual((verdicts.verdict(None), said(0.1, np.nan, np.nan)), ("no data", "no data"))
        found = [verdicts.covers(share) for share in (0.8, 0.81, 0.99, 1.0)]
        self.assertEqual(found, ["outside", "inside", "inside", "outside"])

    def test_the_strongest_rule_is_that_against_which_skill_is_least(self):
        lines = pd.DataFrame({"forecast": ["a", "b", "c"], "skill": [0.3, -0.1, np.nan]})
        self.assertEqual(verdicts.strongest(lines)["forecast"], "b")
        self.assertIsNone(verdicts.strongest(lines[2:]))


class Files(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def file(self, *lines, head="iso3,indicator,year,value"):
        path = self.folder / "given.csv"
        path.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
        return path

    def observed(self, *lines, years=range(2005, 2025), **named):
        return observations.observed(self.file(*lines, **named), ECONOMIES, list(years), 2005)

    def test_later_years_are_judged_and_earlier_ones_are_the_projects(self):
        lines = [f"{name},internet_users,2019,50,x" for name in ECONOMIES]
        lines += [f"{name},productivity,2019,{value},x" for name, value in (("IND", 1000), ("USA", 4000))]
        seen = self.observed(*lines, head="iso3,indicator,year,value,source")
        judged = seen.judged[scales.INTERNET]
        self.assertEqual(judged.columns[judged.notna().any()].tolist(), [2019])
        self.assertTrue((judged[2019] == 0.0).all())  # log odds of a half
        self.assertTrue(seen.levels[scales.INTERNET][2010].notna().all())
        self.assertAlmostEqual(seen.judged[scales.PRODUCTIVITY].loc["IND", 2019], np.log(0.25), 12)
        self.assertEqual(seen.notes, [])

    def test_what_is_not_known_is_named_and_left_out(self):
        seen = self.observed("IND,internet_users,2015,10", "XXX,internet_users,2015,10", "IND,happiness,2015,3",
                             "IND,internet_users,2031,99", "IND,productivity,2019,5000", "IND,internet_users,2014,21")
        notes = "\n".join(seen.notes)
        for words in (r"1 indicators are not known .* left out: happiness", r"1 economies are not in the forecast .*: XXX",
                      r"1 years are after the last one of the forecast, 2024, .*: 2031",
                      r"2 figures of .* differ from those of the project, which are used, .*: IND internet_users 2014, IND",
                      r"1 years of .* have nothing of productivity for want of productivity of the USA .*: 2019"):
            self.assertRegex(notes, words)
        own = observations.project().observations.set_index(["iso3", "indicator", "year"])["value"]
        own = own["IND", "internet_users", 2015]
        self.assertAlmostEqual(seen.judged[scales.INTERNET].loc["IND", 2015], np.log(own / (100 - own)), 12)
        self.assertEqual(int(seen.judged[scales.INTERNET].loc["IND", YEARS].notna().sum()), 2)

    def test_many_names_are_counted_and_the_first_told(self):
        notes = self.observed("IND,internet_users,2015,14.9", *(f"X{n:02},internet_users,2015,10" for n in range(9))).notes
        self.assertTrue(notes[0].startswith("9 economies are not in the forecast"), notes)
        self.assertTrue(notes[0].endswith("X00, X01, X02, X03, X04, ..."), notes)

    def refused(self, words, *lines, **named):
        with self.assertRaisesRegex(Unusable, words):
            self.observed(*lines, **named)

    def test_files_that_will_not_do(self):
        self.refused("has no column 'year'", "IND,internet_users,10", head="iso3,indicator,value")
        self.refused("has the value 'many' in line 3, which is no number", "IND,internet_users,2015,1",
                     "IND,internet_users,2014,many")
        self.refused("has the value '' in line 2", "IND,internet_users,2015,")
        self.refused("has the value 'inf' in line 2", "IND,internet_users,2015,inf")
        self.refused("has the year '2015.5' in line 2, which is no whole number", "IND,internet_users,2015.5,3")
        self.refused("different figures of internet_users for IND in 2015", "IND,internet_users,2015,1",
                     "IND,internet_users,2015,2")
        self.refused("has internet_users = 120 for IND in 2015, but its unit is % of population", "IND,internet_users,2015,120")
        self.refused("has nothing to judge", "XXX,internet_users,2015,10")
        self.refused("has nothing to judge", "IND,schooling,2015,10")
        self.refused("has nothing to judge", "IND,internet_users,2004,2")
        with self.assertRaisesRegex(Unusable, "cannot be read"):
            observations.observed(self.folder / "none.csv", ECONOMIES, YEARS, 2005)
        self.assertEqual(self.observed("IND,internet_users,2015,14.9", "IND,internet_users,2015,14.9").notes, [])

    def members(self, *lines, head="iso3,indicator,year,member,value"):
        return members.read_members(self.file(*lines, head=head))

    def test_members_of_a_file(self):
        found = self.members("IND,internet_users,2005,b,2,3", "IND,internet_users,2006,b,3,3", "IND,internet_users,2005,a,4,1",
                             "IND,internet_users,2006,a,5,1", "USA,internet_users,2006,a,5,1", "XXX,internet_users,2006,a,5,1",
                             "IND,happiness,2006,a,5,1", head="iso3,indicator,year,member,value,weight")
        self.assertEqual((found.names, found.weights.tolist(), found.economies), (["b", "a"], [0.75, 0.25], ["IND"]))
        self.assertEqual(found.values[scales.INTERNET][:, 0].tolist(), [[2.0, 3.0], [4.0, 5.0]])
        notes = "\n".join(found.notes)
        for words in ("1 indicators of the forecast are not known .*: happiness", "lead firms only, or are the measure .*: USA",
                      "1 economies of the forecast are not in .*: XXX", "3 indicators are not in the forecast"):
            self.assertRegex(notes, words)

    def test_files_of_members_that_will_not_do(self):
        for words, lines, more in (
            ("no number", ["IND,internet_users,2005,a,x"], ""),
            ("not finite", ["IND,internet_users,2005,a,nan"], ""),
            ("two values of one member", ["IND,internet_users,2005,a,1", "IND,internet_users,2005,a,1"], ""),
            ("several weights", ["IND,internet_users,2005,a,1,1", "IND,internet_users,2006,a,1,2"], ",weight"),
            ("weights below 0 or of sum 0", ["IND,internet_users,2005,a,1,0"], ",weight"),
            ("no economy of .* is known", ["XXX,internet_users,2005,a,1"], ""),
            ("no indicator and economy that is judged", ["IND,happiness,2005,a,1"], ""),
        ):
            with self.subTest(words), self.assertRaisesRegex(Unusable, words):
                self.members(*lines, head=f"iso3,indicator,year,member,value{more}")


class Command(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = Path(folder.name)
        cls.make_study(cls.folder / "study.h5")
        cls.status, cls.words, cls.errors = cls.called(cls.folder, "--members", "--out", cls.folder / "first")

    @staticmethod
    def make_study(path, start=2005):
        """Two sets, of two replicates and of three, as observed with errors of their own; the last runs are not done."""
        random = np.random.default_rng(1)
        countries, levels = [*ECONOMIES, "USA", "DEU"], seen_of().levels
        outputs = {}
        for output, indicator in members.SERIES.items():
            level = levels[indicator].reindex(columns=YEARS).interpolate(axis=1).reindex(countries).fillna(0.0).to_numpy().T
            level = level + np.cumsum(0.03 * random.normal(size=(5, *level.shape)), axis=1)
            back = {scales.INTERNET: scales.percent_of_odds, scales.SHARE: np.exp}.get(indicator, scales.as_is)
            outputs[f"series_{output}"] = (("series_run", "time", "country"), np.repeat(back(level), 4, axis=1))
        outputs["series_internet_users"][1][4] = np.nan
        xr.Dataset(
            {**outputs, "status": ("run", np.array([1, 1, 1, 2, 2], "u2")), "scenario_number": ("run", np.zeros(5, "u2")),
             "point": ("run", [0, 0, 1, 1, 1]), "replicate": ("run", [0, 1, 0, 1, 2]),
             "weight": ("run", [0.9, 0.9, 0.1, 0.1, 0.1]),
             "gap_at_start": (("run", "country"), np.zeros((5, len(countries)))),
             "country_role": ("country", np.array(["latecomer"] * len(ECONOMIES) + ["both", "lead"], object))},
            coords={"run": np.arange(5), "series_run": np.arange(5), "time": np.arange(1, 45) / 4,
                    "scenario": np.array(["baseline"], object), "country": np.array(countries, object)},
            attrs={"schema": "latecomer-study", "schema_version": 3, "study": "made", "reference": "baseline",
                   "spec": "[study]\n"},
        ).to_netcdf(path, engine="h5netcdf")

    @staticmethod
    def called(*arguments):
        out, errors = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(errors):
            status = command.main([str(one) for one in arguments])
        return status, out.getvalue(), errors.getvalue()

    def test_weights_are_those_of_sets_over_replicates(self):
        found = members.read_members(self.folder)
        self.assertEqual(found.names, ["0-0", "0-1", "1-0"])
        np.testing.assert_allclose(found.weights, [0.45, 0.45, 0.1])
        self.assertEqual((found.economies, found.years), (ECONOMIES, YEARS))
        self.assertEqual(found.notes, ["2 runs of the study are not done and left out"])

    def test_files_and_the_table(self):
        self.assertEqual((self.status, self.errors), (0, "analysis/score: 2 runs of the study are not done and left out\n"))
        self.assertTrue(self.words.startswith("| indicator | origin | year | economies | model | persistence |"))
        forecast = pd.read_csv(self.folder / "first/forecast.csv")
        self.assertEqual(list(forecast), ["iso3", "indicator", "year", "mean", "q05", "q50", "q95"])
        self.assertFalse(forecast.duplicated(["iso3", "indicator", "year"]).any())
        self.assertTrue((forecast["q05"] <= forecast["q95"]).all())
        score = pd.read_csv(self.folder / "first/score.csv")
        lines = score[(score["indicator"] == "internet_users") & (score["origin"] == 2005) & (score["year"] == 2010)]
        self.assertEqual(lines["forecast"].tolist(), ["model", *rules.RULES])
        self.assertTrue((lines["mae_low"] <= lines["mae"]).all() and (lines["mae"] <= lines["mae_high"]).all())
        self.assertIn("no data: a rule of internet users", score["note"].tolist())
        text = (self.folder / "first/score.md").read_text(encoding="utf-8")
        for words in ("One origin is one draw", "a gain of less than a fifth cannot be shown", "are not done"):
            self.assertIn(words, text)
        drawn = {path.name for path in (self.folder / "first/figures").glob("*.png")}
        self.assertEqual(drawn, {f"forecast_{name}.png" for name in (*scales.INDICATORS, "economies")})

    def test_the_same_input_gives_the_same_bytes(self):
        self.assertEqual(self.called(self.folder, "--members", "--out", self.folder / "again")[0], 0)
        files = sorted(path.relative_to(self.folder / "first") for path in (self.folder / "first").rglob("*.*"))
        self.assertEqual(len(files), 4 + 5 * 5)
        for name in files:
            self.assertEqual((self.folder / "first" / name).read_bytes(), (self.folder / "again" / name).read_bytes(), name)

    def test_members_that_were_written_are_scored_alike(self):
        with mock.patch.object(figures, "all_of", return_value=[]):
            status, words, _ = self.called(self.folder / "first/members.csv", "--out", self.folder / "csv")
        self.assertEqual((status, words), (0, self.words))
        for name in ("forecast.csv", "score.csv"):
            self.assertEqual((self.folder / "first" / name).read_bytes(), (self.folder / "csv" / name).read_bytes(), name)

    def refused(self, words, *arguments):
        status, out, errors = self.called(*arguments, "--out", self.folder / "refused")
        self.assertEqual((status, out, errors.count("\n")), (2, "", 1), errors)
        self.assertRegex(errors, f"^analysis/score: .*{words}")
        self.assertFalse((self.folder / "refused").exists())

    def test_what_will_not_do_is_one_line_and_status_2(self):
        self.refused("does not exist", self.folder / "nowhere")
        self.refused("2005 to 2015, so 2015 is no origin", self.folder, "--from", 2010, 2015)
        self.refused("2016 to 2026, so 2005 is no origin", self.folder, "--start-year", 2016)
        empty = self.folder / "empty.csv"
        empty.write_text("iso3,indicator,year,value\n", encoding="utf-8")
        self.refused("has nothing to judge", self.folder, "--observed", empty)
        few = self.folder / "few.csv"
        few.write_text("iso3,indicator,year,value\nIND,internet_users,2015,14.9\n", encoding="utf-8")
        self.refused("nothing can be judged: .*internet_users: no data: 1 economies have figures of 2005 and 2015", self.folder,
                     "--observed", few, "--from", 2005)


if __name__ == "__main__":
    unittest.main()
