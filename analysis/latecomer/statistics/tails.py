"""The exponent of the upper tail of sizes: of Pareto's law, P(size > x) ~ x^-exponent."""

from math import sqrt

import numpy as np

from latecomer.statistics.estimate import Estimate, NoData, normal_quantile

TAIL_SHARE = 0.10  # of the observations, the largest: what counts as the tail
FEWEST = 50  # observations in the tail


def largest(sizes, share=TAIL_SHARE):
    """The largest sizes in descending order: a share of the positive ones, at least FEWEST.

    Raises NoData where there are not enough.
    """
    sizes = np.asarray(sizes, float)
    sizes = np.sort(sizes[np.isfinite(sizes) & (sizes > 0.0)])[::-1]
    wanted = max(FEWEST, int(share * sizes.size))
    if sizes.size <= wanted:
        raise NoData(f"{sizes.size} firms with revenue are too few for a tail of {wanted}")
    return sizes[: wanted + 1]


def hill(sizes, share=TAIL_SHARE, level=0.95):
    """Hill's (1975) estimate of the tail exponent; standard error exponent / sqrt(n)."""
    tail = largest(sizes, share)
    count = tail.size - 1
    excess = float(np.log(tail[:-1] / tail[-1]).sum())
    if excess <= 0.0:
        raise NoData("the largest firms are all of one size")
    exponent = count / excess
    half = normal_quantile(level) * exponent / sqrt(count)
    return Estimate(exponent, exponent - half, exponent + half, count)


def rank_half(sizes, share=TAIL_SHARE, level=0.95):
    """Gabaix and Ibragimov's (2011) regression of ln(rank - 1/2) on ln size; standard error exponent sqrt(2/n)."""
    tail = largest(sizes, share)[:-1]
    log_size = np.log(tail)
    if np.ptp(log_size) == 0.0:
        raise NoData("the largest firms are all of one size")
    exponent = -float(np.polyfit(log_size, np.log(np.arange(1, tail.size + 1) - 0.5), 1)[0])
    half = normal_quantile(level) * exponent * sqrt(2.0 / tail.size)
    return Estimate(exponent, exponent - half, exponent + half, tail.size)
