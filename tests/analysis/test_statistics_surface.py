"""Response surfaces: a polynomial is found as it is, and what cannot be known is refused."""

import unittest

import numpy as np

from latecomer.statistics.estimate import NoData
from latecomer.statistics.surface import fitted

NAMES = ["a", "b", "dull"]
LOW, HIGH = np.array([0.0, 10.0, -1.0]), np.array([1.0, 30.0, 1.0])


def box(n, seed=1):
    """Points within the box, and two of its corners, so that its ends are those of the points."""
    rng = np.random.default_rng(seed)
    inner = LOW + (HIGH - LOW) * rng.random((n, 3))
    return np.vstack([inner, LOW, HIGH])


def bowl(points):
    """In parameters from -1 to 1: 2 + 3 a - b^2 + 0.5 a b."""
    a, b = 2 * points[:, 0] - 1, (points[:, 1] - 20) / 10
    return 2 + 3 * a - b**2 + 0.5 * a * b


class Surfaces(unittest.TestCase):
    def test_a_polynomial_is_found_with_its_coefficients(self):
        points = box(60)
        surface = fitted(NAMES, points, bowl(points))
        found = dict(zip(surface.terms(), surface.coefficients))
        for term, value in {"1": 2, "a": 3, "b^2": -1, "a x b": 0.5, "dull": 0}.items():
            self.assertAlmostEqual(found[term], value, 9, term)
        self.assertAlmostEqual(surface.explained, 1, 9)
        self.assertAlmostEqual(surface.predicted, 1, 9)
        other = box(7, seed=5)
        np.testing.assert_allclose(surface.at(other), bowl(other), atol=1e-9)
        self.assertGreater(surface.share("a"), surface.share("b"))
        self.assertGreater(surface.share("b"), 0.01)
        self.assertAlmostEqual(surface.share("dull"), 0, 9)

    def test_points_left_out_tell_that_noise_cannot_be_foretold(self):
        points = box(60)
        noise = np.random.default_rng(3).normal(size=len(points))
        surface = fitted(NAMES, points, noise)
        self.assertGreater(surface.explained, 0)  # as any ten coefficients explain something
        self.assertLess(surface.predicted, 0.1)
        self.assertLess(surface.predicted, surface.explained)

    def test_standard_errors_are_those_of_least_squares(self):
        points = box(400)
        noise = np.random.default_rng(4).normal(scale=0.3, size=len(points))
        surface = fitted(NAMES, points, bowl(points) + noise)
        self.assertLess(abs(surface.coefficients[1] - 3) / surface.errors[1], 4)
        wanted = 0.3 / np.sqrt(400 / 3)  # a uniform number from -1 to 1 has the variance 1/3
        self.assertAlmostEqual(surface.errors[1] / wanted, 1, delta=0.2)

    def test_too_few_points_and_a_parameter_that_stands_still_are_refused(self):
        points = box(8)
        with self.assertRaisesRegex(NoData, "needs 15 points"):
            fitted(NAMES, points, bowl(points))
        points = box(60)
        outcome = bowl(points)
        points[:, 2] = 0.5
        with self.assertRaisesRegex(NoData, "dull has one value"):
            fitted(NAMES, points, outcome)

    def test_points_without_the_outcome_do_not_count(self):
        points = box(60)
        outcome = bowl(points)
        outcome[3] = np.nan
        self.assertAlmostEqual(fitted(NAMES, points, outcome).coefficients[1], 3, 9)


if __name__ == "__main__":
    unittest.main()
