"""The page in a real browser, without a network: what readers see and click.

    LATECOMER_PAGE=<index.html> python3 -m unittest tests.analysis.test_page
"""

import os
import tempfile
import unittest
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By

PAGE = Path(os.environ["LATECOMER_PAGE"]).resolve()
PHONE, SCREEN = (360, 740), (1280, 900)
SWITCHES = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage")


def browser(profile):
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for switch in (*SWITCHES, f"--user-data-dir={profile}"):
        options.add_argument(switch)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(service=Service("/usr/bin/chromedriver"), options=options)
    driver.set_page_load_timeout(120)
    return driver


class Page(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        cls.addClassCleanup(profile.cleanup)
        cls.driver = browser(profile.name)
        cls.addClassCleanup(cls.driver.quit)
        cls.driver.get(PAGE.as_uri())

    def width_of(self, width, height):
        """Shows the page as a device of this width would (a window cannot be made so narrow)."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        self.assertEqual(self.run_script("return window.innerWidth"), width)

    def run_script(self, script, *arguments):
        return self.driver.execute_script(script, *arguments)

    def column(self, table, number):
        return self.run_script(
            "return Array.from(arguments[0].tBodies[0].rows, r => { const c = r.cells[arguments[1]];"
            " return c.dataset.value === undefined ? c.textContent : c.dataset.value; })", table, number)

    def test_a_the_console_stays_empty(self):
        self.assertEqual(self.driver.get_log("browser"), [])

    def test_all_pictures_are_there_and_described(self):
        pictures = self.run_script(
            "return Array.from(document.images, i => [i.complete && i.naturalWidth > 0 && i.getClientRects().length > 0, i.alt.length])")
        self.assertGreaterEqual(len(pictures), 14)
        for seen, words in pictures:
            self.assertTrue(seen)
            self.assertGreater(words, 20)

    def test_a_click_on_a_heading_sorts_the_table_and_says_so(self):
        self.width_of(*SCREEN)
        for table in self.driver.find_elements(By.CSS_SELECTOR, "table")[:4]:
            head = table.find_element(By.CSS_SELECTOR, "th.number")
            place = self.run_script("return Array.from(arguments[0].parentNode.children).indexOf(arguments[0])", head)
            button = head.find_element(By.TAG_NAME, "button")
            self.assertEqual(head.get_attribute("aria-sort"), "none")
            for order, down in (("ascending", False), ("descending", True)):
                self.run_script("arguments[0].scrollIntoView({block: 'center', inline: 'center'})", button)
                button.click()
                self.assertEqual(head.get_attribute("aria-sort"), order)
                numbers = [float(v) for v in self.column(table, place) if v != "NaN"]
                self.assertEqual(numbers, sorted(numbers, reverse=down))
            self.assertEqual(self.column(table, place)[len(numbers) :], ["NaN"] * (len(self.column(table, place)) - len(numbers)))

    def test_every_entry_of_the_contents_leads_somewhere(self):
        targets = self.run_script("return Array.from(document.querySelectorAll('nav a'), a => !!document.querySelector(a.hash))")
        self.assertGreater(len(targets), 4)
        self.assertTrue(all(targets))

    def test_words_choose_the_rows_of_the_chronicle(self):
        search = self.driver.find_element(By.CSS_SELECTOR, "input[type=search]")
        shown = "return Array.from(document.getElementById('events').tBodies[0].rows).filter(r => !r.hidden).map(r => r.textContent)"
        rows = self.run_script(shown)
        search.send_keys("upgrade")
        chosen = self.run_script(shown)
        self.assertEqual(chosen, [row for row in rows if "upgrade" in row])
        self.assertTrue(0 < len(chosen))
        search.clear()

    def test_on_a_phone_nothing_makes_the_page_wider_than_the_screen(self):
        for width in (PHONE[0], 768, SCREEN[0]):
            self.width_of(width, PHONE[1])
            self.assertLessEqual(self.run_script("return document.documentElement.scrollWidth"), width)

    def test_wide_tables_scroll_in_a_box_of_their_own(self):
        self.width_of(*PHONE)
        wide = self.run_script(
            "return Array.from(document.querySelectorAll('.scroll'), b => [b.scrollWidth > b.clientWidth, getComputedStyle(b).overflowX, b.tabIndex])")
        self.assertTrue(any(is_wide for is_wide, _, _ in wide))
        for _, overflow, tab in wide:
            self.assertEqual((overflow, tab), ("auto", 0))

    def test_words_can_be_read_in_light_and_in_dark(self):
        for scheme in ("light", "dark"):
            self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]})
            for selector in ("body", "figcaption", "a", "thead button", "td"):
                ratio = self.run_script(CONTRAST, selector)
                self.assertGreaterEqual(ratio, 4.5, (scheme, selector))

    def test_print_hides_what_paper_cannot_do(self):
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
        for selector, shown in (("nav", False), (".files", False), ("figure img", True), ("td", True)):
            boxes = self.run_script("return document.querySelector(arguments[0]).getClientRects().length", selector)
            self.assertEqual(boxes > 0, shown, selector)
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


# Contrast of the words of the first element that a selector finds against what lies below, by WCAG 2.
CONTRAST = """
const parts = (c) => c.match(/[\\d.]+/g).map(Number);
const linear = (v) => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
const light = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
const element = document.querySelector(arguments[0]);
let below = element, ground = parts(getComputedStyle(below).backgroundColor);
while (ground.length === 4 && ground[3] === 0 && below.parentElement) {
  below = below.parentElement;
  ground = parts(getComputedStyle(below).backgroundColor);
}
const [a, b] = [light(parts(getComputedStyle(element).color)), light(ground)].sort((x, y) => y - x);
return (a + 0.05) / (b + 0.05);
"""


if __name__ == "__main__":
    unittest.main()
