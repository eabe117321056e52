"""A study as a calibration sees it: waves of points, and moments of their runs."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from latecomer.calibration import facts
from latecomer.results import open_result
from latecomer.series import Unusable
from latecomer.statistics.studies import DONE

OPEN = 0  # of the variable `status`
DESIGNS = ("maximin", "lhs", "sobol")
PREFIX = "moment_"
# As runs tell them (agents/MODEL.md, section 10).
MOMENTS = ("tail_exponent", "tail_hill", "growth_shape", "volatility_slope", "productivity_gap", "turnover", "early_exits",
           "exporters", "export_premium_revenue", "export_premium_capability", "largest_share", "top_three",
           "frontier_growth", "processing_growth", "processing_per_worker", "climb_processing", "climb_analytics",
           "climbing_economies_processing", "climbing_economies_analytics")


@dataclass
class Moment:
    """Of every point: the mean over replicates, and how many there are; within: variances between replicates.

    within: of one run, pooled over points.  own: the same without what the replicates of all points have in common, as
    runs of the same replicate share random events; this alone makes points differ.
    """

    mean: np.ndarray
    count: np.ndarray
    within: float
    own: float


def read_spec(path):
    """The text and the content of a study's file."""
    try:
        text = Path(path).read_text(encoding="utf-8")
        return text, tomllib.loads(text)
    except OSError as error:
        raise Unusable(f"cannot read the study '{path}' ({error.strerror})") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Unusable(f"'{path}' is no file in TOML ({error})") from error


def wave_files(spec):
    """Names of the files of points that were added."""
    return [wave["points"] for wave in spec.get("wave", []) if "points" in wave]


def check_design(spec, path):
    kind = spec.get("design", {}).get("kind", "none")
    if kind not in DESIGNS:
        raise Unusable(f"'{path}' has a design of kind '{kind}'; a calibration begins with {', '.join(DESIGNS[:-1])} or {DESIGNS[-1]}")


def check_kept(targets, spec):
    """Unusable unless runs of the study tell all moments that have targets."""
    known = facts.by_moment()
    kept = spec.get("series", {}).get("variables", []) if spec.get("series", {}).get("replicates", 0) else []
    for target in targets.all:
        if target.moment in known:
            fact = known[target.moment]
            if facts.kept_output(fact, kept) is None:
                raise Unusable(f"'{target.moment}' has a target, but the study does not keep {facts.wanted_outputs(fact)}: "
                               "name it in variables of a section [series] with replicates, or take the target out")
        elif target.moment not in MOMENTS:
            raise Unusable(f"unknown moment '{target.moment}'; use one of {', '.join(MOMENTS)}, or a country fact such as "
                           f"{next(name for name in known if '.C3.' in name)}{hint(target.moment, known)}")
        elif spec.get("study", {}).get("moments") is not True:
            raise Unusable(f"'{target.moment}' has a target, but the study tells no moments of firms: give [study] moments = true")


def hint(name, known):
    """Facts of the same pattern, where a name means several or a window that has none."""
    alike = [other for other in known if other.split(".")[1] == (name.split(".") + [""])[1]]
    return f" ({', '.join(alike)})" if name.startswith(facts.PREFIX) and alike else ""


def wave_sizes(spec, folder, count):
    """How many points each wave has, that of the design first; count: all of them, where the design is an ensemble."""
    if spec["design"].get("kind") == "ensemble":
        return [count]
    sizes = [int(spec["design"]["n"])]
    for wave in spec.get("wave", []):
        if "points" in wave:
            sizes.append(len(points_in(folder / wave["points"])))
        elif "size" in wave:
            sizes.append(int(wave["size"]) - sum(sizes))
    return sizes


