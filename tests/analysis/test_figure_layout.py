"""Every figure can be read in print: sizes of letters, nothing outside, no words upon words.

    LATECOMER_RUN=<folder> python3 -m unittest tests.analysis.test_figure_layout
"""

import itertools
import os
import tempfile
import unittest
from pathlib import Path
from types import SimpleNamespace

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text

from latecomer import run_figures, study_figures
from latecomer.drawn import Drawn, NotHere, drawings
from latecomer.results import Run, Study
from latecomer.study_figures import comparison, question, responses
from latecomer.style import COLUMN, PAGE, SMALLEST
from tests.analysis.made_study import GROUPS, SCENARIOS, make_study


def figures_of(source, groups, but):
    for function in itertools.chain(*groups.FIGURES.values()):
        if function == but:
            continue
        try:
            yield from (drawn for drawn in drawings(function, source) if isinstance(drawn, Drawn))
        except NotHere:
            continue


def words_in(figure):
    """Visible texts and their boxes in pixels, as drawn."""
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    renderer = canvas.get_renderer()
    found = []
    for text in figure.findobj(Text):
        hidden = not text.get_visible() or not text.get_text().strip() or in_hidden_axes(text)
        if not hidden:
            found.append((text, text.get_window_extent(renderer)))
    return drawn_only(figure, found)


def in_hidden_axes(text):
    return text.axes is not None and not text.axes.get_visible()


def drawn_only(figure, found):
    """Without labels of ticks outside the limits, which matplotlib keeps but does not draw."""
    ticks = {}
    for axis in figure.axes:
        for side, (low, high) in ((axis.xaxis, sorted(axis.get_xlim())), (axis.yaxis, sorted(axis.get_ylim()))):
            for tick in side.get_major_ticks() + side.get_minor_ticks():
                shown = low <= tick.get_loc() <= high
                ticks[tick.label1], ticks[tick.label2] = shown, shown
    return [(text, box) for text, box in found if ticks.get(text, True)]


class Layout(unittest.TestCase):
    def check(self, source, groups, but=None):
        seen = 0
        for drawn in figures_of(source, groups, but):
            with self.subTest(drawn.name):
                width = drawn.figure.get_figwidth()
                self.assertTrue(min(abs(width - COLUMN), abs(width - PAGE)) < 1e-9, width)
                boxes = words_in(drawn.figure)
                self.assertGreater(len(boxes), 4)
                self.check_boxes(drawn.figure.bbox, boxes)
                seen += 1
        return seen

    def check_boxes(self, page, boxes):
        slack = 1.0  # pixels
        for text, box in boxes:
            self.assertGreaterEqual(text.get_fontsize(), SMALLEST, text)
            inside = (page.x0 - slack <= box.x0 and box.x1 <= page.x1 + slack and
                      page.y0 - slack <= box.y0 and box.y1 <= page.y1 + slack)
            self.assertTrue(inside, f"{text} leaves the figure: {box.extents} in {page.extents}")
        x0, y0, x1, y1 = np.array([box.extents for _, box in boxes]).T
        width = np.minimum.outer(x1, x1) - np.maximum.outer(x0, x0)
        height = np.minimum.outer(y1, y1) - np.maximum.outer(y0, y0)
        for one, other in np.argwhere(np.triu((width > 2) & (height > 3), k=1)):
            self.fail(f"{boxes[one][0]} lies upon {boxes[other][0]}")

    def test_figures_of_a_study_can_be_read(self):
        with tempfile.TemporaryDirectory() as folder:
            plain = Study(make_study(Path(folder) / "plain.h5", replicates=6))
            design = Study(make_study(Path(folder) / "design.h5", replicates=2, points=12, scenarios=["none", "low_value"]))
            alike = Study(make_study(Path(folder) / "alike.h5", replicates=12, scenarios=["none", "alike"]))
            asked = Study(make_study(Path(folder) / "asked.h5", replicates=1, points=12, scenarios=SCENARIOS[:4]))
            self.assertGreaterEqual(self.check(plain, study_figures), 14)
            self.assertGreaterEqual(self.check(asked, study_figures, but=responses.impulse_responses), 14)
            self.assertGreaterEqual(self.check(alike, study_figures, but=responses.impulse_responses), 16)
            self.assertGreaterEqual(self.check(design, study_figures, but=responses.impulse_responses), 14)

    def test_figures_of_many_economies_and_scenarios_can_be_read(self):
        keys = [f"E{number:02X}" for number in range(140)]
        groups = {"latecomers": keys, **{name: keys[place::4] for place, name in enumerate(list(GROUPS)[1:])}}
        with tempfile.TemporaryDirectory() as folder:
            study = Study(make_study(Path(folder) / "five.h5", replicates=4, groups=groups))
            every = (comparison.scenarios_by_economy, question.question_effects, responses.impulse_responses)
            self.assertGreaterEqual(self.check(study, SimpleNamespace(FIGURES={"": every})), 10)
            many = ["none"] + [f"instrument_{i}" for i in range(18)]
            study = Study(make_study(Path(folder) / "many.h5", replicates=4, scenarios=many, groups=groups))
            self.assertEqual(self.check(study, SimpleNamespace(FIGURES={"": every[:1]})), 1)

    def test_figures_of_a_run_can_be_read(self):
        self.assertGreaterEqual(self.check(Run(os.environ["LATECOMER_RUN"]), run_figures), 14)


if __name__ == "__main__":
    unittest.main()
