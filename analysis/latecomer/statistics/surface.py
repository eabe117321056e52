"""Response surfaces: an outcome as a polynomial of second degree in the parameters of a design.

Box and Wilson (1951), "On the experimental attainment of optimum conditions".
"""

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from latecomer.statistics.estimate import NoData

LEAST_PER_TERM = 1.5  # points for each coefficient


@dataclass
class Surface:
    """Coefficients for parameters that run from -1 to 1 over the points of the design."""

    names: list  # of parameters
    low: np.ndarray
    high: np.ndarray
    coefficients: np.ndarray  # constant, linear, squares, products
    errors: np.ndarray  # standard errors of these
    explained: float  # share of the variance between points, R squared
    predicted: float  # the same of points that were left out one by one

    def terms(self):
        """What each coefficient belongs to, in words."""
        return ["1", *self.names, *(f"{n}^2" for n in self.names), *(f"{a} x {b}" for a, b in combinations(self.names, 2))]

    def at(self, values):
        """The surface at points [n, parameter] in their own units."""
        return matrix_of(scaled(np.asarray(values, dtype=float), self.low, self.high)) @ self.coefficients

    def share(self, name):
        """Of the variance of the surface over the box, what would be lost if the parameter stood still in its middle."""
        rng = np.random.default_rng(0)
        points = self.low + (self.high - self.low) * rng.random((4096, len(self.names)))
        still = points.copy()
        place = self.names.index(name)
        still[:, place] = 0.5 * (self.low[place] + self.high[place])
        variance = self.at(points).var()
        return float(((self.at(points) - self.at(still)) ** 2).mean() / variance) if variance > 0 else 0.0


def scaled(values, low, high):
    return 2 * (values - low) / (high - low) - 1


def matrix_of(z):
    """The columns of the polynomial: constant, linear, squares, products."""
    products = [z[:, i] * z[:, j] for i, j in combinations(range(z.shape[1]), 2)]
    return np.column_stack([np.ones(len(z)), z, z**2, *products])


def fitted(names, points, outcome):
    """The surface of least squares.

    points [n, parameter], outcome [n]; points whose outcome is missing do not count.  Raises NoData with too few of
    them, or where a parameter stands still.
    """
    points = np.asarray(points, dtype=float)
    outcome = np.asarray(outcome, dtype=float)
    known = np.isfinite(outcome)
    points, outcome = points[known], outcome[known]
    n = len(names)
    terms = 1 + 2 * n + n * (n - 1) // 2
    if len(outcome) < LEAST_PER_TERM * terms:
        raise NoData(f"a surface over {n} parameters needs {int(np.ceil(LEAST_PER_TERM * terms))} points, there are {len(outcome)}")
    low, high = points.min(axis=0), points.max(axis=0)
    if not (high > low).all():
        raise NoData(f"{names[int(np.argmin(high > low))]} has one value only")
    matrix = matrix_of(scaled(points, low, high))
    inverse = np.linalg.pinv(matrix.T @ matrix)
    coefficients = inverse @ matrix.T @ outcome
    rest = outcome - matrix @ coefficients
    leverage = np.einsum("ij,jk,ik->i", matrix, inverse, matrix)
    spread = ((outcome - outcome.mean()) ** 2).sum()
    left_out = rest / np.maximum(1 - leverage, 1e-12)
    freedom = max(len(outcome) - terms, 1)
    errors = np.sqrt(np.maximum(np.diag(inverse), 0) * (rest**2).sum() / freedom)
    share = (lambda squares: float(1 - squares / spread)) if spread > 0 else (lambda squares: float("nan"))
    return Surface(list(names), low, high, coefficients, errors, share((rest**2).sum()), share((left_out**2).sum()))
