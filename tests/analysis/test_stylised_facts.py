"""The study that the battery needs has the arms that it says it has.

    python3 -m unittest tests.analysis.test_stylised_facts
"""

import unittest
from pathlib import Path

try:
    import tomllib
except ImportError:  # before Python 3.11
    tomllib = None

JOBS = Path(__file__).resolve().parents[2] / "jobs"
START = {
    "role",
    "gdp",
    "population",
    "productivity",
    "internet_users",
    "broadband",
    "schooling",
    "rd_expenditure",
    "government_revenue",
    "ict_service_exports",
}


def read(path):
    return tomllib.loads((JOBS / path).read_text(encoding="utf-8"))


def flat(table, prefix=""):
    """Settings by their whole names, as an arm has them."""
    found = {}
    for key, value in table.items():
        found |= flat(value, f"{prefix}{key}.") if isinstance(value, dict) else {prefix + key: value}
    return found


@unittest.skipIf(tomllib is None, "this Python reads no TOML")
class Arms(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.study, cls.alike = read("studies/stylised_facts.toml"), read("scenarios/alike.toml")
        cls.table = read("scenarios/economies.toml")["country"]

    def test_all_latecomers_of_the_table_start_alike(self):
        of_2019 = {key for key, economy in self.table.items() if "2019" in economy}
        latecomers = {key for key in of_2019 if self.table[key]["role"] in ("latecomer", "advanced")}
        self.assertEqual((set(self.alike["country"]), len(latecomers)), (latecomers, 11))
        data = list(self.alike["country"].values())
        self.assertEqual(set(data[0]), START)
        self.assertTrue(all(other == data[0] for other in data))
        self.assertEqual(self.alike["run"], {"burn_in": 0})

    def test_the_arm_is_the_scenario(self):
        scenario = {key: value for key, value in self.alike.items() if key != "include"}
        self.assertEqual(self.study["scenarios"]["alike"], flat(scenario))
        windows = read("scenarios/windows.toml")["window"]
        without = [{key: value for key, value in window.items() if key != "label"} for window in windows]
        self.assertEqual(self.study["scenarios"]["windows"]["window"], without)
        for of in (self.alike, read("scenarios/windows.toml")):
            self.assertEqual(Path(of["include"]).name, Path(self.study["study"]["model"]).name)

    def test_all_replicates_keep_the_capability_index(self):
        kept = self.study["series"]
        self.assertEqual(kept["variables"], ["capability_index"])
        self.assertEqual(kept["replicates"], self.study["replicates"]["min"])


if __name__ == "__main__":
    unittest.main()
