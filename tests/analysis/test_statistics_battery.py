"""The battery passes a world that is made to show the patterns, and fails one that does not.

    python3 -m unittest tests.analysis.test_statistics_battery
"""

import copy
import unittest

import numpy as np
import pandas as pd
import xarray as xr

from latecomer.statistics import battery
from latecomer.statistics.battery import COLUMNS, FACTS, Fact, line
from latecomer.statistics.estimate import Estimate
from latecomer.statistics.evidence import Evidence
from latecomer.statistics.studies import kept_series

COUNTRIES = [f"C{i:02}" for i in range(16)]
POSITIONS = ["COL", "STO", "PRL", "ANA", "APP_services"]
QUARTERS, BURN_IN, LAST_SNAPSHOT = 240, 40, 160
PATTERNS = [f"P{i}" for i in range(1, 15)]


def identities(births):
    """Identities of firms that were born in these quarters; -1: there from the start."""
    births = np.asarray(births)
    return pd.Index(((births + 1).astype(np.uint64) << np.uint64(28)) + np.arange(births.size, dtype=np.uint64))


class World:
    """A run without a program: 20000 firms, some of the snapshots, and series of 16 countries, five of them leading."""

    def __init__(self, lively):
        self.lively = lively
        self.random = np.random.default_rng(11)
        self.snapshots = {q: None for q in range(92, LAST_SNAPSHOT + 1, 4)}
        self.events = pd.DataFrame({"kind": ["window"], "who": ["technology"], "where": ["storage"], "quarter": [100]})
        self.firms_at_start = 20000
        self.base = self.first_firms()
        self.series = self.make_series()

    def first_firms(self):
        random, count = self.random, self.firms_at_start
        size = random.pareto(1.0, count) + 1.0 if self.lively else random.uniform(0.5, 1.5, count)
        spread = 0.65 / 2.563 if self.lively else 0.01
        large = size > np.quantile(size, 0.6)  # of which every second one exports
        export = random.uniform(size=count) < (np.where(large, 0.5, 0.0) if self.lively else 0.9)
        log_capability = random.normal(0.0, spread, count) + (0.2 * export if self.lively else 0.0)
        table = pd.DataFrame(
            {
                "country": random.choice(COUNTRIES[:11], count),
                "position": random.choice(POSITIONS, count),
                "revenue": size,
                "export_share": np.where(export, 0.1, 0.0),
                "windows": 0,
            },
            index=identities(np.full(count, -1)),
        )
        for stage in ("collection", "storage", "analytics", "applications"):
            table[f"capability_{stage}"] = np.exp(log_capability)
        return table

    def firms(self, quarters):
        """The firms of the start, grown; 300 entrants of the quarter 9 ago survive of 400 (or none)."""
        table = self.base.copy()
        random = np.random.default_rng(quarters)
        count = len(table)
        if quarters % 8 == 0:  # every second snapshot a year's growth
            size = table["revenue"].to_numpy()
            shocks = random.laplace(0, 0.1, count) * size**-0.17 if self.lively else random.normal(0, 0.1, count)
            table["revenue"] = size * np.exp(shocks)
        if quarters > 100:
            adopts = 1 / (1 + np.exp(1 - np.log(table["revenue"]))) if self.lively else np.full(count, 0.5)
            table["windows"] = (random.uniform(size=count) < adopts).astype(int)
        born = np.full(300 if self.lively else 400, quarters - 9)
        young = table.iloc[: born.size].copy()
        young.index = identities(born)
        return pd.concat([table, young])

    def make_series(self):
        random, time = self.random, (np.arange(QUARTERS) + 1) / 4
        noise, years = random.normal(size=QUARTERS), time[:, None]
        start, jitter = random.normal(0, 0.3, 16), random.normal(0, 0.1, 16)
        path = np.clip((years - 10) / 20, 0, 1)  # from the end of the burn-in to 30 years
        if self.lively:
            survivors, exits, outsourcing, per_worker = 300, 600, 0.136, 0.02
            capability = start + jitter * path
            storage, adoption = 0.63 + 0.01 * noise, 1 / (1 + np.exp(-0.139 * (years - 12)))
        else:
            survivors, exits, outsourcing, per_worker = 400, 0, 0.0, 0.1
            capability = start * (1 - 0.9 * path)
            storage, adoption = 0.9 + 0.01 * noise, 0.2 + 1e-4 * years
        pools = {
            "firms": self.on_the_ladder(self.firms_at_start + survivors),
            "entrants": self.in_one_pool(400),
            "exits": self.in_one_pool(exits),
            "revenue": np.ones((1, 16, 5)) * (1 + outsourcing) ** time[:, None, None],
            "mark_up": np.full((QUARTERS, 16, 5), 0.2),
        }
        countries = {
            "capability_index": capability - 1.5,
            "adoption": np.tile(adoption, (1, 16)),
            "wage": np.tile((1 + per_worker) ** years, (1, 16)),
            "exchange_rate": np.ones((QUARTERS, 16)),
        }
        places = {"time": time, "country": COUNTRIES, "position": POSITIONS, "target": POSITIONS}
        series = xr.Dataset(coords=places, attrs={"burn_in": BURN_IN})
        series["country_role"] = "country", ["latecomer"] * 11 + ["lead"] * 5
        series["top_three_storage"] = "time", storage
        series["intensity"] = ("time", "country", "instrument"), np.zeros((QUARTERS, 16, 1))
        for name, values in pools.items():
            series[name] = ("time", "country", "position"), values
        for name, values in countries.items():
            series[name] = ("time", "country"), values
        upgrades = np.zeros((QUARTERS, len(COUNTRIES), len(POSITIONS), len(POSITIONS)))
        if self.lively:  # of 100 firms of each latecomer one a year climbs to analytics, one in two years on
            upgrades[::4, :11, 2, 3], upgrades[::8, :11, 3, 4] = 1, 1
        series["upgrades"] = ("time", "country", "position", "target"), upgrades
        return series

    def on_the_ladder(self, total):
        """A number of firms of the world of which each latecomer has 100 at processing and at analytics."""
        values = self.in_one_pool(total - 2200)
        values[:, :11, 2:4] = 100
        return values

    @staticmethod
    def in_one_pool(total):
        """A number of the world that one pool has, so that the sum over pools is exact."""
        values = np.zeros((QUARTERS, len(COUNTRIES), len(POSITIONS)))
        values[:, 0, 0] = total
        return values


