"""The space of parameters that is not ruled out: points spread evenly in it, its volume, and points to run.

Points are moved through a falling sequence of levels of implausibility (sequential Monte Carlo, Chopin 2002; as Williamson
and Vernon 2013 do for implausibility), so that a space that is a millionth of the ranges is found, too.
"""

from dataclasses import dataclass

import numpy as np

from latecomer.calibration.implausibility import CUT

SEED = 20230501
POINTS = 2048  # that stand for the space
KEPT = 0.2  # of the points at each level, at least
MOVES = 24  # of each point at each level
GOAL = 0.25  # share of moves that should be accepted
PATIENCE = 3  # levels without a gain after which the space is empty
GAIN = 0.01  # relative


@dataclass
class Space:
    """Points of equal density in what is left; share: of the space before.  Without points it is empty."""

    points: np.ndarray
    share: float
    best: np.ndarray  # the least implausible point that was seen


def whole(parameters):
    """The unit cube."""
    from scipy.stats import qmc

    return Space(qmc.Sobol(parameters, scramble=True, seed=SEED).random(POINTS), 1.0, np.full(parameters, 0.5))


def narrowed(space, score, inside, number):
    """What a wave leaves of a space: points whose score is below the cut.

    score: of points [point, parameter], second largest implausibility of the wave; infinite where it is not below a level, its
    second argument.  inside: whether points belong to what
    earlier waves left.  number: of the wave; random numbers follow from it.
    """
    rng = np.random.default_rng([SEED, number])
    points, share = space.points, 1.0
    scores = score(points)
    best, reached, waited = points[np.argmin(scores)], np.inf, 0
    while True:
        level = CUT if np.mean(scores < CUT) >= KEPT else max(CUT, float(np.quantile(scores, KEPT)))
        waited = waited + 1 if level > (1.0 - GAIN) * reached else 0
        reached = min(reached, level)
        chosen = scores < level
        if not chosen.any() or waited >= PATIENCE:
            return Space(points[:0], 0.0, best)
        share *= chosen.mean()
        if not chosen.all():
            points, scores = again(points[chosen], scores[chosen], len(points), rng)
            points, scores = moved(points, scores, level, score, inside, rng)
        if scores.min() < score(best[None])[0]:
            best = points[np.argmin(scores)]
        if level == CUT:
            return Space(points, float(share), best)


def again(points, scores, count, rng):
    """So many points: each as often as any other, but for one."""
    chosen = np.resize(rng.permutation(len(points)), count)
    return points[chosen], scores[chosen]


def moved(points, scores, level, score, inside, rng):
    """Points after moves at random that keep them evenly spread below a level (Metropolis, the density is one)."""
    points, scores = points.copy(), scores.copy()
    count, parameters = points.shape
    spread = np.linalg.cholesky(np.cov(points.T).reshape(parameters, parameters) + 1e-10 * np.eye(parameters))
    step = 2.38 / np.sqrt(parameters)
    for _ in range(MOVES):
        tried = points + step * rng.normal(size=points.shape) @ spread.T
        accepted = ((tried >= 0.0) & (tried <= 1.0)).all(axis=1)
        found = np.full(count, np.inf)
        found[accepted] = score(tried[accepted], level)
        accepted = found < level
        accepted[accepted] = inside(tried[accepted])
        points[accepted], scores[accepted] = tried[accepted], found[accepted]
        step = float(np.clip(step * np.exp(accepted.mean() - GOAL), 0.01, 10.0))
    return points, scores


def spread_out(candidates, known, count):
    """Numbers of candidates that are far from each other and from known points: the farthest one first, each in turn.

    Maximin distance, greedily (Gonzalez 1985).
    """
    if len(known):
        distance = np.min([((candidates - point) ** 2).sum(axis=1) for point in known], axis=0)
    else:
        distance = np.full(len(candidates), np.inf)
    chosen = []
    while len(chosen) < min(count, len(candidates)):
        farthest = int(np.argmax(distance))
        if distance[farthest] <= 0.0:
            break  # the others are there already
        chosen.append(farthest)
        distance = np.minimum(distance, ((candidates - candidates[farthest]) ** 2).sum(axis=1))
    return chosen


def evenly(candidates, count):
    """Numbers of candidates drawn at random, each point once: as dense as the candidates are."""
    distinct = np.sort(np.unique(candidates, axis=0, return_index=True)[1])
    rng = np.random.default_rng([SEED, len(candidates)])
    return list(rng.permutation(distinct)[:count])
