"""The site in a real browser, from files and without a network: what readers see, search and click.

    LATECOMER_SITE=<folder> python3 -m unittest tests.documents.test_site
"""

import os
import tempfile
import unittest
from pathlib import Path

from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

os.environ.setdefault("LATECOMER_PAGE", "unused")
from tests.analysis.test_page import browser  # noqa: E402

SITE = Path(os.environ["LATECOMER_SITE"]).resolve()
PHONE, SCREEN = 360, 1280
PAGES = ("index.html", "agents/MODEL.html", "io/REFERENCE.html", "jobs/documents/tutorials/first_run.html", "README.html")


class Site(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        cls.addClassCleanup(profile.cleanup)
        cls.driver = browser(profile.name)
        cls.addClassCleanup(cls.driver.quit)

    def open(self, page):
        self.driver.get((SITE / page).as_uri())

    def results_of(self, words):
        """Addresses that a search finds, typed into the box of a page as a reader does."""
        self.open("agents/MODEL.html")
        box = self.driver.find_element(By.CSS_SELECTOR, "#searchbox input[name=q]")
        box.send_keys(words)
        box.submit()
        WebDriverWait(self.driver, 60).until(lambda d: d.find_elements(By.CSS_SELECTOR, "ul.search li a"))
        return [a.get_attribute("href") for a in self.driver.find_elements(By.CSS_SELECTOR, "ul.search li a")]

    def test_a_search_from_files_finds_pages_and_they_open(self):
        found = self.results_of("implausibility")
        self.assertTrue(any("calibration/README.html" in address for address in found), found)
        self.assertTrue(any("glossary.html" in address for address in found), found)
        self.driver.get(found[0])
        self.assertIn("implausibility", self.driver.find_element(By.CSS_SELECTOR, "div.body").text.lower())

    def test_the_console_stays_empty(self):
        self.driver.get_log("browser")
        for page in PAGES:
            self.open(page)
        self.assertEqual(self.driver.get_log("browser"), [])

    def test_all_pictures_are_there_and_described(self):
        seen = 0
        for page in PAGES:
            self.open(page)
            for whole, words in self.driver.execute_script(
                    "return Array.from(document.images, i => [i.complete && i.naturalWidth > 0, i.alt.length])"):
                self.assertTrue(whole, page)
                self.assertGreater(words, 20, page)
                seen += 1
        self.assertGreaterEqual(seen, 2)

    def test_no_page_is_wider_than_a_phone_or_a_screen(self):
        for width in (PHONE, SCREEN):
            self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride",
                                        {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width == PHONE})
            for page in PAGES:
                self.open(page)
                shown, there_is = self.driver.execute_script("return [document.documentElement.scrollWidth, window.innerWidth]")
                self.assertLessEqual(shown, there_is + 1, page)

    def test_equations_keep_their_lines(self):
        self.open("agents/firms/README.html")
        blocks = [block.text for block in self.driver.find_elements(By.TAG_NAME, "pre")]
        self.assertTrue(any("gate = 1 at stage 1" in text and "\n" in text for text in blocks))


if __name__ == "__main__":
    unittest.main()