ARMS = ["none", "windows", "protection", "alike"]
LATE = 10  # latecomers of the study; two more economies lead


def study(lively):
    """Four arms, 12 replicates, 12 countries; of the arm alike, and of replicate 3 of the others, series are kept."""
    random = np.random.default_rng(12)
    replicates, runs = 12, 12 * len(ARMS)
    arm, replicate = np.repeat(np.arange(len(ARMS)), replicates), np.tile(np.arange(replicates), len(ARMS))
    changes = random.poisson(1.0, replicates)
    more = random.integers(1, 3, replicates) if lively else 0
    caught = np.zeros((runs, LATE + 2))
    if not lively:
        caught[arm == 2] = 1.0
    start = random.normal(-2.0, 0.1, (runs, LATE + 2))
    start[:, LATE:] = caught[:, LATE:] = np.nan
    kept = np.flatnonzero((arm == 3) | (replicate == 3))
    data = xr.Dataset(
        {
            "status": ("run", np.ones(runs)),
            "scenario_number": ("run", arm),
            "point": ("run", np.zeros(runs)),
            "replicate": ("run", replicate),
            "gap_at_start": (("run", "country"), start),
            "gap_at_end": (("run", "country"), -2.0 + (3.0 if lively else 0.5) * (start + 2.0)),
            "caught_up": (("run", "country"), caught),
            "quarters_to_catch_up": (("run", "country"), np.where(caught > 0, 40.0, np.nan)),
            "world_leadership_changes": ("run", np.concatenate([changes, changes + more, changes, changes])),
            "series_capability_index": (("series_run", "time", "country"), index_of(kept.size, random, lively)),
        },
        coords={"run": np.arange(runs), "scenario": ARMS, "country": list("ABCDEFGHIJXY"), "series_run": kept,
                "time": np.arange(1, 161) / 4},
    )
    return data


def index_of(runs, random, lively):
    """Capability indices [run, time, country]: economies part into two clubs, or come nearer to each other."""
    start, path = random.normal(0, 0.1, (runs, 1, LATE)), np.linspace(0, 1, 160)[None, :, None]
    ends = np.repeat([-1.2, 1.6], [6, 4]) if lively else 0.0
    index = start * (1.0 if lively else 1.0 - 0.9 * path) + ends * path - 1.5
    return np.concatenate([index + random.normal(0, 0.5, (runs, 1, 1)), np.zeros((runs, 160, 2))], axis=2)


def lines(pattern, run=None, study=None, arms=None, windows_run=None):
    """The lines of the battery for one pattern, quicker than all."""
    evidence = Evidence(run, study, arms, windows_run)
    return pd.DataFrame([line(fact, evidence) for fact in FACTS if fact.pattern == pattern], columns=COLUMNS)


