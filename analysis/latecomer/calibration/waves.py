"""The waves of a calibration: what each ruled out, computed from its runs, and which points are run next."""

from dataclasses import dataclass, field

import numpy as np

from latecomer.calibration import emulator, priors, space
from latecomer.calibration.implausibility import CUT, implausibility, second_largest
from latecomer.calibration.measured import summary
from latecomer.series import Unusable

SHRINKS = 0.8  # share of the space before: above it a wave does not pay


@dataclass
class Wave:
    """Emulators of a wave by moment, and what they leave of the space."""

    number: int
    points: int  # that were run
    used: int  # of these and earlier ones, in the space before
    targets: list  # that have an emulator
    emulators: dict
    nothing: dict  # moments without emulator: why
    within: dict  # by moment: variance of a mean of replicates
    space: object = None
    left_of_prior: float = 1.0
    outside: dict = field(default_factory=dict)  # by moment: share of the space before that its target alone would rule out
    foretold: dict = field(default_factory=dict)  # by moment: share of the next wave's points within 95 % intervals

    def of_moment(self, target, points):
        mean, variance = self.emulators[target.moment].at(points)
        return implausibility(mean, target.value, variance, self.within[target.moment], target.variance)

    def implausibilities(self, points):
        """[point, moment]"""
        return np.column_stack([self.of_moment(target, points) for target in self.targets])

    def score(self, points, below=np.inf):
        """The second largest implausibility of each point; infinite where it is not below a level.

        Moments that rule out most come first, and a point is dropped as soon as two of them (or the only one) do.
        """
        if np.isinf(below):
            return second_largest(self.implausibilities(points)) if len(points) else np.empty(0)
        left, table = np.arange(len(points)), np.empty((len(points), 0))
        for target in sorted(self.targets, key=lambda target: -self.outside.get(target.moment, 0.0)):
            if not left.size:
                break
            table = np.column_stack([table, self.of_moment(target, points[left])])
            kept = (table >= below).sum(axis=1) < min(2, len(self.targets))
            left, table = left[kept], table[kept]
        scores = np.full(len(points), np.inf)
        if left.size:
            scores[left] = second_largest(table)
        return scores


def history(measured, targets, distributions, waves):
    """What all waves of runs say, from the first one on; unusable where nothing is left."""
    units = priors.to_units(distributions, measured.points)
    tables = {target.moment: measured.moment(target.moment) for target in targets.fit}
    found = []
    for number in range(waves):
        inside = inside_of(found)
        used = (measured.wave == number) | ((measured.wave < number) & inside(units))
        wave = emulated(number, tables, targets.fit, units, used, int(np.sum(measured.wave == number)))
        before = found[-1].space if found else space.whole(units.shape[1])
        wave.outside = outside_of(wave, before.points)
        wave.space = space.narrowed(before, wave.score, inside, number)
        wave.left_of_prior = wave.space.share * (found[-1].left_of_prior if found else 1.0)
        if not len(wave.space.points):
            raise Unusable(empty(wave))
        wave.foretold = foretold(wave, tables, units, measured.wave == number + 1)
        found.append(wave)
    return found


def foretold(wave, tables, units, chosen):
    """Of points that were run later: the one test that lengths of the emulators had no part in."""
    shares = {}
    for name, emulator_of in wave.emulators.items():
        moment = summary(tables[name][chosen])
        known = np.isfinite(moment.mean)
        if known.any():
            mean, variance = emulator_of.at(units[chosen][known])
            noise = moment.own / moment.count[known]  # what all points have in common is in the emulator, too
            shares[name] = float(np.mean(np.abs(moment.mean[known] - mean) <= 1.96 * np.sqrt(variance + noise)))
    return shares


def inside_of(waves):
    """Whether points belong to what is left after waves; a function of points."""
    chosen = list(waves)

    def inside(points):
        belongs = np.ones(len(points), bool)
        for wave in reversed(chosen):
            belongs[belongs] = wave.score(points[belongs], CUT) < CUT
        return belongs

    return inside


def emulated(number, tables, targets, units, used, points):
    """A wave with the emulators of all moments that can be told."""
    emulators, nothing, within, wanted = {}, {}, {}, []
    for target in targets:
        moment = summary(tables[target.moment][used])
        count = np.maximum(moment.count, 1)
        within[target.moment] = moment.within / count.max()
        wanted.append((units[used], moment.mean, moment.own / count))
    for target, found in zip(targets, emulator.fitted_all(wanted)):
        if isinstance(found, emulator.SaysNothing):
            nothing[target.moment] = str(found)
        else:
            emulators[target.moment] = found
    if not emulators:
        reasons = "; ".join(f"{name}: {reason}" for name, reason in nothing.items())
        raise Unusable(f"after wave {number + 1} no emulator says more than the mean of its moment ({reasons}): run more points "
                       "or replicates, or vary parameters that matter")
    told = [target for target in targets if target.moment in emulators]
    return Wave(number + 1, points, int(used.sum()), told, emulators, nothing, within)


def outside_of(wave, points):
    far = wave.implausibilities(points) >= CUT
    return {target.moment: float(far[:, place].mean()) for place, target in enumerate(wave.targets)}


def empty(wave):
    """The message for a space without points: which moments rule out the least implausible one."""
    values = wave.implausibilities(wave.space.best[None])[0]
    order = np.argsort(-values, kind="stable")
    names = ", ".join(f"{wave.targets[i].moment} {values[i]:.1f}" for i in order if values[i] >= CUT)
    return (f"after wave {wave.number} nothing is left: the least implausible point that was found is ruled out by {names} "
            "standard deviations; widen ranges of parameters or tolerances")


def is_over(waves, most):
    """Whether no further wave is to come but the last one, and why."""
    if len(waves) >= most:
        return f"the budget of {most} waves is used"
    if len(waves) > 1 and waves[-1].space.share > SHRINKS:
        return f"wave {len(waves)} left {100 * waves[-1].space.share:.0f} % of the space, more than {100 * SHRINKS:.0f} %"
    return None


def next_points(waves, distributions, measured, count):
    """Points of the next wave, far from each other and from those that were run in what is left."""
    units = priors.to_units(distributions, measured.points)
    candidates = waves[-1].space.points
    known = units[inside_of(waves)(units)]
    return distinct(priors.from_units(distributions, candidates[space.spread_out(candidates, known, count)]))


def last_points(waves, distributions, count):
    """Points of the last wave: evenly spread in what is left, for weights to count."""
    candidates = waves[-1].space.points
    return distinct(priors.from_units(distributions, candidates[space.evenly(candidates, count)]))


def distinct(points):
    """Each point once, in the same order."""
    return points[np.sort(np.unique(points, axis=0, return_index=True)[1])]
