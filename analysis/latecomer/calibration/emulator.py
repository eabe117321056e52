"""Emulators: what a moment would be at a point that was not run, and how well that is known."""

import multiprocessing
import os
import warnings
from dataclasses import dataclass

import numpy as np

FEWEST = 10  # points
LENGTHS = (0.05, 50.0)  # in units of the range of a parameter
VARIANCES = (1e-2, 1e3)  # of the process, relative to that of the moment over points
FOLDS = 5  # in which points are foretold by emulators that are fitted without them
LEAST_NOISE = 1e-8  # relative to the variance of the moment, so that matrices can be inverted


class SaysNothing(Exception):
    """Why a moment has no emulator."""


@dataclass
class Emulator:
    """A Gaussian process of a moment over the unit cube of parameters, and what it says of points left out."""

    process: object  # of scikit-learn, of the standardised moment
    middle: float
    scale: float
    points: int
    predicted: float  # share of variance of points left out one by one
    coverage: float  # share of these within their 95 % intervals
    noise_share: float  # of the variance of the moment over points
    inflation: float  # of its variance: what errors of whole folds are, relative to what it says, where that is more

    @property
    def lengths(self):
        return np.atleast_1d(self.process.kernel_.k2.length_scale)

    def at(self, points):
        """Mean and variance."""
        mean, sd = self.process.predict(points, return_std=True)
        return self.middle + self.scale * mean, self.inflation * (self.scale * sd) ** 2


def fitted(points, values, noise):
    """The emulator of a moment; points: [point, parameter] in the unit cube; noise: variances of the values.

    Matern 5/2 with one length a parameter; constant mean.  Raises SaysNothing where points that are left out are not
    told better than by the mean.
    """
    known = np.isfinite(values)
    points, values, noise = points[known], values[known], noise[known]
    if len(values) < FEWEST:
        raise SaysNothing(f"{len(values)} points have it, at least {FEWEST} are needed")
    middle, scale = values.mean(), values.std()
    if scale <= 1e-12 * max(1.0, abs(middle)):
        raise SaysNothing("it is the same at all points")
    values, noise = (values - middle) / scale, np.maximum(noise / scale**2, LEAST_NOISE)
    process = process_of(points, values, noise)
    predicted, coverage = left_out(process, values)
    if not predicted > 0.0:
        raise SaysNothing(f"leave-one-out R2 is {predicted:.2f}")
    in_folds, inflation = folded(points, values, noise)
    if not in_folds > 0.0:
        raise SaysNothing(f"R2 of folds left out is {in_folds:.2f}")
    return Emulator(process, middle, scale, len(values), predicted, coverage, float(min(1.0, noise.mean())), inflation)


def fitted_all(wanted):
    """The emulator of each (points, values, noise), or the SaysNothing that says why there is none; on all cores, as each takes
    minutes.  Each is found alone and by one thread, so that it does not matter how many there are.
    """
    cores = len(os.sched_getaffinity(0))
    if cores == 1 or len(wanted) < 2:
        return [fitted_or_not(one) for one in wanted]
    with multiprocessing.get_context("fork").Pool(min(cores, len(wanted))) as pool:
        return pool.map(fitted_or_not, wanted, chunksize=1)


def fitted_or_not(one):
    try:
        return fitted(*one)
    except SaysNothing as reason:
        return reason


def process_of(points, values, noise):
    """The process of the largest likelihood."""
    from sklearn.gaussian_process import GaussianProcessRegressor
    from sklearn.gaussian_process.kernels import ConstantKernel, Matern

    kernel = ConstantKernel(1.0, VARIANCES) * Matern(np.ones(points.shape[1]), LENGTHS, nu=2.5)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # lengths at the ends of their range: parameters without influence
        return GaussianProcessRegressor(kernel, alpha=noise).fit(points, values)


def folded(points, values, noise):
    """R2 of points that are left out by folds, lengths found without them, and what their squared errors are relative to what
    is said of these, at least one.

    Leaving out one by one knows lengths that the point left out helped to find, and so is too sure where points are few.
    """
    fold = np.arange(len(values)) % FOLDS
    error, variance = np.empty(len(values)), np.empty(len(values))
    for number in range(FOLDS):
        out = fold == number
        mean, sd = process_of(points[~out], values[~out], noise[~out]).predict(points[out], return_std=True)
        error[out], variance[out] = values[out] - mean, sd**2 + noise[out]
    predicted = 1.0 - (error**2).sum() / ((values - values.mean()) ** 2).sum()
    return float(predicted), float(max(1.0, np.mean(error**2 / variance)))


def left_out(process, values):
    """Of points left out one by one (Dubrule 1983): R2, and coverage of 95 % intervals.

    The process has the mean of all points, the left one included; so has what R2 compares it with.
    """
    inverse = np.linalg.inv(process.L_ @ process.L_.T)
    variance = 1.0 / np.diag(inverse)  # with noise
    error = (inverse @ values) * variance
    predicted = 1.0 - (error**2).sum() / ((values - values.mean()) ** 2).sum()
    return float(predicted), float(np.mean(np.abs(error) <= 1.96 * np.sqrt(variance)))