def points_in(path):
    """Lines of a file of points, without comments and names."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise Unusable(f"cannot read the points '{path}' ({error.strerror})") from error
    return [line for line in lines if line.strip(" \t") and not line.startswith("#")][1:]


class Measured:
    """Points and moments of the study in a folder; start_year: of its runs, asked for when facts need it."""

    def __init__(self, spec, study_path, folder, start_year):
        self.study = open_result(folder / "study.h5")
        self.spec = spec
        data = self.study.data
        self.names = [line["name"] for line in spec.get("parameters", [])]
        arm = data["scenario_number"].values.astype(int) == self.study.scenarios.index(self.study.reference)
        self.lines = np.flatnonzero(arm)  # runs of the reference, all of them
        self.point = data["point"].values[self.lines].astype(int)
        self.replicate = data["replicate"].values[self.lines].astype(int)
        self.status = data["status"].values[self.lines]
        count = int(self.point.max()) + 1
        first = np.array([self.lines[self.point == point][0] for point in range(count)])
        columns = [list(data["parameter"].values.astype(str)).index(name) for name in self.names]
        self.points = data["parameter_value"].values[np.ix_(first, columns)]
        sizes = wave_sizes(spec, Path(study_path).parent, count)
        if sum(sizes) != count:
            raise Unusable(f"waves of '{study_path}' have {sum(sizes)} points, study.h5 has {count}: merge the study again")
        self.wave = np.repeat(np.arange(len(sizes)), sizes)
        self._start_year = start_year
        self._worlds = None
        self._tables = {}

    @property
    def left(self):
        """Runs that are not computed yet."""
        return int(np.sum(self.study.data["status"].values == OPEN))

    @property
    def lost(self):
        """Points of which no run is done."""
        done = np.bincount(self.point[self.status == DONE], minlength=len(self.points))
        return int(np.sum(done == 0))

    def worlds(self):
        if self._worlds is None:
            if "series_run" not in self.study.data:
                raise Unusable("study.h5 has no series, which country facts are computed from: merge the study again")
            self._worlds = facts.Worlds(self.study.data, self._start_year())
        return self._worlds

    def values(self, name):
        """A moment of each run of the reference; NaN where it is not done or has none."""
        if (fact := facts.by_moment().get(name)) is None:
            if PREFIX + name not in self.study.data:
                raise Unusable(f"study.h5 has no {PREFIX}{name}: its runs were computed without moments")
            found = self.study.data[PREFIX + name].values[self.lines]
        else:
            worlds = self.worlds()
            if fact.window[0] < worlds.start or fact.window[-1] > worlds.last_year:
                raise Unusable(f"'{name}' needs the years {fact.window[0]} to {fact.window[-1]}, but runs of the study have "
                               f"{worlds.start} to {worlds.last_year}")
            by_run = np.full(self.study.data.sizes["run"], np.nan)
            by_run[np.searchsorted(self.study.data["run"].values, worlds.runs)] = worlds.values(fact)
            found = by_run[self.lines]
        return np.where(self.status == DONE, found, np.nan)

    def moment(self, name):
        """A moment [point, replicate]; NaN where no run tells it."""
        if name not in self._tables:
            self._tables[name] = self._table(name)
        return self._tables[name]

    def _table(self, name):
        values = self.values(name)
        table = np.full((len(self.points), int(self.replicate.max()) + 1), np.nan)
        table[self.point, self.replicate] = values
        if not np.isfinite(table).any():
            raise Unusable(f"no run of the study tells '{name}'")
        return table


def summary(table):
    """The Moment of a table [point, replicate] with NaN where there is none."""
    known = np.isfinite(table)
    count = known.sum(axis=1)
    with np.errstate(all="ignore"):
        mean = np.where(count > 0, np.where(known, table, 0.0).sum(axis=1) / count, np.nan)
    deviation = np.where(known, table - mean[:, None], 0.0)
    degrees = int((count[count > 0] - 1).sum())
    if degrees == 0:
        return Moment(mean, count, 0.0, 0.0)
    within = float((deviation**2).sum() / degrees)
    whole = known[count == count.max()]  # points of which no replicate lacks, in the same random events
    shared = deviation[count == count.max()]
    shared = shared[(whole == whole[0]).all(axis=1)]
    if len(shared) < 2:
        return Moment(mean, count, within, within)
    own = shared - shared.mean(axis=0)
    own = float((own**2).sum() / ((len(shared) - 1) * (count.max() - 1)))
    return Moment(mean, count, within, own)

