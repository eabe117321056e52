"""Downloads of the World Bank become tidy observations, and nothing else does.

    python3 -m unittest tests.analysis.test_import_world_bank
"""

import subprocess
import tempfile
import tomllib
import unittest
import zipfile
from pathlib import Path

PROGRAM = Path(__file__).resolve().parents[2] / "analysis" / "import_world_bank"

# As on the page of an indicator: four lines before the header, quotes, a comma at the end, regions among economies.
PAGE = '''\ufeff"Data Source","World Development Indicators",

"Last Updated Date","2026-07-01",

"Country Name","Country Code","Indicator Name","Indicator Code","1960","2005","2006","2007",
"India","IND","GDP (current US$)","NY.GDP.MKTP.CD","37029883876.1839","820383763511.445","940259888787.721","",
"World","WLD","GDP (current US$)","NY.GDP.MKTP.CD","1","2","3","4",
"Arab World","ARB","GDP (current US$)","NY.GDP.MKTP.CD","1","2","3","4",
"Kosovo","XKX","GDP (current US$)","NY.GDP.MKTP.CD","","","","4691935.5",
"China","CHN","GDP (current US$)","NY.GDP.MKTP.CD","","2317551298052.05","","3604055822571.63",
'''
# As from DataBank: several series, ".." for no value, a foot.
DATABANK = '''Country Name,Country Code,Series Name,Series Code,2005 [YR2005],2006 [YR2006]
India,IND,Individuals using the Internet (% of population),IT.NET.USER.ZS,2.38807544,..
India,IND,"GDP per person employed (constant 2021 PPP $)",SL.GDP.PCAP.EM.KD,9000,9500
India,IND,"ICT service exports (% of service exports, BoP)",BX.GSR.CCIS.ZS,40,..
India,IND,"Service exports (BoP, current US$)",BX.GSR.NFSV.CD,50000000000,60000000000
Euro area,EMU,Individuals using the Internet (% of population),IT.NET.USER.ZS,50,55

Data from database: World Development Indicators,,,,,
Last Updated: 07/01/2026,,,,,
'''
TIDY = '''iso3,indicator,year,value,source
CHN,gdp,2005,2317.55,gdp_download
CHN,gdp,2007,3604.06,gdp_download
IND,gdp,2005,820.384,gdp_download
IND,gdp,2006,940.26,gdp_download
IND,ict_service_exports,2005,20,ict_service_exports_download
IND,ict_service_exports_share,2005,40,ict_service_exports_share_download
IND,internet_users,2005,2.38808,internet_users_download
IND,service_exports,2005,50,service_exports_download
IND,service_exports,2006,60,service_exports_download
'''


