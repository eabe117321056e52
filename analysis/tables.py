"""The tables of the paper, each as LaTeX (booktabs) and CSV."""

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class Table:
    """A table of the paper: its file name, caption, contents as they are printed, and notes below it.

    `values` has the same lines unrounded, for the CSV file.
    """

    name: str
    caption: str
    frame: pd.DataFrame
    values: pd.DataFrame
    notes: str = ""


def parameter_table(description):
    """All parameters by section, from `latecomer describe parameters --format json` (parsed)."""
    raise NotImplementedError


def instrument_table(description):
    """Table 1 of Foster and Azmeh with the model's instruments, from `describe instruments` (parsed JSON)."""
    raise NotImplementedError


def battery_table(battery):
    """The battery of stylised facts."""
    raise NotImplementedError


def comparison_table(comparison):
    """Differences between policies, from analysis.statistics.compare."""
    raise NotImplementedError


def catch_up_table(frame, horizon_quarters):
    """Probability of and time to catch-up by scenario, with the log-rank test in the notes."""
    raise NotImplementedError


def country_table(frame):
    """Mean outcomes by country and scenario; frame: as frame_of gives it."""
    raise NotImplementedError


def sensitivity_table(study, outcome):
    """Sensitivity indices of an outcome (of the study's dimension `outcome`), whichever the design gives.

    None where the study has none.
    """
    raise NotImplementedError


def run_table(outcomes):
    """Outcomes by country of one run, from its outcomes.csv as a table."""
    raise NotImplementedError


def write(table, folder):
    """Writes <folder>/<name>.tex and .csv and returns their paths."""
    raise NotImplementedError
