"""Targets of a calibration: what is known of moments, and how well the model is asked to agree with it."""

import tomllib
from dataclasses import dataclass
from math import isfinite, sqrt
from pathlib import Path

from latecomer.series import Unusable

MET = 2.0  # standard deviations: ranges of sources are as wide (targets.toml)
FIT, HELD_OUT = "fit", "held_out"
WAVES = 4  # at most, without the last one
ENSEMBLE = 200  # points of the last wave
NEEDED = ("moment", "value", "tolerance", "source", "use")
OPTIONAL = ("observation_sd",)
SETTINGS = ("waves", "points", "ensemble")


@dataclass(frozen=True)
class Target:
    """tolerance: one standard deviation of what the model lacks (model discrepancy)."""

    moment: str
    value: float
    tolerance: float
    observation_sd: float
    source: str
    use: str

    @property
    def variance(self):
        return self.tolerance**2 + self.observation_sd**2

    @property
    def sd(self):
        return sqrt(self.variance)

    def is_met(self, values):
        """Whether values lie within MET standard deviations; NaN does not."""
        return abs(values - self.value) <= MET * self.sd


@dataclass(frozen=True)
class Targets:
    """All targets of a file, and its settings."""

    all: tuple
    waves: int = WAVES
    points: int | None = None  # of a wave; None: as many as the design of the study has
    ensemble: int = ENSEMBLE

    @property
    def fit(self):
        return [target for target in self.all if target.use == FIT]

    @property
    def held_out(self):
        return [target for target in self.all if target.use == HELD_OUT]


def read_targets(path):
    """The targets of a file; Unusable with a line for the user."""
    try:
        content = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise Unusable(f"cannot read the targets '{path}' ({error.strerror}): give --targets FILE") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Unusable(f"'{path}' is no file in TOML ({error})") from error
    return targets_of(content, path)


def targets_of(content, path):
    """The targets of a parsed file."""
    if unknown := sorted(set(content) - {"target", "calibration"}):
        raise Unusable(f"{path}: unknown key '{unknown[0]}': use [calibration] and [[target]]")
    lines, settings = content.get("target", []), content.get("calibration", {})
    if not isinstance(lines, list) or not lines:
        raise Unusable(f"{path}: there is no [[target]]")
    if not isinstance(settings, dict):
        raise Unusable(f"{path}: write [calibration] as a section")
    targets = []
    for number, line in enumerate(lines, start=1):
        target = target_of(line, f"{path}: target {number}")
        if any(target.moment == other.moment for other in targets):
            raise Unusable(f"{path}: '{target.moment}' has two targets; take one out")
        targets.append(target)
    if not any(target.use == FIT for target in targets):
        raise Unusable(f"{path}: no target has use = \"{FIT}\"")
    return Targets(tuple(targets), **settings_of(settings, path))


def settings_of(section, path):
    for key, value in section.items():
        if key not in SETTINGS:
            raise Unusable(f"{path}: unknown key 'calibration.{key}'; use one of {', '.join(SETTINGS)}")
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise Unusable(f"{path}: 'calibration.{key}' must be a whole number above 0")
    return section


def target_of(line, place):
    """One target; place: in words, for messages."""
    if not isinstance(line, dict):
        raise Unusable(f"{place} is no table: write [[target]]")
    place += f" ('{line['moment']}')" if isinstance(line.get("moment"), str) else ""
    for key in NEEDED:
        if key not in line:
            raise Unusable(f"{place} has no '{key}'")
    for key in line:
        if key not in NEEDED + OPTIONAL:
            raise Unusable(f"{place}: unknown key '{key}'; use one of {', '.join(NEEDED + OPTIONAL)}")
    for key in ("moment", "source", "use"):
        if not isinstance(line[key], str) or not line[key]:
            raise Unusable(f"{place}: '{key}' must be a text")
    if line["use"] not in (FIT, HELD_OUT):
        raise Unusable(f"{place}: use = '{line['use']}', but it is \"{FIT}\" or \"{HELD_OUT}\"")
    value, tolerance = number(line["value"], "value", place), number(line["tolerance"], "tolerance", place)
    observed = number(line.get("observation_sd", 0.0), "observation_sd", place)
    if tolerance <= 0.0:
        raise Unusable(f"{place}: the tolerance is {tolerance:g}, but no model is without discrepancy; give one above 0")
    if observed < 0.0:
        raise Unusable(f"{place}: observation_sd is {observed:g}, below 0")
    return Target(line["moment"], value, tolerance, observed, line["source"], line["use"])


def number(value, key, place):
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not isfinite(value):
        raise Unusable(f"{place}: '{key}' must be a number")
    return float(value)