class Import(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.write("page.csv", PAGE)
        self.write("databank.csv", DATABANK)

    def write(self, name, text):
        (self.folder / name).write_text(text, encoding="utf-8")

    def read(self, name):
        return (self.folder / name).read_text(encoding="utf-8")

    def call(self, *arguments):
        return subprocess.run([PROGRAM, *arguments], cwd=self.folder, capture_output=True, text=True, timeout=120)

    def accepted(self, *arguments):
        done = self.call(*arguments)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return done.stdout

    def refused(self, words, *arguments):
        """Status 2, one clear line, and nothing written."""
        before = {path: path.read_bytes() for path in self.folder.iterdir()}
        done = self.call(*arguments)
        self.assertEqual((done.returncode, done.stdout), (2, ""), done.stderr)
        self.assertRegex(done.stderr, r"\Aimport_world_bank: [^\n]+\n\Z")
        self.assertIn(words, done.stderr)
        self.assertEqual({path: path.read_bytes() for path in self.folder.iterdir()}, before)

    def test_both_forms_become_tidy(self):
        said = self.accepted("page.csv", "databank.csv", "--into", "tidy.csv")
        self.assertEqual(self.read("tidy.csv"), TIDY)
        self.assertIn("tidy.csv: 9 new, 0 replaced, 0 the same\n", said)
        self.assertIn("left out: 3 regions and groups\n", said)
        self.assertIn("left out, not in economies.csv: XKX\n", said)
        self.assertIn("left out: SL.GDP.PCAP.EM.KD is in purchasing power parities", said)

    def test_a_zip_file_is_as_good_as_what_it_holds(self):
        with zipfile.ZipFile(self.folder / "API_NY.GDP.MKTP.CD_DS2_en_csv_v2_1.zip", "w") as archive:
            archive.writestr("Metadata_Country_API_NY.GDP.MKTP.CD_DS2_en_csv_v2_1.csv", '"Country Code","Region"\n')
            archive.writestr("API_NY.GDP.MKTP.CD_DS2_en_csv_v2_1.csv", PAGE)
        self.accepted("API_NY.GDP.MKTP.CD_DS2_en_csv_v2_1.zip", "--into", "zip.csv")
        self.accepted("page.csv", "--into", "csv.csv")
        self.assertEqual(self.read("zip.csv"), self.read("csv.csv"))

    def test_importing_again_changes_nothing(self):
        self.accepted("page.csv", "databank.csv", "--into", "tidy.csv")
        said = self.accepted("page.csv", "databank.csv", "--into", "tidy.csv")
        self.assertEqual(self.read("tidy.csv"), TIDY)
        self.assertIn("tidy.csv: 0 new, 0 replaced, 9 the same\n", said)

    def test_new_figures_replace_others_and_it_says_which(self):
        self.write("tidy.csv", "iso3,indicator,year,value,source\nCHN,gdp,2005,2317.55,gdp_balance\n"
                               "IND,gdp,2005,820,gdp_balance\nIND,schooling,2005,4.5,schooling\n")
        said = self.accepted("page.csv", "--into", "tidy.csv")
        self.assertIn("tidy.csv: 2 new, 1 replaced, 1 the same\nreplaced: gdp of IND in 2005: 820 -> 820.384\n", said)
        self.assertEqual(self.read("tidy.csv"), "iso3,indicator,year,value,source\nCHN,gdp,2005,2317.55,gdp_balance\n"
                         "CHN,gdp,2007,3604.06,gdp_download\nIND,gdp,2005,820.384,gdp_download\n"
                         "IND,gdp,2006,940.26,gdp_download\nIND,schooling,2005,4.5,schooling\n")

    def test_productivity_is_computed_of_three_series(self):
        head = "Country Name,Country Code,Series Name,Series Code,2005 [YR2005]\n"
        self.write("three.csv", head + "India,IND,a,NY.GDP.MKTP.KD,1000000000000\nIndia,IND,b,SL.TLF.TOTL.IN,500000000\n"
                                       "India,IND,c,SL.UEM.TOTL.ZS,20\n")
        self.accepted("three.csv", "--into", "tidy.csv")
        self.assertIn("IND,productivity,2005,2500,productivity_download\n", self.read("tidy.csv"))

    def test_figures_of_a_base_year_have_the_form_that_the_program_reads(self):
        self.accepted("page.csv", "databank.csv", "--into", "tidy.csv", "--base-year", "2005", "--economies", "IND,CHN",
                      "--figures", "start.toml")
        start = tomllib.loads(self.read("start.toml"))
        self.assertEqual(list(start["country"]), ["IND", "CHN"])
        self.assertEqual(start["country"]["IND"]["2005"]["gdp"],
                         {"value": 820.384, "year": 2005, "status": "observed", "source": "gdp_download"})
        self.assertIn("NY.GDP.MKTP.CD", start["source"]["gdp_download"])
        self.accepted("--into", "tidy.csv", "--base-year", "2008", "--economies", "CHN")
        figure = tomllib.loads(self.read("figures_2008.toml"))["country"]["CHN"]["2008"]["gdp"]
        self.assertEqual((figure["value"], figure["year"], figure["status"]), (3604.06, 2007, "nearest year"))

    def test_figures_of_one_economy_are_fitted_over_all(self):
        """The Emirates have no exports of ICT services in any year."""
        self.write("tidy.csv", (PROGRAM.parent / "latecomer" / "observed" / "observations.csv").read_text(encoding="utf-8"))
        self.accepted("--into", "tidy.csv", "--base-year", "2010", "--economies", "ARE", "--figures", "start.toml")
        start = tomllib.loads(self.read("start.toml"))
        self.assertEqual(start["country"]["ARE"]["2010"]["ict_service_exports"]["status"], "fitted")
        self.assertIn("136 economies", start["source"]["ict_service_exports_fit"])

    def test_bad_input_is_refused(self):
        self.write("words.csv", "this is\nno download\n")
        self.write("number.csv", PAGE.replace("940259888787.721", "n/a"))
        self.write("percent.csv", DATABANK.replace("2.38807544", "238.807544"))
        self.write("other.csv", PAGE.replace("820383763511.445", "820383763511.4"))
        self.write("rows.csv", "Time,Time Code,Country Name,Country Code,GDP [NY.GDP.MKTP.CD]\n2005,YR2005,India,IND,1\n")
        self.write("series.csv", PAGE.replace("NY.GDP.MKTP.CD", "AG.LND.AGRI.K2"))
        self.write("tidy.csv", TIDY.replace("820.384", "many"))
        (self.folder / "bytes.csv").write_bytes(b"\xff\xfe\x00")
        self.refused("'words.csv' is no download of the World Bank", "words.csv", "--into", "new.csv")
        self.refused("'number.csv', line 6: 'n/a' is no number", "number.csv", "--into", "new.csv")
        self.refused("internet_users of IND in 2005 would be 238.808: it must be from 0 to 100", "percent.csv",
                     "--into", "new.csv")
        self.refused("give downloads of the same day", "page.csv", "other.csv", "--into", "new.csv")
        self.refused("choose the layout that has years as columns", "rows.csv", "--into", "new.csv")
        self.refused("AG.LND.AGRI.K2 is not among", "series.csv", "--into", "new.csv")
        self.refused("'missing.csv' cannot be read", "missing.csv", "--into", "new.csv")
        self.refused("'bytes.csv' cannot be read", "bytes.csv", "--into", "new.csv")
        self.refused("a year or value that is no number", "page.csv", "--into", "tidy.csv")
        self.refused("nothing to do", "--into", "new.csv")
        self.refused("'XYZ' is not an ISO code", "page.csv", "--into", "new.csv", "--base-year", "2005", "--economies",
                     "XYZ")
        self.refused("no figure of IND is from 1990", "page.csv", "--into", "new.csv", "--base-year", "1990", "--economies",
                     "IND")
        self.refused("cannot be written", "page.csv", "--into", "no_folder/new.csv")

    def test_help_names_the_series(self):
        self.assertIn("IT.NET.USER.ZS", self.accepted("--help"))


if __name__ == "__main__":
    unittest.main()
