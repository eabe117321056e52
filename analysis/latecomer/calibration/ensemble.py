"""The ensemble: points of the last wave whose own runs agree with the targets, with weights."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from latecomer.calibration.implausibility import CUT, effective, implausibility, second_largest, tempered
from latecomer.calibration.measured import summary
from latecomer.series import Unusable


@dataclass
class Ensemble:
    """points: numbers in the study; the rest has a line for each."""

    points: np.ndarray
    implausibility: np.ndarray  # second largest, of the runs themselves
    chi2: np.ndarray
    temperature: float
    weights: np.ndarray
    tried: int

    @property
    def effective(self):
        return effective(self.weights)

    def table(self, measured):
        """Parameters, implausibility and weight of every set."""
        table = pd.DataFrame(measured.points[self.points], columns=measured.names)
        return table.assign(implausibility=self.implausibility, weight=self.weights)


def ensemble_of(measured, targets, wave):
    """The sets of the last wave that are not implausible; wave: its number in `measured`.

    No emulator takes part: the runs tell their moments themselves, those without emulator, too.
    """
    points = np.flatnonzero(measured.wave == wave)
    columns = []
    for target in targets.fit:
        moment = summary(measured.moment(target.moment)[points])
        columns.append(implausibility(moment.mean, target.value, moment.within / np.maximum(moment.count, 1), target.variance))
    table = np.column_stack(columns)
    score = second_largest(table)
    chosen = (score < CUT) & np.isfinite(table).all(axis=1)  # who lacks a moment has no weight
    if not chosen.any():
        best = table[np.argmin(score)]
        far = ", ".join(f"{target.moment} {value:.1f}" for target, value in zip(targets.fit, best) if value >= CUT)
        raise Unusable(f"no point of the last wave agrees with the targets: the nearest is ruled out by {far} standard deviations")
    chi2 = (table[chosen] ** 2).sum(axis=1)
    temperature, weights = tempered(chi2)
    return Ensemble(points[chosen], score[chosen], chi2, temperature, weights, len(points))
