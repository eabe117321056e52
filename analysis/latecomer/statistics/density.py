"""Kernel densities of gaps that end where no economy can be, or none is."""

import numpy as np
from scipy import stats

POINTS = 160
BEYOND = 0.4  # of the smallest value, on the side where a density fades


def grid(values):
    """Points of ln gaps at which densities are drawn, and their upper end.

    The end is the frontier (0), or the largest value where an economy stands above it.
    """
    values = np.asarray(values, float)
    values = values[np.isfinite(values)]
    most = max(0.0, float(values.max()))
    return np.linspace(values.min() - BEYOND, most, POINTS), most


def edge_words(most):
    """How densities end, for captions."""
    where = "at the frontier" if most == 0.0 else "at the largest value of all, as some economies stand above the frontier"
    return f"reflected {where}, beyond which nothing is drawn"


def kernels(points, values, width, most):
    """Normal kernels at the points, each reflected at the upper end, so that all of it lies below: [..., point]."""
    values = np.asarray(values, float)[..., None]
    return stats.norm.pdf(points, values, width) + stats.norm.pdf(points, 2.0 * most - values, width)


def width_of(values):
    """Silverman's width."""
    return float(stats.gaussian_kde(values, "silverman").factor * np.std(values, ddof=1))


def of_sample(sample, points, most, random, draws):
    """Density [point] of a sample of at least two unlike values, with the 95 % band of bootstraps over it."""
    each = kernels(points, sample, width_of(sample), most)
    again = [each[random.integers(0, sample.size, sample.size)].mean(axis=0) for _ in range(draws)]
    return each.mean(axis=0), *np.percentile(again, (2.5, 97.5), axis=0)
