"""Scores of forecasts that are normal, or mixtures of normals: members with a normal error added to each."""

import numpy as np
from scipy import special

NARROWEST = 1e-12  # standard deviation; of none a forecast is a point
STEPS = 80  # of bisection: to the last digit


def of_distance(distance, sd):
    """E|X| of a normal variable with this mean and standard deviation."""
    sd = np.maximum(sd, NARROWEST)
    standard = distance / sd
    return np.sqrt(2.0 / np.pi) * sd * np.exp(-0.5 * standard**2) + distance * (2.0 * special.ndtr(standard) - 1.0)


def crps_normal(value, mean, sd):
    """Continuous ranked probability score of a normal forecast (Gneiting and Raftery 2007, eq. 21); in the unit of values."""
    return of_distance(np.asarray(value, float) - mean, sd) - np.maximum(sd, NARROWEST) / np.sqrt(np.pi)


def crps_mixture(value, members, weights, sd):
    """The same of mixtures of normals (Grimit et al. 2006): values [economy], members [member, economy], sd [economy]."""
    first, second = np.triu_indices(len(weights), 1)  # each pair once
    twice, own = weights[first] * weights[second], weights @ weights
    found = np.empty(len(value))
    for place, (one, means, width) in enumerate(zip(value, np.transpose(members), sd)):
        between = twice @ of_distance(means[first] - means[second], np.sqrt(2.0) * width)
        own_distance = 0.5 * own * of_distance(0.0, np.sqrt(2.0) * width)
        found[place] = weights @ of_distance(one - means, width) - between - own_distance
    return found


def quantile_mixture(at, members, weights, sd):
    """The quantile `at` of mixtures of normals [economy], by bisection."""
    sd = np.maximum(sd, NARROWEST)
    reach = sd * abs(special.ndtri(at))
    low, high = members.min(axis=0) - reach, members.max(axis=0) + reach
    for _ in range(STEPS):
        middle = 0.5 * (low + high)
        below = weights @ special.ndtr((middle - members) / sd) < at
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    return high


def mean_and_variance(members, weights):
    """Of members [member, economy], weighted."""
    mean = weights @ members
    return mean, weights @ (members - mean) ** 2


def dressing(errors, spread, region):
    """Variance of the error that is added in each economy: what economies of other regions show beyond the spread of members.

    errors: of means, [economy].  spread: variance of members, [economy].  NaN where there is no other region.
    """
    errors, spread, region = np.asarray(errors, float), np.asarray(spread, float), np.asarray(region)
    found = np.full(len(errors), np.nan)
    for name in np.unique(region):
        others = region != name
        if others.any():
            found[~others] = max(0.0, np.mean(errors[others] ** 2) - np.mean(spread[others]))
    return found
