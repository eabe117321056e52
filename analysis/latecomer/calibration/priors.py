"""The distributions of a study's parameters, as maps to and from the unit cube in which emulators work."""

import re

import numpy as np

from latecomer.series import Unusable

DIGITS = 6  # of points that are added to a study
END = 1e-4  # of a distribution without ends: how much of it is left out at either
WHOLE = re.compile(r"policy\..*\.(start|end|ramp)")


class Prior:
    """One parameter: its name, and a distribution of scipy."""

    def __init__(self, name, distribution):
        self.name = name
        self.distribution = distribution
        self._ends = np.isfinite(distribution.support()).all()

    def to_unit(self, values):
        return np.clip(self.distribution.cdf(values), 0.0, 1.0)

    def from_unit(self, units):
        return self.distribution.ppf(units if self._ends else np.clip(units, END, 1.0 - END))


def priors_of(spec, declared):
    """Those of a study's file; declared: parameters of the model by name, as `latecomer describe` has them."""
    lines = spec.get("parameters", [])
    if not lines:
        raise Unusable("the study varies nothing: give it a [design] and [[parameters]]")
    return [prior_of(line, declared.get(line["name"], {})) for line in lines]


def prior_of(line, declared):
    from scipy import stats

    name, kind = line["name"], line.get("dist", "discrete" if "values" in line else "uniform")
    if declared.get("type") == "whole number" or WHOLE.fullmatch(name):
        raise Unusable(f"'{name}' is a whole number, between which emulators cannot tell; take it out")
    if kind == "normal":
        return Prior(name, stats.norm(line["mean"], line["sd"]))
    if kind not in ("uniform", "loguniform", "triangular"):
        raise Unusable(f"'{name}' has the distribution '{kind}'; a calibration needs uniform, loguniform, triangular or normal")
    low, high = ends_of(line, declared)
    if kind == "uniform":
        return Prior(name, stats.uniform(low, high - low))
    if kind == "loguniform":
        return Prior(name, stats.loguniform(low, high))
    return Prior(name, stats.triang((line["mode"] - low) / (high - low), low, high - low))


def ends_of(line, declared):
    """Both ends of the range: of the study's file, else those that the model declares as explored."""
    explored = re.fullmatch(r"\[(.+), (.+)\]", declared.get("explored", ""))
    low = line.get("low", float(explored[1]) if explored else None)
    high = line.get("high", float(explored[2]) if explored else None)
    if low is None or high is None:
        raise Unusable(f"'{line['name']}' has no range; give it low and high")
    return float(low), float(high)


def to_units(priors, points):
    return np.column_stack([prior.to_unit(points[:, place]) for place, prior in enumerate(priors)])


def from_units(priors, units):
    """Points, rounded as they are written down."""
    points = np.column_stack([prior.from_unit(units[:, place]) for place, prior in enumerate(priors)])
    return np.vectorize(lambda number: float(f"{number:.{DIGITS}g}"), otypes=[float])(points)
