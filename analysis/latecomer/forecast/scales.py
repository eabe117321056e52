"""Indicators that are forecast, and the scales on which changes, errors and bands are taken.

A *level* is what changes are added to: ln output a worker relative to the United States, log odds of internet use, ln
exports.  `told` makes of levels what is forecast: of exports their share in the sum, or their growth since the origin.
"""

from typing import Callable, NamedTuple

import numpy as np

PRODUCTIVITY, INTERNET = "productivity", "internet_users"
SHARE, GROWTH = "world_share_of_ict_service_exports", "ict_service_exports_growth"
FEWEST_USERS = 0.01  # % of population: what is below, or as near to all, counts as that, so that log odds are finite
LEAST_SHARE = 1e-5  # % of the sum: exports below count as that, so that logarithms are finite
EVERY_YEAR, FIVE_YEARS = 1, 5  # between figures of exports there are five years


def log_odds(percent):
    share = np.clip(percent, FEWEST_USERS, 100.0 - FEWEST_USERS) / 100.0
    return np.log(share / (1.0 - share))


def percent_of_odds(odds):
    return 100.0 / (1.0 + np.exp(-odds))


def ln_share(percent):
    return np.log(np.maximum(percent, LEAST_SHARE) / 100.0)


def percent_of_ln(ln):
    """Not above all: ends of bands may be, as shares that are added an error do not sum to one."""
    return np.minimum(100.0 * np.exp(ln), 100.0)


def as_is(values):
    return np.asarray(values, float)


class Indicator(NamedTuple):
    """to: from the unit to the scale of bands and CRPS; back: from there to the unit."""

    what: str
    unit: str  # of figures
    error: str  # unit of errors
    scale: str  # in words
    to: Callable
    back: Callable
    step: int  # years between figures


INDICATORS = {
    PRODUCTIVITY: Indicator("Output a worker relative to the USA", "ln", "ln", "ln", as_is, as_is, EVERY_YEAR),
    INTERNET: Indicator("People who use the internet", "% of population", "percentage points", "log odds", log_odds,
                        percent_of_odds, EVERY_YEAR),
    SHARE: Indicator("Share in ICT service exports of the economies judged", "%", "percentage points", "ln",
                     ln_share, percent_of_ln, FIVE_YEARS),
    GROWTH: Indicator("Growth of real ICT service exports since the origin", "% a year", "% a year", "% a year", as_is, as_is,
                      FIVE_YEARS),
}


def told(indicator, levels, start, years):
    """Levels [..., economy] `years` after the origin as the indicator tells them, on the scale of bands.

    start: levels at the origin.  A share is one in the sum over these economies.
    """
    if indicator == SHARE:
        return levels - np.log(np.exp(levels).sum(axis=-1, keepdims=True))
    if indicator == GROWTH:
        return 100.0 * (levels - start) / years
    return levels
