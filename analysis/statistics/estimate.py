"""An estimate with its interval, and means whose interval respects that a series depends on its past."""

from dataclasses import dataclass
from math import nan


@dataclass(frozen=True)
class Estimate:
    """A value, the ends of its interval (NaN where there is none), and the number of observations."""

    value: float
    low: float = nan
    high: float = nan
    count: int = 0
