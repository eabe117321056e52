"""Files of what is observed: each figure has a source and is possible, and economies.toml is made of them.

    python3 -m unittest tests.analysis.test_observed
"""

import re
import tempfile
import tomllib
import unittest
from pathlib import Path

import pandas

from latecomer.observed import FOLDER, INDICATORS, KEY, START, base_year, economies, load, plain, read_observations
from latecomer.series import Unusable

REGIONS = 8
INCOME_GROUPS = ("low_income", "lower_middle_income", "upper_middle_income", "high_income")
ROLES = ("latecomer", "advanced", "lead", "both")
STATUSES = ("observed", "nearest year", "fitted")


class Tables(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.observed = load()

    def test_every_figure_has_a_source_that_says_where_it_is_from(self):
        sources = self.observed.sources
        used = set(self.observed.observations.source)
        for name in ("table_2019.csv", "digital_2019.csv"):
            used |= set(pandas.read_csv(FOLDER / name, dtype=str).source)
        self.assertEqual(used - set(sources.index), set())
        for column in ("publisher", "dataset", "unit", "address", "how_read"):
            self.assertEqual(list(sources.index[sources[column] == ""]), [], column)
        self.assertTrue(sources.index.is_unique)

    def test_every_indicator_has_a_usual_source_in_the_same_unit(self):
        for name, figure in INDICATORS.items():
            self.assertIn(name, self.observed.sources.index)
            self.assertTrue(self.observed.sources.unit[name].startswith(figure.unit), name)
            download = self.observed.sources.unit.get(f"{name}_download")
            if figure.code:
                self.assertEqual(download, figure.unit)
                self.assertEqual(self.observed.sources.code[f"{name}_download"], figure.code)

    def test_observations_are_sorted_unique_and_plain(self):
        table = self.observed.observations
        self.assertEqual(list(map(tuple, table[KEY].to_numpy())), sorted(set(map(tuple, table[KEY].to_numpy()))))
        self.assertEqual(list(table.text), [plain(text) for text in table.text])
        self.assertEqual(set(table.indicator), set(INDICATORS))
        self.assertEqual(set(table.iso3) - set(self.observed.economies.index), set())

    def test_later_years_are_held_back(self):
        self.assertEqual((self.observed.observations.year.min(), self.observed.observations.year.max()), (2000, 2015))

    def test_figures_are_possible(self):
        for row in self.observed.observations.itertuples():
            figure = INDICATORS[row.indicator]
            self.assertTrue(figure.least <= row.value <= figure.most, row)

    def test_percent_are_no_fractions(self):
        """Every year has an economy with more than the largest fraction, and a middle that is none."""
        middle = {"internet_users": 2, "schooling": 6, "government_revenue": 15, "ict_service_exports_share": 2}
        for name, least in middle.items():
            by_year = self.observed.observations.query("indicator == @name").groupby("year").value
            self.assertGreater(by_year.median().min(), least, name)
        for name in ("broadband", "rd_expenditure"):
            by_year = self.observed.observations.query("indicator == @name").groupby("year").value
            self.assertGreater(by_year.max().min(), 3, name)

    def test_figures_that_are_computed_of_each_other_fit(self):
        """Current and constant USD of 2015 are the same in 2015; products are products."""
        wide = self.observed.observations.pivot(index=["iso3", "year"], columns="indicator", values="value")
        in_2015 = wide.xs(2015, level="year")
        self.assertLess((in_2015.gdp / in_2015.gdp_constant - 1).abs().max(), 0.005)
        self.assertLess((wide.gdp_constant * 1000 / wide.population / wide.gdp_per_capita - 1).abs().max(), 1e-4)
        product = wide.service_exports * wide.ict_service_exports_share / 100
        self.assertLess(((wide.ict_service_exports - product).abs() / product.clip(lower=0.01)).max(), 1e-3)

    def test_economies_have_a_name_a_region_and_known_groups(self):
        table = self.observed.economies
        self.assertTrue(table.index.is_unique and table.index.is_monotonic_increasing)
        self.assertTrue(all(re.fullmatch("[A-Z]{3}", iso3) for iso3 in table.index))
        self.assertEqual(len(set(table.region)), REGIONS)
        self.assertEqual(set(table.income_group_2005) | set(table.income_group_2020), {*INCOME_GROUPS, ""})
        self.assertNotIn("", set(table.name))

    def test_a_file_with_two_figures_for_the_same_is_refused(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "twice.csv"
            path.write_text("iso3,indicator,year,value,source\nIND,gdp,2005,1,gdp\nIND,gdp,2005,2,gdp\n")
            with self.assertRaisesRegex(Unusable, "two figures of gdp for IND in 2005"):
                load(path)


class World(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.observed = load()
        cls.text = economies.FILE.read_text(encoding="utf-8")
        cls.world = tomllib.loads(cls.text)
        cls.countries = cls.world["country"]

    def figures(self):
        """All figures: economy, base year, indicator, number, year of the figure, status, source."""
        for iso3, country in self.countries.items():
            for base, table in country.items():
                for name, figure in table.items() if isinstance(table, dict) else ():
                    if not isinstance(figure, dict):
                        figure = {"value": figure, "status": "observed"}
                    yield (iso3, int(base), name, figure["value"], figure.get("year", int(base)), figure["status"],
                           figure.get("source", name))

    def test_economies_toml_is_what_write_economies_makes(self):
        self.assertEqual(economies.whole_file(), self.text)

    def test_every_number_is_that_of_its_source(self):
        """The text, not only the number: no digit is added or lost."""
        table = pandas.concat([self.observed.observations, read_observations(FOLDER / "table_2019.csv")])
        known = {(row.iso3, row.indicator, row.year, row.source): row.text for row in table.itertuples()}
        written = re.compile(r"= (?:\{ value = )?([0-9.]+)")
        section, numbers = None, {}
        for line in self.text.splitlines():
            section = line.strip("[]").split(".")[1:] if line.startswith("[country.") else section
            if section and len(section) == 2 and written.search(line):
                numbers[(*section, line.split(" ")[0])] = written.search(line)[1]
        count = 0
        for iso3, base, name, _, year, status, source in self.figures():
            if status != "fitted":
                self.assertEqual(numbers[iso3, str(base), name], known[iso3, name, year, source], (iso3, base, name))
                count += 1
        self.assertGreater(count, 1300)

    def test_figures_are_possible_and_say_what_they_are(self):
        for iso3, base, name, value, year, status, source in self.figures():
            figure = INDICATORS[name]
            self.assertIn(name, START)
            self.assertTrue(figure.least <= value <= figure.most, (iso3, base, name, value))
            self.assertIn(status, STATUSES)
            self.assertIn(source, self.world["source"], (iso3, base, name))
            self.assertEqual(status == "nearest year", year != base, (iso3, base, name))
            self.assertEqual(status == "fitted", source.endswith("_fit"))
            self.assertLessEqual(abs(year - base), base_year.FARTHEST)

    def test_no_figure_is_unverified_or_of_the_years_held_back(self):
        self.assertNotIn("unverified", self.text)
        self.assertNotIn("memory", self.text)
        late = {iso3 for iso3, base, *_, year, _, _ in self.figures() if year > 2015}
        self.assertEqual(late, set(economies.FIRST_ROWS))

    def test_rows_are_permanent_and_then_in_the_order_of_iso_codes(self):
        codes = list(self.countries)
        self.assertEqual([self.countries[iso3]["row"] for iso3 in codes], list(range(len(codes))))
        self.assertEqual(" ".join(codes[:16]), "IDN IND CHL MEX COL THA PAK PHL ZAF GRC BGR USA CHN DEU JPN KOR")
        self.assertEqual(codes[16:], sorted(codes[16:]))

    def test_roles_follow_lead_firms_and_productivity(self):
        leader = self.countries["USA"]["2005"]["productivity"]
        for iso3, country in self.countries.items():
            self.assertIn(country["role"], ROLES)
            self.assertIn(country["income_group"], INCOME_GROUPS)
            self.assertEqual(country["lead_firms"] > 0, country["role"] in ("lead", "both"))
            if country["lead_firms"] == 0:
                advanced = country["2005"]["productivity"] >= 0.5 * leader
                self.assertEqual(country["role"], "advanced" if advanced else "latecomer", iso3)

    def test_every_economy_has_a_usable_minimum_and_more_than_a_million_people(self):
        self.assertEqual(len(self.countries), 149)
        for iso3, country in self.countries.items():
            self.assertEqual(set(economies.NEEDED) - set(country["2005"]), set(), iso3)
            self.assertGreater(country["2005"]["population"], 1)
        self.assertEqual({iso3 for iso3, country in self.countries.items() if "2019" in country}, set(economies.FIRST_ROWS))

    def test_the_page_has_the_fits_and_counts_of_the_files(self):
        lines = (FOLDER / "README.md").read_text(encoding="utf-8").splitlines()
        page = " ".join(" ".join(lines).split())
        _, _, fits = economies.chosen(self.observed)
        for fit in fits:
            self.assertIn(fit.text(), page)
        table = self.observed.observations
        for name, count in table.indicator.value_counts().items():
            rows = [line for line in lines if line.startswith("|") and f"`{name}`" in line]
            self.assertTrue(any(f"| {count:,} " in row for row in rows), (name, count, rows))
        statuses = [status for _, base, *_, status, _ in self.figures() if base == 2005]
        for status, words in (("observed", "{:,} of the figures of 2005"), ("nearest year", "earlier ({})"),
                              ("fitted", "economy ({})")):
            self.assertIn(words.format(statuses.count(status)), page)


class Fits(unittest.TestCase):
    def test_a_fit_finds_the_law_that_made_the_figures(self):
        """ln rd = -5 + .5 ln income + .1 schooling, exactly, for 40 economies; two more have no rd."""
        rows = []
        for n in range(42):
            iso3, income, schooling = f"A{n:02d}", 500.0 * 1.1**n, 2 + n * 7 % 11
            rows += [(iso3, "gdp_per_capita", income), (iso3, "schooling", schooling)]
            if n < 40:
                rows.append((iso3, "rd_expenditure", 2.718281828459045 ** (-5 + 0.1 * schooling) * income**0.5))
        table = pandas.DataFrame(rows, columns=["iso3", "indicator", "value"]).assign(year=2005, source="made up")
        table["text"] = [plain(repr(value), 12) for value in table.value]
        found, fits = base_year.figures(table, 2005, sorted(set(table.iso3)))
        self.assertEqual([fit.indicator for fit in fits], ["rd_expenditure"])
        for value, expected in zip(fits[0].coefficients, (-5, 0.5, 0.1)):
            self.assertAlmostEqual(value, expected, places=9)
        self.assertEqual(found["A41"]["rd_expenditure"].status, "fitted")
        self.assertEqual(found["A41"]["rd_expenditure"].text, "1.43")  # exp(-4.7) sqrt(500 x 1.1^41)

    def test_the_nearest_year_is_taken_and_of_two_the_earlier(self):
        table = pandas.DataFrame([("IND", "gdp", year, float(year), str(year), "gdp") for year in (2003, 2007, 2010)]
                                 + [("CHN", "gdp", 2010, 1.0, "1", "gdp")],
                                 columns=["iso3", "indicator", "year", "value", "text", "source"])
        found, _ = base_year.figures(table, 2005, ["CHN", "IND"])
        self.assertEqual((found["IND"]["gdp"].year, found["IND"]["gdp"].status), (2003, "nearest year"))
        self.assertEqual(found["CHN"], {})


if __name__ == "__main__":
    unittest.main()
