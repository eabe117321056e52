"""How far a moment is from its target, in standard deviations of all that is uncertain; and weights of an ensemble."""

import numpy as np

CUT = 3.0  # Pukelsheim's (1994) rule: 95 % of any distribution with one peak lie within three standard deviations
EFFECTIVE = 20  # sets that an ensemble has at least, where its weights are counted


def implausibility(mean, value, *variances):
    """|E - z| over the root of the sum of variances; what is not known is infinitely implausible."""
    with np.errstate(invalid="ignore"):
        far = np.abs(np.asarray(mean, float) - value) / np.sqrt(sum(variances))
    return np.where(np.isnan(far), np.inf, far)


def second_largest(table):
    """Of each line over moments, so that one moment alone, or its emulator, rules nothing out; of one moment it is that."""
    table = np.atleast_2d(np.asarray(table, float))
    if table.shape[1] < 2:
        return table[:, 0]
    return np.partition(table, -2, axis=1)[:, -2]


def effective(weights):
    """Kish's (1965) number of sets that equal weights would have."""
    weights = np.asarray(weights, float)
    return weights.sum() ** 2 / (weights**2).sum()


def weights_at(chi2, temperature):
    """exp(-chi2 / (2 T)), of sum 1."""
    chi2 = np.asarray(chi2, float)
    weights = np.exp(-(chi2 - chi2.min()) / (2.0 * temperature))
    return weights / weights.sum()


def tempered(chi2, least=EFFECTIVE):
    """The least temperature from 1 on at which so many sets are effective, and the weights.

    Infinite, with equal weights, where there are not more sets than that.
    """
    chi2 = np.asarray(chi2, float)
    if chi2.size <= least:
        return np.inf, np.full(chi2.size, 1.0 / chi2.size)

    def enough(temperature):
        return effective(weights_at(chi2, temperature)) >= least

    low = high = 1.0
    while not enough(high):
        low, high = high, 2.0 * high
    if high == 1.0:
        return 1.0, weights_at(chi2, 1.0)
    for _ in range(60):  # to the last digit
        middle = 0.5 * (low + high)
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high, weights_at(chi2, high)


def weighted_quantiles(values, weights, at):
    """Quantiles of values with weights: the middle of each weight is where its value stands."""
    order = np.argsort(values, kind="stable")
    values, weights = np.asarray(values, float)[order], np.asarray(weights, float)[order]
    places = (np.cumsum(weights) - 0.5 * weights) / weights.sum()
    return np.interp(at, places, values)