class Battery(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.world = World(lively=True)
        cls.lively = battery(cls.world, study(lively=True))
        cls.dull = battery(World(lively=False), study(lively=False))

    def verdicts(self, table):
        return {f"{p} {s}": v for p, s, v in zip(table["pattern"], table["statistic"], table["verdict"])}

    def test_every_pattern_has_a_line_in_order(self):
        self.assertEqual(list(dict.fromkeys(self.lively["pattern"])), PATTERNS)

    def test_a_world_that_is_made_to_show_the_patterns_passes(self):
        wrong = {k: v for k, v in self.verdicts(self.lively).items() if v not in ("pass", "reported")}
        self.assertEqual(wrong, {}, self.lively[["pattern", "estimate", "low", "high", "target", "note"]].to_string())

    def test_a_world_of_equal_firms_and_noise_fails_every_pattern(self):
        found = self.verdicts(self.dull)
        passed = {k for k, v in found.items() if v == "pass"}
        self.assertEqual(passed, set(), self.dull[["pattern", "estimate", "low", "high", "target", "note"]].to_string())
        missing = {k for k, v in found.items() if v == "no data"}
        self.assertEqual(missing, set())

    def test_without_anything_every_line_says_why_there_are_no_data(self):
        table = battery()
        self.assertEqual(set(table["verdict"]), {"no data"})
        self.assertTrue((table["note"].str.len() > 10).all())
        self.assertTrue(table["estimate"].isna().all())

    def test_a_run_without_snapshots_says_how_to_get_them(self):
        run = copy.deepcopy(self.world)
        run.snapshots = {}
        for pattern in ("P1", "P2", "P3", "P4", "P6"):
            self.assertTrue(lines(pattern, run)["note"].str.contains("--snapshot-every 4").all(), pattern)
        self.assertEqual(lines("P9", run)["verdict"].item(), "pass")

    def test_snapshots_of_the_burn_in_do_not_count(self):
        run = copy.deepcopy(self.world)
        run.snapshots = {BURN_IN - 4: None, BURN_IN: None}
        self.assertEqual(set(lines("P1", run)["verdict"]), {"no data"})

    def test_snapshots_far_apart_do_not_tell_yearly_growth(self):
        run = copy.deepcopy(self.world)
        run.snapshots = {100: None, 120: None}
        self.assertIn("8 quarters apart or less", lines("P2", run)["note"].item())

    def test_a_choice_of_firms_does_not_tell_survival(self):
        run = copy.deepcopy(self.world)
        run.series["firms"] = run.series["firms"] * 2
        found = lines("P5", run).set_index("statistic")["note"]
        self.assertIn("a choice of firms", found["entrants gone within two years"])

    def test_a_run_with_policy_does_not_tell_catching_up_without(self):
        run = copy.deepcopy(self.world)
        run.series["intensity"][50, 3, 0] = 0.1
        notes = [note.split(";")[0] for note in lines("P7", run)["note"]]
        self.assertEqual(notes, ["no study was given", "no study was given", "the run has policies"])

    def test_scenarios_of_other_names_can_be_given_roles(self):
        renamed = study(lively=True).assign_coords(scenario=["quiet", "storm", "walls", "twins"])
        self.assertIn("quiet, storm, walls, twins", lines("P10", study=renamed)["note"].item())
        arms = {"none": "quiet", "windows": "storm", "protection": "walls", "alike": "twins"}
        self.assertEqual(lines("P10", study=renamed, arms=arms)["verdict"].item(), "pass")
        self.assertTrue(lines("P8", study=renamed, arms=arms)["note"].str.startswith("'twins'").all())
        quiet = lines("P8", study=renamed, arms={**arms, "clubs": "quiet"})
        self.assertIn("10 latecomers in 1 runs", quiet["note"].iloc[0])

    def test_who_adopts_first_is_seen_in_the_run_with_windows(self):
        calm = copy.deepcopy(self.world)
        calm.events = calm.events.iloc[:0]
        alone = lines("P12", calm).iloc[1]
        self.assertEqual(alone["verdict"], "no data")
        self.assertIn("no technology window opens in the run: give one of", alone["note"])
        beside, own = (lines("P12", *runs).iloc[1] for runs in ((calm, None, None, self.world), (self.world,)))
        self.assertEqual((beside["estimate"], beside["note"]), (own["estimate"], own["note"]))
        self.assertEqual(lines("P12", None, None, None, self.world)["verdict"].tolist(), ["no data", "pass"])

    def test_drift_is_the_mean_change_of_spreads_over_runs_with_students_interval(self):
        data = study(lively=True)
        alike = data["scenario_number"].values == 3
        gaps = [data[name].values[alike][:, :LATE].std(axis=1, ddof=1) for name in ("gap_at_start", "gap_at_end")]
        index = data["series_capability_index"].values[data["series_run"].values >= 36][:, :, :LATE].std(axis=2, ddof=1)
        table = lines("P7", study=data)
        for row, change in zip(table.itertuples(), (index[:, -1] - index[:, 0], gaps[1] - gaps[0])):
            half = 2.2009852 * change.std(ddof=1) / np.sqrt(12)  # t of 11 degrees
            self.assertAlmostEqual(row.estimate, change.mean(), places=12)
            self.assertAlmostEqual(row.high - row.estimate, half, places=6)
        self.assertEqual(table["note"].str.contains("'alike', latecomers, 12 runs").tolist(), [True, True, False])

    def test_a_study_that_keeps_no_capability_says_how_to_keep_it(self):
        data = study(lively=True)
        for missing in (data.drop_vars("series_capability_index"), data.isel(series_run=slice(0, 3))):
            table = pd.concat([lines("P7", study=missing).iloc[:1], lines("P8", study=missing)])
            self.assertEqual(set(table["verdict"]), {"no data"})
        self.assertIn("has kept capability_index of no run of 'alike'", table["note"].iloc[0])
        note = lines("P8", study=data.drop_vars("series_capability_index"))["note"].iloc[0]
        self.assertIn('variables = ["capability_index"]', note)

    def test_series_of_runs_that_are_not_done_or_were_done_before_do_not_count(self):
        data = study(lively=True)
        data["status"][40] = 2
        before = int(np.flatnonzero(data["series_run"].values == 41)[0])
        data["series_capability_index"][{"series_run": before}] = np.nan
        kept = kept_series(data, "alike", "capability_index")
        self.assertEqual(dict(kept.sizes), {"run": 10, "time": 160, "country": LATE})
        self.assertEqual(kept["replicate"].values.tolist(), [0, 1, 2, 3, 6, 7, 8, 9, 10, 11])

    def test_the_estimates_are_those_that_the_world_was_made_with(self):
        found = self.lively.set_index("statistic")["estimate"]
        self.assertAlmostEqual(found["entrants gone within two years"], 0.25)
        self.assertAlmostEqual(found["entry plus exit over firms, a year"], 4 * 1000 / 20300)
        self.assertAlmostEqual(found["share of exporters"], 0.2, delta=0.01)
        self.assertAlmostEqual(found["years from 19 % to 45 % of use"], 1.249339 / 0.139, places=3)
        self.assertAlmostEqual(found["growth of outsourcing, best ten years"], 0.136, places=6)
        self.assertAlmostEqual(found["growth of revenue per worker then"], 0.02, places=6)
        self.assertAlmostEqual(found["climb from processing to analytics, a year"], 0.01, places=12)
        self.assertAlmostEqual(found["climb from analytics to applications, a year"], 0.005, places=12)
        self.assertEqual(found["economies with a climb from processing, 50 years"], 1.0)
        # Of Pareto sizes with exponent 1, ln size of the largest 40 % is ln 2.5 + 1 on average, of all 1.
        high = np.log(2.5) + 1
        self.assertAlmostEqual(found["exporters' premium, ln revenue"], high - (1 - 0.2 * high) / 0.8, delta=0.1)


class Verdicts(unittest.TestCase):
    def test_the_estimate_or_the_whole_interval_must_lie_in_the_target(self):
        loose = Fact("P0", "", None, "", 0.0, 1.0)
        strict = Fact("P0", "", None, "", 0.0, strict=True)
        self.assertEqual(loose.verdict(Estimate(0.9, -5.0, 5.0)), "pass")
        self.assertEqual(loose.verdict(Estimate(1.1, 0.9, 1.3)), "fail")
        self.assertEqual(strict.verdict(Estimate(0.9, 0.1, 5.0)), "pass")
        self.assertEqual(strict.verdict(Estimate(0.9, -0.1, 5.0)), "fail")
        self.assertEqual(strict.verdict(Estimate(0.9)), "fail")  # no interval, no proof
        self.assertEqual(Fact("P0", "", None, "").verdict(Estimate(3.0)), "reported")
        least = Fact("P0", "", None, "", 0.75)
        self.assertEqual((least.target, least.verdict(Estimate(0.75))), ("at least 0.75", "pass"))
        self.assertEqual(strict.target, "interval above 0")

    def test_every_fact_has_a_source(self):
        self.assertTrue(all(fact.source for fact in FACTS))


if __name__ == "__main__":
    unittest.main()
